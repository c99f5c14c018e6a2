"""What is typed in a test is kept, whatever it says."""

from playwright.sync_api import Page, expect

from support.learner import visible
from support.pages import Opener

TYPED = "quiz-question:visible[data-typed]"


def to_typed(page: Page) -> None:
    """Go to a question whose answer can be typed, and have it typed."""
    for button in page.locator(".sequence__numbers button").all():
        button.click()
        if page.locator(TYPED).count():
            break
    way = visible(page).get_by_role("button", name="type the answer")
    if way.is_visible():
        way.click()
    expect(visible(page).get_by_role("textbox")).to_be_visible()


def test_an_answer_unknown_to_the_options_is_kept_over_a_reload(show_fixture: Opener) -> None:
    page = show_fixture("lists/test/")
    page.get_by_role("button", name="Start the test").click()
    expect(visible(page)).to_have_count(1)
    to_typed(page)
    name = visible(page).get_attribute("id")
    # Typed, and not left: the reload comes at once.
    visible(page).get_by_role("textbox").fill("987")
    page.reload()
    page.get_by_role("button", name="Go on with question").click()
    expect(page.locator(f"#{name}").get_by_role("textbox")).to_have_value("987")
    label = f"Question {page.locator('.sequence__numbers [aria-current]').inner_text()}, answered"
    expect(page.get_by_role("button", name=label, exact=True)).to_be_visible()
    page.locator(".sequence__numbers button").last.click()
    page.get_by_role("button", name="Finish the test").click()
    page.get_by_role("button", name="Finish all the same").click()
    expect(page.locator(f"#{name}").get_by_role("status")).to_contain_text("Not right.")
    page.reload()
    expect(page.locator(f"#{name}").get_by_role("status")).to_contain_text("Not right.")
    page.get_by_role("button", name="Take another test").click()
    to_typed(page)
    expect(visible(page).get_by_role("textbox")).to_have_value("")
