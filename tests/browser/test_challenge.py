"""The challenge's clock stays in sight, and its badge asks for numbers that are new."""

import re

from playwright.sync_api import Page, expect

from support.learner import age, answer, go_on, kept, visible
from support.pages import Opener

CHALLENGE = "lists/challenge/"
CONTROLS = re.compile("^(Pause|Resume|Add a minute|Switch the clock off)$")


def start(page: Page, words: str = "Start") -> None:
    page.get_by_role("button", name=words, exact=True).click()
    expect(visible(page)).to_have_count(1)


def solve(page: Page, wrong: int = -1) -> None:
    """Answer all five, one of them wrong."""
    for number in range(5):
        answer(visible(page), right=number != wrong)
        expect(visible(page).get_by_role("button", name="Skip")).to_be_hidden()
        go_on(page)


def test_the_same_five_with_the_same_numbers_earn_no_badge(show_fixture: Opener) -> None:
    page = show_fixture(CHALLENGE)
    start(page)
    solve(page, wrong=4)
    start(page, "Start the challenge anew")
    solve(page)
    expect(page.locator(".sequence__heading")).to_have_text("5 of 5 right")
    expect(page.locator(".sequence__seen")).to_contain_text("5 problems had the numbers of an")
    assert "badge/lists" not in kept(page)
    page.reload()
    expect(page.locator(".sequence__seen")).to_be_visible()
    assert "badge/lists" not in kept(page)


def test_a_week_later_the_same_numbers_count_as_new(show_fixture: Opener) -> None:
    page = show_fixture(CHALLENGE)
    start(page)
    solve(page, wrong=4)
    age(page, 8)
    page.reload()
    start(page, "Start the challenge anew")
    solve(page)
    expect(page.locator(".sequence__badge")).to_have_text(
        "All five right. The topic's badge is yours."
    )
    assert kept(page)["badge/lists"]["done"] is True


def test_five_new_problems_earn_the_badge_at_once(show_fixture: Opener) -> None:
    page = show_fixture(CHALLENGE)
    start(page)
    solve(page)
    expect(page.locator(".sequence__badge")).to_be_visible()
    # It is not taken away again.
    start(page, "Start the challenge anew")
    solve(page)
    expect(page.locator(".sequence__badge")).to_be_visible()


def test_the_clock_stays_in_sight_and_says_the_time_taken(show_fixture: Opener) -> None:
    page = show_fixture(CHALLENGE, 390)
    page.clock.install(time=0)
    page.reload()
    expect(page.get_by_role("button", name="Start", exact=True)).to_be_visible()
    page.clock.pause_at(3_600_000)
    start(page)
    clock = page.get_by_role("timer")
    expect(clock).to_be_visible()
    page.clock.run_for(3000)
    for top in (0, 200, 2000):
        page.evaluate("top => scrollTo(0, top)", top)
        expect(clock).to_be_in_viewport()
    answer(visible(page), right=True)
    page.clock.run_for(400)
    expect(clock).to_have_text("Took 0:03")
    expect(page.get_by_role("button", name=CONTROLS)).to_have_count(0)
    page.reload()
    page.clock.run_for(400)
    page.get_by_role("button", name="Go on").click()
    expect(clock).to_have_text("Took 0:03")


def test_what_has_run_down_cannot_be_paused(show_fixture: Opener) -> None:
    page = show_fixture(CHALLENGE)
    page.clock.install(time=0)
    page.reload()
    expect(page.get_by_role("button", name="Start", exact=True)).to_be_visible()
    page.clock.pause_at(3_600_000)
    start(page)
    seconds = int(visible(page).get_attribute("data-seconds") or 0)
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    page.clock.run_for(1000 * (seconds + 5))
    expect(page.get_by_role("timer")).to_have_text("0:00")
    expect(page.get_by_role("button", name="Pause")).to_have_count(0)
    page.get_by_role("button", name="Add a minute").click()
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    answer(visible(page), right=True)
    page.clock.run_for(400)
    taken = seconds + 5
    expect(page.get_by_role("timer")).to_have_text(f"Took {taken // 60}:{taken % 60:02}")
