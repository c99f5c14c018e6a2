"""The site without a network: after one visit, from a new version, and from the file system."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from support import built
from support.once import once
from support.paths import SITE
from support.serving import serving
from unrolled.site.take import classic, offline, zipped

WHOLE = """async () => {
  await navigator.serviceWorker.ready;
  const names = await caches.keys();
  return (await (await caches.open(names[0])).keys()).length;
}"""
"""Waits until the whole site is kept; gives the number of files."""
WAITING = """async () => {
  const found = await navigator.serviceWorker.getRegistration();
  await found.update();
  while (!found.waiting) await new Promise((done) => setTimeout(done, 50));
}"""


@pytest.fixture
def visitor(running: Browser) -> Iterator[BrowserContext]:
    """A reader's browser, which keeps what it is told to keep."""
    context = running.new_context()
    context.set_default_timeout(15000)
    yield context
    context.close()


def visit(visitor: BrowserContext, address: str) -> Page:
    page = visitor.new_page()
    page.goto(address)
    return page


def test_after_one_visit_the_whole_site_works_without_a_network(
    visitor: BrowserContext, built_fixture: Path
) -> None:
    """Pages never seen, the search, a test and its result, a tool, a notebook, a deck."""
    faults: list[str] = []
    with serving(built_fixture, built.ORIGIN) as address:
        page = visit(visitor, address)
        assert page.evaluate(WHOLE) > 50
    visitor.set_offline(True)  # And the server is stopped.
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(f"{address}lists/practice/")
    expect(page.locator("quiz-question").first).to_be_visible()
    page.goto(f"{address}lists/test/")
    page.get_by_role("button", name="Start").first.click()
    expect(page.locator("quiz-question:visible").first).to_be_visible()
    page.goto(f"{address}explore/")
    expect(page.locator("quiz-explorer")).to_contain_text("output")
    page.goto(f"{address}lists/learn/")
    page.keyboard.press("/")
    page.keyboard.type("slice")
    expect(page.locator(".md-search-result__item").first).to_be_visible()
    for path in ("notebooks/lists-learn.ipynb", "decks/unrolled-lists.apkg"):
        assert page.evaluate("path => fetch(path).then((r) => r.ok)", f"{address}{path}")
    assert not faults


@contextlib.contextmanager
def _visited(
    visitor: BrowserContext, built_fixture: Path, site: Path
) -> Iterator[tuple[Page, str]]:
    """Serve a copy of the site that can change, and have it visited and kept whole.

    Yields:
        The page, and the copy's address.
    """
    shutil.copytree(built_fixture, site)
    with serving(site, built.ORIGIN) as address:
        page = visit(visitor, f"{address}lists/learn/")
        assert page.evaluate(WHOLE) > 50
        yield page, address


def test_a_new_version_takes_over_at_the_next_visit_and_loses_no_progress(
    visitor: BrowserContext, built_fixture: Path, tmp_path: Path
) -> None:
    site = tmp_path / "site"
    with _visited(visitor, built_fixture, site) as (page, address):
        page.evaluate("localStorage.setItem('kept', 'progress')")
        _publish(site, "The <code>len</code> of a list", "The new words of a list")
        page.goto(f"{address}lists/learn/")
        expect(page.locator("article")).to_contain_text("len of a list")
        page.evaluate(WAITING)
        page.goto(f"{address}lists/learn/")
        expect(page.locator("article")).to_contain_text("The new words of a list")
        assert page.evaluate("localStorage.getItem('kept')") == "progress"


def test_half_an_update_is_never_shown(
    visitor: BrowserContext, built_fixture: Path, tmp_path: Path
) -> None:
    """A server that has the new list and old pages keeps readers at the old version."""
    site = tmp_path / "site"
    with _visited(visitor, built_fixture, site) as (page, address):
        old = (site / "lists/learn/index.html").read_bytes()
        _publish(site, "The <code>len</code> of a list", "The new words of a list")
        (site / "lists/learn/index.html").write_bytes(old)
        page.evaluate(
            "navigator.serviceWorker.getRegistration().then((r) => r.update()).catch(() => 0)"
        )
        page.wait_for_timeout(1500)
        page.goto(f"{address}lists/learn/")
        expect(page.locator("article")).to_contain_text("len of a list")
        assert page.evaluate(
            "navigator.serviceWorker.getRegistration().then((r) => r.waiting === null)"
        )


@pytest.fixture(scope="session")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The fixture site as `make offline` packs it, unpacked."""

    def make(folder: Path) -> None:
        packed = folder.with_suffix(".zip")
        zipped.write(str(SITE / "mkdocs.yml"), packed)
        shutil.unpack_archive(packed, folder)

    return once(tmp_path_factory, "unpacked", make) / "unpacked"


def test_the_zip_works_from_the_file_system(visitor: BrowserContext, unpacked: Path) -> None:
    """Links, the widget, a test, progress, the search, the explorer and the review."""
    faults: list[str] = []
    page = visitor.new_page()
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    page.goto((unpacked / "index.html").as_uri())
    page.locator("quiz-topics a", has_text="Lists").first.click()
    page.locator("quiz-hub a", has_text="Practice").first.click()
    expect(page).to_have_url((unpacked / "lists/practice.html").as_uri())
    expect(page.get_by_role("button").first).to_be_visible()
    page.goto((unpacked / "lists/test.html").as_uri())
    page.get_by_role("button", name="Start").first.click()
    expect(page.locator("quiz-question:visible").first).to_be_visible()
    page.goto((unpacked / "explore.html").as_uri())
    expect(page.locator("quiz-explorer")).to_contain_text("output")
    page.goto((unpacked / "lists/learn.html").as_uri())
    page.keyboard.press("/")
    page.keyboard.type("slice")
    expect(page.locator(".md-search-result__item").first).to_be_visible()
    page.goto((unpacked / "review.html").as_uri())
    text = page.evaluate(
        "href => fetch(href).then((r) => r.text())", (unpacked / "lists/recap.html").as_uri()
    )
    assert "<quiz-card" in text
    assert not faults


def test_what_no_classic_script_can_say_is_an_error() -> None:
    with pytest.raises(ValueError, match="no classic script can: export default"):
        classic.script({"a.js": "export default 1;\n"})


def _publish(site: Path, before: str, after: str) -> None:
    """Put a changed page in a site's place, and list it as a build would."""
    page = site / "lists/learn/index.html"
    text = page.read_text("utf-8")
    assert before in text
    page.write_text(text.replace(before, after), "utf-8")
    offline.write(site)
