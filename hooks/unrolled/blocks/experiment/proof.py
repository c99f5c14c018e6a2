"""What the runs of an experiment measured, and whether every seed reaches its targets."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from unrolled.blocks.experiment.item import (
    Bound,
    Experiment,
    Metrics,
    Target,
    digits,
    holds,
    values,
)
from unrolled.blocks.experiment.reading import METRICS, METRICS_AGAIN
from unrolled.model.cell import Cell
from unrolled.model.problem import Code, Problem
from unrolled.model.runs import PageRuns

NEEDED = ("baseline", "solution")
FEWEST_SEEDS = 3


def metrics(item: Experiment, ran: PageRuns) -> Metrics | None:
    """Return what an experiment's runs measured, or None when they did not come to their end."""
    return cast(Metrics | None, ran.data(item, METRICS))


def problems(item: Experiment, ran: PageRuns) -> Iterator[Problem]:
    """Yield a problem for each target that a seed misses, and for trainings that are missing."""
    measured = metrics(item, ran)
    if measured is None or item.measures is None:
        return  # The cell failed, or there is none: that is reported where it is.
    path, line = ran.page.path, item.measures
    if ran.data(item, METRICS_AGAIN) not in (None, measured):
        remedy = "Bind all of it here, in the last training cell"
        yield Problem(
            path, line, "a cell after this one changes 'metrics'", remedy, code=Code.EXPERIMENT
        )
    for name in NEEDED:
        seeds = len(measured.get(name, []))
        if seeds < FEWEST_SEEDS:
            fact = f"'metrics' holds {seeds} seeds of '{name}' in the experiment '{item.id}'"
            yield Problem(
                path,
                line,
                fact,
                f"Train it with at least {FEWEST_SEEDS}: one seed says nothing",
                code=Code.EXPERIMENT,
            )
    for target in item.targets:
        if target.bound:
            yield from _missed(path, item, target, target.bound, measured)


def _missed(
    path: str, item: Experiment, target: Target, bound: Bound, measured: Metrics
) -> Iterator[Problem]:
    found = values(measured, bound)
    said = f"the target '{target.text}' of the experiment '{item.id}'"
    if not found:
        known = ", ".join(
            f"{run} {metric}"
            for run, seeds in measured.items()
            for metric in (seeds[0] if seeds else {})
        )
        yield Problem(
            path,
            target.line,
            f"{said} speaks of what was not measured",
            f"Use one of: {known}",
            code=Code.EXPERIMENT,
        )
    elif len(found) < len(measured[bound.run]):
        seeds = len(measured[bound.run])
        fact = (
            f"{said} leaves seeds out: {seeds - len(found)} of {seeds} seeds of '{bound.run}' have"
            f" no '{bound.metric}'"
        )
        yield Problem(path, target.line, fact, "Measure it with every seed", code=Code.EXPERIMENT)
    elif not all(holds(bound, value) for value in found):
        actual = ", ".join(f"{value:.4g}" for value in found)
        detail = f"expected {bound.sign} {bound.value:g} with every seed\nactual   {actual}"
        remedy = "Fix the experiment, or state a target that it meets"
        yield Problem(
            path, target.line, f"{said} does not hold", remedy, detail, code=Code.EXPERIMENT
        )


def record(item: Experiment, ran: PageRuns) -> Iterator[tuple[Cell, str]]:
    """Yield what was measured: a line a training, seed after seed, large numbers as integers."""
    measured = metrics(item, ran)
    cell = ran.page.cell_at(item.measures) if item.measures is not None else None
    if measured is None or cell is None:
        return
    seeds = {
        run: "; ".join(
            " ".join(f"{name}={value:{digits(value)}}" for name, value in seed.items())
            for seed in found
        )
        for run, found in measured.items()
    }
    yield cell, "--- metrics\n" + "\n".join(f"{run}: {found}" for run, found in seeds.items())
