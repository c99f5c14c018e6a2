"""The mistaken code behind distractors.

What it gives must be the option whose rationale holds it.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from unrolled.blocks.question import literals
from unrolled.blocks.question.item import CAUSE, Choice, Question, QuestionKind
from unrolled.blocks.question.predict import raised
from unrolled.model.cell import Cell
from unrolled.model.page import Page
from unrolled.model.problem import Code, Problem
from unrolled.model.runs import PageRuns
from unrolled.read import comments

WORD = re.compile(r"[A-Za-z_]\w*|\d+")
DRAWS = {"randn", "rand", "randint", "normal", "randperm"}
"""Functions that draw the data of a question."""
ALIKE = 0.6
"""Share of the words of mistaken code that the stem must have, where it uses none of its names."""


def cause_cells(page: Page, question: Question) -> Iterator[tuple[Cell, Choice | None]]:
    """Yield each cause cell of a question, with the option whose rationale holds it.

    None when none does.
    """
    for cell in page.cells_in(question.block):
        if cell.options.part == CAUSE:
            yield cell, next((c for c in question.choices if c.line <= cell.line < c.end), None)


def causing(page: Page, question: Question, choice: Choice) -> Cell | None:
    """Return the mistaken code that leads to an option, if it has some."""
    return next((cell for cell, of in cause_cells(page, question) if of is choice), None)


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
        if not _is_of_stem(ran.page, question, cell):
            fact = "this mistaken code has nothing of the question's own"
            remedy = "Use what the stem makes, or write the stem's code with the mistake in it"
            yield Problem(path, cell.line, fact, remedy, code=Code.ANSWER)
        elif literals.differ(cell.code, _stem(ran.page, question)):
            fact = "this mistaken code types what it shows"
            remedy = "Work it out from what the stem makes"
            yield Problem(path, cell.line, fact, remedy, code=Code.ANSWER)
        elif drawn := _drawn_anew(ran.page, question, cell):
            fact = f"this mistaken code draws data that the question does not: {drawn}"
            remedy = "Use the stem's own data, changed where the mistake is"
            yield Problem(path, cell.line, fact, remedy, code=Code.ANSWER)
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


def _is_of_stem(page: Page, question: Question, cause: Cell) -> bool:
    """Return whether mistaken code uses what the stem binds, or is the stem's code, changed."""
    stem = _stem(page, question)
    if not stem:
        return True
    stored = {node.id for node in _names(stem) if isinstance(node.ctx, ast.Store)}
    loaded = {node.id for node in _names(cause.code) if isinstance(node.ctx, ast.Load)}
    own = {node.id for node in _names(cause.code) if isinstance(node.ctx, ast.Store)}
    if cause.options.continuation and stored & loaded - own:
        return True
    words = WORD.findall(cause.code)
    known = set(WORD.findall(stem)) | {"print"}
    return sum(word in known for word in words) >= ALIKE * len(words)


def _drawn_anew(page: Page, question: Question, cause: Cell) -> str:
    """Return a call that draws data which no call of the stem draws; empty where there is none."""
    stem = _stem(page, question)
    if not stem:
        return ""
    own = {ast.unparse(call) for call in _draws(stem)}
    return next((said for call in _draws(cause.code) if (said := ast.unparse(call)) not in own), "")


def _draws(code: str) -> list[ast.Call]:
    """Return the calls in code that draw a tensor."""
    return [
        node
        for node in ast.walk(comments.parsed(code))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in DRAWS
    ]


def _stem(page: Page, question: Question) -> str:
    return "\n".join(cell.code for cell in page.cells if cell.line in question.stem)


def _names(code: str) -> list[ast.Name]:
    return [node for node in ast.walk(comments.parsed(code)) if isinstance(node, ast.Name)]
