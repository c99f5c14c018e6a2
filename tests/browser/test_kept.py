"""What readers have in their browsers is read as it was written; anything else breaks no page."""

import json
import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from support.learner import answer, kept, visible
from support.pages import Opener

TOPIC = "lists"
WHEN = 1_700_000_000_000


def with_kept(page: Page, items: dict[str, Any]) -> None:
    """Load the page anew for a reader who has these entries."""
    entries = {name: {"hash": "", "when": WHEN, **entry} for name, entry in items.items()}
    state = json.dumps({"v": 1, "items": entries})
    page.evaluate("state => localStorage.setItem('unrolled:/', state)", state)
    page.reload()


def identities(page: Page) -> list[tuple[str, str]]:
    """Return the id and the hash of each question of a page."""
    script = "all => all.map(e => [e.id, e.dataset.hash])"
    return [(name, given) for name, given in page.locator("quiz-question").evaluate_all(script)]


def test_practice_and_its_answers_are_as_they_were(show_fixture: Opener) -> None:
    page = show_fixture(f"{TOPIC}/practice/")
    (first, first_hash), (second, second_hash) = identities(page)[:2]
    with_kept(
        page,
        {
            f"{TOPIC}/quiz-practice": {"more": {"at": 2}},
            first: {"hash": first_hash, "chosen": [0], "tries": 1, "done": True, "right": True},
            second: {
                "hash": second_hash,
                "chosen": [1],
                "tries": 2,
                "done": True,
                "right": False,
                "log": [[WHEN, 1]],
                "due": WHEN,
            },
        },
    )
    expect(page.locator(".sequence__heading")).to_have_text(re.compile("^Question 3 of"))
    expect(page.get_by_role("button", name="Question 1, right")).to_be_visible()
    expect(page.get_by_role("button", name="Question 2, wrong")).to_be_visible()
    assert kept(page)[second]["log"] == [[WHEN, 1]]


def test_a_challenge_goes_on_with_the_time_that_was_left(show_fixture: Opener) -> None:
    page = show_fixture(f"{TOPIC}/challenge/")
    name = identities(page)[1][0]
    with_kept(page, {f"{TOPIC}/quiz-challenge": {"more": {"at": 1, "left": {name: 3599}}}})
    page.get_by_role("button", name="Go on").click()
    expect(visible(page)).to_have_id(name)
    expect(page.get_by_role("timer")).to_have_text(re.compile("^59:"))


def test_a_test_goes_on_with_what_was_drawn_and_chosen(show_fixture: Opener) -> None:
    page = show_fixture(f"{TOPIC}/test/")
    drawn = [list(one) for one in identities(page)[:3]]
    more = {
        "drawn": drawn,
        "chosen": {drawn[0][0]: [1]},
        "at": 1,
        "finished": False,
        "last": "7 of 10 right",
    }
    with_kept(page, {f"{TOPIC}/quiz-test": {"more": more}})
    expect(page.locator(".sequence__note")).to_contain_text("Last time: 7 of 10 right.")
    page.get_by_role("button", name="Go on with question 2").click()
    expect(page.locator(".sequence__heading")).to_have_text("Question 2 of 3")
    page.get_by_role("button", name="Question 1, answered").click()
    expect(visible(page).locator('input[value="1"]')).to_be_checked()
    page.goto(page.url.split("test/")[0])
    expect(page.locator("tr[data-mode=test]")).to_contain_text("7 of 10 right")


def test_settings_and_badges_are_as_they_were(show_fixture: Opener) -> None:
    page = show_fixture(f"{TOPIC}/learn/")
    with_kept(
        page,
        {
            "settings/predict": {"more": {"on": True}},
            "settings/clock": {"more": {"off": True}},
            f"badge/{TOPIC}": {"done": True},
        },
    )
    expect(page.get_by_role("button", name="Show what it gives").first).to_be_visible()
    page.goto(page.url.replace("learn/", "challenge/"))
    page.get_by_role("button", name="Start", exact=True).click()
    expect(page.get_by_role("button", name="Switch the clock on")).to_be_visible()
    page.goto(page.url.replace("challenge/", ""))
    expect(page.locator("tr[data-mode=challenge]")).to_contain_text("★ badge")


