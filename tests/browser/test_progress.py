"""Progress: what is due, what is done, what is carried over, and how a reader does by skill."""

import json
from typing import Any

from playwright.sync_api import Page, expect

from support.learner import KEY, age, answer, kept, visible
from support.pages import Opener

TOPIC = "lists"
WHEN = 1_700_000_000_000


def put(page: Page, items: dict[str, Any], key: str = KEY, **more: object) -> None:
    """Have these entries kept, and load the page anew."""
    entries = {name: {"hash": "", "when": WHEN, **entry} for name, entry in items.items()}
    state = json.dumps({"v": 1, "items": entries, **more})
    page.evaluate("([key, state]) => localStorage.setItem(key, state)", [key, state])
    page.reload()


def test_the_header_counts_what_is_due_on_every_page(show_fixture: Opener) -> None:
    page = show_fixture(f"{TOPIC}/practice/")
    due = page.locator(".md-header .due")
    answer(visible(page), right=False)
    expect(due).to_have_count(0)
    age(page, 2)
    for place in ("practice/", "cheatsheet/", "", "../proofs/"):
        page.goto(f"{page.url.split(TOPIC)[0]}{TOPIC}/{place}")
        expect(due).to_have_text("1 due")
    due.click()
    page.get_by_role("button", name="Start the review").click()
    answer(page.locator(".review__item quiz-question"), right=True)
    expect(due).to_have_count(0)


def test_what_is_gone_from_the_site_is_not_due(show_fixture: Opener) -> None:
    page = show_fixture("review/")
    put(page, {"gone": {"hash": "abc", "due": WHEN, "log": [[WHEN, 1]]}}, asks=True)
    expect(page.get_by_role("heading", name="Nothing is due today")).to_be_visible()
    expect(page.locator(".md-header .due")).to_have_count(0)
    assert kept(page)["gone"]["log"] == [[WHEN, 1]]


def test_pages_to_read_ask_whether_they_are_done(show_fixture: Opener) -> None:
    page = show_fixture(f"{TOPIC}/")
    hub = page.url
    for mode in ("learn", "debug", "cheatsheet"):
        page.goto(f"{hub}{mode}/")
        done = page.locator("quiz-done")
        expect(done).to_contain_text("Done?")
        done.get_by_role("button", name="Yes, it is done").click()
        expect(done.get_by_role("status")).to_contain_text("Done.")
        expect(done.get_by_role("button", name="Not done yet")).to_be_focused()
        page.reload()
        expect(done.get_by_role("button", name="Not done yet")).to_be_visible()
        page.goto(hub)
        expect(page.locator(f"tr[data-mode={mode}]")).to_contain_text("✓ done")
    page.goto(f"{hub}learn/")
    page.get_by_role("button", name="Not done yet").click()
    page.goto(hub)
    expect(page.locator("tr[data-mode=learn]")).not_to_contain_text("✓ done")


def test_hub_and_home_say_continue(show_fixture: Opener) -> None:
    page = show_fixture(f"{TOPIC}/learn/")
    page.get_by_role("button", name="Yes, it is done").click()
    page.goto(page.url.replace("learn/", ""))
    following = page.get_by_role("link", name="Continue: Recap")
    expect(following).to_be_visible()
    following.click()
    expect(page.locator("quiz-card:visible")).to_have_count(1)


def test_histories_of_before_are_carried_over_once(show_fixture: Opener) -> None:
    """They know each item by the hash of its whole text, beneath a key that all sites shared."""
    page = show_fixture(f"{TOPIC}/practice/")
    before = page.evaluate("fetch('/assets/quiz/before.json').then(r => r.json())")
    name = visible(page).get_attribute("id") or ""
    old, new = before[name]
    assert old != new
    assert new == page.locator(f"#{name}").get_attribute("data-hash")
    entry = {"hash": old, "chosen": [0], "tries": 1, "done": True, "right": False}
    put(page, {name: {**entry, "log": [[WHEN, 1]], "due": WHEN}}, key="unrolled")
    page.wait_for_function("key => localStorage.getItem(key)?.includes('asks')", arg=KEY)
    assert kept(page)[name]["hash"] == new
    page.reload()
    expect(page.get_by_role("button", name="Question 1, wrong")).to_be_visible()
    page.goto(page.url.replace(f"{TOPIC}/practice/", "review/"))
    expect(page.get_by_role("heading", name="1 item due today")).to_be_visible()
    # What another site at this origin does with the old key is its own from now on.
    put(page, {}, key="unrolled")
    expect(page.get_by_role("heading", name="1 item due today")).to_be_visible()


def test_a_site_elsewhere_at_the_origin_has_progress_of_its_own(show_fixture: Opener) -> None:
    page = show_fixture(f"{TOPIC}/practice/")
    put(page, {f"badge/{TOPIC}": {"done": True}}, key="unrolled:/other/", asks=True)
    page.goto(page.url.replace("practice/", ""))
    expect(page.locator("tr[data-mode=challenge]")).not_to_contain_text("badge")


def test_the_review_says_how_one_does_by_skill(show_fixture: Opener) -> None:
    page = show_fixture("review/")
    now = [[WHEN + n, int(n > 3)] for n in range(14)]
    more = {"shapes": now, "errors": [[WHEN, 1]], "bad": "abc"}
    put(page, {"skills": {"more": more}}, asks=True)
    row = page.get_by_role("row", name="shapes")
    expect(row).to_contain_text("0 of 4")
    expect(row).to_contain_text("10 of 10")
    expect(page.get_by_role("row", name="errors")).to_contain_text("1 of 1")
    page.goto(page.url.replace("review/", f"{TOPIC}/practice/"))
    kinds = {"concept": "concepts", "choose-code": "constructor", "predict-error": "errors"}
    asked = page.locator(",".join(f"quiz-question[data-kind={kind}]" for kind in kinds)).first
    kind, name = asked.get_attribute("data-kind") or "", asked.get_attribute("id")
    page.goto(f"{page.url}#{name}")
    page.reload()
    answer(visible(page), right=False)
    expect(visible(page).locator(".question__told")).not_to_be_empty()
    assert kept(page)["skills"]["more"][kinds[kind]][-1][1] == 0
