"""The table of a shape contract: its columns and rows, and what is wrong with them."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from unrolled.blocks.shapes import expression
from unrolled.blocks.shapes.item import Row, Settings
from unrolled.blocks.shapes.layers import FEEDS, Layer
from unrolled.model.block import Block
from unrolled.model.kind import Source
from unrolled.model.problem import Code, Problem
from unrolled.read.near import near

NOTHING = ("", "-", "–", "—")
"""What an empty cell of the table may hold."""
SPAN = re.compile(r"`([^`]+)`")


@dataclass(frozen=True)
class Line:
    """A row of a table as written."""

    line: int
    cells: tuple[str, ...]


def lines(source: Source, block: Block) -> tuple[list[Line], list[Problem]]:
    """Return the head and the rows of a contract's table; nothing where it has none."""
    rows: list[Line] = []
    tables: list[int] = []
    for position, token in enumerate(source.tokens):
        if not token.map or not block.line <= token.map[0] < block.end - 1:
            continue
        if token.type == "table_open":
            tables.append(token.map[0] + 1)
        elif token.type == "tr_open" and len(tables) == 1:
            cells = itertools.takewhile(lambda t: t.type != "tr_close", source.tokens[position:])
            texts = tuple(t.content.strip() for t in cells if t.type == "inline")
            rows.append(Line(token.map[0] + 1, texts))
    problems = [
        Problem(
            source.path,
            line,
            "a contract has a second table",
            "Put it into a block of its own",
            code=Code.CONTRACT,
        )
        for line in tables[1:]
    ]
    if len(rows) < 2:
        fact = "a contract has no table of shapes"
        remedy = "Give it one: | Tensor | Sequence first | … |, and a row for each tensor"
        problems.append(
            Problem(
                source.path, tables[0] if tables else block.line, fact, remedy, code=Code.CONTRACT
            )
        )
        return [], problems
    return rows, problems


def columns(
    path: str, head: Line, name: str, layer: Layer, settings: Settings
) -> tuple[list[str], list[Problem]]:
    """Return what the columns after the first stand for, and what is wrong with them."""
    known = {column.lower(): column for column in layer.columns}
    found: list[str] = []
    problems: list[Problem] = []
    for text in head.cells[1:]:
        column = known.get(text.replace("`", "").lower(), "")
        fault = _column_fault(text, column, found, name, layer, settings)
        if fault:
            problems.append(Problem(path, head.line, *fault, code=Code.CONTRACT))
        found.append(column)
    if not found:
        remedy = f"Add one of: {', '.join(layer.columns)}"
        problems.append(
            Problem(
                path,
                head.line,
                "a contract's table has no column of shapes",
                remedy,
                code=Code.CONTRACT,
            )
        )
    return found, problems


def _column_fault(
    text: str, column: str, before: Sequence[str], name: str, layer: Layer, settings: Settings
) -> tuple[str, str] | None:
    if not column:
        return f"a contract of '{name}' has no column '{text}'", near(
            text.replace("`", ""), layer.columns
        )
    if column in before:
        return f"the column '{text}' appears twice", "Delete one"
    if column in FEEDS and FEEDS[column] not in settings.get("batch_first", (False,)):
        value = str(FEEDS[column]).lower()
        remedy = f"Add {value} to 'batch_first' in the sweep, or delete the column"
        return f"the sweep never comes to the column '{text}'", remedy
    return None


def rows(
    path: str,
    body: Sequence[Line],
    heads: Sequence[str],
    name: str,
    layer: Layer,
    settings: Settings,
) -> tuple[tuple[Row, ...], list[Problem]]:
    """Return the rows, and what is wrong with them.

    The first code span of a row's first cell is the tensor's name.
    """
    seen: dict[str, int] = {}
    found: list[Row] = []
    problems: list[Problem] = []
    for line in body:
        first, *cells = line.cells
        span = SPAN.search(first)
        tensor = span[1].strip() if span else first
        stated = [
            (head, text.strip("` "))
            for head, text in zip(heads, cells, strict=False)
            if text not in NOTHING
        ]
        faults = [*_tensor_faults(tensor, line.line, seen, name, layer)]
        if not stated:
            fact = f"the row '{tensor}' states no shape"
            faults.append((fact, "State one, such as `(N, L, H_in)`, or delete the row"))
        shapes: list[tuple[str, str]] = []
        for head, text in stated:
            shape, fault = expression.read(text, layer, settings)
            shapes.append((head, shape))
            if fault:
                faults.append((f"'{tensor}' under '{head}': {fault[0]}", fault[1]))
        problems += [Problem(path, line.line, *fault, code=Code.CONTRACT) for fault in faults]
        found.append(Row(line.line, tensor, tuple(shapes)))
    return tuple(found), problems


def _tensor_faults(
    tensor: str, line: int, seen: dict[str, int], name: str, layer: Layer
) -> Iterator[tuple[str, str]]:
    if tensor not in layer.tensors and not re.fullmatch(layer.parameters, tensor):
        yield f"'{name}' has no tensor '{tensor}'", near(tensor, layer.tensors)
    if seen.setdefault(tensor, line) != line:
        yield f"'{tensor}' has a row already, at line {seen[tensor]}", "Delete one"
