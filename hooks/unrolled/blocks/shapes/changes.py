"""Lies about contracts that the check must notice: the first two sizes of a shape swapped."""

from __future__ import annotations

import re
from collections.abc import Iterator

from unrolled.blocks.shapes.item import Contract
from unrolled.model.kind import Change
from unrolled.model.page import Page

SHAPE = re.compile(r"\(([^()`]*,[^()`]*)\)")


def changes(contract: Contract, page: Page) -> Iterator[Change]:
    """Yield each shape of a row with its first two sizes swapped, if they differ."""
    for row in contract.rows:
        line = page.lines[row.line - 1]
        for match in SHAPE.finditer(line):
            first, second, *rest = (part.strip() for part in match[1].split(","))
            if first != second and second:
                swapped = ", ".join([second, first, *rest])
                changed = f"{line[: match.start(1)]}{swapped}{line[match.end(1) :]}"
                yield Change(row.line, "contract row", match[1], swapped, {row.line: changed})
