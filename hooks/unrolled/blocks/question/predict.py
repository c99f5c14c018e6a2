"""Questions whose answer is what a cell gives: its output, or the exception that it raises."""

from __future__ import annotations

from collections.abc import Iterator

from unrolled.blocks.question.item import RUNS, Question
from unrolled.model.cell import Cell
from unrolled.model.output import Output
from unrolled.model.page import Page
from unrolled.model.problem import Code, Problem
from unrolled.model.runs import PageRuns
from unrolled.model.shape import meaning


def predict_output(question: Question, ran: PageRuns) -> Iterator[Problem]:
    """Yield what is wrong with a question about what a cell prints."""
    yield from _no_cell(ran.page, question)
    cell, output = _predicted(question, ran)
    if cell is None or output is None:
        return
    of = f"the cell of question '{question.id}'"
    actual = output.text
    if output.exception and not cell.options.raises:
        return  # It was not promised, which is said of the cell.
    if output.exception:
        fact = f"{of} raises {output.exception.type}"
        yield Problem(
            ran.page.path, cell.line, fact, "Make it kind: predict-error", code=Code.ANSWER
        )
    elif not actual:
        yield Problem(
            ran.page.path,
            cell.line,
            f"{of} prints nothing",
            "Print what is to be predicted",
            code=Code.ANSWER,
        )
    else:
        yield from _compare(ran.page.path, question, actual)


def predict_error(question: Question, ran: PageRuns) -> Iterator[Problem]:
    """Yield what is wrong with a question about what a cell raises."""
    yield from _no_cell(ran.page, question)
    cell, output = _predicted(question, ran)
    if cell is None or output is None:
        return
    wrong = [*_compare(ran.page.path, question, raised(output))]
    yield from wrong
    error = output.exception
    if error and not wrong and question.is_to_raise(cell) and not cell.options.raises:
        fact = f"the cell of question '{question.id}' raises {error.type} and does not promise it"
        remedy = f"Write raises={error.type} in its braces"
        yield Problem(ran.page.path, cell.line, fact, remedy, code=Code.ANSWER)


def raised(output: Output) -> str:
    """Return what a cell raised, in one line; `runs` when nothing."""
    return " ".join(output.exception.text.split()) if output.exception else RUNS


def _visible(page: Page, question: Question) -> list[Cell]:
    return [c for c in page.cells if c.line in question.stem and c.runs and not c.options.hidden]


def _predicted(question: Question, ran: PageRuns) -> tuple[Cell | None, Output | None]:
    """Return the cell to predict, the last visible one of the stem, and what it gave."""
    visible = _visible(ran.page, question)
    return (visible[-1], ran.output(visible[-1])) if visible else (None, None)


def _no_cell(page: Page, question: Question) -> Iterator[Problem]:
    if not _visible(page, question):
        fact = f"question '{question.id}' is {question.kind} and has no cell"
        remedy = "Put the cell to predict into the stem, before the options"
        yield Problem(page.path, question.block.line, fact, remedy, code=Code.ANSWER)


def _compare(path: str, question: Question, actual: str) -> Iterator[Problem]:
    """Yield a problem for each key that is not what the run gave, and each distractor that is.

    A key that stands at another option than it should is one mistake.
    """
    right = [c for c in question.choices if meaning(c.said) == meaning(actual)]
    wrong = [c for c in question.keys if " ".join(c.said.split()) != " ".join(actual.split())]
    for choice in wrong:
        detail = f"expected {choice.said}\nactual   {actual}"
        fact = f"the key of question '{question.id}' is not what the run gives"
        remedy = "Make it the actual outcome"
        if right and right[0] is not choice and not question.multiple:
            remedy = f"Mark {right[0].name} in its place"
        yield Problem(path, choice.line, fact, remedy, detail, code=Code.ANSWER)
    if not question.keys or (wrong and right and not question.multiple):
        return
    for choice in right:
        if not choice.key:
            fact = f"the distractor {choice.name} of question '{question.id}' is right"
            remedy, detail = "Mark it as the key, or make it wrong", f"actual   {actual}"
            yield Problem(path, choice.line, fact, remedy, detail, code=Code.ANSWER)
