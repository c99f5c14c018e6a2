"""The Markdown extensions that the dialect rests on, added to a converter that lacks them.

What a site sets up itself is left alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from markdown import Markdown
from markdown.extensions.md_in_html import HtmlBlockPreprocessor
from pymdownx.inlinehilite import InlineHilitePattern
from pymdownx.superfences import SuperFencesBlockPreprocessor, SuperFencesCodeExtension

from unrolled.read.pymdown import ADMONITIONS

Test = Callable[[Markdown], bool]


def _parses(name: str) -> Test:
    return lambda md: name in md.parser.blockprocessors


def _has_block(name: str) -> Test:
    return lambda md: name in getattr(_blocks(md), "blocks", {})


def _blocks(md: Markdown) -> object:
    known = md.parser.blockprocessors
    return known["blocks"] if "blocks" in known else None  # noqa: SIM401 - a registry has no `get`


def _reads_html(md: Markdown) -> bool:
    return isinstance(md.preprocessors["html_block"], HtmlBlockPreprocessor)


def _colours_spans(md: Markdown) -> bool:
    return isinstance(md.inlinePatterns["backtick"], InlineHilitePattern)


@dataclass(frozen=True)
class Needed:
    """An extension of the dialect."""

    name: str
    is_there: Test
    """Whether a converter has it, loaded by this name or as part of another."""
    options: Mapping[str, Any] = field(default_factory=dict[str, Any])


NEEDED = (
    Needed("toc", lambda md: "toc" in md.treeprocessors),
    Needed("attr_list", lambda md: "attr_list" in md.treeprocessors),
    Needed("tables", _parses("table")),
    Needed("md_in_html", _reads_html),
    Needed("admonition", _parses("admonition")),
    Needed("pymdownx.details", _parses("details")),
    Needed("pymdownx.tabbed", _parses("tabbed"), {"alternate_style": True}),
    Needed("pymdownx.inlinehilite", _colours_spans),
    Needed("pymdownx.blocks.admonition", _has_block("admonition"), {"types": list(ADMONITIONS)}),
    Needed("pymdownx.blocks.caption", _has_block("caption")),
    Needed("pymdownx.blocks.details", _has_block("details")),
    Needed("pymdownx.blocks.html", _has_block("html")),
    Needed("pymdownx.blocks.tab", _has_block("tab"), {"alternate_style": True}),
)


def add(md: Markdown) -> SuperFencesCodeExtension:
    """Add what a converter lacks once all its own extensions are loaded.

    Return the one that reads fences.
    """
    lacking = [each for each in NEEDED if not each.is_there(md)]
    md.registerExtensions(
        [each.name for each in lacking], {each.name: dict(each.options) for each in lacking}
    )
    return _fences(md)


def _fences(md: Markdown) -> SuperFencesCodeExtension:
    """Return SuperFences, in charge of fences even where another extension took its place."""
    if not any(isinstance(each, SuperFencesCodeExtension) for each in md.registeredExtensions):
        md.registerExtensions(["pymdownx.superfences"], {})
    found = next(e for e in md.registeredExtensions if isinstance(e, SuperFencesCodeExtension))
    if not isinstance(md.preprocessors["fenced_code_block"], SuperFencesBlockPreprocessor):
        found.patch_fenced_rule()
    return found
