"""Predict first: what is covered asks for a prediction, and what tells it is covered too."""

import re

from playwright.sync_api import Page, expect

from support.pages import Opener

LEARN = "lists/learn/"


def begin(show_fixture: Opener) -> Page:
    page = show_fixture(LEARN)
    page.get_by_role("button", name="Predict first").click()
    expect(page.locator(".predict__cover").first).to_be_visible()
    return page


def test_a_number_is_typed_and_the_sentence_that_tells_it_is_covered(show_fixture: Opener) -> None:
    page = begin(show_fixture)
    told = page.get_by_text(re.compile("^It has"))
    expect(told).to_be_hidden()
    cover = page.locator(".predict__cover").first
    cover.get_by_role("textbox").fill("four")
    cover.get_by_role("button", name="Check my prediction").click()
    expect(cover.get_by_role("status")).to_contain_text("cannot be read as a number")
    expect(page.locator(".cell-output").first).to_be_hidden()
    cover.get_by_role("textbox").fill("４")
    page.keyboard.press("Enter")
    expect(page.locator(".predict__status").first).to_contain_text("You predicted 1 of 1 right")
    expect(page.locator(".cell-output").first).to_be_visible()
    expect(told).to_be_visible()


def test_the_lesson_says_at_its_end_how_many_were_right(show_fixture: Opener) -> None:
    page = begin(show_fixture)
    score = page.locator("quiz-learn .predict__score")
    expect(score).to_contain_text("None is made yet.")
    cover = page.locator(".predict__cover:has(input)").first
    cover.get_by_role("textbox").fill("5")
    cover.get_by_role("button", name="Check my prediction").click()
    expect(score).to_contain_text("You predicted 0 of 1 right.")


def test_what_nobody_can_foresee_is_not_covered(show_fixture: Opener) -> None:
    page = begin(show_fixture)
    expect(page.locator(".cell-output--error:not(quiz-question *)").first).to_be_visible()


def test_all_is_shown_again_when_it_is_switched_off(show_fixture: Opener) -> None:
    page = begin(show_fixture)
    before = page.locator(".predict__cover").count()
    assert before >= 3
    page.get_by_role("button", name="Show what it gives").first.click()
    expect(page.locator(".predict__cover")).to_have_count(before - 1)
    page.get_by_role("button", name="Predict first").click()
    expect(page.locator(".predict__cover, .predict__hidden, .predict__score")).to_have_count(0)
    expect(page.locator(".cell-output:not(quiz-question *)").first).to_be_visible()
    expect(page.get_by_text(re.compile("^It has"))).to_be_visible()
