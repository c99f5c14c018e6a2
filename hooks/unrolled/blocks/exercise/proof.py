"""Proof of exercises: the check fails with the stub, and passes with the solution."""

from __future__ import annotations

from collections.abc import Iterator

from unrolled.blocks.exercise.item import Exercise
from unrolled.model.output import Raised, Run
from unrolled.model.problem import Code, Problem
from unrolled.model.runs import PageRuns

MISHAPS = ("NameError", "ModuleNotFoundError", "ImportError", "IndentationError", "SyntaxError")
"""What a stub that is only unfinished does not raise."""


def problems(item: Exercise, ran: PageRuns) -> Iterator[Problem]:
    """Yield what the runs refute of an exercise."""
    path, name = ran.page.path, f"exercise '{item.id}'"
    runs = {trial.name: ran.of(trial.chain) for trial in ran.page.trials_of(item)}
    if not runs or item.check is None or item.stub is None:
        return  # Its form is at fault, or a cell of it is: that is reported where it is.
    stub, solution = _raised(runs["stub"]), _raised(runs["solution"])
    if runs["stub"].fate or runs["solution"].fate:
        fate = runs["stub"].fate or runs["solution"].fate
        yield Problem(
            path,
            item.check,
            f"the check of {name} does not come to its end: {fate}",
            "Make it shorter",
            code=Code.EXERCISE,
        )
    elif stub is None:
        fact = f"the check of {name} passes with the stub"
        yield Problem(
            path,
            item.check,
            fact,
            "Leave more for the reader to write, or check more",
            code=Code.EXERCISE,
        )
    elif stub.type in MISHAPS:
        fact = f"the stub of {name} fails by a mistake of its own"
        yield Problem(
            path,
            item.stub,
            fact,
            "Fix the stub, so that only what is to be written is missing",
            stub.text,
            code=Code.EXERCISE,
        )
    elif solution is not None:
        fact = f"the solution of {name} fails the check"
        yield Problem(
            path,
            item.solution[0],
            fact,
            "Fix the solution or the check",
            solution.text,
            code=Code.EXERCISE,
        )


def _raised(run: Run) -> Raised | None:
    return run.outputs[-1].exception if run.outputs else None


def sentence(item: Exercise, ran: PageRuns) -> str:
    """Return what readers are told of how an exercise was proved."""
    run = next(ran.of(trial.chain) for trial in ran.page.trials_of(item))
    return (
        f"The check fails with the stub and passes with the solution, torch {run.torch},"
        f" {run.date}."
    )