STRANGE: list[Any] = [
    5,
    "abc",
    [None],
    {"drawn": "abc"},
    {"drawn": 5},
    {"drawn": [None]},
    {"drawn": [["a"]], "at": -1},
    {"drawn": [["__proto__", ""]], "chosen": {"__proto__": 5}, "finished": "yes"},
    {"at": 10**9},
    {"at": "length", "left": "abc", "chosen": ["__proto__"]},
    {"at": 0.5, "left": {"a": "b"}, "last": {}},
]
"""What no version has written beneath a mode's name."""
MODES = {
    "practice": "^(Check|Next|Practice again)$",
    "challenge": "^(Start|Go on)$",
    "test": "^(Start the test|Take another test)$",
}
"""What a page offers whatever its reader has."""
OVERVIEWS = ("", f"{TOPIC}/", "review/")
"""Pages that say what a reader has done."""
UPGRADED = """() => document.readyState === "complete" && customElements.get(
  document.querySelector("quiz-topics, quiz-hub, quiz-review").localName)"""
"""The element that says so is there; errors fail a test by themselves."""


@pytest.mark.parametrize("mode", MODES)
def test_what_is_no_state_of_a_mode_breaks_no_page(show_fixture: Opener, mode: str) -> None:
    page = show_fixture(f"{TOPIC}/{mode}/")
    for more in STRANGE:
        with_kept(page, {f"{TOPIC}/quiz-{mode}": {"more": more}})
        expect(page.get_by_role("button", name=re.compile(MODES[mode])).first).to_be_visible()


def test_what_is_no_setting_breaks_no_page(show_fixture: Opener) -> None:
    learn, challenge = show_fixture(f"{TOPIC}/learn/"), show_fixture(f"{TOPIC}/challenge/")
    for more in STRANGE:
        with_kept(learn, {"settings/predict": {"more": more}})
        expect(learn.get_by_role("button", name=re.compile("^Predict first$"))).to_be_visible()
        with_kept(challenge, {"settings/clock": {"more": more}})
        # Left open, it goes on.
        challenge.get_by_role("button", name=re.compile("^(Start|Go on)$")).click()
        expect(challenge.get_by_role("button", name="Switch the clock off")).to_be_visible()


def test_what_is_no_answer_breaks_no_question(show_fixture: Opener) -> None:
    page = show_fixture(f"{TOPIC}/learn/")
    name, given = identities(page)[0]
    questions = page.locator("quiz-question")
    for chosen in (["__proto__"], ["length"], [99], [-1], [0, 0, 0], "abc", {}):
        with_kept(page, {name: {"hash": given, "chosen": chosen, "tries": 1, "done": True}})
        buttons = questions.get_by_role("button", name=re.compile("Check|Try again"))
        expect(buttons).to_have_count(questions.count())


UNREADABLE = ("", "null", "5", "[]", "{", '{"v": 1}', '{"v": 1, "items": []}', '{"v": 2}')


@pytest.mark.parametrize("place", OVERVIEWS)
def test_what_is_no_progress_is_left_as_it_is(show_fixture: Opener, place: str) -> None:
    """It may be that of a newer version of the site."""
    page = show_fixture(place)
    for state in UNREADABLE:
        page.evaluate("state => localStorage.setItem('unrolled:/', state)", state)
        page.reload()
        page.wait_for_function(UPGRADED)
        assert page.evaluate("localStorage.getItem('unrolled:/')") == state


def test_questions_are_answered_all_the_same(show_fixture: Opener) -> None:
    page = show_fixture(f"{TOPIC}/practice/")
    for state in UNREADABLE:
        page.evaluate("state => localStorage.setItem('unrolled:/', state)", state)
        page.reload()
        answer(visible(page), right=True)
        expect(visible(page).get_by_role("status")).to_contain_text("Right.")
        assert page.evaluate("localStorage.getItem('unrolled:/')") == state


@pytest.mark.parametrize("place", OVERVIEWS)
def test_what_is_no_entry_breaks_no_overview(show_fixture: Opener, place: str) -> None:
    page = show_fixture(f"{TOPIC}/practice/")
    names = [name for name, _ in identities(page)]
    names += [f"badge/{TOPIC}", f"{TOPIC}/quiz-test", f"{TOPIC}/quiz-practice", "__proto__"]
    page.goto(page.url.replace(f"{TOPIC}/practice/", place))
    for entry in (None, 5, "abc", [], {}, {"hash": 5}, {"hash": "", "when": 0, "log": "abc"}):
        state = json.dumps({"v": 1, "items": dict.fromkeys(names, entry)})
        page.evaluate("state => localStorage.setItem('unrolled:/', state)", state)
        page.reload()
        page.wait_for_function(UPGRADED)
