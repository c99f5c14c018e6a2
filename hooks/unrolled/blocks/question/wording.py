"""How a question is put.

Nothing in its wording or around it may tell the key, or lead astray who knows it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from unrolled.blocks.question.item import RUNS, Question, QuestionKind
from unrolled.model.page import Page
from unrolled.model.problem import Code, Problem
from unrolled.model.runs import PageRuns
from unrolled.model.shape import meaning

PLACES = re.compile(
    r"\b(?:above|below|all of these|none of these|(?:first|last|previous|next) option|option"
    r" [A-F])\b",
    re.IGNORECASE,
)
NEGATIVE = re.compile(
    r"(?<![*\w])(?:not|never|except|cannot)(?![*\w])|(?<![*\w])\w+n't\b", re.IGNORECASE
)
CODE = re.compile(r"`[^`]*`")
PLAIN_KEYS = ("True", "False", "None", RUNS)
"""Keys that stand in many outputs, and tell nothing there."""
SHORT_KEY = 3
"""Characters of a key that stands in many outputs."""


def problems(question: Question, ran: PageRuns) -> Iterator[Problem]:
    """Yield what is wrong with how a question is put."""
    yield from _places(question, ran.page)
    word = NEGATIVE.search(CODE.sub("", question.title))
    if word:
        fact = f"the negative '{word[0]}' in the title of question '{question.id}' is easily missed"
        remedy = f"Emphasise it: **{word[0]}**, or ask the other way round"
        yield Problem(ran.page.path, question.block.line, fact, remedy, code=Code.WORDING)
    if question.keys and not question.multiple:
        key = meaning(question.keys[0].said)
        yield from _hints(question, ran.page, key)
        if question.kind in (QuestionKind.PREDICT_OUTPUT, QuestionKind.PREDICT_ERROR):
            yield from _outputs(question, ran, key)


def _places(question: Question, page: Page) -> Iterator[Problem]:
    """Yield the options that speak of the place of another: the widget shuffles them."""
    for choice in question.choices:
        code = choice.lines[1:]
        for number in range(choice.line, min(choice.end, question.block.end)):
            if number in code:
                continue
            word = PLACES.search(CODE.sub("", page.lines[number - 1]))
            if word:
                fact = (
                    f"'{word[0]}' in an option of question '{question.id}', whose options have no"
                    " fixed order"
                )
                yield Problem(
                    page.path, number, fact, "Say what is meant, not where it is", code=Code.WORDING
                )


def _hints(question: Question, page: Page, key: str) -> Iterator[Problem]:
    for block in page.blocks:
        if block.name == "hint" and question.block.holds(block.line):
            hint = meaning("\n".join(page.lines[block.body - 1 : block.end - 1]))
            if len(key) > 1 and key != RUNS and re.search(rf"(?<!\w){re.escape(key)}(?!\w)", hint):
                fact = f"a hint of question '{question.id}' contains the key"
                yield Problem(
                    page.path,
                    block.line,
                    fact,
                    "Point to the way, not to the end of it",
                    code=Code.WORDING,
                )


def _outputs(question: Question, ran: PageRuns, key: str) -> Iterator[Problem]:
    """Yield the cells before a question whose output readers have seen, and which is its key."""
    if len(key) <= SHORT_KEY or key in PLAIN_KEYS:
        return
    for cell in ran.page.cells:
        output = ran.output(cell)
        item = ran.page.item_at(cell.line)
        if (
            not output
            or cell.options.hidden
            or cell.line > question.block.line
            or isinstance(item, Question)
        ):
            continue
        if key in {meaning(line) for line in (output.text, *output.text.split("\n"))}:
            fact = (
                f"the output of this cell gives away the key of question '{question.id}' at line"
                f" {question.block.line}"
            )
            yield Problem(
                ran.page.path,
                cell.line,
                fact,
                "Use other sizes in one of the two",
                code=Code.WORDING,
            )
