"""The built site in a real Chromium.

Phone and desktop, light and dark, with the keyboard, without JavaScript, alone on the network.
"""

import re
import sys
from pathlib import Path

import pytest
from playwright.sync_api import expect

from support.pages import OPEN_ALL, Opener, settle, violations
from support.paths import PROJECT

PAGES = ("why-rnns/", "why-rnns/learn/", "contribute/write-a-lesson/", "proofs/")
"""Beside those of a topic's modes, which `test_access` opens."""
SCHEMES = ("light", "dark")
FEW_ROWS = """document.querySelectorAll('tbody > tr:nth-child(n + 60)').forEach(r => r.remove())"""
"""Takes out of long tables what is like the rows before: axe would take minutes for all."""


@pytest.mark.parametrize(("width", "scheme"), [(390, "dark"), (1280, "light")])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_fits_its_window_and_axe_finds_nothing(
    show: Opener, path: str, width: int, scheme: str
) -> None:
    """Before and after all details are opened."""
    page = show(path, width, scheme)
    settle(page)
    page.evaluate(FEW_ROWS)
    for _ in range(2 if page.locator("article details").count() else 1):
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert violations(page) == []
        page.evaluate(OPEN_ALL)


def test_an_answer_is_hidden_until_the_keyboard_asks_for_it(show: Opener) -> None:
    """Tab reaches the summary, Enter opens it, and every option has its reason."""
    page = show("rnn/practice/")
    question = page.locator("quiz-question").first
    answer = question.locator("details.question__answer")
    expect(answer.locator(".question__key")).to_be_hidden()
    for _ in range(60):
        page.keyboard.press("Tab")
        if answer.locator("> summary").evaluate("e => e === document.activeElement"):
            break
    assert (
        answer.locator("> summary").evaluate(
            "e => getComputedStyle(e).outlineStyle + getComputedStyle(e).boxShadow"
        )
        != "nonenone"
    )
    page.keyboard.press("Enter")
    question.get_by_role("button", name="Give up").focus()
    page.keyboard.press("Enter")
    expect(question.get_by_role("button", name="Give up")).to_have_count(0)
    answer.locator("> summary").focus()
    page.keyboard.press("Enter")
    expect(answer.locator(".question__key")).to_be_visible()
    assert (
        answer.locator("ol.question__rationales > li").count()
        == question.locator("ol.question__options > li").count()
    )


def test_without_javascript_every_question_answer_and_reason_is_there(show: Opener) -> None:
    """Details open by themselves; nothing waits for a script."""
    page = show("rnn/practice/", script=False)
    questions = page.locator("quiz-question")
    assert questions.count() >= 5
    for number in range(questions.count()):
        answer = questions.nth(number).locator("details.question__answer")
        answer.locator("> summary").click()
        expect(answer.locator(".question__key")).to_be_visible()
        for item in answer.locator("ol.question__rationales > li").all():
            assert len(item.inner_text().split()) > 5


def test_a_prediction_is_not_given_away_by_an_output_before_the_answer(show: Opener) -> None:
    """What the stem's cell printed is shown in the answer, and only there."""
    page = show("rnn/practice/")
    for question in page.locator("quiz-question[data-kind=predict-output]").all():
        assert question.locator("details.question__answer .cell-output").count() > 0
        assert (
            question.locator(".cell-output").count()
            == question.locator("details .cell-output").count()
        )


def test_instant_navigation_leads_through_the_site(show: Opener, address: str) -> None:
    """A click loads the next page without a new document, and its cells are there."""
    page = show("rnn/")
    page.evaluate("window.same = true")
    page.get_by_role("article").get_by_role("link", name="Learn", exact=True).first.click()
    page.wait_for_url(address + "rnn/learn/")
    expect(page.locator(".cell-output").first).to_be_visible()
    assert page.evaluate("window.same") is True


def test_search_finds_a_page(show: Opener) -> None:
    """The index is the site's own."""
    page = show("")
    page.keyboard.press("/")
    page.keyboard.type("recurrence")
    expect(page.locator(".md-search-result__item").first).to_be_visible()


@pytest.mark.parametrize("scheme", SCHEMES)
def test_figures_have_a_name_and_take_the_colour_of_the_text(show: Opener, scheme: str) -> None:
    """Text in a figure is not black on black."""
    page = show("why-rnns/learn/", scheme=scheme)
    figure = page.locator(".cell-figure svg").first
    assert len(figure.get_attribute("aria-label") or "") > 20
    text = figure.locator("text").first.evaluate("e => getComputedStyle(e).fill")
    around = page.locator("article").evaluate("e => getComputedStyle(e).color")
    assert text == around


def test_no_page_holds_a_path_of_the_build_machine(show: Opener) -> None:
    """Neither the project's folder nor Python's."""
    page = show("")
    addresses = re.findall("<loc>(.*?)</loc>", page.request.get(page.url + "sitemap.xml").text())
    assert len(addresses) > 30
    for address in addresses:
        content = page.request.get(address).text()
        for own in (str(PROJECT), sys.prefix, str(Path.home()) + "/"):
            assert own not in content


def test_the_keyboard_reaches_all_code_even_without_javascript(show: Opener) -> None:
    """Wide code must be scrolled."""
    page = show("rnn/learn/", 390, script=False)
    assert page.locator("pre > code").count() > 20
    assert page.locator("pre > code:not([tabindex='0'])").count() == 0


def test_the_table_of_contents_lists_sections_and_no_questions(show: Opener) -> None:
    page = show("rnn/learn/")
    listed = page.locator(".md-nav--secondary a.md-nav__link").evaluate_all(
        "all => all.map(a => a.hash.slice(1))"
    )
    titles = page.locator(".question__title").evaluate_all("all => all.map(e => e.id)")
    assert len(listed) > 4
    assert titles
    assert not set(listed) & set(titles)
