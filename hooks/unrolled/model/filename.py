"""The file names under which cells are compiled: tracebacks and frames tell a cell by them."""

from __future__ import annotations

CELL = "<cell "


def of(position: int) -> str:
    """Return the name for the cell at a position in its chain: `<cell 1>` for the first."""
    return f"{CELL}{position + 1}>"


def is_cell(name: str) -> bool:
    """Return whether a file name is a cell's."""
    return name.startswith(CELL)
