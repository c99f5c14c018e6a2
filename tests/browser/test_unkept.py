"""A browser that keeps nothing: all works for the visit, and each page says so once and alike."""

import re

import pytest
from playwright.sync_api import Page, expect

from support.learner import answer, choose, go_on, visible
from support.pages import Opener, settle

REFUSALS = {
    "full": """Storage.prototype.setItem = () => {
      throw new DOMException('', 'QuotaExceededError') }""",
    "forbidden": """for (const name of ["localStorage", "sessionStorage"])
      Object.defineProperty(window, name, {
        get() { throw new DOMException('', 'SecurityError') }, configurable: true })""",
    "absent": """for (const name of ["localStorage", "sessionStorage"])
      Object.defineProperty(window, name, { value: null, configurable: true })""",
}
"""How browsers refuse to keep anything: no room, no permission, no such thing."""
TWO_DAYS_LATER = "const now = Date.now; Date.now = () => now() + 2 * 864e5"
SAID = "Your browser keeps no progress for this site"


@pytest.fixture(params=REFUSALS)
def refusing(request: pytest.FixtureRequest, show_fixture: Opener) -> Opener:
    """Return a function that opens a page in a browser that refuses; errors fail the test."""

    def opened(path: str) -> Page:
        page = show_fixture("")
        page.add_init_script(REFUSALS[request.param])
        page.goto(page.url + path)
        return page

    return opened


def said_once(page: Page) -> None:
    """Expect the page to say so at one place, and to say nothing else of it."""
    settle(page)
    assert page.locator("body").inner_text().count(SAID) == 1
    expect(page.locator(".unkept [role=status]")).to_contain_text(SAID)


def test_questions_are_answered_one_after_the_other(refusing: Opener) -> None:
    page = refusing("lists/practice/")
    count = page.locator("quiz-question").count()
    for number in range(count):
        answer(visible(page), right=True)
        expect(visible(page).get_by_role("status")).to_have_text("Right.")
        if not number:
            said_once(page)
        go_on(page)
    expect(page.locator(".sequence__heading")).to_have_text(
        f"{count} of {count} right at the first attempt"
    )
    said_once(page)


def test_what_says_so_is_as_large_as_the_text_and_in_its_column(refusing: Opener) -> None:
    page = refusing("lists/practice/")
    answer(visible(page), right=True)
    said = page.locator(".unkept [role=status]")
    expect(said).to_contain_text(SAID)
    size = "e => parseFloat(getComputedStyle(e).fontSize)"
    assert said.evaluate(size) >= page.locator("article").evaluate(size)
    left = "e => e.getBoundingClientRect().left"
    assert said.evaluate(left) > page.locator("article").evaluate(left)


def test_what_says_so_can_be_closed_and_comes_no_more(refusing: Opener) -> None:
    page = refusing("lists/practice/")
    answer(visible(page), right=False)
    expect(page.locator(".unkept")).to_be_in_viewport()
    page.locator(".unkept").get_by_role("button", name="Close").click()
    expect(page.locator(".unkept")).to_have_count(0)
    expect(page.locator("quiz-question :focus")).to_have_count(1)
    answer(visible(page), right=True)
    settle(page)
    expect(page.locator(".unkept")).to_have_count(0)


def test_a_challenge_and_a_test_have_their_results(refusing: Opener) -> None:
    for mode in ("challenge", "test"):
        page = refusing(f"lists/{mode}/")
        page.get_by_role("button", name=re.compile("^Start")).click()
        expect(visible(page)).to_have_count(1)
        for _ in range(page.locator(".sequence__numbers li").count()):
            item = visible(page)
            if mode == "challenge":
                answer(item, right=True)
            else:
                choose(item, right=True)
            go_on(page)
        expect(page.locator(".sequence__heading")).to_have_text(re.compile(r"^\d+ of \d+ right"))
        said_once(page)


