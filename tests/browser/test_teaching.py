"""Assignments in a browser: a link that opens the same test for a class, and its result."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from support.fixture import files
from support.learner import choose, go_on, visible
from support.pages import Opener, violations

PLACE = "lists/test/"


def button(page: Page, name: str) -> Locator:
    """Return the button of a name."""
    return page.get_by_role("button", name=name, exact=True)


def link(page: Page, count: int) -> str:
    """Make a link as a teacher does."""
    button(page, "For teachers").click()
    page.get_by_label("Name", exact=True).fill("Week 3")
    page.get_by_label("How many questions").fill(str(count))
    button(page, "Make the link").click()
    expect(page.get_by_label("The link")).not_to_have_value("")
    return page.get_by_label("The link").input_value()


def asked(page: Page, count: int, *, right: int) -> list[tuple[str, str]]:
    """Take an assignment; return its questions, each with the numbers in its text."""
    button(page, "Start").click()
    found = []
    for number in range(count):
        item = visible(page)
        text = "e => e.querySelector('.question__title').textContent + [...e.querySelectorAll("
        found.append(
            (
                item.get_attribute("id") or "",
                item.evaluate(f"{text}'pre')].map(p => p.textContent)"),
            )
        )
        choose(item, right=number < right)
        go_on(page)
    return found


def test_a_class_gets_the_same_questions_and_a_teacher_checks_what_comes_back(
    show_fixture: Opener,
) -> None:
    teacher = show_fixture(PLACE)
    address = link(teacher, 4)
    taken = []
    for learner, right in (("Ada", 3), ("Bo", 1)):
        page = show_fixture(PLACE)
        page.goto(address)
        page.reload()
        taken.append(asked(page, 4, right=right))
        expect(page.locator(".sequence__heading")).to_have_text(f"{right} of 4 right")
        page.get_by_label("Your name").fill(learner)
        text = page.get_by_label("The text to send").input_value()
        teacher.get_by_label("The text that you were sent").fill(f"Hello,\n\n{text}\n{learner}")
        button(teacher, "Check").click()
        expect(teacher.locator(".teaching")).to_contain_text(
            f"{learner}: {right} of 4 right, as the text says. Week 3"
        )
        assert violations(page) == []
    assert taken[0] == taken[1]
    assert violations(teacher) == []


def test_a_result_stays_after_a_reload(show_fixture: Opener) -> None:
    address = link(show_fixture(PLACE), 2)
    page = show_fixture(PLACE)
    page.goto(address)
    page.reload()
    asked(page, 2, right=2)
    expect(page.get_by_label("The text to send")).to_be_visible()
    page.reload()
    expect(page.locator(".sequence__heading")).to_have_text("2 of 2 right")
    expect(page.get_by_label("The text to send")).to_have_value(
        page.get_by_label("The text to send").input_value()
    )


def test_questions_can_be_named_and_unknown_ones_are_told(show_fixture: Opener) -> None:
    page = show_fixture(PLACE)
    names = [
        line[8:] for line in files()["lists/test.md"].split("\n") if line.startswith("    id: ")
    ]
    button(page, "For teachers").click()
    page.get_by_label("Or which, by their ids").fill(f"{names[3]}, nobody-knows")
    button(page, "Make the link").click()
    expect(page.locator(".teaching")).to_contain_text("This page has no question nobody-knows.")
    page.get_by_label("Or which, by their ids").fill(f"{names[3]} {names[1]}")
    button(page, "Make the link").click()
    address = page.get_by_label("The link").input_value()
    other = show_fixture(PLACE)
    other.goto(address)
    other.reload()
    expect(other.locator(".sequence__heading")).to_have_text("Week 1: 2 questions")
    button(other, "Start").click()
    expect(visible(other)).to_have_id(names[3])


def test_a_link_to_questions_that_are_gone_says_so(show_fixture: Opener) -> None:
    page = show_fixture(PLACE)
    page.goto(f"{page.url.split('#')[0]}#assignment=Old&seed=1&ids=gone-question")
    page.reload()
    expect(page.get_by_role("status").first).to_contain_text("0 of the 1 question")


def test_a_text_that_is_no_result_or_was_changed_says_so(show_fixture: Opener) -> None:
    page = show_fixture(PLACE)
    button(page, "For teachers").click()
    area = page.get_by_label("The text that you were sent")
    for text, words in (("8 of 10", "This is no result"), ("", "This is no result")):
        area.fill(text)
        button(page, "Check").click()
        expect(page.locator(".teaching")).to_contain_text(words)
