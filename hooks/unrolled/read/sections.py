"""Sections: the headings of pages, by the anchors that links use."""

import functools
import posixpath
import re
from collections.abc import Iterable, Iterator
from typing import Any

from markdown import Markdown

from unrolled.model.page import Page
from unrolled.read import tokens

ATTRIBUTES = re.compile(r"\s*\{:?[^}]*\}\s*$")
LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")


def sections(page: Page) -> dict[str, str]:
    """Return a page's headings, as Markdown without links, by their anchors, as MkDocs makes them."""
    return _sections(page.text)


@functools.lru_cache(maxsize=256)
def _sections(text: str) -> dict[str, str]:
    stream = tokens.tokens(text)
    written = [(int(t.tag[1]), stream[n + 1].content) for n, t in enumerate(stream) if t.type == "heading_open"]
    # The renderer itself gives the anchors; it needs nothing but the headings.
    renderer = Markdown(extensions=["attr_list", "toc"])
    renderer.convert("\n\n".join(f"{'#' * level} {heading}" for level, heading in written))
    anchors = _anchors(getattr(renderer, "toc_tokens", []))
    headings = (LINK.sub(r"\1", ATTRIBUTES.sub("", heading)) for _, heading in written)
    return dict(zip(anchors, headings, strict=True))


def _anchors(found: list[dict[str, Any]]) -> Iterator[str]:
    for token in found:
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
