"""What a page holds, as read from its Markdown: cells, blocks and items. Data only."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import PurePosixPath
from typing import TypeVar

from unrolled.model.block import Block, Doubt, Fence
from unrolled.model.cell import Cell, Chain, Claim
from unrolled.model.item import Item, Trial
from unrolled.model.mode import Mode
from unrolled.model.name import Named
from unrolled.model.problem import Problem
from unrolled.model.visible import Visible

LINK = re.compile(
    r"`+[^`]*`+|\[(?P<text>[^\[\]]*)\](?:\([^()\s]*(?:\s+\"[^\"]*\")?\)|\[[^\[\]]*\])"
)
"""Code, which is none, or a link, whose text counts and whose target does not."""
ASIDE = ("hint", "solution", "mistakes", "bonus")
"""Parts that ask nothing."""


def _line(part: Block | Claim) -> int:
    return part.line


def _unlinked(line: str) -> str:
    """Return a line of prose without the targets of its links, and with its blanks made one."""
    return " ".join(LINK.sub(lambda found: found["text"] or found[0], line).split())


def _short(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]


AnyItem = TypeVar("AnyItem", bound=Item)


@dataclass(frozen=True)
class Page:
    """A page, read once: everything that later stages need, with line numbers."""

    path: str
    """Path shown in problems, relative to the project."""
    text: str
    """The whole file, front matter included."""
    folder: str = ""
    """Absolute folder of the file, whose data files its cells can read; empty for text without a
    file."""
    front_matter: dict[str, object] = field(default_factory=dict[str, object])
    """What stands between the lines `---` at its top."""
    cells: tuple[Cell, ...] = ()
    """In its order, those too that do not run."""
    chains: tuple[Chain, ...] = ()
    """The cells that run, each with its continuations."""
    claims: tuple[Claim, ...] = ()
    """Those in the text, in its order."""
    blocks: tuple[Block, ...] = ()
    """In the order of their opening lines."""
    items: tuple[Item, ...] = ()
    """In the order of their blocks."""
    visible: tuple[Visible, ...] = ()
    """What readers see of it, other than code, outputs and claims."""
    trials: tuple[Trial, ...] = ()
    """What is run for its items, besides the chains."""
    names: tuple[Named, ...] = ()
    """The names of torch in what readers see, but for those that its code names too."""
    asking: Chain | None = None
    """What asks torch for them."""
    problems: tuple[Problem, ...] = ()
    """What is wrong with its form."""
    doubts: tuple[Doubt, ...] = ()
    """Where nothing more is said, since it may follow from these problems."""
    fences: tuple[Fence, ...] = ()
    """Those that are no cells."""

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """The text, line by line."""
        return tuple(self.text.split("\n"))

    @cached_property
    def judged_lines(self) -> frozenset[int]:
        """The lines that its items' proofs judge by runs: options, right or wrong."""
        return frozenset(line for item in self.items for line in item.judged_lines)

    @property
    def mode(self) -> Mode | None:
        """The page's mode, by the name of its file; None for a page in no topic's folder."""
        return Mode.of(self.path)

    @property
    def topic(self) -> str:
        """The page's topic, by the name of its folder."""
        return PurePosixPath(self.path).parent.name

    @property
    def answerable(self) -> tuple[Item, ...]:
        """All that a reader can do on the page, in its order."""
        return tuple(item for item in self.items if item.answerable)

    @property
    def all_chains(self) -> tuple[Chain, ...]:
        """All that is run for this page: its chains, what its items try, what asks for names."""
        return (*self.chains, *(trial.chain for trial in self.trials), *filter(None, [self.asking]))

    def is_doubtful(self, line: int) -> bool:
        """Return whether nothing more is to be said about a line."""
        return any(line in doubt for doubt in self.doubts)

    def of(self, kind: type[AnyItem]) -> tuple[AnyItem, ...]:
        """Return the items of a kind."""
        return tuple(item for item in self.items if isinstance(item, kind))

    def digest(self, block: Block) -> str:
        """Return a short hash of what an item asks, which tells a reader's progress of an edit.

        What explains counts for nothing: a better reason, another hint or a link that moved forgets
        no answer.
        """
        item = self.item_of(block)
        skipped = set(item.choice_lines if item else ())
        for part in self.blocks_in(block):
            if part.name in ASIDE:
                skipped |= {*range(part.line, part.end + 1)}
        code = {line for cell in self.cells_in(block) for line in range(cell.line + 1, cell.end)}
        asked = (
            self.lines[line - 1] if line in code else _unlinked(self.lines[line - 1])
            for line in range(block.body, block.end)
            if line not in skipped
        )
        choices = item.choices_asked if item else ()
        text = "\n".join([block.argument, block.option("kind"), *filter(None, asked), *choices])
        return _short(text)

    def digest_of_text(self, block: Block) -> str:
        """Return the hash of all that a block says, by which readers' progress once knew it."""
        return _short("\n".join(self.lines[block.line - 1 : block.end]))

    def chain_of(self, cell: Cell) -> Chain | None:
        """Return the chain that holds a cell; None for one that does not run."""
        return self._chains.get(cell)

    @cached_property
    def _chains(self) -> dict[Cell, Chain]:
        return {cell: chain for chain in reversed(self.chains) for cell in chain.cells}

    @cached_property
    def numbers(self) -> dict[int, int]:
        """Where the cells are among those of the page, by their lines."""
        return {cell.line: number for number, cell in enumerate(self.cells)}

    def cell_at(self, line: int) -> Cell | None:
        """Return the cell whose fence opens at a line."""
        return next((cell for cell in self.cells if cell.line == line), None)

    def cells_in(self, block: Block) -> Iterator[Cell]:
        """Yield the cells that lie in a block."""
        return (cell for cell in self.cells if block.holds(cell.line))

    def item_at(self, line: int) -> Item | None:
        """Return the item whose block holds a line, if any."""
        return self._items_by_line.get(line)

    @cached_property
    def _items_by_line(self) -> dict[int, Item]:
        return {
            line: item
            for item in reversed(self.items)
            for line in range(item.block.line + 1, item.block.end)
        }

    def item_of(self, block: Block) -> Item | None:
        """Return the item that was read in a block, if any."""
        return self._items_by_block.get(block.line)

    @cached_property
    def _items_by_block(self) -> dict[int, Item]:
        return {item.block.line: item for item in reversed(self.items)}

    def blocks_in(self, block: Block) -> tuple[Block, ...]:
        """Return the blocks that lie in a block, however deep."""
        first = bisect_right(self.blocks, block.line, key=_line)
        return self.blocks[first : bisect_left(self.blocks, block.end, key=_line)]

    def claims_in(self, block: Block) -> tuple[Claim, ...]:
        """Return the claims in the text of a block."""
        first = bisect_right(self.claims, block.line, key=_line)
        return self.claims[first : bisect_left(self.claims, block.end, key=_line)]

    def trials_of(self, item: Item) -> Iterator[Trial]:
        """Yield what is tried for an item."""
        return (trial for trial in self.trials if trial.item is item)
