"""What an exercise is: a stub to fill in, a check, and a solution that passes it."""

from __future__ import annotations

from dataclasses import dataclass

from unrolled.model.cell import Cell
from unrolled.model.item import Item

STUB = "stub"
"""Marks the cell that the reader fills in."""
CHECK = "check"
"""Marks the cell that is silent once the code is right, and raises until then."""
CAPTIONS = {
    STUB: "Fill this in:",
    CHECK: "Then run this. It raises until your code is right, and says nothing after that:",
}


@dataclass(frozen=True)
class Exercise(Item):
    """A `/// exercise` block, read."""

    stub: int | None
    """Line of the cell to fill in; None when there is none."""
    check: int | None
    """Line of the check; None when there is none."""
    solution: tuple[int, ...]
    """Lines of the solution's cells."""

    @property
    def takes(self) -> int:
        """Seconds that a reader takes to write the code."""
        return 240

    def caption(self, cell: Cell) -> str:
        """Return what the reader does with the stub and the check."""
        return CAPTIONS.get(cell.options.part, "")
