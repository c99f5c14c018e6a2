"""Sections: the headings of pages, and whether what questions say to read again is there."""

import posixpath
import re
from collections.abc import Iterable, Iterator, Sequence

from markdown.extensions.toc import slugify, unique

from unrolled import source
from unrolled.page import Page
from unrolled.problem import Problem

ATTRIBUTES = re.compile(r"\s*\{:?\s*(?:[^}]*?#([\w-]+))?[^}]*\}\s*$")


def sections(page: Page) -> dict[str, str]:
    """Return a page's headings, as Markdown, by their anchors, as MkDocs makes them."""
    found: dict[str, str] = {}
    taken: set[str] = set()
    stream = source.tokens(page.text)
    for position, token in enumerate(stream):
        if token.type != "heading_open":
            continue
        text = stream[position + 1].content
        named = ATTRIBUTES.search(text)
        text = ATTRIBUTES.sub("", text)
        anchor = named[1] if named and named[1] else unique(slugify(text.replace("`", ""), "-"), taken)
        taken.add(anchor)
        found[anchor] = text
    return found


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
