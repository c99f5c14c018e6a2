"""The project's own site: its pages hold, and changing what they show is noticed.

All else is tested on the fixture site.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from support.paths import PROJECT
from unrolled.blocks import KINDS
from unrolled.blocks.question.item import CHECK
from unrolled.model.page import Page
from unrolled.model.problem import listing
from unrolled.read import plan
from unrolled.run.engine import Engine
from unrolled.site.check import check, comparison, differing, prove
from unrolled.site.place import Site, load

SIZE = re.compile(r"nn\.RNN\(\s*(?:input_size=)?\w+,\s*(?:hidden_size=)?(\d+)|hidden_size=(\d+)")
LESSON = "docs/rnn/learn.md"


@pytest.fixture(scope="module")
def own() -> Site:
    return load(PROJECT / "mkdocs.yml")


@pytest.fixture(scope="module")
def pages(own: Site) -> list[Page]:
    return own.read()


@pytest.fixture(scope="module")
def own_engine(own: Site) -> Iterator[Engine]:
    """An engine with the project's own cache."""
    engine = own.engine()
    yield engine
    engine.close()


def test_every_page_is_as_stated_and_recorded(
    own: Site, pages: list[Page], own_engine: Engine
) -> None:
    """What `unrolled check` says of the whole site, links and left-over records included.

    Nothing.
    """
    found = check(own, pages, pages, own_engine)
    assert not found, listing(found)


def resized(page: Page) -> dict[str, Page]:
    """Return the page with another hidden size, once for each place that gives one."""
    starts = [0]
    for line in page.lines:
        starts.append(starts[-1] + len(line) + 1)
    found: dict[str, Page] = {}
    for cell in page.cells:
        if cell.options.part == CHECK:
            continue  # A check of what readers write holds for any size.
        for match in SIZE.finditer(page.text, starts[cell.line], starts[cell.end - 1]):
            start, end = match.span(1 if match[1] else 2)
            text = f"{page.text[:start]}{int(page.text[start:end]) + 1}{page.text[end:]}"
            line = page.text.count("\n", 0, start) + 1
            found[f"line {line}, column {start - starts[line - 1] + 1}"] = plan.plan(
                page.path, text, KINDS, page.folder
            )
    return found


def test_another_hidden_size_in_any_cell_of_a_lesson_is_noticed(
    own: Site, pages: list[Page], own_engine: Engine
) -> None:
    """The page, a line of it, and what differs are named."""
    (lesson,) = (page for page in pages if page.path == LESSON)
    changed = resized(lesson)
    assert len({place.partition(",")[0] for place in changed}) >= 6
    own_engine.run(
        changed.values()
    )  # All at once: then the checks find them in the cache, but for what fails.
    unnoticed: list[str] = []
    for place, page in changed.items():
        others = [page if each.path == LESSON else each for each in pages]
        ran, found = prove([page], own_engine, others)
        found += differing(own, others, ran, comparison(own_engine))
        if not any(
            p.path == LESSON and p.line > 1 and (p.detail or "raises" in p.fact or " is " in p.fact)
            for p in found
        ):
            unnoticed.append(place)
    assert unnoticed == []
