"""Whether code with blanks is well formed: its cell, its blanks, and what goes into them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from unrolled.blocks.question.item import BLANK, GAP, Question, QuestionKind
from unrolled.model.kind import Source
from unrolled.model.problem import Code, Problem
from unrolled.read import comments

MOST = 3
"""Blanks that a reader can keep in mind at once."""

BLANK_LIKE = re.compile(r"(?<!\w)_{2,}(?!\w)")


def miswritten(code: str) -> Iterator[tuple[int, str]]:
    """Yield what looks like a blank and is none, with its line in the code, from 1.

    A name that the code binds, as in `out, __ = rnn(x)`, is meant as a name.
    """
    names = comments.bound(code)
    for number, line in enumerate(code.split("\n"), 1):
        for blank in BLANK_LIKE.findall(line.partition("#")[0]):
            if blank != GAP and blank not in names:
                yield number, blank


def problems(source: Source, question: Question) -> Iterator[Problem]:
    """Yield what is wrong with the code, the blanks and the fillings of a question."""
    cells = [cell for cell in source.cells_in(question.block) if cell.options.part == BLANK]
    name, line = f"question '{question.id}'", question.block.line

    def problem(line: int, fact: str, remedy: str) -> Problem:
        return Problem(source.path, line, fact, remedy, code=Code.QUESTION)

    if question.kind is not QuestionKind.COMPLETE_CODE:
        if cells:
            fact = f"{name} has code with blanks and is {question.block.option('kind')}"
            yield problem(cells[0].line, fact, "Make it kind: complete-code, or drop 'blank'")
        return
    if len(cells) != 1:
        fact = f"{name} is complete-code and has {len(cells)} cells with blanks"
        yield problem(line, fact, f"Write one cell ```{{.python blank}} with {GAP} for each blank")
        return
    for number, blank in miswritten(cells[0].code):
        fact = f"the blank '{blank}' of {name} has {len(blank)} underscores"
        yield problem(cells[0].line + number, fact, f"A blank is written {GAP}: four underscores")
        return
    count = cells[0].code.count(GAP)
    if not 1 <= count <= MOST:
        fact = f"the code of {name} has {count} blanks"
        yield problem(cells[0].line, fact, f"Leave one to {MOST}, each written {GAP}")
        return
    if question.multiple:
        fact = f"{name} is complete-code and says multiple: true"
        yield problem(line, fact, "Drop it: each option with [x] is a filling that is accepted")
    if question.choices and all(choice.key for choice in question.choices):
        fact = f"{name} names no wrong filling"
        yield problem(line, fact, "Add one that people write, with - [ ] and its reason")
    for choice in question.choices:
        if len(choice.fillings) != count:
            fact = f"this option of {name} fills {len(choice.fillings)} blanks of {count}"
            remedy = "Write a code span for each blank, in their order: - [x] `5`, `3`"
            yield problem(choice.line, fact, remedy)
