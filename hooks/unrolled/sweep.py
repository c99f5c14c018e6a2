"""What the run of a contract says: a problem for each row that a configuration refutes, and the sentence beneath one that holds."""

import json
from collections.abc import Iterator
from typing import Any

from unrolled.contract import FEEDS
from unrolled.engine import Engine
from unrolled.output import Run
from unrolled.page import Contract, Page, Row
from unrolled.problem import Problem

KINDS = {
    "Sequence first": "sequence-first",
    "batch_first=True": "batch-first",
    "Batched": "batched",
    "Unbatched": "unbatched",
    "Packed": "packed",
}


def problems(page: Page, engine: Engine) -> list[Problem]:
    """Return what the runs refute of the page's contracts."""
    return [p for contract in page.contracts for p in _contract(page.path, contract, engine.result(contract.chain, page))]


def sentence(contract: Contract, run: Run) -> str:
    """Return what readers are told of a contract that holds: over how many configurations, of what, and on which torch."""
    result = _result(run)
    assert result
    counts = [row["held"] for row in result["rows"]]
    if len(set(counts)) == 1:
        subject = "Each row held" if len(counts) > 1 else "The row held"
        held = f"{subject} in all {counts[0]} configurations"
    else:
        each = _listed([f"{row.tensor} {count}" for row, count in zip(contract.rows, counts, strict=True)])
        held = f"Each row held in every configuration that it speaks of ({each}), of {result['configurations']} in all"
    swept = [_values(name, values) for name, values in contract.settings if name != "batch_first" or not set(contract.kinds) & set(FEEDS)]
    kinds = _listed([KINDS[kind] for kind in contract.kinds]) + " input"
    return f"{held}: {', '.join(swept)}; {kinds}; {result['sets']} sets of sizes (torch {run.torch})."


def _values(name: str, values: tuple[object, ...]) -> str:
    if set(values) == {0, "any"}:
        return f"{name} off and on"
    if isinstance(values[0], bool):
        return f"{name} {_listed(['on' if v else 'off' for v in sorted(map(bool, values))])}"
    if name == "num_layers" and len(values) > 2 and list(values) == list(range(int(str(values[0])), int(str(values[-1])) + 1)):
        return f"{name} {values[0]}–{values[-1]}"
    return f"{name} {_listed([str(v) for v in values])}"


def _listed(words: list[str]) -> str:
    return " and ".join(part for part in (", ".join(words[:-1]), words[-1]) if part)


def _result(run: Run) -> dict[str, Any] | None:
    """Return what the sweep printed, or nothing when it did not come to its end."""
    if run.fate or not run.outputs or run.outputs[-1].exception:
        return None
    read: dict[str, Any] = json.loads(run.outputs[-1].stdout)
    return read


def _contract(path: str, contract: Contract, run: Run) -> Iterator[Problem]:
    result = _result(run)
    if result is None:
        raised = run.outputs[-1].exception if run.outputs else None
        detail = raised.text if raised else f"ended by {run.fate.how}" if run.fate else ""
        yield Problem(
            path, contract.block.line, f"the sweep of '{contract.layer}' does not come to its end", "Sweep less, or report it", detail
        )
    elif result["error"]:
        error = result["error"]
        detail = f"in       {error['call']}\ninput    {error['input']}\nraises   {error['text']}"
        yield Problem(
            path, contract.block.line, f"the sweep of '{contract.layer}' comes to a configuration that fails", "Sweep less", detail
        )
    else:
        for row, fared in zip(contract.rows, result["rows"], strict=True):
            yield from _row(path, contract, row, fared)


def _row(path: str, contract: Contract, row: Row, fared: dict[str, Any]) -> Iterator[Problem]:
    for column, shape in row.shapes:
        refuted = fared["refuted"].get(column)
        if not fared["tried"].get(column):
            fact = f"no configuration of the sweep has '{row.tensor}'"
            yield Problem(path, row.line, fact, "Sweep the setting that gives it to the layer, or delete the row")
        elif refuted:
            fact = f"'{row.tensor}' under '{column}' has another shape, in {refuted['count']} of {fared['tried'][column]} configurations"
            expected = "a division by zero" if refuted["expected"] is None else str(tuple(refuted["expected"]))
            actual = refuted["actual"] if isinstance(refuted["actual"], str) else str(tuple(refuted["actual"]))
            detail = f"expected {shape} = {expected}\nactual   {actual}\nin       {refuted['call']}\ninput    {refuted['input']}"
            yield Problem(path, row.line, fact, f"Mend the row, so that it holds for every '{contract.layer}' of the sweep", detail)
