"""What is run to prove a `choose-code` question: each option, between the stem and the check."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence

from unrolled.blocks.question.item import CHECK, Choice, Question, QuestionKind
from unrolled.model.cell import Cell, Chain, Options
from unrolled.model.output import Run
from unrolled.model.page import Trial
from unrolled.model.runs import PageRuns


def trials(question: Question, cells: Sequence[Cell], chains: Sequence[Chain]) -> Iterator[Trial]:
    """Yield a chain for each option, if the stem can run.

    It goes on from where the stem's last cell does.
    """
    stem = [cell for cell in cells if cell.line in question.stem]
    checks = [cell for cell in stem if cell.options.part == CHECK]
    if (
        question.kind is not QuestionKind.CHOOSE_CODE
        or not checks
        or len(stem) < len(question.stem)
    ):
        return
    last = next((cell for cell in reversed(stem) if cell.runs), None)
    chain = next((chain.cells for chain in chains if last in chain.cells), ())
    before = chain[: chain.index(last) + 1] if last and chain else ()
    setup = [dataclasses.replace(cell, claims=(), on_page=False) for cell in before]
    tried = [
        dataclasses.replace(check, options=Options(probe=True), on_page=False) for check in checks
    ]
    for number, choice in enumerate(question.choices):
        line, end = (choice.line - 1, choice.line)
        if choice.fence:
            line, end = choice.fence.line, choice.fence.end
        option = Cell(line, end, choice.said, Options(probe=True), on_page=False)
        yield Trial(question, name(number), Chain((*setup, option, *tried)))


def name(number: int) -> str:
    """Return what the trial of an option is called."""
    return f"option {number}"


def outcomes(question: Question, ran: PageRuns) -> Iterator[tuple[Choice, str]]:
    """Yield each option that was tried with what it came to: "" when it passed, else `Type.

    Message` of what was raised.
    """
    tried = {trial.name: trial.chain for trial in ran.page.trials_of(question)}
    for number, choice in enumerate(question.choices):
        if name(number) in tried:
            yield choice, _outcome(ran.of(tried[name(number)]))


def _outcome(run: Run) -> str:
    if run.fate:
        return f"ended by {run.fate}"
    last = run.outputs[-1].exception if run.outputs else None
    return last.text if last else ""
