"""For everyone.

Axe, the whole way by keyboard alone, right to left, forced colours, zoom, print, no JavaScript,
and a small load.
"""

import gzip
import json
import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect

from support.learner import (
    age,
    answer,
    answer_by_keyboard,
    choose,
    go_on,
    kept,
    press,
    tab_to,
    visible,
)
from support.pages import OPEN_ALL, STILL, Opener, settle, violations

TOPIC = "rnn"
KINDS = (
    "",
    f"{TOPIC}/",
    *(
        f"{TOPIC}/{mode}/"
        for mode in (
            "learn",
            "recap",
            "practice",
            "challenge",
            "test",
            "experiment",
            "debug",
            "cheatsheet",
        )
    ),
    "review/",
)
TO_READ = (f"{TOPIC}/debug/", f"{TOPIC}/cheatsheet/")
"""Pages with nothing to answer."""
LIMIT = 10 * 1024
"""Bytes, compressed, that a page's own scripts and styles may take."""
DECK_LIMIT = int(12.5 * 1024)
"""The same where cards, explanations and questions meet."""


def work_through(page: Page) -> None:
    """Do something of everything that a page offers."""
    for name in ("Start", "Start the test"):
        start = page.get_by_role("button", name=name, exact=True)
        if start.count():
            start.click()
    if page.locator("quiz-card").count():
        card = page.locator("quiz-card:visible")
        card.locator("summary").first.click()
        card.get_by_role("button", name="Not yet").click()
    for item in page.locator("quiz-explain").all()[:1]:
        item.locator("summary").first.click()
        item.get_by_role("checkbox").first.check()
    for button in page.get_by_role("button", name=re.compile("^Predict first$")).all():
        button.click()
    sequence = page.locator(".sequence").count() > 0
    if sequence:  # A test is loaded when it starts.
        expect(page.locator(".sequence__numbers li").first).to_be_visible()
    for _ in range(page.locator(".sequence__numbers li").count() if sequence else 0):
        item = visible(page)
        expect(item).to_have_count(1)
        if item.get_by_role("button", name="Check").is_visible():
            answer(item, right=False)
        else:
            choose(item, right=False)
        go_on(page)
    if sequence:  # It is loaded once the last question is answered.
        result = page.locator(".sequence__result")
        sure = page.get_by_role("button", name="Finish all the same")
        expect(result.or_(sure)).to_be_visible()
        if sure.is_visible():  # What was typed wrongly may be nothing that can be read.
            sure.click()
        expect(result).to_be_visible()
    for item in [] if sequence else page.locator("quiz-question").all()[:2]:
        answer(item, right=False)


