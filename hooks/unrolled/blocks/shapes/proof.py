"""What the sweep of a contract says.

A problem for each row that a configuration refutes, and the sentence beneath one that holds.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from unrolled.blocks.shapes.item import Contract, Row
from unrolled.blocks.shapes.layers import FEEDS
from unrolled.model.output import Run
from unrolled.model.problem import Code, Problem
from unrolled.model.runs import PageRuns

INPUTS = {
    "Sequence first": "sequence-first",
    "batch_first=True": "batch-first",
    "Batched": "batched",
    "Unbatched": "unbatched",
    "Packed": "packed",
}
FEW = 2
"""Numbers of layers that are listed one by one."""


def run_of(contract: Contract, ran: PageRuns) -> Run:
    """Return what the sweep of a contract gave."""
    return next(ran.of(trial.chain) for trial in ran.page.trials_of(contract))


def problems(contract: Contract, ran: PageRuns) -> Iterator[Problem]:
    """Yield what the runs refute of a contract."""
    if not contract.rows:
        return
    path, line, layer = ran.page.path, contract.block.line, contract.layer
    run = run_of(contract, ran)
    result: dict[str, Any] | None = run.result
    if result is None:
        raised = run.outputs[-1].exception if run.outputs else None
        detail = raised.text if raised else f"ended by {run.fate}" if run.fate else ""
        fact = f"the sweep of '{layer}' does not come to its end"
        yield Problem(path, line, fact, "Sweep less, or report it", detail, code=Code.CONTRACT)
    elif result["error"]:
        error = result["error"]
        detail = f"in       {error['call']}\ninput    {error['input']}\nraises   {error['text']}"
        yield Problem(
            path,
            line,
            f"the sweep of '{layer}' comes to a configuration that fails",
            "Sweep less",
            detail,
            code=Code.CONTRACT,
        )
    else:
        for row, fared in zip(contract.rows, result["rows"], strict=True):
            yield from _row(path, contract, row, fared)


def _row(path: str, contract: Contract, row: Row, fared: dict[str, Any]) -> Iterator[Problem]:
    for column, shape in row.shapes:
        refuted = fared["refuted"].get(column)
        if not fared["tried"].get(column):
            fact = f"no configuration of the sweep has '{row.tensor}'"
            remedy = "Sweep the setting that gives it to the layer, or delete the row"
            yield Problem(path, row.line, fact, remedy, code=Code.CONTRACT)
        elif refuted:
            share = f"{refuted['count']} of {fared['tried'][column]} configurations"
            fact = f"'{row.tensor}' under '{column}' has another shape, in {share}"
            expected = (
                "a division by zero" if refuted["expected"] is None else _shape(refuted["expected"])
            )
            actual = (
                refuted["actual"]
                if isinstance(refuted["actual"], str)
                else _shape(refuted["actual"])
            )
            where = f"in       {refuted['call']}\ninput    {refuted['input']}"
            detail = f"expected {shape} = {expected}\nactual   {actual}\n{where}"
            remedy = f"Fix the row, so that it holds for every '{contract.layer}' of the sweep"
            yield Problem(path, row.line, fact, remedy, detail, code=Code.CONTRACT)


def _shape(sizes: list[int]) -> str:
    return str(tuple(sizes))


def sentence(contract: Contract, run: Run) -> str:
    """Return what readers are told of a contract that holds.

    Over how many configurations, of what, and on which torch.
    """
    result: dict[str, Any] = run.result
    counts = [row["held"] for row in result["rows"]]
    if len(set(counts)) == 1:
        subject = "Each row held" if len(counts) > 1 else "The row held"
        held = f"{subject} in all {counts[0]} configurations"
    else:
        each = _listed(
            [f"{row.tensor} {count}" for row, count in zip(contract.rows, counts, strict=True)]
        )
        total = result["configurations"]
        held = f"Each row held in every configuration that it speaks of ({each}), of {total} in all"
    feeds = set(contract.columns) & set(FEEDS)
    swept = [
        _values(name, values)
        for name, values in contract.settings
        if name != "batch_first" or not feeds
    ]
    inputs = _listed([INPUTS[column] for column in contract.columns]) + " input"
    return (
        f"{held}: {', '.join(swept)}; {inputs}; {result['sets']} sets of sizes (torch {run.torch})."
    )


def _values(name: str, values: tuple[object, ...]) -> str:
    if set(values) == {0, "any"}:
        return f"{name} off and on"
    if isinstance(values[0], bool):
        return f"{name} {_listed(['on' if v else 'off' for v in sorted(map(bool, values))])}"
    numbers = [int(str(v)) for v in values] if name == "num_layers" else []
    if len(numbers) > FEW and numbers == list(range(numbers[0], numbers[-1] + 1)):
        return f"{name} {numbers[0]}–{numbers[-1]}"
    return f"{name} {_listed([str(v) for v in values])}"


def _listed(words: list[str]) -> str:
    return " and ".join(part for part in (", ".join(words[:-1]), words[-1]) if part)
