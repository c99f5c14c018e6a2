"""Reading a `/// explorer` block, and what is run for it: torch's refusals."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from unrolled.blocks.explorer.item import Explorer
from unrolled.model.block import Block
from unrolled.model.cell import Cell, Chain, Task
from unrolled.model.item import Trial
from unrolled.model.kind import Reading, Source

REFUSALS = "refusals"
FUNCTION = "unrolled.blocks.explorer.refusals:run"


def read(block: Block, source: Source) -> Reading:  # noqa: ARG001 - of all kinds
    """Read an explorer. It has no form that could be wrong."""
    return Reading(Explorer(block, ""))


def trials(item: Explorer, cells: Sequence[Cell], chains: Sequence[Chain]) -> Iterator[Trial]:  # noqa: ARG001 - of all kinds
    """Yield the run that asks torch what it refuses."""
    yield Trial(item, REFUSALS, Chain((), Task(FUNCTION, "{}"), item.block.line))
