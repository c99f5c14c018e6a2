"""The built site in a real Chromium: phone and desktop, light and dark, with the keyboard, without JavaScript, alone on the network."""

import functools
import http.server
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect, sync_playwright

import browser as chromium
from conftest import PROJECT

PAGES = ("", "why-rnns/", "why-rnns/learn/", "rnn/", "rnn/learn/", "rnn/practice/", "contribute/write-a-lesson/", "proofs/")
SCHEMES = ("light", "dark")
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves files without a word."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        """Say nothing."""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The built site, served on loopback."""
    folder = tmp_path_factory.mktemp("built")
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder)))
    # Instant navigation takes over the links that the sitemap lists, so the site must know where it stands.
    here = f"http://127.0.0.1:{server.server_address[1]}/"
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(folder)]
    subprocess.run(command, cwd=PROJECT, check=True, timeout=600, env={**os.environ, "SITE_URL": here})
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield here
    server.shutdown()


@pytest.fixture(scope="module")
def running() -> Iterator[Browser]:
    """One Chromium for all tests."""
    with sync_playwright() as playwright:
        one = playwright.chromium.launch(executable_path=chromium.find(), args=list(chromium.ARGUMENTS))
        yield one
        one.close()


Opener = Callable[..., Page]


@pytest.fixture
def show(running: Browser, address: str) -> Iterator[Opener]:
    """Return a function that opens a page in a context of its own; errors in the console and requests elsewhere fail the test."""
    faults: list[str] = []
    contexts = []

    def opened(path: str, width: int = 1280, scheme: str = "light", *, script: bool = True) -> Page:
        size = {"width": width, "height": 850}
        context = running.new_context(viewport=size, color_scheme=scheme, java_script_enabled=script)  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda m: faults.append(f"{m.type}: {m.text}") if m.type in ("error", "warning") else None)
        page.on("pageerror", lambda e: faults.append(str(e)))
        page.on("request", lambda r: faults.append(f"request to {r.url}") if not r.url.startswith((address, "data:", "blob:")) else None)
        page.goto(address + path)
        page.wait_for_load_state("networkidle")
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not faults


@pytest.mark.parametrize(("width", "scheme"), [(390, "dark"), (1280, "light")])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_fits_its_window_and_axe_finds_nothing(show: Opener, path: str, width: int, scheme: str) -> None:
    """Before and after all details are opened."""
    page = show(path, width, scheme)
    for _ in range(2):
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        found = Axe().run(page, options={"runOnly": WCAG}).response["violations"]
        assert not [f"{v['id']}: {[n['html'][:120] for n in v['nodes'][:3]]}" for v in found]
        page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")


def test_an_answer_is_hidden_until_the_keyboard_asks_for_it(show: Opener) -> None:
    """Tab reaches the summary, Enter opens it, and every option has its reason."""
    page = show("rnn/practice/")
    question = page.locator("section.question").first
    answer = question.locator("details.question__answer")
    expect(answer.locator(".question__key")).to_be_hidden()
    for _ in range(60):
        page.keyboard.press("Tab")
        if answer.locator("> summary").evaluate("e => e === document.activeElement"):
            break
    assert answer.locator("> summary").evaluate("e => getComputedStyle(e).outlineStyle + getComputedStyle(e).boxShadow") != "nonenone"
    page.keyboard.press("Enter")
    expect(answer.locator(".question__key")).to_be_visible()
    assert answer.locator("ol.question__rationales > li").count() == question.locator("ol.question__options > li").count()


def test_without_javascript_every_question_answer_and_reason_is_there(show: Opener) -> None:
    """Details open by themselves; nothing waits for a script."""
    page = show("rnn/practice/", script=False)
    questions = page.locator("section.question")
    assert questions.count() >= 5
    for number in range(questions.count()):
        answer = questions.nth(number).locator("details.question__answer")
        answer.locator("> summary").click()
        expect(answer.locator(".question__key")).to_be_visible()
        for item in answer.locator("ol.question__rationales > li").all():
            assert len(item.inner_text().split()) > 5


def test_a_prediction_is_not_given_away_by_an_output_before_the_answer(show: Opener) -> None:
    """What the stem's cell printed is shown in the answer, and only there."""
    page = show("rnn/practice/")
    for question in page.locator("section.question[data-kind=predict-output]").all():
        assert question.locator("details.question__answer .cell-output").count() > 0
        assert question.locator(".cell-output").count() == question.locator("details .cell-output").count()


def test_instant_navigation_leads_through_the_site(show: Opener, address: str) -> None:
    """A click loads the next page without a new document, and its cells are there."""
    page = show("rnn/")
    page.evaluate("window.same = true")
    page.get_by_role("article").get_by_role("link", name="Learn", exact=True).first.click()
    page.wait_for_url(address + "rnn/learn/")
    expect(page.locator(".cell-output").first).to_be_visible()
    assert page.evaluate("window.same") is True


def test_search_finds_a_page(show: Opener) -> None:
    """The index is the site's own."""
    page = show("")
    page.keyboard.press("/")
    page.keyboard.type("recurrence")
    expect(page.locator(".md-search-result__item").first).to_be_visible()


@pytest.mark.parametrize("scheme", SCHEMES)
def test_figures_have_a_name_and_take_the_colour_of_the_text(show: Opener, scheme: str) -> None:
    """Text in a figure is not black on black."""
    page = show("why-rnns/learn/", scheme=scheme)
    figure = page.locator(".cell-figure svg").first
    assert len(figure.get_attribute("aria-label") or "") > 20
    text = figure.locator("text").first.evaluate("e => getComputedStyle(e).fill")
    around = page.locator("article").evaluate("e => getComputedStyle(e).color")
    assert text == around


def test_no_page_holds_a_path_of_the_build_machine(show: Opener) -> None:
    """Neither the project's folder nor Python's."""
    for path in PAGES:
        content = show(path).content()
        for own in (str(PROJECT), sys.prefix, str(Path.home()) + "/"):
            assert own not in content
