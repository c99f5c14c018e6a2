"""What a kind of block is.

Each stage asks the list of kinds, `unrolled.blocks.KINDS`; nothing else names one.
"""

from __future__ import annotations

import itertools
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from unrolled.model.block import Block, Doubt
from unrolled.model.cell import Cell, Chain, Claim, Role
from unrolled.model.item import Item, Trial
from unrolled.model.page import Page
from unrolled.model.problem import Problem
from unrolled.model.runs import PageRuns


@dataclass(frozen=True)
class Source:
    """A page while it is being read: what a kind may look at to read a block of its own."""

    path: str
    """What problems call the page."""
    text: str
    """The whole file, front matter included."""
    tokens: Sequence[Any]
    """Of markdown-it, for the whole page."""
    blocks: tuple[Block, ...]
    """All of the page, in the order of their opening lines."""
    cells: tuple[Cell, ...]
    """All of the page, in its order."""

    @cached_property
    def lines(self) -> list[str]:
        """The text, line by line."""
        return self.text.split("\n")

    @cached_property
    def _starts(self) -> list[int]:
        """The line, from 1, by which each token has begun."""
        lines = (token.map[0] + 1 if token.map else 0 for token in self.tokens)
        return list(itertools.accumulate(lines, max))

    def positions(self, first: int, last: int) -> range:
        """Return where the tokens are that begin in these lines, or end what does."""
        return range(bisect_left(self._starts, first), bisect_right(self._starts, last))

    def children(self, block: Block) -> list[Block]:
        """Return the blocks right inside a block."""
        first = bisect_right(self.blocks, block.line, key=lambda b: b.line)
        last = bisect_left(self.blocks, block.end, key=lambda b: b.line)
        return [b for b in self.blocks[first:last] if b.depth == block.depth + 1]

    def cells_in(self, block: Block) -> list[Cell]:
        """Return the cells that lie in a block."""
        first = bisect_right(self.cells, block.line, key=lambda cell: cell.line)
        return list(self.cells[first : bisect_left(self.cells, block.end, key=lambda c: c.line)])


@dataclass(frozen=True)
class Reading:
    """What reading a block gave."""

    item: Item | None = None
    """None when there is nothing to prove or to answer, or when it is too faulty to say."""
    problems: tuple[Problem, ...] = ()
    """What is wrong with its form."""
    claims: tuple[tuple[int, Claim], ...] = ()
    """What it asks of cells, each with the line of the cell."""
    doubts: tuple[Doubt, ...] = ()
    """Where nothing more is said, since it may follow from these problems."""
    unproved: tuple[Doubt, ...] = ()
    """Where these problems are said, and runs and proofs have nothing to say besides."""


@dataclass(frozen=True)
class Proof:
    """How an item was proved, for the page that lists all proofs."""

    how: str
    """What readers are told: `equal to a run`."""
    by_run: bool
    """Whether a run settled it, and no person."""
    refuted: int = 0
    """How many wrong answers are known to be wrong."""
    caused: int = 0
    """How many of them have mistaken code that was seen to lead there."""
    torch: str = ""
    """The torch that ran."""
    date: str = ""
    """The day of the run, as `2026-11-21`."""
    varied: int = 0
    """With how many other sets of numbers it was proved too."""


@dataclass(frozen=True)
class Faces:
    """The two sides of an item as a flashcard, as HTML."""

    front: str
    """What is asked."""
    back: str
    """What is right, and why."""


@dataclass(frozen=True)
class Change:
    """A lie to put into a page, to see whether the check notices."""

    line: int
    kind: str
    """What is changed, in words."""
    before: str
    after: str
    lines: Mapping[int, str]
    """The lines that are changed, by their numbers, as they are then."""
    group: str = ""
    """Of changes of which proofs, and not only records, must notice one: what they have in
    common; empty for a change that must be noticed by itself."""


def _nothing_changed(item: Any, page: Page) -> Iterable[Change]:  # noqa: ARG001
    return ()


def _nothing_tried_itself(block: Block, source: Source) -> Iterable[int]:  # noqa: ARG001
    return ()


def _nothing_read(block: Block, source: Source) -> Reading:  # noqa: ARG001 - what a kind without items does
    return Reading()


def _nothing_tried(item: Any, cells: Sequence[Cell], chains: Sequence[Chain]) -> Iterable[Trial]:  # noqa: ARG001
    return ()


def _nothing_proved(item: Any, ran: PageRuns) -> Iterable[Problem]:  # noqa: ARG001
    return ()


def _nothing_recorded(item: Any, ran: PageRuns) -> Iterable[tuple[Cell, str]]:  # noqa: ARG001
    return ()


def _nothing_among(pages: Sequence[Page]) -> Iterable[Problem]:  # noqa: ARG001
    return ()


@dataclass(frozen=True, kw_only=True)
class BlockKind:
    """A kind of block: everything that the stages need to know of it."""

    name: str
    """As in `/// name`."""
    html: type[Any]
    """The class that renders it: a `Planned`."""
    options: tuple[str, ...] = ()
    """The options that it takes."""
    shown: tuple[str, ...] = ()
    """Those of them whose texts readers see."""
    is_part: bool = False
    """Whether it only has a meaning inside a block that takes it as a part."""
    parts: tuple[str, ...] = ()
    """The parts that may stand in it."""
    element: str = ""
    """The custom element that it becomes, which the widget's module of that name in `define/`
    registers; empty where none does."""
    styles: str = ""
    """The stylesheet of the widget that only this kind needs; empty where it needs none."""
    cells: Mapping[str, Role] = field(default_factory=dict[str, Role])
    """Words that mark a cell inside such a block, such as `check`, each with how the cell runs."""
    tried: Callable[[Block, Source], Iterable[int]] = _nothing_tried_itself
    """Block → the lines of the fences that it shows and tries itself: no cells that run."""
    read: Callable[[Block, Source], Reading] = _nothing_read
    """Markdown → item."""
    trials: Callable[[Any, Sequence[Cell], Sequence[Chain]], Iterable[Trial]] = _nothing_tried
    """Item, the page's cells and its chains → what is run for it besides."""
    prove: Callable[[Any, PageRuns], Iterable[Problem]] = _nothing_proved
    """Item and runs → what the runs refute."""
    record: Callable[[Any, PageRuns], Iterable[tuple[Cell, str]]] = _nothing_recorded
    """Item and runs → what is recorded of it, each part with the cell that gave it."""
    among: Callable[[Sequence[Page]], Iterable[Problem]] = _nothing_among
    """All pages → what is wrong with items of this kind that no page shows by itself."""
    changes: Callable[[Any, Page], Iterable[Change]] = _nothing_changed
    """Item and page → lies about the item that the check must notice."""
    is_costly: bool = False
    """Whether running what is in such a block takes minutes: then nothing in it is changed but by
    `changes`."""
    faces: Callable[[Any], Faces] | None = None
    """The item's element on the page, as Beautiful Soup parses it, cleaned → what a deck of
    flashcards holds of it; None for a kind that no deck takes."""
    proof: Callable[[Any, PageRuns], Proof | None] | None = None
    """Item and runs → how it was proved, where the page of proofs lists such items."""
