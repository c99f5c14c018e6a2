"""A whole topic on a phone, by touch alone: from the home page to the verdict of the test."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from support.learner import KEYS, SAID, is_typed, swipe, visible
from support.pages import PATIENCE, listen, settle

TOPIC = "gru"
ON = re.compile("^(Next|See your result|Finish the test)$")


@pytest.fixture
def phone(running: Browser, address: str) -> Iterator[Page]:
    """A phone that shows the home page; a mouse or a key is never used on it."""
    faults: list[str] = []
    context = running.new_context(
        viewport={"width": 390, "height": 844},
        has_touch=True,
        is_mobile=True,
        device_scale_factor=2,
        service_workers="block",
    )
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    listen(page, address, faults)
    page.goto(address)
    yield page
    context.close()
    assert not faults


def button(place: Page | Locator, name: str | re.Pattern[str]) -> Locator:
    """Return the button of a name that is in sight, or would be after scrolling."""
    return place.get_by_role("button", name=name, exact=isinstance(name, str)).and_(
        place.locator(":visible")
    )


def follow(page: Page, path: str) -> None:
    """Tap the first link of the article that leads to a path."""
    page.locator("article").evaluate("e => { e.dataset.left = '' }")
    page.locator(f"article a[href$='{path}']:visible").first.tap()
    page.wait_for_url(re.compile(rf"/{re.escape(path)}(#.*)?$"))  # The theme may add a hash.
    expect(page.locator("article:not([data-left])")).to_have_count(1)
    settle(page)  # A tap while the page still takes its place hits what was there before.


def back(page: Page) -> None:
    """Go back to the topic's front page."""
    page.go_back()
    expect(page.locator(".hub__progress").first).to_be_visible()
    settle(page)  # The theme brings the page back to where it was scrolled to.


def choose(page: Page) -> Locator:
    """Tap the right option of the question that is shown, or type what it says."""
    item = visible(page)
    expect(item).to_have_count(1)
    typed = is_typed(item)
    keys, _ = item.evaluate(KEYS)
    if typed:
        fields = item.locator(".question__typed input:visible, [data-part=blank] input:visible")
        said = item.evaluate(SAID, keys[0])
        for number, words in enumerate(said if fields.count() > 1 else [" ".join(said)]):
            fields.nth(number).tap()
            page.keyboard.insert_text(words)  # As the keyboard on a phone's screen does.
    for key in [] if typed else keys:
        item.locator(f"label:has(input[value='{key}'])").tap()
    return item


def work_through(page: Page) -> None:
    """Answer one question after the other until there is a result."""
    result = page.locator(".sequence__result")
    for _ in range(40):
        item = choose(page)
        asked = item.get_attribute("id")
        check = button(item, "Check")
        if check.count():
            place = check.bounding_box()
            assert place and place["y"] + place["height"] <= 844, "Check lies out of sight"
            check.tap()
            expect(item.locator(".question__panel")).to_have_attribute("data-phase", "right")
            page.wait_for_timeout(350)  # A second tap at once is taken for part of the first.
        button(page, ON).tap()
        following = page.locator(f"quiz-question:visible:not(#{asked})")
        expect(result.or_(following).first).to_be_visible()
        if result.is_visible():
            return
    pytest.fail("there is no result")


def test_a_whole_topic_by_touch_alone(phone: Page) -> None:
    page = phone
    follow(page, f"{TOPIC}/")
    follow(page, "learn/")
    button(page, "Predict first").first.tap()
    button(page, "Show what it gives").first.tap()
    back(page)
    follow(page, "visualize/")
    trace = page.locator("quiz-trace").first
    before = trace.inner_text()
    button(trace, "Next").first.tap()
    expect(trace).not_to_have_text(before)
    back(page)
    follow(page, "recap/")
    for mark in ("Not yet", "I knew it"):
        card = page.locator("quiz-card:visible")
        card.locator("summary").first.tap()
        button(card, mark).tap()
        button(page.locator(".deck"), "Next").tap()
    swipe(page, -140)
    expect(page.locator("quiz-card:visible .card__back")).to_be_visible()
    back(page)
    follow(page, "practice/")
    work_through(page)
    back(page)
    follow(page, "challenge/")
    button(page, "Start").tap()
    work_through(page)
    expect(page.locator(".sequence__badge")).to_be_visible()
    back(page)
    follow(page, "test/")
    button(page, "Start the test").tap()
    work_through(page)
    expect(page.locator(".sequence__verdict")).to_be_visible()
    back(page)
    follow(page, "experiment/")
    item = page.locator("quiz-experiment").first
    item.locator(".question-part--hint summary").first.tap()
    item.locator(".question-part--solution > summary").tap()
    button(item, "Show the solution").tap()
    expect(item.locator("[data-table=metrics]")).to_be_visible()
    back(page)
    expect(page.locator("tr[data-mode=challenge]")).to_contain_text("★ badge")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
