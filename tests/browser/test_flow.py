"""One question, one screen: by mouse, touch and keys, on a laptop and on a phone."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from support.learner import (
    FIELDS,
    GRADED,
    KEYS,
    answer,
    choose,
    enter,
    kept,
    turn_to_several_keys,
    visible,
)
from support.pages import Opener

TOPICS = ("why-rnns", "rnn", "lstm", "gru")
WINDOWS = ((1280, 800), (390, 844))
BOX = """e => { const { top, left, bottom } = e.getBoundingClientRect();
  return [Math.round(top), Math.round(left), bottom <= innerHeight && top >= 0]; }"""
"""Where an element is in the window, and whether all of it is in sight."""


def button(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=name, exact=True)


def both_answers(page: Page) -> tuple[float, list[float]]:
    """Check distractors until the question has ended.

    Return how far the page was scrolled before the last, and where Check was.
    """
    before = (0.0, [0.0])
    for number in range(2):
        item = visible(page)
        if not button(page, "Check").is_visible():
            break
        _, wrong = item.evaluate(KEYS)
        for value in item.locator("fieldset input:checked:visible").all():
            if value.get_attribute("type") == "checkbox":
                value.uncheck()
        enter(item, [wrong[number % len(wrong)]])
        if number >= len(wrong):  # The same mistake again costs nothing.
            for field in item.locator(FIELDS).all():
                field.fill("None")
        before = page.evaluate("scrollY"), button(page, "Check").evaluate(BOX)
        button(page, "Check").click()
        expect(item.locator(".question__panel")).to_have_attribute("data-phase", GRADED)
    return before


@pytest.mark.parametrize("topic", TOPICS)
@pytest.mark.parametrize(("width", "height"), WINDOWS)
def test_check_becomes_next_in_its_place_in_sight_at_every_question(
    show: Opener, topic: str, width: int, height: int
) -> None:
    page = show(f"{topic}/practice/", width)
    page.set_viewport_size({"width": width, "height": height})
    count = page.locator("quiz-question").count()
    for number in range(count):
        expect(page.locator(".sequence__heading")).to_have_text(f"Question {number + 1} of {count}")
        before, place = both_answers(page)
        onward = button(page, "Next" if number < count - 1 else "See your result")
        expect(onward).to_be_focused()
        assert onward.evaluate(BOX) == place == [place[0], place[1], True], number
        assert page.evaluate("scrollY") == before, number
        panel = visible(page).locator(".question__panel")
        assert panel.evaluate(BOX)[2]
        sizes = panel.locator(".question__reason > p").evaluate_all(
            "all => all.map(e => getComputedStyle(e).fontSize)"
        )
        assert {float(size.removesuffix("px")) >= 16 for size in sizes} == {True}
        onward.click()
        if number < count - 1:
            title = visible(page).locator(".question__title")
            expect(title).to_be_focused()
            assert title.evaluate("e => e.getBoundingClientRect().top") < 260
    expect(page.locator(".sequence__heading")).to_be_focused()
    assert page.locator(".sequence__heading").evaluate(BOX)[0] >= 48


@pytest.mark.parametrize(("width", "height"), WINDOWS)
def test_options_are_rows_to_touch_and_shape_comments_are_in_sight(
    show: Opener, width: int, height: int
) -> None:
    page = show("rnn/practice/", width)
    page.set_viewport_size({"width": width, "height": height})
    expect(page.locator(".sequence__intro")).not_to_have_attribute("open", "")
    for number in range(page.locator("quiz-question").count()):
        page.get_by_role("button", name=re.compile(f"^Question {number + 1}\\b")).click()
        item = visible(page)
        row = item.locator("fieldset").bounding_box()
        for label in item.locator("fieldset:visible label").all():
            box = label.bounding_box()
            assert box
            assert row
            assert box["height"] >= 44
            assert box["width"] >= row["width"] - 4
        if width == 390:
            wide = "all => all.filter(e => e.scrollWidth > e.clientWidth).map(e => e.textContent)"
            assert item.locator("pre code").evaluate_all(wide) == []
        small = """all => all.filter(e => parseFloat(getComputedStyle(e).fontSize) < 13)
          .map(e => e.textContent)"""
        assert item.locator("pre code:visible").evaluate_all(small) == []


@pytest.mark.parametrize("where", ["practice", "learn"])
def test_enter_twice_checks_once_and_loses_nothing(show: Opener, where: str) -> None:
    page = show(f"rnn/{where}/")
    item = page.locator("quiz-question").first
    name = item.get_attribute("id") or ""
    choose(item, right=True)
    item.get_by_role("button", name="Check").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(item).to_be_visible()
    expect(item.get_by_role("status")).to_have_text("Right.")
    page.wait_for_timeout(400)
    if where == "learn":
        page.keyboard.press("Enter")
    assert kept(page)[name]["right"] is True
    assert page.evaluate("document.activeElement !== document.body")


def test_enter_held_down_on_an_option_checks_once(show: Opener) -> None:
    page = show("rnn/practice/")
    item = visible(page)
    name = item.get_attribute("id")
    choose(item, right=True)
    item.locator("input:checked").focus()
    for _ in range(6):  # Without an up between them: each but the first is a repeat.
        page.keyboard.down("Enter")
    page.wait_for_timeout(400)
    page.keyboard.down("Enter")
    page.keyboard.up("Enter")
    expect(visible(page)).to_have_id(name or "")
    expect(button(page, "Next")).to_be_focused()


def test_a_double_click_on_check_does_not_go_on(show: Opener) -> None:
    page = show("rnn/practice/")
    name = visible(page).get_attribute("id")
    choose(visible(page), right=True)
    button(page, "Check").dblclick()
    expect(visible(page)).to_have_id(name or "")
    button(page, "Next").click()
    expect(page.locator(".sequence__heading")).to_have_text(re.compile("^Question 2"))


@pytest.mark.parametrize(("mode", "start"), [("practice", ""), ("test", "Start the test")])
def test_the_number_of_the_question_stays_in_sight_on_a_phone(
    show: Opener, mode: str, start: str
) -> None:
    page = show(f"rnn/{mode}/", 390)
    if start:
        button(page, start).click()
    expect(visible(page)).to_have_count(1)
    count = page.locator(".sequence__number").count()
    for at in range(2, count + 1):
        button(page, "Next" if start else "Skip").click()
        number = page.locator('.sequence__number[aria-current="step"]')
        expect(number).to_have_text(str(at))
        expect(number).to_be_in_viewport(ratio=0.9)


def test_the_same_wrong_option_again_costs_nothing(show: Opener) -> None:
    page = show("rnn/practice/")
    item = visible(page)
    choose(item, right=False)
    button(page, "Check").click()
    expect(item.get_by_role("status")).to_have_text("Not yet. 1 attempt left.")
    page.wait_for_timeout(400)
    button(page, "Check").click()
    expect(item.get_by_role("status")).to_contain_text("You tried that already.")
    page.reload()
    page.wait_for_timeout(400)
    button(page, "Check").click()
    expect(item.get_by_role("status")).to_contain_text("You tried that already.")
    choose(item, right=True)
    button(page, "Check").click()
    expect(item.get_by_role("status")).to_have_text("Right, at attempt 2.")


def test_giving_up_asks_first_and_lies_apart_from_the_hint(show: Opener) -> None:
    page = show("rnn/practice/", 390)
    item = visible(page)
    hint, answer = (
        item.locator(f"{part} > summary").first
        for part in (".question-part--hint", ".question__answer")
    )
    boxes = hint.bounding_box(), answer.bounding_box()
    assert boxes[0]
    assert boxes[1]
    assert boxes[1]["y"] - boxes[0]["y"] - boxes[0]["height"] >= 24
    answer.click()
    expect(item.locator(".question__key")).to_be_hidden()
    button(page, "Keep trying").click()
    expect(button(page, "Keep trying")).to_have_count(0)
    expect(item.locator("input:focus")).to_have_count(1)
    answer.click()
    button(page, "Give up").click()
    expect(item.get_by_role("status")).to_have_text(re.compile("^The answer is [A-Z]"))
    expect(item.locator(".question__reason")).to_have_count(1)
    expect(button(page, "Next")).to_be_focused()


def test_a_missed_key_looks_unlike_a_chosen_one(show: Opener) -> None:
    page = show("lstm/practice/")
    item = turn_to_several_keys(page)
    first, other = sorted(item.evaluate("e => [...e.keys]"))
    wrong = item.evaluate(
        "e => [...e.querySelectorAll('input')].map(i => +i.value).filter(v => !e.keys.has(v))"
    )
    item.locator(f'input[value="{first}"]').check()
    button(page, "Check").click()
    item.locator(f'input[value="{wrong[0]}"]').check()
    button(page, "Check").click()
    marks = [
        item.locator(f"li:has(input[value='{value}']) label") for value in (first, other, wrong[0])
    ]
    for mark, word in zip(marks, ("Right", "Missed", "Wrong"), strict=True):
        expect(mark.locator(".question__verdict")).to_have_text(word)
    styles = [mark.evaluate("e => getComputedStyle(e).borderTopStyle") for mark in marks]
    assert styles == ["solid", "dashed", "solid"]


def test_nothing_is_said_twice(show: Opener) -> None:
    page = show("rnn/practice/")
    both_answers(page)
    item = visible(page)
    item.locator(".question__answer > summary").click()
    said = item.locator(".question__reason > p:visible").all_inner_texts()
    assert said
    rest = item.locator(".question__answer").inner_text()
    assert [text for text in said if text in rest] == []


def test_the_themes_keys_do_not_leave_a_running_practice(show: Opener) -> None:
    page = show("rnn/practice/")
    address = page.url
    button(page, "Skip").click()
    for key in "np.,":
        page.keyboard.press(key)
    page.keyboard.press("b")
    page.wait_for_timeout(300)
    assert page.url == address
    expect(visible(page).locator("input:checked")).to_have_count(1)


def test_first_attempt_means_the_first(show: Opener) -> None:
    """Wrong, right, try again, right: that is none."""
    page = show("rnn/practice/")
    item = visible(page)
    for right in (False, True):
        choose(item, right=right)
        button(page, "Check").click()
    button(page, "Try again").click()
    choose(item, right=True)
    button(page, "Check").click()
    page.locator(".sequence__numbers button").last.click()
    button(page, "Skip").click()
    expect(page.locator(".sequence__heading")).to_have_text(
        re.compile("^0 of 10 right at the first")
    )


def test_an_unsent_choice_outlives_an_answer_in_another_tab(show: Opener) -> None:
    first = show("rnn/learn/")
    second = first.context.new_page()
    second.goto(first.url)
    mine, theirs = second.locator("quiz-question").nth(1), first.locator("quiz-question").first
    choose(mine, right=True)
    choose(theirs, right=True)
    theirs.get_by_role("button", name="Check").click()
    expect(second.locator("quiz-question").first.get_by_role("status")).to_have_text(
        "Answered rightly before."
    )
    expect(mine.locator("input:checked")).to_have_count(1)


def test_an_answered_question_leads_to_its_layer(show: Opener) -> None:
    """With the numbers that it was asked with, and the shape that was its answer."""
    page = show("lstm/practice/#lstm-practice-output-shape")
    item = visible(page)
    expect(item).to_have_id("lstm-practice-output-shape")
    answer(item, right=True)
    link = item.get_by_role("link", name="in the shape explorer")
    code = item.locator(".cell pre code").first.inner_text()
    sizes = re.search(r"randn\((\d+), (\d+), (\d+)\)", code)
    hidden = re.search(r"hidden_size=(\d+)", code)
    assert sizes and hidden
    link.click()
    page.wait_for_url(re.compile("/explore/"))
    row = page.locator("quiz-explorer").get_by_role("row", name=re.compile("^output"))
    for size in (sizes[1], sizes[2], hidden[1]):
        expect(row).to_contain_text(size)


@pytest.mark.parametrize("rem", ["", "200%"])
@pytest.mark.parametrize("mode", ["practice", "challenge"])
def test_the_buttons_of_a_question_fit_a_phone(show: Opener, mode: str, rem: str) -> None:
    """With all that can stand there: the way back, another try, the time taken."""
    page = show(f"gru/{mode}/", 390)
    page.evaluate("size => { document.documentElement.style.fontSize = size }", rem)
    if mode == "challenge":
        button(page, "Start").click()
    expect(visible(page)).to_have_count(1)
    count = page.locator(".sequence__number").count()
    for number in range(count):
        answer(visible(page), right=True)
        row = visible(page).locator(".question__bar > .question__actions")
        for part in row.locator(":scope > :visible").all():
            box = part.bounding_box()
            assert box and box["x"] >= 0 and box["x"] + box["width"] <= 390, number
            assert part.evaluate("e => e.scrollWidth <= e.clientWidth + 1"), number
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, number
        button(page, "Next" if number < count - 1 else "See your result").click()


def test_nothing_of_the_theme_lies_over_a_question(show: Opener) -> None:
    page = show("rnn/practice/")
    for _ in range(3):
        button(page, "Skip").click()
    # The theme offers the way to its top once a reader scrolls up.
    page.mouse.wheel(0, 300)
    page.mouse.wheel(0, -100)
    page.wait_for_timeout(400)
    title = visible(page).locator(".question__title")
    title.scroll_into_view_if_needed()
    assert title.evaluate("""(e) => {
      const { left, right, top, bottom } = e.getBoundingClientRect();
      const found = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
      return e.contains(found);
    }""")
    expect(page.locator(".md-top")).to_be_hidden()


def test_the_code_of_a_question_grows_with_the_text(show: Opener) -> None:
    page = show("rnn/practice/", 390)
    code = page.locator("quiz-question pre code").first
    size = "e => parseFloat(getComputedStyle(e).fontSize)"
    before = code.evaluate(size)
    page.evaluate("document.documentElement.style.fontSize = '250%'")
    assert code.evaluate(size) == pytest.approx(2 * before)


@pytest.mark.parametrize("topic", TOPICS)
@pytest.mark.parametrize(("width", "height"), WINDOWS)
def test_a_challenge_begins_with_its_question_in_sight(
    show: Opener, topic: str, width: int, height: int
) -> None:
    page = show(f"{topic}/challenge/", width)
    page.set_viewport_size({"width": width, "height": height})
    button(page, "Start").click()
    expect(page.locator(".sequence__clock")).to_be_visible()
    page.wait_for_timeout(300)
    title = visible(page).locator(".question__title")
    header = page.locator(".md-header").bounding_box()
    place = title.bounding_box()
    assert header and place and place["y"] >= header["y"] + header["height"]
    expect(title).to_be_focused()