@pytest.mark.parametrize("path", KINDS)
def test_axe_finds_nothing_before_and_after_answering(show: Opener, path: str) -> None:
    for width, scheme in ((390, "dark"), (1280, "light")):
        page = show(path, width, scheme)
        for act in (lambda _: None, work_through) if path not in TO_READ else (lambda _: None,):
            act(page)
            if act is work_through or path in TO_READ:
                page.evaluate(OPEN_ALL)
            assert violations(page) == []
            assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_whole_way_by_keyboard_alone(show: Opener) -> None:
    """From the home page through all modes of a topic.

    Badge, verdict and due cards are there after a reload.
    """
    page = show("")
    origin = page.url.split("#")[0]
    follow(page, f"{TOPIC}/")
    follow(page, "learn/")
    press(page, "Predict first", "Space")
    press(page, "Show what it gives")
    back(page)
    follow(page, "recap/")
    for word in ("Not yet", "I knew it"):
        card = page.locator("quiz-card:visible")
        tab_to(page, card.locator("summary").first)
        page.keyboard.press("Enter")
        tab_to(page, card.get_by_role("button", name=word))
        page.keyboard.press("Space")
        # The next card is one press away.
        following = page.locator(".deck").get_by_role("button", name="Next")
        expect(following).to_be_focused()
        page.keyboard.press("Enter")
    explain = page.locator("quiz-explain").first
    tab_to(page, explain.get_by_role("textbox"), 200)
    page.keyboard.type("State, carried along.")
    tab_to(page, explain.locator("summary").first)
    page.keyboard.press("Enter")
    tab_to(page, explain.get_by_role("checkbox").first)
    page.keyboard.press("Space")
    expect(explain.get_by_role("status")).to_have_text("1 of 4 concepts")
    back(page)
    follow(page, "practice/")
    for number in range(page.locator("quiz-question").count()):
        answer_by_keyboard(page, right=number > 0)
        if number == 0:
            answer_by_keyboard(page, right=True)
        press(page, re.compile("^(Next|See your result)$"))
    expect(page.locator(".sequence__result")).to_contain_text("Read again:")
    back(page)
    follow(page, "challenge/")
    press(page, "Start")
    press(page, "Pause")
    press(page, "Add a minute")
    press(page, "Resume")
    for _ in range(5):
        answer_by_keyboard(page, right=True)
        press(page, re.compile("^(Next|See your result)$"))
    expect(page.locator(".sequence__badge")).to_be_visible()
    back(page)
    follow(page, "test/")
    press(page, "Start the test")
    for number in range(10):
        answer_by_keyboard(page, right=number < 8, submit=False)
        press(page, re.compile("^(Next|Finish the test)$"))
    expect(page.locator(".sequence__verdict")).to_be_visible()
    back(page)
    follow(page, "experiment/")
    item = page.locator("quiz-experiment").first
    tab_to(page, item.locator(".experiment__form input").first, 200)
    page.keyboard.type("1")
    tab_to(page, item.locator(".question-part--hint summary").first)
    page.keyboard.press("Enter")
    tab_to(page, item.locator(".question-part--solution > summary"), 200)
    page.keyboard.press("Enter")
    press(page, "Show the solution")
    expect(item.locator("[data-table=metrics]")).to_be_visible()
    page.goto(f"{origin}{TOPIC}/")
    expect(page.locator("tr[data-mode=challenge]")).to_contain_text("★ badge")
    expect(page.locator("tr[data-mode=test]")).to_contain_text("8 of 10 right")
    age(page, 4)
    page.goto(f"{origin}review/")
    press(page, "Start the review")
    expect(page.locator(".review__item > *")).to_have_count(1)
    due = len([entry for entry in kept(page).values() if entry.get("due")])
    expect(page.get_by_role("heading", name=f"{due} items left")).to_be_visible()


def back(page: Page) -> None:
    """Go back to the topic's front page, and wait until it shows how far the reader is."""
    page.go_back()
    expect(page.locator(".hub__progress").first).to_be_visible()


def follow(page: Page, path: str) -> None:
    """Reach the first link of the article that leads to a path, with Tab alone, and follow it."""
    tab_to(page, page.locator(f"article a[href$='{path}']").first)
    page.locator("article").evaluate("e => { e.dataset.left = '' }")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(rf"/{re.escape(path)}(#.*)?$"))  # The theme may add a hash.
    # The address changes before what it shows.
    expect(page.locator("article:not([data-left])")).to_have_count(1)


