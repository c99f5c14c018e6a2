"""Fixtures for tests in a browser: the built site on loopback, one Chromium, and pages in contexts of their own."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

import browser as chromium
from conftest import PROJECT
from serving import serving


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The built site, served on loopback."""
    folder = tmp_path_factory.mktemp("built")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(folder)]
    with serving(folder) as here:
        # Instant navigation takes over the links that the sitemap lists, so the site must know where it stands.
        subprocess.run(command, cwd=PROJECT, check=True, timeout=600, env={**os.environ, "SITE_URL": here})
        yield here


@pytest.fixture(scope="session")
def running() -> Iterator[Browser]:
    """One Chromium for all tests."""
    with sync_playwright() as playwright:
        one = playwright.chromium.launch(executable_path=chromium.find(), args=list(chromium.ARGUMENTS))
        yield one
        one.close()


Opener = Callable[..., Page]
WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], "resultTypes": ["violations"]}
OPEN_ALL = "document.querySelectorAll('details').forEach(d => { d.open = true })"
WHOLE = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync("* { content-visibility: visible !important; }");
  document.adoptedStyleSheets.push(sheet);
}"""
"""Lay out all of the page: what the browser skips as far from the window moves when it comes near, and its animations never end."""
STILL = "() => document.getAnimations().every(a => a.playState !== 'running' || a.effect.getComputedTiming().endTime >= 5000)"
"""Nothing moves, but what never stops."""


def violations(page: Page) -> list[str]:
    """Return what axe finds against WCAG 2.2 AA, once nothing moves: what is half faded has half the contrast."""
    page.evaluate(WHOLE)
    page.wait_for_timeout(50)
    page.wait_for_function(STILL)
    found = Axe().run(page, options=WCAG).response["violations"]
    return [f"{v['id']}: {[n['html'][:160] for n in v['nodes'][:3]]}" for v in found]


@pytest.fixture
def show(running: Browser, address: str) -> Iterator[Opener]:
    """Return a function that opens a page in a context of its own; errors in the console and requests elsewhere fail the test."""
    faults: list[str] = []
    contexts = []

    def opened(path: str, width: int = 1280, scheme: str = "light", *, script: bool = True) -> Page:
        size = {"width": width, "height": 850}
        context = running.new_context(viewport=size, color_scheme=scheme, java_script_enabled=script)  # type: ignore[arg-type]
        contexts.append(context)
        context.set_default_timeout(8000)
        page = context.new_page()
        page.on("console", lambda m: faults.append(f"{m.type}: {m.text}") if m.type in ("error", "warning") else None)
        page.on("pageerror", lambda e: faults.append(str(e)))
        page.on("request", lambda r: faults.append(f"request to {r.url}") if not r.url.startswith((address, "data:", "blob:")) else None)
        page.goto(address + path)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not faults
