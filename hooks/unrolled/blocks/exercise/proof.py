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

    def problem(line: int, fact: str, remedy: str, detail: str = "") -> Problem:
        return Problem(path, line, fact, remedy, detail, code=Code.EXERCISE)

    stub, solution = _raised(runs["stub"]), _raised(runs["solution"])
    if fate := runs["stub"].fate or runs["solution"].fate:
        fact = f"the check of {name} does not come to its end: {fate}"
        yield problem(item.check, fact, "Make it shorter")
    elif stub is None:
        fact = f"the check of {name} passes with the stub"
        yield problem(item.check, fact, "Leave more for the reader to write, or check more")
    elif stub.type in MISHAPS:
        fact = f"the stub of {name} fails by a mistake of its own"
        remedy = "Fix the stub, so that only what is to be written is missing"
        yield problem(item.stub, fact, remedy, stub.text)
    elif solution is not None:
        fact = f"the solution of {name} fails the check"
        yield problem(item.solution[0], fact, "Fix the solution or the check", solution.text)


def _raised(run: Run) -> Raised | None:
    return run.outputs[-1].exception if run.outputs else None


def sentence(item: Exercise, ran: PageRuns) -> str:
    """Return what readers are told of how an exercise was proved."""
    run = next(ran.of(trial.chain) for trial in ran.page.trials_of(item))
    return (
        f"The check fails with the stub and passes with the solution, torch {run.torch},"
        f" {run.date}."
    )
