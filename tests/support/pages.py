"""Pages in a browser: opening one in a context of its own, and what axe finds on it."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

Opener = Callable[..., Page]
"""Opens a page of a site by its path: `show("rnn/learn/", width, scheme, script=False)`."""
WCAG = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    "resultTypes": ["violations"],
}
OPEN_ALL = "document.querySelectorAll('details').forEach(d => { d.open = true })"
PATIENCE = 60_000
"""Milliseconds after which what does not happen never will, however busy the machine is."""
BLOCKED = "Service Worker registration blocked by Playwright"
WHOLE = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync("* { content-visibility: visible !important; }");
  document.adoptedStyleSheets.push(sheet);
}"""
"""Lay out all of the page: what the browser skips as far from the window moves when it comes near.

Its animations never end.
"""
SETTLED = """async () => {
  const count = () => performance.getEntriesByType("resource").length;
  for (let before = -1; before !== count(); ) {
    before = count();
    await new Promise(done => setTimeout(done, 500));
  }
}"""
STILL = """() => document.getAnimations().every(a =>
  a.playState !== 'running' || a.effect.getComputedTiming().endTime >= 5000)"""
"""Nothing moves, but what never stops."""


def settle(page: Page) -> None:
    """Wait until the page has asked for nothing more for half a second.

    Playwright's own "networkidle" sometimes never comes.
    """
    page.evaluate(SETTLED)


def violations(page: Page) -> list[str]:
    """Return what axe finds against WCAG 2.2 AA, once nothing moves.

    What is half faded has half the contrast.
    """
    page.evaluate(WHOLE)
    page.wait_for_timeout(50)
    page.wait_for_function(STILL)
    found = Axe().run(page, options=WCAG).response["violations"]
    return [f"{v['id']}: {[n['html'][:160] for n in v['nodes'][:3]]}" for v in found]


@contextlib.contextmanager
def opener(running: Browser, address: str) -> Iterator[Opener]:
    """Give a function that opens a page of the site at an address, each in a context of its own.

    Errors in the console and requests to elsewhere fail the test, at its end.
    """
    faults: list[str] = []
    with contextlib.ExitStack() as contexts:

        def opened(
            path: str,
            width: int = 1280,
            scheme: str = "light",
            *,
            script: bool = True,
        ) -> Page:
            context = running.new_context(
                viewport={"width": width, "height": 850},
                color_scheme=scheme,  # type: ignore[arg-type]
                java_script_enabled=script,
                # Else each would fetch the whole site, to keep it.
                service_workers="block",
            )
            contexts.callback(context.close)
            context.set_default_timeout(PATIENCE)
            page = context.new_page()
            listen(page, address, faults)
            page.goto(address + path)
            return page

        yield opened
    assert not faults


def listen(page: Page, address: str, faults: list[str]) -> None:
    """Add to the faults each that the page tells of from now on."""

    def said(kind: str, text: str) -> None:
        if kind in ("error", "warning") and BLOCKED not in text:
            faults.append(f"{kind}: {text}")

    def asked(url: str) -> None:
        if not url.startswith((address, "data:", "blob:")):
            faults.append(f"request to {url}")

    page.on("console", lambda message: said(message.type, message.text))
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("request", lambda request: asked(request.url))
