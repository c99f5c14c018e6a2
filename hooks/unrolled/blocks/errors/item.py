"""What an entry of the error finder is: code that raises, what it means, code that works."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from unrolled.model.cell import Cell
from unrolled.model.item import Item
from unrolled.model.runs import PageRuns

FIX = "fix"
"""Marks the cell that works."""


@dataclass(frozen=True)
class Entry(Item):
    """An `/// errors` block, read."""

    raising: int | None
    """Line of the cell that raises; None where only a GPU says it."""
    fix: int | None
    """Line of the cell that works; None when there is none."""
    older: tuple[str, ...]
    """How older versions of torch put the message; they are not run."""
    gpu: tuple[str, ...]
    """What readers with a GPU are told; it is not run either, for a build has no GPU."""
    see: str
    """Where the site says more; empty where it does not."""

    answerable: ClassVar[bool] = False

    def caption(self, cell: Cell) -> str:
        """Return which of its cells this is."""
        if cell.line == self.raising:
            return "This raises it:"
        return "This works:" if cell.line == self.fix else ""


def message(entry: Entry, ran: PageRuns) -> str:
    """Return what the run of an entry raised, `Type: message`; else what only a GPU says."""
    if entry.raising is None:
        return entry.gpu[0] if entry.gpu else ""
    cell = ran.page.cell_at(entry.raising)
    output = ran.output(cell) if cell else None
    return output.exception.text if output and output.exception else ""
