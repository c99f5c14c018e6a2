"""A recap's cards as a deck: one at a time, turned by click, key and a real swipe."""

import datetime
import re

from playwright.sync_api import Page, expect

from support.learner import KEY, kept, swipe
from support.pages import Opener

RECAP = "lists/recap/"


def shown(page: Page) -> str:
    """Return the id of the one card that is shown."""
    cards = page.locator("quiz-card:visible")
    expect(cards).to_have_count(1)
    return cards.get_attribute("id") or ""


def test_one_card_is_shown_at_a_time_and_says_which(show_fixture: Opener) -> None:
    page = show_fixture(RECAP)
    place = page.locator(".deck__place")
    expect(place).to_have_text("1 of 6")
    ids = [shown(page)]
    for number in range(2, 7):
        page.locator(".deck").get_by_role("button", name="Next").click()
        expect(place).to_have_text(f"{number} of 6")
        ids.append(shown(page))
    assert len(set(ids)) == 6
    expect(page.locator(".deck").get_by_role("button", name="Next")).to_be_disabled()
    page.keyboard.press("ArrowLeft")
    expect(place).to_have_text("5 of 6")
    page.reload()
    expect(place).to_have_text("5 of 6")
    assert shown(page) == ids[4]


def test_a_card_is_turned_by_click_and_key(show_fixture: Opener) -> None:
    page = show_fixture(RECAP)
    back = page.locator("quiz-card:visible .card__back")
    for act in (
        lambda: page.locator("quiz-card:visible summary").click(),
        lambda: page.keyboard.press("Enter"),
        lambda: page.keyboard.press("Space"),
    ):
        before = back.is_visible()
        act()
        expect(back).to_be_visible(visible=not before)


def test_a_finger_turns_a_card_and_a_scroll_does_not(show_fixture: Opener) -> None:
    page = show_fixture(RECAP, 390)
    back = page.locator("quiz-card:visible .card__back")
    swipe(page, -140)
    expect(back).to_be_visible()
    swipe(page, 140)
    expect(back).to_be_hidden()
    swipe(page, 10, -60)
    expect(back).to_be_hidden()


def test_a_mark_says_the_true_date_and_leads_on(show_fixture: Opener) -> None:
    page = show_fixture(RECAP)
    for word in ("I knew it", "Not yet"):
        card = page.locator(f"#{shown(page)}")
        card.locator("summary").click()
        card.get_by_role("button", name=word).click()
        due = datetime.datetime.fromtimestamp(kept(page)[shown(page)]["due"] / 1000)
        said = {1: "tomorrow"}.get(
            (due.date() - datetime.date.today()).days,
            f"on {due:%A, %B} {due.day}",
        )
        expect(card.get_by_role("status")).to_contain_text(f"It comes back {said}.")
        following = page.locator(".deck").get_by_role("button", name="Next")
        expect(following).to_be_focused()
        page.wait_for_timeout(20)
        page.keyboard.press("Enter")
        expect(card).to_be_hidden()


def test_a_change_of_mind_says_when_the_card_really_comes_back(show_fixture: Opener) -> None:
    page = show_fixture(RECAP)
    card = page.locator(f"#{shown(page)}")
    card.locator("summary").click()
    card.get_by_role("button", name="I knew it").click()
    first = card.get_by_role("status").inner_text()
    card.get_by_role("button", name="Not yet").click()
    expect(card.get_by_role("status")).to_have_text(first.replace("You knew it", "Not yet"))


def test_the_address_names_a_card(show_fixture: Opener) -> None:
    page = show_fixture(f"{RECAP}#lists-card-sort")
    assert shown(page) == "lists-card-sort"
    page.evaluate("location.hash = '#lists-card-len'")
    expect(page.locator("#lists-card-len")).to_be_visible()


def test_all_cards_are_there_without_the_script_and_in_print(show_fixture: Opener) -> None:
    page = show_fixture(RECAP, script=False)
    expect(page.locator("quiz-card:visible")).to_have_count(6)
    page = show_fixture(RECAP)
    page.emulate_media(media="print")
    expect(page.locator("quiz-card:visible")).to_have_count(6)
    expect(page.locator(".deck")).to_be_hidden()


def test_two_sites_at_one_origin_keep_their_progress_apart(show_fixture: Opener) -> None:
    page = show_fixture(RECAP)
    assert KEY == "unrolled:/"
    page.locator("quiz-card:visible summary").click()
    page.get_by_role("button", name="Not yet").first.click()
    keys = page.evaluate("Object.keys(localStorage)")
    assert [key for key in keys if re.match("unrolled", key)] == [KEY]
