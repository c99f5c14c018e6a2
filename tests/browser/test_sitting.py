"""Tests under way tell nothing too early, and what cannot start says why."""

import re

import pytest
from playwright.sync_api import Browser, expect

from support.learner import go_on, visible
from support.pages import Opener, settle

TOLD = "quiz-question :is(.question__key, .question__rationales, .question__verdict), .answer-key"


def test_a_test_under_way_prints_no_answer(show_fixture: Opener) -> None:
    page = show_fixture("lists/test/")
    page.get_by_role("button", name="Start the test").click()
    expect(visible(page)).to_have_count(1)
    page.emulate_media(media="print")
    expect(page.locator(TOLD).locator("visible=true")).to_have_count(0)
    page.emulate_media(media="screen")
    page.locator(".sequence__numbers button").last.click()
    go_on(page)
    page.get_by_role("button", name="Finish all the same").click()
    expect(page.locator(".sequence__verdict")).to_be_visible()
    page.emulate_media(media="print")
    expect(page.locator(".question__key").locator("visible=true").first).to_be_visible()


@pytest.mark.parametrize("mode", ["challenge", "test"])
def test_a_start_without_the_network_says_so_or_starts(
    running: Browser, fixture_address: str, mode: str
) -> None:
    """What cannot be loaded is a line in the console, and no uncaught error."""
    faults: list[str] = []
    page = running.new_page(service_workers="block")
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(f"{fixture_address}lists/{mode}/")
    settle(page)
    page.context.set_offline(True)
    page.get_by_role("button", name=re.compile("^Start")).click()
    if mode == "test":
        expect(page.locator(".sequence__note")).to_have_text("This needs the network.")
        page.context.set_offline(False)
        page.get_by_role("button", name="Start the test").click()
    expect(visible(page)).to_have_count(1)
    page.context.close()
    assert not faults


@pytest.mark.parametrize("topic", ["why-rnns", "rnn", "lstm", "gru"])
def test_what_is_for_readers_without_scripts_is_shown_to_nobody_else(
    show: Opener, topic: str
) -> None:
    page = show(f"{topic}/test/")
    expect(page.get_by_role("button", name="Start the test")).to_be_visible()
    told = page.locator("article").get_by_text(re.compile("JavaScript|no scripts"))
    expect(told.locator("visible=true")).to_have_count(0)
