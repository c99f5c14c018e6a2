"""The ticks behind claims: by mouse, touch and keys they open the code, and without JavaScript."""

from playwright.sync_api import Page, expect

from support.pages import Opener, violations

PLACE = "lists/cheatsheet/"


def test_a_tick_opens_the_code_and_escape_returns_to_it(show_fixture: Opener) -> None:
    page = _ready(show_fixture(PLACE))
    tick = page.locator("a.claim__tick").first
    tick.focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="Proof")
    expect(dialog).to_be_visible()
    expect(dialog.locator(".is-key")).to_be_in_viewport()
    expect(dialog.get_by_role("button", name="Close")).to_be_focused()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(tick).to_be_focused()


def test_a_touch_opens_it_and_a_touch_beside_it_closes_it(show_fixture: Opener) -> None:
    page = _ready(show_fixture(PLACE, 390))
    page.locator("a.claim__tick").first.click()
    dialog = page.get_by_role("dialog", name="Proof")
    expect(dialog).to_be_visible()
    assert _fits(page)
    page.mouse.click(195, 5)
    expect(dialog).to_be_hidden()


def test_without_javascript_a_tick_is_a_link_to_the_line(show_fixture: Opener) -> None:
    page = show_fixture(PLACE, script=False)
    page.locator("a.claim__tick").first.click()
    expect(page.locator(".proofs__line").first).to_be_in_viewport()


def test_the_dialog_has_nothing_that_axe_finds(show_fixture: Opener) -> None:
    page = _ready(show_fixture(PLACE, 390, "dark"))
    page.locator("a.claim__tick").first.click()
    expect(page.get_by_role("dialog", name="Proof")).to_be_visible()
    assert violations(page) == []


def _fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


def _ready(page: Page) -> Page:
    """Wait for the module: before it, a tick is the link that it is without JavaScript."""
    page.wait_for_selector("quiz-proofs:defined", state="attached")
    return page
