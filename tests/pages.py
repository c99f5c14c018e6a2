"""Fixtures for tests in a browser: the built site on loopback, one Chromium, and pages in contexts of their own."""

import functools
import http.server
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

import browser as chromium
from conftest import PROJECT


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves files without a word."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        """Say nothing."""


@pytest.fixture(scope="session")
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


@pytest.fixture(scope="session")
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
