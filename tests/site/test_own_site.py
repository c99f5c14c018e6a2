"""The project's own site: its pages hold, and changing what they show is noticed."""

import re
from collections.abc import Iterator

import pytest

from support.paths import PROJECT
from unrolled.read import plan
from unrolled.model import problem
from unrolled.site import site
from unrolled.run.engine import Engine

SIZE = re.compile(r"nn\.RNN\(\s*(?:input_size=)?\w+,\s*(?:hidden_size=)?(\d+)|hidden_size=(\d+)")
RNN = PROJECT / "docs/rnn/learn.md"


@pytest.fixture(scope="module")
def own_engine() -> Iterator[Engine]:
    """An engine with the project's own cache."""
    engine = site.load(PROJECT / "mkdocs.yml").engine()
    yield engine
    engine.close()


def test_every_page_is_as_stated_and_recorded(own_engine: Engine) -> None:
    """What `unrolled check` says of the whole site: nothing."""
    own = site.load(PROJECT / "mkdocs.yml")
    pages = site.read(own)
    assert not problem.listing(site.check(own, pages, pages, own_engine)).removesuffix("0 problems.")


def hidden_sizes() -> list[tuple[int, int, int]]:
    """Return where a cell of the nn.RNN lesson gives a layer's hidden size: line of the cell, start and end in the text."""
    text = RNN.read_text("utf-8")
    starts = [0]
    for line in text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    found: list[tuple[int, int, int]] = []
    for cell in plan.plan("docs/rnn/learn.md", text).cells:
        first, last = starts[cell.line], starts[cell.end - 1]
        for match in SIZE.finditer(text, first, last):
            group = 1 if match[1] else 2
            found.append((cell.line, match.start(group), match.end(group)))
    return found


@pytest.mark.parametrize("place", hidden_sizes(), ids=lambda p: f"line-{p[0]}-{p[1]}")
def test_another_hidden_size_in_any_cell_of_the_rnn_lesson_is_noticed(place: tuple[int, int, int], own_engine: Engine) -> None:
    """The page, a line of it, and what differs are named."""
    _, start, end = place
    text = RNN.read_text("utf-8")
    page = plan.plan("docs/rnn/learn.md", f"{text[:start]}{int(text[start:end]) + 1}{text[end:]}", str(RNN.parent))
    own = site.load(PROJECT / "mkdocs.yml")
    pages = [page, *(p for p in site.read(own) if p.path != page.path)]
    found = site.check(own, pages, [page], own_engine)
    assert any(p.path == page.path and p.line > 1 and (p.detail or "raises" in p.fact or " is " in p.fact) for p in found)


def test_hidden_sizes_are_found() -> None:
    """The test above has something to change in at least six cells."""
    assert len({line for line, _, _ in hidden_sizes()}) >= 6


def test_no_test_leaves_records_behind() -> None:
    """Records lie only where a page is."""
    own = site.load(PROJECT / "mkdocs.yml")
    names = {page.path.removeprefix("docs/").removesuffix(".md") for page in site.read(own)}
    records = {file.relative_to(own.recorded).as_posix().removesuffix(".txt") for file in own.recorded.rglob("*.txt")}
    assert records <= names
