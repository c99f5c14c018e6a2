"""Topics.

A folder whose front page holds a block `modes`, and its pages in the order of their modes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePosixPath

from unrolled.model.mode import Mode
from unrolled.model.page import Page
from unrolled.model.problem import Code, Problem
from unrolled.read.near import near_word

FRONT = "modes"
"""The block that makes a page the front page of its topic."""
CLOSE = 0.85
"""How much of a file's name must be that of a mode, to be it, mistyped: 'latest' is no 'test'."""


def outcome(page: Page) -> str:
    """Return what readers leave able to do, as the front matter says."""
    return str(page.front_matter.get("outcome") or "").strip()


def title(page: Page) -> str:
    """Return what lists call the topic of a front page."""
    return str(page.front_matter.get("title", page.topic))


def fronts(pages: Iterable[Page]) -> list[Page]:
    """Return the front pages of topics."""
    return [page for page in pages if any(block.name == FRONT for block in page.blocks)]


def of_topic(front: Page, pages: Iterable[Page]) -> list[Page]:
    """Return a topic's pages in the order of their modes."""
    folder = front.path.rpartition("/")[0]
    own = [
        (page.mode.position, page)
        for page in pages
        if page.mode and page.path.rpartition("/")[0] == folder
    ]
    return [page for _, page in sorted(own, key=lambda pair: pair[0])]


def topic_pages(pages: Sequence[Page]) -> Iterator[Page]:
    """Yield the pages of all topics."""
    for front in fronts(pages):
        yield from of_topic(front, pages)


def problems(pages: Sequence[Page]) -> Iterator[Problem]:
    """Yield what the front pages of topics cannot say of their pages."""
    for page in topic_pages(pages):
        if "minutes" in page.front_matter:
            fact = "the front matter says how many minutes the page takes"
            remedy = "Delete 'minutes': the build computes them from what is on the page"
            yield Problem(page.path, 1, fact, remedy, code=Code.TOPIC)
        if not outcome(page):
            fact = "the topic's front page cannot say what this page is for"
            remedy = (
                "Say in the front matter what readers leave able to do: outcome: predict its shapes"
            )
            yield Problem(page.path, 1, fact, remedy, code=Code.TOPIC)
    for front in fronts(pages):
        yield from _misnamed(front, pages)


def _misnamed(front: Page, pages: Iterable[Page]) -> Iterator[Problem]:
    """Yield each page beside a front page that it does not list, and whose name is nearly a mode's.

    Where the topic has a page of that mode, it is another page.
    """
    folder = front.path.rpartition("/")[0]
    beside = [page for page in pages if page.path.rpartition("/")[0] == folder]
    there = {page.mode for page in beside}
    for page in beside:
        name = PurePosixPath(page.path)
        meant = near_word(name.stem.lower(), Mode, CLOSE)
        if meant and page.mode is None and Mode(meant) not in there:
            fact = f"the topic's front page does not list this page: '{name.stem}' is no mode"
            remedy = f"Did you mean {meant}{name.suffix}?"
            yield Problem(page.path, 1, fact, remedy, code=Code.TOPIC)
