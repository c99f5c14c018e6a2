"""A name that a cell misses and a cell above it binds: the chain does not go on from there."""

from __future__ import annotations

import ast
import re

from unrolled.model.cell import Chain
from unrolled.model.output import Raised
from unrolled.model.page import Page
from unrolled.read import comments

MISSING = re.compile(r"name '(\w+)' is not defined")


def remedy(page: Page, chain: Chain, raised: Raised) -> str:
    """Return where the name is bound and how to go on from there; empty where nowhere."""
    found = MISSING.search(raised.message) if raised.type == "NameError" else None
    first = chain.cells[0]
    before = [
        cell
        for other in page.chains
        for cell in other.cells
        if found and cell.line < first.line and found[1] in bound(cell.code)
    ]
    if not found or not before:
        return ""
    line = max(cell.line for cell in before)
    return (
        f"The cell at line {line} binds '{found[1]}': write {{.python continuation}} at line"
        f" {first.line} to go on from the cells above"
    )


def bound(code: str) -> set[str]:
    """Return the names that code binds: assigned, imported or defined."""
    names: set[str] = set()
    for node in ast.walk(comments.parsed(code)):
        match node:
            case ast.Name(id=name, ctx=ast.Store()):
                names.add(name)
            case ast.Import(names=aliases) | ast.ImportFrom(names=aliases):
                names |= {(each.asname or each.name).split(".")[0] for each in aliases}
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                names.add(name)
            case _:
                pass
    return names
