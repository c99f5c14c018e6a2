"""Every element of the widget works again after it has left the page and come back."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from support.learner import answer, choose, visible
from support.pages import Opener
from support.serving import serving
from unrolled.site import assets

MODULES = sorted(path.name for path in assets.WIDGET.glob("*.js"))
DEFINED = "name => customElements.get(name) !== undefined"
TOPIC = "lists"
MOVE = """async e => {
    const { parentNode, nextSibling } = e;
    e.remove();
    await new Promise(done => setTimeout(done));
    parentNode.insertBefore(e, nextSibling) }"""
KEEP = """([id, hash, fields]) => {
    const kept = JSON.parse(localStorage['unrolled:/'] ?? '{"v": 1, "items": {}}');
    kept.items[id] = { hash, when: Date.now(), ...fields };
    localStorage['unrolled:/'] = JSON.stringify(kept) }"""


def moved(page: Page, name: str) -> Locator:
    """Take the first element of a name out of the page, put it back where it was, and return it."""
    element = page.locator(name).first
    element.evaluate(MOVE)
    return element


def keep_elsewhere(page: Page, item: str, fields: dict[str, Any], given: str = "") -> None:
    """Keep something of an item in another tab."""
    other = page.context.new_page()
    other.goto(page.url)
    other.evaluate(KEEP, [item, given, fields])
    other.close()


def identity(item: Locator) -> tuple[str, str]:
    """Return the id and the hash of an item."""
    return item.get_attribute("id") or "", item.get_attribute("data-hash") or ""


def of_row(row: Locator) -> tuple[str, str]:
    """Return the id and the hash of the first item that a row of a table lists."""
    item, _, given = (row.get_attribute("data-items") or "").split()[0].partition(":")
    return item, given


def question(page: Page) -> None:
    item = moved(page, "quiz-question")
    name, given = identity(item)
    key = item.evaluate("e => [...e.keys][0]")
    keep_elsewhere(page, name, {"chosen": [key], "tries": 1, "done": True, "right": True}, given)
    expect(item.get_by_role("status")).to_have_text("Answered rightly before.")
    item.get_by_role("button", name="Try again").click()
    answer(item, right=True)
    expect(item.get_by_role("status")).to_have_text("Right.")
    expect(item.locator("fieldset")).to_have_count(1)


def card(page: Page) -> None:
    item = moved(page, "quiz-card")
    name, given = identity(item)
    keep_elsewhere(page, name, {"done": True, "right": True}, given)
    expect(item).to_have_class(re.compile("is-key"))
    item.locator("summary").first.click()
    item.get_by_role("button", name="Not yet").click()
    expect(item).to_have_class(re.compile("is-distractor"))
    expect(item.get_by_role("button", name="Not yet")).to_have_count(1)


def explain(page: Page) -> None:
    item = page.locator("quiz-explain").first
    item.get_by_role("textbox").fill("Written just before.")
    moved(page, "quiz-explain")
    expect(item.get_by_role("textbox")).to_have_value("Written just before.")
    name, given = identity(item)
    keep_elsewhere(page, name, {"text": "Written elsewhere.", "chosen": [0], "done": True}, given)
    expect(item.get_by_role("textbox")).to_have_value("Written elsewhere.")
    expect(item.get_by_role("status")).to_have_text(re.compile("^1 of "))
    item.locator("summary").first.click()
    item.get_by_role("checkbox").nth(1).check()
    expect(item.get_by_role("status")).to_have_text(re.compile("^2 of "))


def learn(page: Page) -> None:
    moved(page, "quiz-learn")
    switch = page.get_by_role("button", name="Predict first")
    expect(switch).to_have_count(1)
    switch.click()
    page.get_by_role("button", name="Show what it gives").first.click()
    expect(page.locator(".cell-output:focus")).to_be_visible()


def practice(page: Page) -> None:
    moved(page, "quiz-practice")
    expect(visible(page)).to_have_count(1)
    answer(visible(page), right=True)
    expect(page.get_by_role("button", name="Question 1, right")).to_be_visible()
    expect(page.locator(".sequence")).to_have_count(1)


def challenge(page: Page) -> None:
    page.clock.install(time=0)
    page.reload()
    start = page.get_by_role("button", name="Start", exact=True)
    expect(start).to_be_visible()
    page.clock.pause_at(3_600_000)
    start.click()
    clock = page.get_by_role("timer")
    before = clock.inner_text()
    element = page.locator("quiz-challenge")
    element.evaluate("e => { window.away = [e, e.parentNode, e.nextSibling]; e.remove() }")
    page.clock.run_for(10_000)
    expect(clock).to_have_text(before)
    page.evaluate("() => { const [e, parent, next] = window.away; parent.insertBefore(e, next) }")
    page.clock.run_for(1000)
    expect(clock).not_to_have_text(before)
    answer(visible(page), right=True)
    expect(page.get_by_role("button", name="Question 1, right")).to_be_visible()
    # It says the time taken, and has nothing to press any more.
    expect(clock).to_have_count(1)
    expect(page.get_by_role("button", name="Pause")).to_have_count(0)


def exam(page: Page) -> None:
    page.get_by_role("button", name="Start the test").click()
    expect(visible(page)).to_have_count(1)
    moved(page, "quiz-test")
    choose(visible(page), right=True)
    expect(page.get_by_role("button", name="Question 1, answered")).to_be_visible()
    items = json.loads(page.evaluate("localStorage['unrolled:/']"))["items"]
    kept = items[f"{TOPIC}/quiz-test"]["more"]
    assert len(kept["chosen"]) == 1


def experiment(page: Page) -> None:
    item = page.locator("quiz-experiment").first
    figures = item.locator(".experiment__form input")
    figures.first.fill("7")
    moved(page, "quiz-experiment")
    expect(figures.first).to_have_value("7")
    for figure in figures.all():
        figure.fill("1000000")
    item.locator(".experiment__form").get_by_role("button").click()
    expect(item.locator(".experiment__form [role=status]")).to_have_text(re.compile("^All|missed"))
    item.locator(".question-part--solution > summary").click()
    expect(item.get_by_role("button", name="Show the solution")).to_have_count(1)


def exercise(page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    item = moved(page, "quiz-exercise")
    stub, check = (
        item.locator(f".cell[data-part={part}] code").first.text_content() or ""
        for part in ("stub", "check")
    )
    assert stub
    assert check
    item.get_by_role("button", name="Copy stub and check").click()
    expect(item.get_by_role("status")).to_contain_text("Copied.")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.split("\n\n\n") == [stub.rstrip(), check.rstrip() + "\n"]
    solved = item.get_by_role("button", name="I solved it")
    expect(solved).to_have_count(1)
    name, given = identity(item)
    keep_elsewhere(page, name, {"done": True, "right": True}, given)
    expect(solved).to_be_disabled()
    keep_elsewhere(page, name, {"done": True, "right": True}, "of another text")
    expect(item.get_by_role("status")).to_contain_text("was edited")
    solved.click()
    moved(page, "quiz-exercise")
    expect(solved).to_be_disabled()
    page.reload()
    expect(solved).to_be_disabled()
    expect(item.get_by_role("status")).to_have_text("Solved. The check was silent.")


def hub(page: Page) -> None:
    row = moved(page, "quiz-hub").locator("tbody tr").first
    item, given = of_row(row)
    expect(row).to_contain_text(re.compile("0 of"))
    keep_elsewhere(page, item, {"done": True}, given)
    expect(row).to_contain_text(re.compile("1 of"))
    expect(page.locator(".hub__head")).to_have_count(1)


def topics(page: Page) -> None:
    row = moved(page, "quiz-topics").locator("tbody tr").first
    item, given = of_row(row)
    keep_elsewhere(page, item, {"done": True, "log": [[1, 1]], "due": 1}, given)
    expect(row).to_contain_text(re.compile("1 of"))
    expect(page.locator(".hub__due")).to_contain_text("1 item due today")


def review(page: Page) -> None:
    item = moved(page, "quiz-review")
    link = item.locator("a[data-id]").first
    name, given = (link.get_attribute(f"data-{fact}") or "" for fact in ("id", "hash"))
    keep_elsewhere(page, name, {"done": True, "log": [[1, 1]], "due": 1}, given)
    expect(item.get_by_role("heading")).to_have_text("1 item due today")
    item.get_by_role("button", name="Start the review").click()
    expect(item.locator(f".review__item #{name}")).to_be_visible()


def progress(page: Page) -> None:
    item = moved(page, "quiz-progress")
    keep_elsewhere(page, "elsewhere", {"done": True})
    expect(item).to_contain_text("1 item done.")
    item.get_by_role("button", name="Reset", exact=True).click()
    expect(item).to_contain_text("0 items done.")
    expect(item.get_by_role("button", name="Export")).to_have_count(1)


def proofs(page: Page) -> None:
    moved(page, "quiz-proofs")
    page.locator("a.claim__tick").first.click()
    expect(page.get_by_role("dialog", name="Proof")).to_be_visible()
    expect(page.locator("dialog")).to_have_count(1)


def explorer(page: Page) -> None:
    moved(page, "quiz-explorer")
    page.get_by_role("radio", name="LSTM", exact=True).focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("radio", name="GRU", exact=True)).to_be_checked()
    expect(page.get_by_role("radio", name="GRU", exact=True)).to_have_count(1)


def done(page: Page) -> None:
    item = moved(page, "quiz-done")
    item.get_by_role("button").first.click()
    expect(item.get_by_role("status")).not_to_be_empty()
    expect(page.locator("quiz-done p[role=status]")).to_have_count(1)


def recap(page: Page) -> None:
    moved(page, "quiz-recap")
    place = page.locator(".deck__place")
    expect(place).to_contain_text("1 of")
    page.locator(".deck").get_by_role("button", name="Next").click()
    expect(place).to_contain_text("2 of")
    expect(page.locator(".deck")).to_have_count(1)


def trace(page: Page) -> None:
    moved(page, "quiz-trace")
    page.get_by_role("button", name="Next").click()
    expect(page.locator(".trace__place .trace__number")).to_have_text("2 of 3: 0")
    expect(page.get_by_role("button", name="Next")).to_have_count(1)


def errors(page: Page) -> None:
    moved(page, "quiz-errors")
    box = page.get_by_label("Your error message or traceback")
    expect(box).to_have_count(1)
    box.fill("IndexError: pop from empty list")
    expect(page.locator("details[open]").first).to_be_visible()


ELEMENTS: dict[str, tuple[str, Callable[[Page], None]]] = {
    "quiz-question": (f"{TOPIC}/learn/", question),
    "quiz-card": (f"{TOPIC}/recap/", card),
    "quiz-explain": (f"{TOPIC}/recap/", explain),
    "quiz-learn": (f"{TOPIC}/learn/", learn),
    "quiz-practice": (f"{TOPIC}/practice/", practice),
    "quiz-challenge": (f"{TOPIC}/challenge/", challenge),
    "quiz-test": (f"{TOPIC}/test/", exam),
    "quiz-experiment": (f"{TOPIC}/experiment/", experiment),
    "quiz-hub": (f"{TOPIC}/", hub),
    "quiz-topics": ("", topics),
    "quiz-review": ("review/", review),
    "quiz-progress": ("review/", progress),
    "quiz-proofs": (f"{TOPIC}/cheatsheet/", proofs),
    "quiz-explorer": ("explore/", explorer),
    "quiz-errors": ("everything/", errors),
    "quiz-done": (f"{TOPIC}/debug/", done),
    "quiz-recap": (f"{TOPIC}/recap/", recap),
    "quiz-trace": ("lists/visualize/", trace),
}


OWN: dict[str, tuple[str, Callable[[Page], None]]] = {
    "quiz-exercise": ("contribute/write-a-lesson/", exercise),
}
"""Elements that only the project's own site holds."""


