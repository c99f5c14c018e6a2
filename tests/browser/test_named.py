"""Addresses that name what is not there: the page says so, and what it shows instead."""

import re

import pytest
from playwright.sync_api import expect

from support.learner import visible
from support.pages import Opener, settle, violations

SAID = "Nothing on this page is called “gone”"


@pytest.mark.parametrize(
    "place", ["lists/learn/", "lists/practice/", "lists/recap/", "lists/challenge/", "proofs/"]
)
def test_a_part_that_a_page_does_not_have_is_said_once(show_fixture: Opener, place: str) -> None:
    page = show_fixture(f"{place}#gone")
    said = page.locator(".unnamed")
    expect(said).to_contain_text(SAID)
    expect(said).to_have_attribute("role", "status")
    expect(said).to_be_in_viewport()
    settle(page)
    assert violations(page) == []


def test_a_part_that_is_there_needs_no_word(show_fixture: Opener) -> None:
    page = show_fixture("lists/practice/")
    name = page.locator("quiz-question").nth(2).get_attribute("id") or ""
    for fragment in ("gone", name, "gone", f"{name}-title", "__search", "layer=GRU", "%E0%A4%A"):
        page.evaluate("name => { location.hash = name }", fragment)
        told = re.search("gone|%", fragment)
        expect(page.locator(".unnamed")).to_have_count(1 if told else 0)
        if name in fragment:
            expect(visible(page)).to_have_id(name)


def test_another_page_has_parts_of_its_own(show_fixture: Opener) -> None:
    """By the theme's instant navigation, to the page and back."""
    page = show_fixture("lists/learn/#gone")
    expect(page.locator(".unnamed")).to_be_visible()
    page.get_by_role("link", name="Lists", exact=True).first.click()
    expect(page.locator(".hub__progress").first).to_be_visible()
    expect(page.locator(".unnamed")).to_have_count(0)
    page.go_back()
    expect(page.locator(".unnamed")).to_contain_text(SAID)


def test_an_error_that_the_finder_does_not_know_is_said(show: Opener) -> None:
    page = show("errors/#error-gone")
    expect(page.locator(".unnamed")).to_contain_text("Nothing on this page is called “error-gone”")
    assert page.locator(".errors__entry").count() > 10
