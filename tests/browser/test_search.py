"""The search tells no answer, opens what it found, and takes what readers paste."""

import json
import re

import pytest
from playwright.sync_api import Page, expect

from support.learner import visible
from support.pages import Opener, settle

TOLD = ("Show the answer", "Answer:", "Common mistakes", "When run, it", "A run tried")
"""Words that stand beside answers."""


def index(page: Page) -> list[dict[str, str]]:
    """Return the entries of the site's index."""
    text = page.request.get(page.url + "search/search_index.json").text()
    entries: list[dict[str, str]] = json.loads(text)["docs"]
    return entries


def search(page: Page, words: str) -> list[str]:
    """Search, and return the addresses found, best first."""
    settle(page)
    page.keyboard.press("/")
    expect(page.locator(".md-search__input")).to_be_focused()
    page.wait_for_timeout(500)
    page.keyboard.insert_text(words)
    found = page.locator(".md-search-result__item > a")
    expect(found.first).to_be_visible(timeout=20_000)
    page.wait_for_timeout(500)
    return [
        re.sub("[?].*?(#|$)", r"\1", each)
        for each in found.evaluate_all("all => all.map(e => e.href)")
    ]


def test_the_index_tells_no_answer(show: Opener) -> None:
    page = show("")
    entries = index(page)
    questions = [each for each in entries if "/practice/#" in each["location"]]
    assert len(questions) > 20
    for each in entries:
        if "contribute/" in each["location"]:
            continue
        for told in (
            "Show the answer",
            "Answer:",
            "Common mistakes",
            "When run, it",
            "A run tried",
        ):
            assert told not in each["text"], each["location"]
    assert not [e for e in entries if re.search("/(test|challenge)/#.*-title", e["location"])]


def test_a_hit_opens_the_question_itself(show: Opener) -> None:
    page = show("")
    hits = [e["location"] for e in index(page) if e["location"].startswith("rnn/practice/#rnn-")]
    for hit in hits[1:4]:
        page.goto(page.url.split("rnn/")[0].split("#")[0] + hit)
        expect(visible(page)).to_have_id(hit.split("#")[1].removesuffix("-title"))


@pytest.mark.parametrize(
    ("words", "modes"),
    [("batch_first", "cheatsheet|learn|explore"), ("h_n shape", "cheatsheet|learn|debug|explore")],
)
def test_what_readers_look_up_comes_first(show: Opener, words: str, modes: str) -> None:
    hits = search(show(""), words)
    assert re.search(f"/({modes})/", hits[0]), hits[:5]


@pytest.mark.parametrize(
    "pasted",
    [
        "input.size(-1) must be equal to input_size. Expected 10, got 8",
        "RuntimeError: input.size(-1) must be equal to input_size. Expected 10, got 8",
        "out[:, -1] == h_n[-1]",
        "nn.LSTM(5, 3, batch_first=True)",
    ],
)
def test_pasted_code_and_messages_are_found_as_they_are(show: Opener, pasted: str) -> None:
    page = show("")
    hits = search(page, pasted)
    assert hits[0] != page.url, hits[:4]
    name = next(word for word in ("input_size", "h_n", "LSTM") if word in pasted)
    text = page.locator(".md-search-result__item").first.inner_text()
    assert name.lower() in text.lower()


PASTED = (
    "Traceback (most recent call last):\n"
    '  File "/home/anna/thesis/train.py", line 118, in <module>\n    main(args)\n'
    "RuntimeError: input.size(-1) must be equal to input_size. Expected 300, got 128"
)


def paste(page: Page, text: str) -> None:
    """Put text into the search's field, as a reader pastes it."""
    settle(page)
    page.keyboard.press("/")
    expect(page.locator(".md-search__input")).to_be_focused()
    page.locator(".md-search__input").fill(text)


@pytest.mark.parametrize("start", ["", "errors/", "rnn/learn/"])
def test_a_pasted_error_leads_to_its_entry_of_the_error_finder(show: Opener, start: str) -> None:
    """From any page, that of the finder included; the entry is open there."""
    page = show(start)
    paste(page, PASTED)
    row = page.locator(".search-finder")
    expect(row).to_contain_text("Error finder: ")
    expect(row).to_contain_text("must be equal to input_size")
    row.click()
    page.wait_for_url(re.compile("/errors/#error-"))
    entry = page.locator(f"[id='{page.url.split('#')[1]}']")
    expect(entry).to_have_attribute("open", "")
    expect(entry).to_be_in_viewport()
    expect(page.locator("#__search")).not_to_be_checked()


def test_what_is_no_error_finds_none_of_the_finder(show: Opener) -> None:
    page = show("")
    paste(page, PASTED)
    row = page.locator(".search-finder")
    expect(row).to_be_visible()
    page.locator(".md-search__input").fill("how does a hidden state carry the past along")
    expect(row).to_have_count(0)


def test_the_entry_is_reached_by_keys(show: Opener) -> None:
    page = show("")
    paste(page, PASTED)
    expect(page.locator(".search-finder")).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(page.locator(".search-finder")).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/errors/#error-"))