def work_again(page: Page, name: str, act: Callable[[Page], None]) -> None:
    """Do what an element offers, once it is there."""
    expect(page.locator(f"{name}:defined").first).to_be_attached()
    act(page)


@pytest.mark.parametrize("name", ELEMENTS)
def test_an_element_works_again_after_it_left_the_page_and_came_back(
    show_fixture: Opener,
    name: str,
) -> None:
    path, act = ELEMENTS[name]
    work_again(show_fixture(path), name, act)


@pytest.mark.parametrize("name", OWN)
def test_an_element_of_the_projects_site_works_again_too(show: Opener, name: str) -> None:
    path, act = OWN[name]
    work_again(show(path), name, act)


def test_every_element_is_tried() -> None:
    assert {*ELEMENTS, *OWN} == {path.stem for path in (assets.WIDGET / "define").glob("*.js")}


def test_an_unsent_choice_outlives_a_move(show_fixture: Opener) -> None:
    page = show_fixture(f"{TOPIC}/learn/")
    item = page.locator("quiz-question").first
    expect(item.locator("input").first).to_be_attached()
    item.locator("input").first.check()
    moved(page, "quiz-question")
    expect(item.locator("input:checked")).to_have_count(1)


def test_importing_the_widgets_modules_defines_no_element(
    running: Browser, show_fixture: Opener
) -> None:
    """As they are written; what is shipped joins some with the definitions."""
    names = [*ELEMENTS, *OWN]
    with serving(assets.WIDGET) as address:
        apart = running.new_page()
        apart.goto(f"{address}shared.js")
        for module in MODULES:
            apart.evaluate(f"import('/{module}')")
        assert [name for name in names if apart.evaluate(DEFINED, name)] == []
        apart.close()
    page = show_fixture("proofs/")
    assert [name for name in names if page.evaluate(DEFINED, name)] == []
    for name in names:
        page.evaluate(f"import('/assets/quiz/define/{name}.js')")
    assert [name for name in names if not page.evaluate(DEFINED, name)] == []
