"""Whether a run is all that its chain promises."""

from __future__ import annotations

from unrolled.model.cell import Cell, Chain
from unrolled.model.output import Output, Run


def is_whole(chain: Chain, run: Run) -> bool:
    """Return whether all cells of a chain ran and did what they promised; only such runs are kept.

    A probe may end at an exception.
    """
    if run.fate:
        return False
    if not chain.cells:
        return run.result is not None
    if not run.outputs:
        return False
    last = chain.cells[len(run.outputs) - 1]
    if len(run.outputs) < len(chain.cells) and not (
        last.options.probe and run.outputs[-1].exception
    ):
        return False
    return all(
        _kept_promise(cell, output) for cell, output in zip(chain.cells, run.outputs, strict=False)
    )


def _kept_promise(cell: Cell, output: Output) -> bool:
    if output.exception:
        return cell.options.probe or cell.options.raises in output.exception.types
    return not cell.options.raises