def test_what_is_missed_comes_back_in_the_review(refusing: Opener) -> None:
    """In the same visit: the theme's navigation keeps the page's scripts."""
    page = refusing("lists/learn/")
    item = page.locator("quiz-question").first
    answer(item, right=False)
    said_once(page)
    page.get_by_role("link", name="Review", exact=True).first.click()
    page.wait_for_url(re.compile("/review/"))
    expect(page.locator("quiz-review .sequence__note")).to_contain_text("1 item planned")
    page.evaluate(f"() => {{ {TWO_DAYS_LATER} }}")
    page.get_by_role("link", name="Lists", exact=True).first.click()
    page.wait_for_url(re.compile("/lists/"))
    page.get_by_role("link", name="Review", exact=True).first.click()
    page.get_by_role("button", name="Start the review").click()
    answer(page.locator(".review__item quiz-question"), right=True)
    expect(page.locator("quiz-review .sequence__note")).to_contain_text("It comes back in")


def test_the_page_of_progress_says_the_same_from_its_beginning(refusing: Opener) -> None:
    page = refusing("review/")
    settle(page)
    assert page.locator("body").inner_text().count(SAID) == 1
    expect(page.locator("quiz-progress")).to_contain_text(SAID)
    page.get_by_role("button", name="Reset", exact=True).click()
    expect(page.locator("quiz-progress [role=status]")).to_have_text(
        "All progress is gone from this page."
    )


def test_a_page_is_ticked_as_done(refusing: Opener) -> None:
    page = refusing("lists/cheatsheet/")
    page.get_by_role("button", name="Yes, it is done").click()
    expect(page.locator("quiz-done [role=status]")).to_contain_text("Done.")
    said_once(page)
    page.get_by_role("link", name="Lists", exact=True).first.click()
    expect(page.locator("tr[data-mode=cheatsheet]")).to_contain_text("✓ done")


def test_predictions_are_made_and_taken_away(refusing: Opener) -> None:
    page = refusing("lists/learn/")
    switch = page.get_by_role("button", name="Predict first")
    switch.click()
    shows = page.get_by_role("button", name="Show what it gives")
    expect(shows.first).to_be_visible()
    said_once(page)
    switch.click()
    expect(shows).to_have_count(0)


def test_cards_are_marked_and_what_is_written_stays(refusing: Opener) -> None:
    page = refusing("lists/recap/")
    card = page.locator("quiz-card:visible")
    card.locator("summary").click()
    card.get_by_role("button", name="Not yet").click()
    expect(card.get_by_role("status")).to_have_text("Not yet. It comes back tomorrow.")
    said_once(page)


def test_a_trace_and_the_shape_explorer_need_no_storage(refusing: Opener) -> None:
    page = refusing("lists/visualize/")
    trace = page.locator("quiz-trace").first
    before = trace.get_by_role("status").inner_text()
    trace.get_by_role("button", name="Next").click()
    expect(trace.get_by_role("status")).not_to_have_text(before)
    page = refusing("explore/")
    page.get_by_role("spinbutton", name="hidden_size").fill("9")
    expect(page.locator("quiz-explorer").get_by_role("row").first).to_be_visible()
    settle(page)
    expect(page.locator(".unkept")).to_have_count(0)


def test_what_was_reset_comes_back_although_storage_has_become_full(show_fixture: Opener) -> None:
    page = show_fixture("lists/learn/")
    answer(page.locator("quiz-question").first, right=True)
    page.goto(page.url.replace("lists/learn/", "review/"))
    page.get_by_role("button", name="Reset", exact=True).click()
    page.evaluate(f"() => {{ {REFUSALS['full']} }}")
    page.get_by_role("button", name="Undo the reset").click()
    expect(page.locator("quiz-progress")).to_contain_text("1 item done.")
    page.reload()
    page.get_by_role("button", name="Undo the reset").click()
    expect(page.locator("quiz-progress")).to_contain_text("1 item done.")
    expect(page.get_by_role("button", name="Undo the reset")).to_be_hidden()
