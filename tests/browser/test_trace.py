"""Traces in a browser: by mouse, keys and touch, and for everyone."""

from __future__ import annotations

import gzip

import pytest
from playwright.sync_api import Browser, Page, expect

from support.pages import Opener, violations
from unrolled.site import assets

PAGE = "lists/visualize/"
TOOL = ("step.js", "trace.css", "trace.js", "define/quiz-trace.js")
LIMIT = 12 * 1024
"""Bytes, compressed, that the tool may take beside what all elements share."""


SMALL = """trace => [...trace.querySelectorAll("*")].filter(e =>
  [...e.childNodes].some(n => n.nodeType === Node.TEXT_NODE && n.textContent.trim()) &&
  e.getClientRects().length && !e.closest("math")
).map(e => {
  const drawn = e.ownerSVGElement?.getScreenCTM();
  const scale = drawn ? Math.hypot(drawn.a, drawn.b) : 1;
  return [parseFloat(getComputedStyle(e).fontSize) * scale, e.textContent];
}).filter(([size]) => size < 11.5)"""
"""The texts of a trace that are drawn smaller than a reader of a phone should have to read."""


def at(page: Page, words: str) -> None:
    """Expect the trace to be at a step, and to say so."""
    expect(page.locator(".trace__place .trace__number")).to_have_text(words)
    expect(page.get_by_role("status")).to_contain_text(f"Step {words}.")


def test_steps_are_taken_by_mouse(show_fixture: Opener) -> None:
    page = show_fixture(PAGE)
    at(page, "1 of 3: 1")
    page.get_by_role("button", name="Next").click()
    at(page, "2 of 3: 0")
    page.get_by_role("button", name="Back", exact=True).click()
    at(page, "1 of 3: 1")
    page.locator(".trace__column").nth(2).click()
    at(page, "3 of 3: -1")
    expect(page.get_by_role("status")).to_contain_text("Untrained, unit 1: the reset gate is at")
    expect(page.get_by_role("status")).to_contain_text("Trained, unit 1: the reset gate is at")


def test_steps_are_taken_by_keys(show_fixture: Opener) -> None:
    page = show_fixture(PAGE)
    page.get_by_role("button", name="Next").focus()
    page.keyboard.press("Enter")
    at(page, "2 of 3: 0")
    for key, place in {
        "ArrowRight": "3 of 3: -1",
        "Home": "1 of 3: 1",
        "End": "3 of 3: -1",
    }.items():
        page.keyboard.press(key)
        at(page, place)
    page.locator(".trace__place input").focus()
    page.keyboard.press("ArrowLeft")
    at(page, "2 of 3: 0")


def test_steps_are_taken_by_touch(running: Browser, fixture_address: str) -> None:
    context = running.new_context(
        viewport={"width": 390, "height": 850}, has_touch=True, is_mobile=True
    )
    page = context.new_page()
    page.goto(fixture_address + PAGE)
    page.get_by_role("button", name="Next").tap()
    at(page, "2 of 3: 0")
    page.locator(".trace__column").nth(2).tap()
    at(page, "3 of 3: -1")
    context.close()


def test_all_steps_are_played_and_paused(show_fixture: Opener) -> None:
    page = show_fixture(PAGE)
    page.get_by_role("button", name="Play").click()
    page.get_by_role("button", name="Pause").click()
    at(page, "1 of 3: 1")
    page.get_by_role("button", name="Play").click()
    at(page, "3 of 3: -1")
    expect(page.get_by_role("button", name="Play")).to_be_visible()


def test_a_change_is_followed_by_all_that_comes_after_it_and_undone(show_fixture: Opener) -> None:
    page = show_fixture(PAGE)
    state = page.locator(".trace__panel").first.locator(".trace__flow > .trace__line b").last
    bars = "els => els.map(bar => bar.getAttribute('height')).join()"
    first = page.locator(".trace__svg").first.locator(".trace__bar")
    page.get_by_role("button", name="Next").click()
    before, drawn = state.text_content(), first.evaluate_all(bars)
    page.get_by_role("button", name="Back", exact=True).click()
    page.get_by_role("slider", name="Input x₁").fill("-2")
    page.get_by_role("button", name="Next").click()
    assert state.text_content() != before
    assert first.evaluate_all(bars) != drawn
    page.get_by_role("button", name="Undo all changes").click()
    expect(state).to_have_text(before or "")
    page.get_by_role("slider", name="Added to the bias of the update gate").fill("6")
    gate = page.locator(".trace__panel").first.get_by_text("update gate z").locator("..")
    assert all(float(text) > 0.97 for text in gate.locator("b").all_text_contents())


def test_nothing_moves_by_itself_for_who_wants_less_motion(
    running: Browser, fixture_address: str
) -> None:
    context = running.new_context(reduced_motion="reduce")
    page = context.new_page()
    page.goto(fixture_address + PAGE)
    expect(page.locator(".trace__level").first).to_be_visible()
    script = "getComputedStyle(document.querySelector('.trace__level'), '::before')"
    assert page.evaluate(f"{script}.transitionDuration") in ("0s", "1e-05s")
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_a_trace_is_for_everyone(show_fixture: Opener, width: int, scheme: str) -> None:
    page = show_fixture(PAGE, width, scheme)
    page.get_by_role("button", name="Next").click()
    for summary in page.locator(".trace summary").all():
        summary.click()
    assert violations(page) == []
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    wide = "e => e.scrollWidth <= e.clientWidth + 1"
    assert page.locator("quiz-trace").evaluate(wide)


def test_nothing_is_written_small_on_a_phone(show_fixture: Opener) -> None:
    page = show_fixture(PAGE, 390)
    for summary in page.locator(".trace summary").all():
        summary.click()
    assert page.locator("quiz-trace").evaluate(SMALL) == []
    # A step is a list there: each number stands beside its heading.
    row = page.locator(".trace__all tbody tr").first
    expect(row.locator("td").last).to_have_attribute("data-column", "State h")
    assert row.locator("td").last.evaluate("e => getComputedStyle(e, '::before').content")
    assert row.evaluate("e => e.scrollWidth <= e.clientWidth + 1")


def test_numbers_stay_on_their_line_with_letters_of_twice_the_size(show_fixture: Opener) -> None:
    page = show_fixture(PAGE, 390)
    page.evaluate("document.documentElement.style.fontSize = '250%'")
    tall = """all => all.filter(e =>
      e.getBoundingClientRect().height > 2 * parseFloat(getComputedStyle(e).fontSize))"""
    assert page.locator(".trace__value b").evaluate_all(f"all => ({tall})(all).length") == 0


def test_without_javascript_all_steps_are_there(show_fixture: Opener) -> None:
    page = show_fixture(PAGE, script=False)
    expect(page.locator(".trace__svg")).to_have_count(2)
    expect(page.locator(".trace__all table")).to_have_count(2)
    expect(page.locator(".trace__all table").first.locator("tbody tr")).to_have_count(3)
    expect(page.locator(".trace__all table").first).to_be_visible()


def test_the_tool_is_small() -> None:
    files = [t for path, t in assets.widget() if path in TOOL or path.startswith("tracing")]
    assert len(files) == len(TOOL) + 3
    assert sum(len(gzip.compress(text.encode(), 9)) for text in files) <= LIMIT
