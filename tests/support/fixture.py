"""The fixture site, `tests/site`: its pages as text, planned, with a change, and rendered."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from pathlib import Path

from support.headings import headings
from support.page import Known, planned, to_html
from support.paths import SITE
from unrolled.model.mode import SCRIPT
from unrolled.model.output import Run
from unrolled.model.page import Page
from unrolled.model.problem import Problem
from unrolled.model.runs import PageRuns
from unrolled.read import script
from unrolled.render.rendering import Rendering
from unrolled.run.engine import Engine

Files = Mapping[str, str]
"""Pages by their paths beneath `docs/`."""


@functools.cache
def files() -> Files:
    """Return the pages of the fixture site."""
    docs = SITE / "docs"
    return {
        file.relative_to(docs).as_posix(): _text(file)
        for file in sorted([*docs.rglob("*.md"), *docs.rglob(SCRIPT)])
    }


def _text(file: Path) -> str:
    text = file.read_text("utf-8")
    return script.markdown(text) if file.name == SCRIPT else text


def edited(name: str, old: str, new: str, of: Files | None = None) -> Files:
    """Return a site (the fixture site by default) with the first `old` of a page replaced."""
    before = files() if of is None else of
    assert old in before[name]
    return {**before, name: before[name].replace(old, new, 1)}


def plans(of: Files | None = None) -> list[Page]:
    """Return the plans of a site's pages, the fixture site's unless another is given."""
    return [_plan(text, f"docs/{name}") for name, text in (files() if of is None else of).items()]


_plan = functools.lru_cache(maxsize=256)(planned)
"""Most pages are the same in most tests."""


def rendered(name: str, engine: Engine, of: Files | None = None) -> tuple[str, list[Problem]]:
    """Return the HTML of one page among others, which are not run, and what rendering it found.

    Links are as they are written.
    """
    pages = plans(of)
    own = next(page for page in pages if page.path == f"docs/{name}")
    (ran,) = engine.run([own])
    site = [ran if page is own else not_run(page) for page in pages]
    rendering = Rendering(ran=ran, site=site, headings=headings(own, pages))
    return to_html(own.text, Known(rendering)), rendering.found


def not_run(page: Page) -> PageRuns:
    """Return a page as if none of its cells had come to an end."""
    return PageRuns(page, tuple(Run(()) for _ in page.all_chains))


def items(name: str, of: Files | None = None) -> list[str]:
    """Return what readers can do on a page, in its order, each as id and hash."""
    page = planned((files() if of is None else of)[name], f"docs/{name}")
    return [f"{item.id}:{page.digest(item.block)}" for item in page.answerable]
