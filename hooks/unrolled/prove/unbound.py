"""A name that a cell misses and a cell above it binds: the chain does not go on from there."""

from __future__ import annotations

import ast
import re
from dataclasses import replace

from unrolled.model.cell import Cell, Chain, Options, Role
from unrolled.model.output import Raised
from unrolled.model.page import Page
from unrolled.read import comments

IMPORTS = (ast.Import, ast.ImportFrom)
MISSING = re.compile(r"name '(\w+)' is not defined")


def remedy(page: Page, chain: Chain, raised: Raised) -> str:
    """Return where the name is bound and how to go on from there; empty where nowhere."""
    found = MISSING.search(raised.message) if raised.type == "NameError" else None
    first = chain.cells[0]
    before = [
        cell
        for other in page.chains
        for cell in other.cells
        if found and cell.line < first.line and found[1] in _bound(cell.code)
    ]
    if not found or not before:
        return ""
    line = max(cell.line for cell in before)
    return (
        f"The cell at line {line} binds '{found[1]}': write {_info(first)} at line"
        f" {first.line} to go on from the cells above"
    )


def _info(cell: Cell) -> str:
    """Return a cell's options with the one to go on from the cells above."""
    options = cell.options
    words = [".python", options.part, "hidden" if options.hidden else "", "continuation"]
    more = replace(options, part="", role=Role.PLAIN, hidden=False, continuation=False) != Options()
    return f"{{{' '.join(filter(None, words))}{' …' if more else ''}}}"


def _bound(code: str) -> frozenset[str]:
    """Return the names that code binds: assigned, defined or imported."""
    imports = (n for n in ast.walk(comments.parsed(code)) if isinstance(n, IMPORTS))
    aliases = (alias for each in imports for alias in each.names)
    return comments.bound(code) | {(a.asname or a.name).split(".")[0] for a in aliases}
