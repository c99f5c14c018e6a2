"""Outlines: what a page's Markdown becomes, as far as links care. The renderer itself says so.

Rendering all pages takes seconds, so the outlines of the last time are kept in the cache, under
hashes of the pages' texts. A damaged or implausible file there is a miss, never an error.
"""

import contextlib
import functools
import hashlib
import importlib.metadata
import json
import pkgutil
import re
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import markdown.extensions
from mkdocs.config.defaults import MkDocsConfig

from unrolled.model.page import Page
from unrolled.model.problem import Code, Problem
from unrolled.site.links.outline import Link, Outline

FILE = "outlines.json"
PURE = {"unrolled", *(module.name for module in pkgutil.iter_modules(markdown.extensions.__path__))}
"""Extensions that make of a text always the same; so do pymdownx's, but for its snippets."""
LIBRARIES = ("markdown", "pymdown-extensions", "markdown-it-py")


def read(pages: Sequence[Page], config: MkDocsConfig, cache: Path) -> dict[str, Outline]:
    """Return the outlines of pages by their paths.

    Args:
        pages: All pages of a site.
        config: Its settings.
        cache: The folder in which outlines are kept.
    """
    key = _key(config)
    before = _load(cache / FILE, key) if key else {}
    kept: dict[str, dict[str, Any]] = {}
    found: dict[str, Outline] = {}
    for page in pages:
        digest = hashlib.sha256(f"{page.path}\0{page.text}".encode()).hexdigest()
        known = _from_json(before.get(digest), page.path)
        found[page.path] = known or _rendered(page, config)
        kept[digest] = _to_json(found[page.path])
    if key and kept.keys() != before.keys():
        _save(cache / FILE, key, kept)
    return found


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


def _key(config: MkDocsConfig) -> str:
    """Return a hash of all but the page that an outline depends on; nothing where it is unknown."""
    names: list[str] = config.markdown_extensions
    if not all(_is_pure(name) for name in names):
        return ""
    settings = json.dumps([names, config.mdx_configs], default=_name, sort_keys=True)
    return hashlib.sha256(f"{_engine()}\0{settings}".encode()).hexdigest()


def _is_pure(extension: str) -> bool:
    name = extension.removeprefix("markdown.extensions.")
    return name in PURE or (name.startswith("pymdownx.") and "snippets" not in name)


def _name(value: object) -> object:
    """Return what tells apart a setting that JSON does not know: of a function, its name."""
    if isinstance(value, functools.partial):
        return [_name(value.func), list(value.args), value.keywords]
    name = getattr(value, "__qualname__", None)
    return f"{getattr(value, '__module__', '')}.{name}" if name else repr(value)


@functools.cache
def _engine() -> str:
    """Return a hash of the code that renders: ours, and the libraries' versions."""
    code = hashlib.sha256()
    package = Path(__file__).resolve().parents[2]
    for file in sorted(package.rglob("*.py")):
        code.update(file.name.encode() + b"\0" + file.read_bytes())
    for library in LIBRARIES:
        code.update(importlib.metadata.version(library).encode() + b"\0")
    return code.hexdigest()


def _load(file: Path, key: str) -> dict[str, Any]:
    try:
        read: Any = json.loads(file.read_bytes())
        return dict(read["pages"]) if read["key"] == key else {}
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def _save(file: Path, key: str, pages: dict[str, dict[str, Any]]) -> None:
    """Keep outlines; a disk that is full or read-only costs time, not the check."""
    with contextlib.suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("w", dir=file.parent, delete=False) as to:
            json.dump({"key": key, "pages": pages}, to)
        Path(to.name).replace(file)


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
