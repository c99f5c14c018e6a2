"""How long a page takes a reader, from what is on it: words, code, and what there is to do."""

from __future__ import annotations

import math

from unrolled.model.mode import DRAWN, Mode
from unrolled.model.page import Page

WORDS = 200
"""Words that a reader reads in a minute of technical text."""
LINES = 20
"""Lines of code and output that a reader reads in a minute."""


def minutes(page: Page) -> int:
    """Return the minutes that a page takes, rounded up: reading it, and doing what is on it."""
    inside = {
        line
        for item in page.items
        if item.takes
        for line in range(item.block.line, item.block.end + 1)
    }
    words = sum(len(piece.text.split()) for piece in page.visible if not inside & set(piece.lines))
    code = sum(
        len(cell.code.split("\n"))
        for cell in page.cells
        if cell.on_page and not cell.options.hidden and cell.line not in inside
    )
    return max(1, math.ceil(words / WORDS + code / LINES + _doing(page) / 60))


def _doing(page: Page) -> float:
    """Return the seconds that the items take; of a test's pool, those of the questions drawn."""
    seconds = sum(item.takes for item in page.items)
    keyed = sum(bool(item.printed_key) for item in page.items)
    return seconds * min(1.0, DRAWN / keyed) if keyed and page.mode is Mode.TEST else seconds
