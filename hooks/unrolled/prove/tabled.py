"""Results and defaults that somebody typed into a table, told by the head of their column."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from unrolled.model.page import Page
from unrolled.model.problem import Code, Problem
from unrolled.prove import remedies
from unrolled.prove.numerals import WORDS
from unrolled.read import quotes, tables

DEFAULTS = re.compile(r"(?:the )?defaults?(?: value)?|by default", re.IGNORECASE)
RESULTS = re.compile(r"results?|values?|gives|returns|outputs?|it is|dtype", re.IGNORECASE)
MARKS = re.compile(r"[`*_'\"]+")
DTYPES = r"(?:torch\.)?(?:b?float|u?int)\d+|double|half|(?:long|short)(?: int\w*)?"
TRUTHS = "true|false|none|yes|no|on|off"
SAID = re.compile(
    rf"{TRUTHS}|{DTYPES}|zero|[01]|one|{WORDS}|relu|tanh|sigmoid|zeros|ones|mean|sum", re.IGNORECASE
)
"""A value, whole; of numbers in digits, those that no other rule finds in a table."""
EXPRESSION = re.compile(r"`([A-Za-z_]\w*(?:[.(\[][^`]*[\w)\]]))`")
"""Code that a run can be asked for."""


@dataclass(frozen=True)
class Row:
    """A row of a table, with the head above it."""

    line: int
    head: tuple[str, ...]
    cells: tuple[str, ...]


def problems(page: Page) -> Iterator[Problem]:
    """Yield a problem for each such cell of a table that readers see."""
    seen = {line for piece in page.visible for line in piece.lines}
    for row in rows(page.lines):
        if row.line not in seen:
            continue
        for head, said in zip(row.head, row.cells, strict=False):
            found = _found(row, head, said)
            if found:
                noun, remedy = found
                fact = f"nothing proves the {noun} '{MARKS.sub('', said)}' in a table"
                yield Problem(page.path, row.line, fact, remedy, code=Code.TYPED)


def _found(row: Row, head: str, said: str) -> tuple[str, str] | None:
    """Return what a cell types, and how a run says it; None where it types nothing."""
    name = MARKS.sub("", head).strip()
    if not SAID.fullmatch(MARKS.sub("", said).strip()):
        return None
    if DEFAULTS.fullmatch(name):
        argument = next((each for each in row.cells if each.startswith("`")), row.cells[0])
        return "default", remedies.default(" ".join((*row.head, argument)), argument)
    asked = next((found[1] for each in row.cells if (found := EXPRESSION.fullmatch(each))), "")
    if RESULTS.fullmatch(name) and asked:
        return "result", f"Let a run say it: `#!value {asked}`"
    return None


def rows(lines: Sequence[str]) -> Iterator[Row]:
    """Yield the rows of all tables, whoever sees them."""
    head: tuple[str, ...] = ()
    for number, line in enumerate(lines, 1):
        bare = quotes.without(line)
        if "|" not in bare:
            head = ()
        elif tables.RULE.match(bare):
            head = tables.cells(quotes.without(lines[number - 2])) if number > 1 else ()
        elif head:
            yield Row(number, head, tables.cells(bare))
