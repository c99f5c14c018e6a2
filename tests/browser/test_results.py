"""Results stay, are logged once, and lead on."""

import re

import pytest
from playwright.sync_api import Page, expect

from support.learner import answer, choose, go_on, kept, visible
from support.pages import Opener, settle

TOPIC = "lists"


def finish(page: Page, mode: str) -> str:
    """Go through a mode with one miss, and return the words of its result."""
    start = page.get_by_role("button", name=re.compile("^Start"))
    if mode != "practice":
        start.click()
    expect(visible(page)).to_have_count(1)
    count = page.locator(".sequence__numbers li").count()
    for number in range(count):
        item = visible(page)
        if mode == "test":
            choose(item, right=number > 0)
        else:
            answer(item, right=number > 0)
            if mode == "practice" and not number:
                answer(item, right=True)
        go_on(page)
    heading = page.locator(".sequence__heading")
    expect(heading).to_have_text(re.compile(f"^{count - 1} of {count} right"))
    expect(heading).to_be_focused()
    return heading.inner_text()


def logged(page: Page) -> int:
    return sum(len(entry.get("log") or []) for entry in kept(page).values())


@pytest.mark.parametrize("mode", ["practice", "challenge", "test"])
def test_a_result_stays_after_a_reload_and_after_back(show_fixture: Opener, mode: str) -> None:
    page = show_fixture(f"{TOPIC}/{mode}/")
    words = finish(page, mode)
    reviews = logged(page)
    for again in (
        page.reload,
        lambda: (page.goto(page.url.replace(mode, "learn")), page.go_back()),
    ):
        again()
        expect(page.locator(".sequence__heading")).to_have_text(words)
        result = page.locator(".sequence__result")
        expect(result.locator(".sequence__ring")).to_be_visible()
        expect(result.locator("table").first).to_contain_text("hard")
        expect(result.get_by_role("link", name=re.compile("^Go on to "))).to_be_visible()
    assert logged(page) == reviews


@pytest.mark.parametrize("misses", [1, 2])
def test_the_main_button_after_a_test_does_what_the_verdict_says(
    show_fixture: Opener, misses: int
) -> None:
    """With one miss a reader knows the topic; with more there is something to read first."""
    page = show_fixture(f"{TOPIC}/test/")
    page.get_by_role("button", name=re.compile("^Start")).click()
    expect(visible(page)).to_have_count(1)
    for number in range(page.locator(".sequence__numbers li").count()):
        choose(visible(page), right=number >= misses)
        go_on(page)
    verdict = "Go on to the challenge" if misses == 1 else "Read again what is listed"
    expect(page.locator(".sequence__verdict")).to_contain_text(verdict)
    main = page.locator(".sequence__result .question__button--main")
    expect(main).to_have_count(1)
    expect(main).to_have_text(re.compile("^Go on to " if misses == 1 else "^Read again: "))


def test_a_result_comes_although_the_network_is_gone(show_fixture: Opener) -> None:
    page = show_fixture(f"{TOPIC}/practice/")
    answer(visible(page), right=True)
    settle(page)
    page.context.set_offline(True)
    page.locator(".sequence__numbers button").last.click()
    go_on(page)
    expect(page.locator(".sequence__result")).to_be_visible()


def test_a_test_finished_twice_is_logged_once(show_fixture: Opener) -> None:
    page = show_fixture(f"{TOPIC}/test/")
    words = finish(page, "test")
    reviews = logged(page)
    assert reviews == 1
    page.locator(".sequence__numbers button").last.click()
    page.get_by_role("button", name="Finish the test").click()
    expect(page.locator(".sequence__heading")).to_have_text(words)
    assert logged(page) == reviews


def test_what_is_answered_looks_unlike_what_is_not(show_fixture: Opener) -> None:
    page = show_fixture(f"{TOPIC}/test/")
    page.get_by_role("button", name="Start the test").click()
    choose(visible(page), right=True)
    go_on(page)
    numbers = page.locator(".sequence__number")
    expect(numbers.nth(0)).to_have_accessible_name("Question 1, answered")
    look = "e => getComputedStyle(e).borderBlockEndWidth"
    assert numbers.nth(0).evaluate(look) != numbers.nth(2).evaluate(look)


def test_a_verdict_leads_to_each_layer_once(show: Opener) -> None:
    page = show("rnn/test/")
    page.get_by_role("button", name="Start the test").click()
    expect(visible(page)).to_have_count(1)
    for _ in range(page.locator(".sequence__numbers li").count()):
        choose(visible(page), right=False)
        go_on(page)
    expect(page.locator(".sequence__heading")).to_be_focused()
    settle(page)
    links = page.locator("quiz-question:visible").evaluate_all(
        "all => all.map((e) => e.querySelectorAll('.question__told a[href*=explore]').length)"
    )
    assert set(links) == {0, 1}


def test_the_end_of_a_test_asks_about_what_is_unanswered(show_fixture: Opener) -> None:
    page = show_fixture(f"{TOPIC}/test/")
    page.get_by_role("button", name="Start the test").click()
    expect(visible(page)).to_have_count(1)
    page.locator(".sequence__numbers button").last.click()
    go_on(page)
    count = page.locator(".sequence__numbers li").count()
    expect(page.locator(".sequence__note")).to_have_text(f"{count} questions not answered yet.")
    page.get_by_role("button", name="Go to the first").click()
    expect(page.locator(".sequence__heading")).to_have_text(f"Question 1 of {count}")
    page.locator(".sequence__numbers button").last.click()
    go_on(page)
    page.get_by_role("button", name="Finish all the same").click()
    expect(page.locator(".sequence__heading")).to_have_text(f"0 of {count} right")
