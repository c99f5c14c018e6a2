"""What the run of a trace gave, and why it cannot be shown."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from unrolled.blocks.trace.item import Trace, Traced, Vector
from unrolled.model.cell import Cell
from unrolled.model.problem import Code, Problem
from unrolled.model.runs import PageRuns


def found(item: Trace, ran: PageRuns) -> dict[str, Any] | None:
    """Return what tracing gave, its refusal too; None when the run did not come to it."""
    cell = ran.page.cell_at(item.cell) if item.cell else None
    for claim in cell.claims if cell else ():
        if claim.source == item.claim:
            verdict = ran.verdict(claim)
            return verdict.data if verdict and verdict.ok else None
    return None


def traced(item: Trace, ran: PageRuns) -> Traced | None:
    """Return the steps of a trace; None when there are none to show."""
    data = found(item, ran)
    return cast(Traced, data) if data and "layers" in data else None


def problems(item: Trace, ran: PageRuns) -> Iterator[Problem]:
    """Yield why a trace cannot be shown."""
    data = found(item, ran)
    if data and "fact" in data:
        fact, remedy = f"{data['fact']}, in the trace '{item.id}'", data["remedy"]
        yield Problem(ran.page.path, item.block.line, fact, remedy, code=Code.BLOCK)


def record(item: Trace, ran: PageRuns) -> Iterator[tuple[Cell, str]]:
    """Yield the state after each step, a line a step, for each of the layers."""
    data = traced(item, ran)
    cell = ran.page.cell_at(item.cell) if item.cell else None
    if data is None or cell is None:
        return
    lines: list[str] = []
    for number, layer in enumerate(data["layers"]):
        lines.append(f"--- trace {item.id}" + (f" {item.names[number]}" if number else ""))
        for label, step in zip(data["labels"], layer["steps"], strict=True):
            lines.append(f"{label}: {_written(step['h'])}")
    yield cell, "\n".join(lines)


def _written(numbers: Vector) -> str:
    return " ".join(f"{number:.3f}" for number in numbers)
