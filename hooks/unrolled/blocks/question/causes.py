"""The mistaken code behind distractors.

What it gives must be the option whose rationale holds it.
"""

from __future__ import annotations

from collections.abc import Iterator

from unrolled.blocks.question.item import CAUSE, Choice, Question, QuestionKind
from unrolled.blocks.question.predict import raised
from unrolled.model.cell import Cell
from unrolled.model.page import Page
from unrolled.model.problem import Code, Problem
from unrolled.model.runs import PageRuns


def cause_cells(page: Page, question: Question) -> Iterator[tuple[Cell, Choice | None]]:
    """Yield each cause cell of a question, with the option whose rationale holds it.

    None when none does.
    """
    for cell in page.cells_in(question.block):
        if cell.options.part == CAUSE:
            yield cell, next((c for c in question.choices if c.line <= cell.line < c.end), None)


def causes(question: Question, ran: PageRuns) -> Iterator[Problem]:
    """Yield the causes that explain no distractor, and those that do not lead to theirs."""
    path = ran.page.path
    for cell, choice in cause_cells(ran.page, question):
        if choice is None or choice.key:
            fact = "a 'cause' cell is outside a distractor's rationale"
            yield Problem(
                path, cell.line, fact, "Indent it into one, or drop 'cause'", code=Code.ANSWER
            )
            continue
        output = ran.output(cell)
        if output is None:
            continue
        actual = raised(output) if question.kind is QuestionKind.PREDICT_ERROR else output.text
        if " ".join(actual.split()) != " ".join(choice.said.split()):
            detail = f"expected {choice.said}\nactual   {actual}"
            fact = "this mistaken code does not lead to its option"
            yield Problem(
                path, cell.line, fact, "Fix the code, or the option", detail, code=Code.ANSWER
            )
