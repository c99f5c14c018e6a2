"""Tables that the page would not show as they are written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from markdown_it.token import Token

from unrolled.model.problem import Code, Problem
from unrolled.read import quotes

RULE = re.compile(r"^[ ]*\|?[ ]*:?-+:?[ ]*(?:\|[ ]*:?-+:?[ ]*)*\|?[ ]*$")
"""The line beneath a table's head."""
BAR = re.compile(r"(?<!\\)(?:\\\\)*\|")
SPAN = re.compile(r"(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)")


def problems(path: str, lines: Sequence[str], stream: Sequence[Token]) -> Iterator[Problem]:
    """Yield a problem for each table that would be text, and each row that would lose a cell."""
    before: Token | None = None
    for token in stream:
        if token.type == "table_open" and token.map:
            yield from _rows(path, lines, *token.map)
        if token.type == "table_open" and token.map and before and before.map:
            # The tokens of a paragraph end where those of the table begin.
            line = token.map[0]
            if before.type == "inline" and before.map[1] == line and lines[line - 1].strip():
                yield _as_text(path, line + 1)
        if token.type == "inline" and token.map:
            yield from _uneven(path, lines, *token.map)
            before = token
        elif token.type != "paragraph_close":
            before = None


def _uneven(path: str, lines: Sequence[str], first: int, after: int) -> Iterator[Problem]:
    """Yield where a paragraph would be a table, had the rule as many columns as the head."""
    for number in range(first + 1, after):
        head, rule = (quotes.without(line) for line in lines[number - 1 : number + 1])
        if not (BAR.search(head) and "|" in rule and RULE.match(rule)):
            continue
        columns, ruled = len(cells(head)), len(cells(rule))
        if columns != ruled:
            fact = (
                f"the page would show no table: columns of its head {columns}, of its rule {ruled}"
            )
            remedy = "Write one --- for each column of the head"
            yield Problem(path, number + 1, fact, remedy, code=Code.MARKDOWN)


def _rows(path: str, lines: Sequence[str], first: int, after: int) -> Iterator[Problem]:
    """Yield the rows with more cells than the head, which the page leaves out."""
    columns = len(cells(lines[first]))
    for number in range(first + 2, after):
        if lines[number].lstrip().startswith("///"):
            return  # The end of a block, which CommonMark takes for a row.
        found = len(cells(lines[number]))
        if found > columns:
            fact = f"this row has {found} cells and the table {columns} columns: the rest is lost"
            remedy = r"Give the head as many, or write \| for a | in a text"
            yield Problem(path, number + 1, fact, remedy, code=Code.MARKDOWN)


def cells(line: str) -> tuple[str, ...]:
    """Return the cells of a row, without the blanks around them.

    A bar in code belongs to the code, as the page reads it.
    """
    inner = line.strip().removeprefix("|")
    taken = [found.span() for found in SPAN.finditer(inner)]
    ends = [
        found.end() - 1
        for found in BAR.finditer(inner)
        if not any(begin <= found.start() < end for begin, end in taken)
    ]
    if not ends or inner[ends[-1] + 1 :].strip():
        ends.append(len(inner))
    begins = [0, *(end + 1 for end in ends[:-1])]
    return tuple(inner[b:e].strip() for b, e in zip(begins, ends, strict=True))


def _as_text(path: str, line: int) -> Problem:
    fact = "this table would be shown as a part of the line above it"
    return Problem(path, line, fact, "Leave a blank line before it", code=Code.MARKDOWN)
