"""What is run where options are code: each of them, between the stem and the check.

Of code with blanks, an option is what goes into them.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence

from unrolled.blocks.question import blanks
from unrolled.blocks.question.item import BLANK, CHECK, GAP, Choice, Question, QuestionKind
from unrolled.model.cell import Cell, Chain, Options
from unrolled.model.item import Trial
from unrolled.model.output import Run
from unrolled.model.runs import PageRuns


def trials(question: Question, cells: Sequence[Cell], chains: Sequence[Chain]) -> Iterator[Trial]:
    """Yield a chain for each option, if the stem can run.

    It goes on from where the stem's last cell does.
    """
    stem = [cell for cell in cells if cell.line in question.stem]
    checks = [cell for cell in stem if cell.options.part == CHECK]
    is_tried = question.kind is not None and question.kind.is_tried
    if not is_tried or not checks or len(stem) < len(question.stem):
        return
    template = next((cell.code for cell in stem if cell.options.part == BLANK), "")
    last = next((cell for cell in reversed(stem) if cell.runs), None)
    chain = next((chain.cells for chain in chains if last in chain.cells), ())
    before = chain[: chain.index(last) + 1] if last and chain else ()
    setup = [dataclasses.replace(cell, claims=(), on_page=False) for cell in before]
    tried = [
        dataclasses.replace(check, options=Options(probe=True), on_page=False) for check in checks
    ]
    for number, choice in enumerate(question.choices):
        if not _fits(question, choice, template):
            continue
        code = written(question, choice, template)
        line, end = (choice.line - 1, choice.line)
        if choice.fence:
            line, end = choice.fence.line, choice.fence.end
        option = Cell(line, end, code, Options(probe=True), on_page=False)
        yield Trial(question, name(number), Chain((*setup, option, *tried)))


def _fits(question: Question, choice: Choice, template: str) -> bool:
    """Return whether an option fills the blanks that there are: else its form is wrong."""
    if question.kind is not QuestionKind.COMPLETE_CODE:
        return True
    return not any(blanks.miswritten(template)) and len(choice.fillings) == template.count(GAP)


def written(question: Question, choice: Choice, template: str) -> str:
    """Return the code of an option: its own, or the template's with its fillings."""
    if question.kind is not QuestionKind.COMPLETE_CODE:
        return choice.said
    code = template
    for filling in choice.fillings:
        code = code.replace(GAP, filling, 1)
    return code


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
