"""Fixtures for tests in a browser: built sites on loopback, one Chromium, and pages of them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from support import built, chromium
from support.once import once
from support.pages import PATIENCE, Opener, opener
from support.serving import serving

expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="session")
def built_project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project's own site as MkDocs builds it, once for all workers."""
    return once(tmp_path_factory, "built-project", built.build_project)


@pytest.fixture(scope="session")
def address(built_project: Path) -> Iterator[str]:
    """The address of the project's own site."""
    with serving(built_project, built.ORIGIN) as here:
        yield here


@pytest.fixture(scope="session")
def fixture_address(built_fixture: Path) -> Iterator[str]:
    """The address of the fixture site."""
    with serving(built_fixture, built.ORIGIN) as here:
        yield here


@pytest.fixture(scope="session")
def running() -> Iterator[Browser]:
    """One Chromium for all tests of a worker."""
    with sync_playwright() as playwright:
        one = playwright.chromium.launch(
            executable_path=chromium.find(), args=list(chromium.ARGUMENTS)
        )
        yield one
        one.close()


@pytest.fixture
def show(running: Browser, address: str) -> Iterator[Opener]:
    """Return a function that opens a page of the project's own site."""
    with opener(running, address) as opened:
        yield opened


@pytest.fixture
def show_fixture(running: Browser, fixture_address: str) -> Iterator[Opener]:
    """Return a function that opens a page of the fixture site."""
    with opener(running, fixture_address) as opened:
        yield opened
