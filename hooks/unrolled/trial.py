"""Trials: what the runs of an experiment measured, and whether every seed reaches its targets."""

import json
import operator
from collections.abc import Iterator

from unrolled.engine import Engine
from unrolled.experiment import SEEN_AGAIN
from unrolled.page import Experiment, Page, Target
from unrolled.problem import Problem

OPERATORS = {">=": operator.ge, "<=": operator.le, ">": operator.gt, "<": operator.lt}
WORDS = {">=": "at least", "<=": "at most", ">": "more than", "<": "less than"}
NEEDED = ("baseline", "solution")
FEWEST_SEEDS = 3

Metrics = dict[str, list[dict[str, float]]]
"""For each training, by name, the metrics of each seed."""


def metrics(page: Page, item: Experiment, engine: Engine) -> Metrics | None:
    """Return what the runs of an experiment measured, or None when they did not come to their end."""
    if item.cell < 0:
        return None
    cell = page.cells[item.cell]
    output = engine.output(cell, page)
    position = next(i for i, claim in enumerate(cell.claims) if claim.kind == "metrics")
    if output is None or len(output.claims) <= position or not output.claims[position].ok:
        return None
    measured: Metrics = json.loads(output.claims[position].text)
    return measured


def _changed(page: Page, item: Experiment, engine: Engine, measured: Metrics) -> bool:
    """Return whether a later cell of the chain made something else of `metrics`."""
    for cell in page.cells:
        for position, claim in enumerate(cell.claims):
            if claim.kind == SEEN_AGAIN and cell.index > item.cell and page.chain_of(cell) == page.chain_of(page.cells[item.cell]):
                output = engine.output(cell, page)
                verdict = output.claims[position] if output and len(output.claims) > position else None
                return verdict is not None and verdict.ok and repr(json.loads(verdict.text)) != repr(measured)
    return False


def values(measured: Metrics, target: Target) -> list[float]:
    """Return what each seed gave of what a target speaks of; empty when nothing was measured."""
    return [seed[target.metric] for seed in measured.get(target.run, []) if target.metric in seed]


def holds(target: Target, value: float) -> bool:
    """Return whether one seed reaches a target."""
    return OPERATORS[target.sign](value, target.bound)


def problems(page: Page, engine: Engine) -> Iterator[Problem]:
    """Yield a problem for each target that a seed misses, and for trainings that are missing."""
    for item in page.experiments:
        measured = metrics(page, item, engine)
        if measured is None:
            continue  # The cell failed, or there is none: that is reported where it is.
        line = page.cells[item.cell].line
        if _changed(page, item, engine, measured):
            yield Problem(page.path, line, "a cell after this one changes 'metrics'", "Bind all of it here, in the last training cell")
        for name in NEEDED:
            seeds = len(measured.get(name, []))
            if seeds < FEWEST_SEEDS:
                remedy = f"Train it with at least {FEWEST_SEEDS}: one seed says nothing"
                yield Problem(page.path, line, f"'metrics' holds {seeds} seeds of '{name}' in the experiment '{item.id}'", remedy)
        for target in item.targets:
            if target.sign and target.metric:
                yield from _missed(page.path, item, target, measured)


def _missed(path: str, item: Experiment, target: Target, measured: Metrics) -> Iterator[Problem]:
    found = values(measured, target)
    said = f"the target '{target.text}' of the experiment '{item.id}'"
    if not found:
        known = ", ".join(f"{run} {metric}" for run, seeds in measured.items() for metric in (seeds[0] if seeds else {}))
        yield Problem(path, target.line, f"{said} speaks of what was not measured", f"Use one of: {known}")
    elif len(found) < len(measured[target.run]):
        fact = f"{len(measured[target.run]) - len(found)} of {len(measured[target.run])} seeds of '{target.run}' have no '{target.metric}'"
        yield Problem(path, target.line, f"{said} leaves seeds out: {fact}", "Measure it with every seed")
    elif not all(holds(target, value) for value in found):
        detail = f"expected {target.sign} {target.bound:g} with every seed\nactual   {', '.join(f'{value:.4g}' for value in found)}"
        yield Problem(path, target.line, f"{said} does not hold", "Mend the experiment, or state a target that it meets", detail)
