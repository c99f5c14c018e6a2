"""Something in a block that is proved or answered, and what is run for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from unrolled.model.block import Block, Fence
from unrolled.model.cell import Cell, Chain


@dataclass(frozen=True)
class Item:
    """Something in a block that is proved or answered.

    Each kind of block adds fields of its own.
    """

    block: Block
    """Where it stands."""
    id: str
    """Unique on the site; empty where readers do nothing with it."""

    answerable: ClassVar[bool] = True
    """Whether readers do something with it that their progress counts."""
    recurs: ClassVar[bool] = False
    """Whether it comes back in the review."""

    @property
    def title(self) -> str:
        """What lists of items call it: what follows the bar on its block's first line."""
        return self.block.argument

    @property
    def varies(self) -> bool:
        """Whether it is asked with other numbers too, so that what runs give must be found."""
        return False

    @property
    def takes(self) -> int:
        """Seconds that a reader takes to read and do it; 0 where it is read with the text."""
        return 0

    @property
    def is_vouched_for(self) -> bool:
        """Whether a person vouches for it, since no run can settle it."""
        return False

    @property
    def printed_key(self) -> str:
        """Its right answer, for the list of keys that print shows; empty where there is none."""
        return ""

    @property
    def choices_asked(self) -> tuple[str, ...]:
        """Its options, each as text that tells whether it is right; none where it has none."""
        return ()

    @property
    def choice_lines(self) -> frozenset[int]:
        """Lines of its options, rationales included."""
        return frozenset()

    @property
    def proved_lines(self) -> frozenset[int]:
        """Lines of the page whose concrete shapes a run of this item proves."""
        return frozenset()

    @property
    def judged_lines(self) -> frozenset[int]:
        """Lines of the page that state what a run finds true or false."""
        return frozenset()

    @property
    def fences(self) -> tuple[Fence, ...]:
        """Fences that are a part of the item, as the code of an option is: it shows them itself."""
        return ()

    @property
    def swept_lines(self) -> frozenset[int]:
        """Lines of the page whose symbolic shapes this item proves in every configuration."""
        return frozenset()

    def hides(self, cell: Cell) -> bool:  # noqa: ARG002 - kinds that prove something by a cell look at it
        """Return whether the cell itself is not shown."""
        return False

    def tells(self, cell: Cell) -> bool:
        """Return whether the cell gives the answer away to whoever sees it before."""
        return self.hides(cell)

    def caption(self, cell: Cell) -> str:  # noqa: ARG002 - kinds that give cells a meaning look at it
        """Return the sentence above the cell, as text; empty where it needs none."""
        return ""

    def covers(self, cell: Cell) -> bool:  # noqa: ARG002 - kinds with something to predict look at it
        """Return whether readers are to predict what the cell gave, which is then not shown."""
        return False

    def is_to_raise(self, cell: Cell) -> bool:  # noqa: ARG002 - kinds that ask for an error look at it
        """Return whether the cell is there for what it raises: the item says what is wrong then."""
        return False


@dataclass(frozen=True)
class Trial:
    """A chain that is run for an item, besides the page's own chains."""

    item: Item
    """Whom it is run for."""
    name: str
    """What the item calls it: `sweep`, `option 2`."""
    chain: Chain
    """What is run."""
