"""Sections: the headings of pages, and whether what questions say to read again is there."""

import functools
import posixpath
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from markdown import Markdown

from unrolled import source
from unrolled.page import Page
from unrolled.problem import Problem

ATTRIBUTES = re.compile(r"\s*\{:?[^}]*\}\s*$")
LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")


def sections(page: Page) -> dict[str, str]:
    """Return a page's headings, as Markdown without links, by their anchors, as MkDocs makes them."""
    return _sections(page.text)


@functools.lru_cache(maxsize=256)
def _sections(text: str) -> dict[str, str]:
    stream = source.tokens(text)
    written = [(int(t.tag[1]), stream[n + 1].content) for n, t in enumerate(stream) if t.type == "heading_open"]
    # The renderer itself gives the anchors; it needs nothing but the headings.
    renderer = Markdown(extensions=["attr_list", "toc"])
    renderer.convert("\n\n".join(f"{'#' * level} {heading}" for level, heading in written))
    anchors = _anchors(getattr(renderer, "toc_tokens", []))
    return {anchor: LINK.sub(r"\1", ATTRIBUTES.sub("", heading)) for anchor, (_, heading) in zip(anchors, written, strict=True)}


def _anchors(tokens: list[dict[str, Any]]) -> Iterator[str]:
    for token in tokens:
        yield token["id"]
        yield from _anchors(token["children"])


def target(page: Page, link: str, pages: Iterable[Page]) -> tuple[Page, str] | None:
    """Return the page and the title that a relative link such as `learn.md#by-hand` leads to, or None."""
    name, _, anchor = link.partition("#")
    path = posixpath.normpath(posixpath.join(posixpath.dirname(page.path), name)) if name else page.path
    other = next((p for p in pages if p.path == path), None)
    if other is None:
        return None
    found = sections(other)
    title = found.get(anchor) if anchor else next(iter(found.values()), path)
    return (other, title) if title is not None else None


def problems(pages: Sequence[Page]) -> list[Problem]:
    """Return a problem for each question whose section to read again does not exist."""
    return [problem for page in pages for problem in _problems(page, pages)]


def _problems(page: Page, pages: Sequence[Page]) -> Iterator[Problem]:
    for item in page.questions:
        if item.read and target(page, item.read, pages) is None:
            remedy = "Name a page and one of its headings: read: learn.md#by-hand"
            yield Problem(page.path, item.block.line, f"question '{item.id}' says to read '{item.read}', which does not exist", remedy)
