"""Proof of explorers: torch refuses what the page says that it refuses."""

from __future__ import annotations

from collections.abc import Iterator

from unrolled.blocks.explorer.item import Explorer, Refusals
from unrolled.model.output import Run
from unrolled.model.problem import Code, Problem
from unrolled.model.runs import PageRuns


def run_of(item: Explorer, ran: PageRuns) -> Run:
    """Return what asking torch gave."""
    return next(ran.of(trial.chain) for trial in ran.page.trials_of(item))


def problems(item: Explorer, ran: PageRuns) -> Iterator[Problem]:
    """Yield what the run refutes of an explorer."""
    path, line, run = ran.page.path, item.block.line, run_of(item, ran)
    refusals: Refusals | None = run.result
    if refusals is None:
        raised = run.outputs[-1].exception if run.outputs else None
        detail = raised.text if raised else f"ended by {run.fate}" if run.fate else ""
        fact = "torch cannot be asked what it refuses"
        yield Problem(path, line, fact, "Report it", detail, code=Code.CONTRACT)
        return
    for layer, said in refusals.items():
        for name in (name for name, message in said.items() if message is None):
            fact = f"torch {run.torch} no longer refuses 'nn.{layer}' by the case '{name}'"
            remedy = "Fix quiz_js/shapes.js and hooks/unrolled/blocks/explorer/refusals.py"
            yield Problem(path, line, fact, remedy, code=Code.CONTRACT)