@pytest.mark.parametrize("mode", ["practice", "recap", "challenge"])
def test_right_to_left(show: Opener, mode: str) -> None:
    page = show(f"{TOPIC}/{mode}/", 390)
    page.evaluate("document.documentElement.dir = document.body.dir = 'rtl'")
    work_through(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    question = page.locator("quiz-question").first
    question.evaluate("e => { e.hidden = false }")
    box, label = (
        question.locator(".question__options li").first.locator(part).bounding_box()
        for part in ("input", ".question__option")
    )
    assert box is not None
    assert label is not None
    assert box["x"] > label["x"]


def test_forced_colours_still_tell_right_from_wrong(show: Opener) -> None:
    page = show(f"{TOPIC}/learn/")
    page.emulate_media(forced_colors="active")
    item = page.locator("quiz-question").first
    answer(item, right=False)
    mark = item.locator(".is-distractor .question__verdict").first
    expect(mark).to_have_text("Wrong")
    assert mark.evaluate("e => getComputedStyle(e).borderTopStyle") == "solid"
    for tile in item.locator(".question__options label").all():
        borders = "e => [e].map(getComputedStyle).map(s => [s.borderTopStyle, s.borderTopWidth])[0]"
        style, width = tile.evaluate(borders)
        assert style in ("solid", "dashed") and float(width.removesuffix("px")) > 0
    page.keyboard.press("Tab")
    assert page.locator(":focus").evaluate("e => getComputedStyle(e).outlineStyle") != "none"


@pytest.mark.parametrize("mode", ["practice", "recap", "challenge", "test", "experiment"])
def test_at_200_percent_zoom_nothing_is_cut_off(show: Opener, mode: str) -> None:
    """A window of 1280 pixels at 200% is one of 640, and at 400% one of 320."""
    page = show(f"{TOPIC}/{mode}/", 640)
    work_through(page)
    for width in (640, 320):
        page.set_viewport_size({"width": width, "height": 850})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_reduced_motion_moves_nothing_of_ours(show: Opener) -> None:
    page = show(f"{TOPIC}/recap/")
    page.emulate_media(reduced_motion="reduce")
    moving = """() => [...document.querySelectorAll(`:is(quiz-card, quiz-question),
        :is(quiz-card, quiz-question) *`)].filter(e => {
        const s = getComputedStyle(e);
        return s.animationName !== 'none' ||
            parseFloat(s.transitionDuration) > 0.01 }).map(e => e.className)"""
    page.locator("quiz-card summary").first.click()
    assert not [
        name
        for name in page.evaluate(moving)
        if "card" in name or "sequence" in name or "question__" in name
    ]


def test_print_shows_every_question_with_its_explanations_and_a_key(
    show: Opener, tmp_path: Path
) -> None:
    page = show(f"{TOPIC}/practice/")
    count = page.locator("quiz-question").count()
    page.emulate_media(media="print")
    expect(visible(page)).to_have_count(count)
    expect(page.locator(".question__rationales").locator("visible=true")).to_have_count(count)
    for reason in page.locator(".question__rationales li > p:nth-child(2)").all()[:12]:
        assert (reason.bounding_box() or {"height": 0})["height"] > 0
    for button in ("Check", "Next"):
        expect(page.get_by_role("button", name=button).locator("visible=true")).to_have_count(0)
    key = page.locator(".answer-key li")
    expect(key.locator("visible=true")).to_have_count(count)
    for number in range(count):
        question = page.locator("quiz-question").nth(number)
        assert (
            key.nth(number).locator("strong").inner_text()
            == question.locator(".question__key strong").inner_text()
        )


def typed(item: Locator) -> bool:
    """Return whether a question has blanks to type into."""
    return item.get_attribute("data-typed") == "code"


@pytest.mark.parametrize("topic", ["why-rnns", "rnn", "lstm", "gru"])
def test_a_cheat_sheet_prints_on_two_pages(show: Opener, topic: str) -> None:
    paper = show(f"{topic}/cheatsheet/").pdf(format="A4")
    assert len(re.findall(rb"/Type\s*/Page\b", paper)) <= 2


@pytest.mark.parametrize("path", [f"{TOPIC}/practice/", "explore/"])
def test_paper_is_white_whatever_the_screen_is(show: Opener, path: str) -> None:
    """Nothing on it is pale: what is pale on white cannot be read."""
    colours: dict[str, list[str]] = {}
    for scheme in ("light", "dark"):
        page = show(path, 1280, scheme)
        page.emulate_media(media="print")
        settle(page)
        # What fades from one colour to another has been through it by then.
        page.wait_for_function(STILL)
        colours[scheme] = page.locator("article *").evaluate_all(
            "all => all.filter(e => e.checkVisibility()).map(e => getComputedStyle(e).color)"
            ".filter(c => (c.match(/[0-9.]+/g) ?? []).slice(0, 3).every(n => n > 140))"
        )
    assert colours["dark"] == colours["light"]


def test_names_keep_their_lines_on_paper(show: Opener) -> None:
    page = show("explore/")
    expect(page.locator(".explorer__table th code").first).to_be_visible()
    page.emulate_media(media="print")
    tall = "all => all.filter(e => e.getClientRects().length > 1).map(e => e.textContent)"
    assert page.locator(".explorer__table th code").evaluate_all(tall) == []


def test_paper_has_one_size_of_text_that_can_be_read(show: Opener) -> None:
    """Nine points, in what folds on a screen as elsewhere."""
    for path in (f"{TOPIC}/learn/", f"{TOPIC}/practice/"):
        page = show(path)
        page.emulate_media(media="print")
        sizes = page.locator("article p, article li, article legend").evaluate_all(
            "all => all.filter(e => e.checkVisibility())"
            ".filter(e => !e.closest('table, .answer-key, .cell, .cell-output'))"
            ".map(e => getComputedStyle(e).fontSize)"
        )
        assert set(sizes) == {"12px"}, path


def test_without_javascript_everything_is_there(show: Opener) -> None:
    for mode in ("learn", "recap", "practice", "challenge", "test", "experiment"):
        page = show(f"{TOPIC}/{mode}/", script=False)
        for item in page.locator("quiz-question").all():
            # What goes into blanks is told with the answer.
            asked = "[data-part=blank] code" if typed(item) else ".question__options > li"
            expect(item.locator(asked).first).to_be_visible()
            item.locator(".question__answer > summary").click()
            expect(item.locator(".question__key")).to_be_visible()
            assert (
                item.locator(".question__rationales > li").count()
                == item.locator(".question__options > li").count()
            )
            expect(item.locator(".question__rationales > li").last).to_be_visible()
    page = show(f"{TOPIC}/recap/", script=False)
    page.locator("quiz-card summary").first.click()
    expect(page.locator("quiz-card .card__back").first).to_be_visible()
    page.locator("quiz-explain summary").first.click()
    expect(page.locator(".explain__concepts").first).to_be_visible()
    page = show("review/", script=False)
    page.locator("quiz-review summary").first.click()
    expect(page.locator("quiz-review li a").first).to_be_visible()
    expect(page.locator(".progress__none")).to_be_visible()


def test_no_target_lies_over_another_on_a_page_that_nobody_scrolled(show: Opener) -> None:
    page = show(f"{TOPIC}/visualize/", 390)
    settle(page)
    rule = {"runOnly": {"type": "rule", "values": ["target-size"]}}
    found = Axe().run(page, options=rule).response["violations"]
    assert [node["html"] for each in found for node in each["nodes"]] == []


def test_results_are_announced_once(show: Opener) -> None:
    page = show(f"{TOPIC}/learn/")
    item = page.locator("quiz-question").first
    item.evaluate(
        """e => { window.said = [];
        new MutationObserver(all => all.forEach(m => window.said.push(m.target.textContent)))
            .observe(e.querySelector('[role=status]'),
                {childList: true, characterData: true, subtree: true}) }"""
    )
    answer(item, right=True)
    expect(item.get_by_role("status")).to_have_text("Right.")
    assert page.evaluate("window.said") == ["Right."]


@pytest.mark.parametrize("path", [p for p in KINDS if p not in TO_READ])
def test_the_load_of_a_page_is_small(show: Opener, path: str) -> None:
    page = show("proofs/")
    asked: list[str] = []
    page.on("request", lambda r: asked.append(r.url))
    # Until the page is loaded: what it loads only when a reader asks for it does not count.
    page.goto(page.url.replace("proofs/", path), wait_until="load")
    bodies = {
        url.rsplit("/", 1)[1]: page.request.get(url).body()
        for url in asked
        if "/assets/quiz/" in url
    }
    counted = {
        name: len(gzip.compress(body, 9)) for name, body in bodies.items() if name != "fsrs.js"
    }
    assert counted
    assert sum(counted.values()) <= (DECK_LIMIT if path.endswith("recap/") else LIMIT), counted
    assert ("fsrs.js" in bodies) == (path == "review/")


@pytest.mark.parametrize("path", ["proofs/", *TO_READ])
def test_a_page_without_questions_loads_no_more_than_it_shows(show: Opener, path: str) -> None:
    asked: list[str] = []
    page = show("")
    page.on("request", lambda request: asked.append(request.url))
    page.goto(page.url + path)
    settle(page)
    assert page.locator("quiz-question, quiz-card").count() == 0
    # What opens the code behind a tick is not the widget's; what asks "Done?" is small.
    names = {url.rsplit("/", 1)[1] for url in asked if "/quiz/" in url and "proofs" not in url}
    small = {"quiz-done.js", "base.js", "quiz.css"}
    assert names <= (small if path in TO_READ else set())


def test_instant_navigation_brings_the_widget_along_under_the_policy(
    show: Opener, address: str
) -> None:
    page = show(f"{TOPIC}/")
    assert "default-src 'self'" in (
        page.locator("meta[http-equiv=Content-Security-Policy]").get_attribute("content") or ""
    )
    assert "unsafe" not in (
        page.locator("meta[http-equiv=Content-Security-Policy]").get_attribute("content") or ""
    )
    page.evaluate("window.same = true")
    page.locator("article a[href$='practice/']").first.click()
    page.wait_for_url(re.compile(rf"/{TOPIC}/practice/(#.*)?$"))
    expect(visible(page)).to_have_count(1)
    answer(visible(page), right=True)
    expect(visible(page).get_by_role("status")).to_have_text("Right.")
    go_on(page)
    page.go_back()
    expect(page.locator("tr[data-mode=practice]")).to_contain_text("1 of ")
    assert page.evaluate("window.same") is True


def test_the_policy_stops_an_inline_script(running: Browser, address: str) -> None:
    page = running.new_page()
    page.goto(address + "proofs/")
    blocked = """() => new Promise(done => {
        document.addEventListener('securitypolicyviolation',
            e => done(e.effectiveDirective), {once: true});
        const s = document.createElement('script');
        s.textContent = 'window.ran = true'; document.body.append(s) })"""
    assert str(page.evaluate(blocked)).startswith("script-src")
    assert page.evaluate("window.ran") is None
    page.close()


def test_a_question_can_be_reported_with_what_was_chosen(show: Opener) -> None:
    page = show(f"{TOPIC}/learn/")
    item = page.locator("quiz-question").first
    choose(item, right=False)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    item.get_by_role("button", name="Report this question").click()
    expect(item.locator(".question__report")).to_have_text(
        "Copied: paste it to whoever keeps this site"
    )
    text = page.evaluate("navigator.clipboard.readText()")
    assert f"Question: {item.get_attribute('id')}" in text
    assert re.search(r"Proved with: torch \d+\.\d+", text)
    chosen = item.locator("input:checked + .question__option").inner_text()
    assert f"Chosen: {chosen}" in text
    # Where a repository is named, the same text fills an issue.
    page.evaluate(
        """() => { document.querySelector('[data-repository]').dataset.repository = 'https://example.org/team/site/';
        window.open = url => { window.opened = url } }"""
    )
    item.locator(".question__report").click()
    expect(item.locator(".question__report")).to_have_text("Opened in a new tab")
    assert page.evaluate("window.opened").startswith(
        "https://example.org/team/site/issues/new?title=Question+"
    )


def test_progress_can_be_taken_along_merged_and_reset_with_undo(
    show: Opener, tmp_path: Path
) -> None:
    page = show(f"{TOPIC}/learn/")
    origin = page.url.split(f"{TOPIC}/")[0]
    items = page.locator("quiz-question")
    answer(items.nth(0), right=True)
    name = items.nth(0).get_attribute("id") or ""
    page.goto(f"{origin}review/")
    expect(page.locator("quiz-progress")).to_contain_text("1 item done.")
    expect(page.locator("quiz-review table")).to_have_count(1)
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Export").click()
    file = tmp_path / "progress.json"
    waiting.value.save_as(file)
    page.get_by_role("button", name="Reset", exact=True).click()
    expect(page.locator("quiz-progress")).to_contain_text("0 items done.")
    # The plan above it is gone too, at once.
    expect(page.locator("quiz-review .sequence__note")).to_have_text(re.compile("^Questions that"))
    expect(page.locator("quiz-review table")).to_have_count(0)
    page.reload()
    page.get_by_role("button", name="Undo the reset").click()
    expect(page.locator("quiz-progress")).to_contain_text("1 item done.")
    expect(page.get_by_role("button", name="Undo the reset")).to_be_hidden()
    # An older entry never replaces a newer one; another item is added.
    taken = json.loads(file.read_text("utf-8"))
    older = {**taken["items"][name], "right": False, "when": 1}
    file.write_text(
        json.dumps(
            {
                "v": 1,
                "items": {
                    name: older,
                    "elsewhere": {"hash": "", "when": 5, "done": True},
                    "bad": 7,
                },
            }
        ),
        "utf-8",
    )
    page.locator("input[type=file]").set_input_files(file)
    expect(page.locator("quiz-progress [role=status]")).to_have_text(
        "1 item brought in. What was newer here stayed."
    )
    assert kept(page)[name]["right"] is True
    assert "bad" not in kept(page)
    before = page.evaluate("localStorage['unrolled:/']")
    for text, said in (
        ("{", "This file is no JSON."),
        ('{"v": 99}', "This file is from a newer version"),
        ("[]", "This file holds no progress"),
    ):
        file.write_text(text, "utf-8")
        page.locator("input[type=file]").set_input_files(file)
        expect(page.locator("quiz-progress [role=status]")).to_contain_text(said)
        assert page.evaluate("localStorage['unrolled:/']") == before
