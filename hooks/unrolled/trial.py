"""Trials: what the runs of an experiment measured, and whether every seed reaches its targets."""

import json
import operator
from collections.abc import Iterable, Iterator

from unrolled.engine import Engine
from unrolled.experiment import METRICS, METRICS_AGAIN
from unrolled.page import Experiment, Page, Target
from unrolled.problem import Problem

OPERATORS = {">=": operator.ge, "<=": operator.le, ">": operator.gt, "<": operator.lt}
WORDS = {">=": "at least", "<=": "at most", ">": "more than", "<": "less than"}
SMALL = 10
"""Below this, a metric's digits behind the point matter; above, they are noise."""
NEEDED = ("baseline", "solution")
FEWEST_SEEDS = 3

Metrics = dict[str, list[dict[str, float]]]
"""For each training, by name, the metrics of each seed."""


def metrics(page: Page, item: Experiment, engine: Engine) -> Metrics | None:
    """Return what the runs of an experiment measured, or None when they did not come to their end."""
    said = _said(page, item, METRICS, engine)
    return json.loads(said) if said is not None else None


def _said(page: Page, item: Experiment, kind: str, engine: Engine) -> str | None:
    """Return what the experiment's claim of this kind gave, as JSON."""
    for cell in page.cells:
        for position, claim in enumerate(cell.claims):
            if claim.kind == kind and item.block.line < cell.line < item.block.end:
                output = engine.output(cell, page)
                verdict = output.claims[position] if output and len(output.claims) > position else None
                return verdict.text if verdict and verdict.ok else None
    return None


def digits(found: Iterable[float]) -> str:
    """Return the format for such metrics: percentages in whole numbers; what is small, as losses are, with the digits that matter."""
    return ".0f" if any(abs(value) >= SMALL for value in found) else ".3g"


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
        if _said(page, item, METRICS_AGAIN, engine) not in (None, _said(page, item, METRICS, engine)):
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
