"""Outlines: what a page's Markdown becomes, as far as links care. The renderer itself says so.

Rendering all pages takes seconds, so outlines are kept.
"""

import functools
import json
import pkgutil
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import markdown.extensions
from mkdocs.config.defaults import MkDocsConfig

from unrolled.model.page import Page
from unrolled.model.problem import Code, Problem
from unrolled.site.links.outline import Link, Outline
from unrolled.site.made import Made
from unrolled.site.settings import PLUGIN

PURE = {"unrolled", *(module.name for module in pkgutil.iter_modules(markdown.extensions.__path__))}
"""Extensions that make of a text always the same; so do pymdownx's, but for its snippets."""


def read(pages: Sequence[Page], config: MkDocsConfig, cache: Path) -> dict[str, Outline]:
    """Return the outlines of pages by their paths.

    Args:
        pages: All pages of a site.
        config: Its settings.
        cache: The folder in which outlines are kept.
    """
    settings = _settings(config)
    if not settings:
        return {page.path: _rendered(page, config) for page in pages}
    made = Made(cache)
    return {page.path: _kept(page, config, settings, made) for page in pages}


def _kept(page: Page, config: MkDocsConfig, settings: str, made: Made) -> Outline:
    """Return a page's outline, made once for the same text and settings."""

    def make() -> dict[str, Any]:
        return _to_json(_rendered(page, config))

    of = (settings, page.path, page.text)
    return _from_json(made.value("outline", of, make), page.path) or _rendered(page, config)


def _rendered(page: Page, config: MkDocsConfig) -> Outline:
    # Here, since a check of pages that are known needs no renderer.
    from unrolled.site.links import dry

    try:
        return dry.outline(page, config)
    except Exception as error:  # noqa: BLE001 - any extension of a site may raise anything
        return Outline(problems=(_failed(page, error),))


def _failed(page: Page, error: Exception) -> Problem:
    """Return the problem that an extension raises, at the line that holds what it names."""
    said = str(error).partition("\n")[0]
    lines = page.text.split("\n")
    named = re.findall(r"'([^']+)'", said)
    line = next((n for n, t in enumerate(lines, 1) if any(name in t for name in named)), 1)
    fact = f"the site's Markdown extensions fail on this page: {type(error).__name__}: {said}"
    remedy = "Fix what it names, or take the extension out of mkdocs.yml"
    return Problem(page.path, line, fact, remedy, code=Code.RENDERING)


def _settings(config: MkDocsConfig) -> str:
    """Return all but the page that an outline depends on; nothing where it is unknown."""
    names: list[str] = config.markdown_extensions
    if not all(_is_pure(name) for name in names):
        return ""
    # Ours says who renders, which is another in each process.
    others = {name: said for name, said in config.mdx_configs.items() if name != PLUGIN}
    return json.dumps([names, others], default=_name, sort_keys=True)


def _is_pure(extension: str) -> bool:
    name = extension.removeprefix("markdown.extensions.")
    return name in PURE or (name.startswith("pymdownx.") and "snippets" not in name)


def _name(value: object) -> object:
    """Return what tells apart a setting that JSON does not know: of a function, its name."""
    if isinstance(value, functools.partial):
        return [_name(value.func), list(value.args), value.keywords]
    name = getattr(value, "__qualname__", None)
    return f"{getattr(value, '__module__', '')}.{name}" if name else repr(value)


def _to_json(outline: Outline) -> dict[str, Any]:
    return {
        "anchors": sorted(outline.anchors),
        "sections": outline.sections,
        "links": [[link.address, link.raw] for link in outline.links],
        "unlinked": outline.unlinked,
        "problems": [[p.line, p.fact, p.remedy, p.detail] for p in outline.problems],
    }


def _from_json(data: Any, path: str) -> Outline | None:
    try:
        return Outline(
            frozenset(map(str, data["anchors"])),
            tuple((str(anchor), str(title)) for anchor, title in data["sections"]),
            tuple(Link(str(address), bool(raw)) for address, raw in data["links"]),
            tuple(map(str, data["unlinked"])),
            tuple(Problem(path, *problem, code=Code.RENDERING) for problem in data["problems"]),
        )
    except (KeyError, TypeError, ValueError):
        return None
