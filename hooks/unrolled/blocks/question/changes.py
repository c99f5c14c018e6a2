"""Lies about questions that the check must notice: another option as the key."""

from __future__ import annotations

import contextlib
import io
import re
import tokenize
from collections.abc import Iterator

from unrolled.blocks.question.causes import cause_cells
from unrolled.blocks.question.item import Question, QuestionKind
from unrolled.model.kind import Change
from unrolled.model.page import Page

MOST = 5
"""Numbers of a stem that are changed."""
CHECKED = re.compile(r"\[[xX]\]")


def changes(question: Question, page: Page) -> Iterator[Change]:
    """Yield the key moved to each distractor."""
    yield from _causes(question, page)
    yield from _stem(question, page)
    if len(question.keys) != 1:
        return
    key = question.keys[0]
    for choice in question.choices:
        if not choice.key:
            lines = {
                key.line: CHECKED.sub("[ ]", page.lines[key.line - 1], count=1),
                choice.line: page.lines[choice.line - 1].replace("[ ]", "[x]", 1),
            }
            yield Change(choice.line, "key moved", key.name, choice.name, lines)


def _causes(question: Question, page: Page) -> Iterator[Change]:
    """Yield mistaken code that only prints its option."""
    if question.kind is not QuestionKind.PREDICT_OUTPUT:
        return
    for cell, choice in cause_cells(page, question):
        first, last = cell.line + 1, cell.end - 1
        if choice is None or last < first:
            continue
        lead = page.lines[first - 1][: -len(page.lines[first - 1].lstrip()) or None]
        lines = dict.fromkeys(range(first, last + 1), "")
        lines[first] = f"{lead}print({choice.said!r})"
        yield Change(cell.line, "cause that only prints", cell.code, lines[first].strip(), lines)


def _stem(question: Question, page: Page) -> Iterator[Change]:
    """Yield the numbers of the stem changed, one at a time: the proof must notice one of them."""
    if question.reviewed:
        return
    count = 0
    for cell in page.cells:
        if cell.line not in question.stem or cell.options.hidden or cell.options.part:
            continue
        for number, column, text in _integers(cell.code):
            line = cell.line + number
            lead = len(page.lines[line - 1]) - len(cell.code.split("\n")[number - 1])
            start = lead + column
            before = page.lines[line - 1]
            after = f"{before[:start]}{int(text) + 1}{before[start + len(text) :]}"
            count += 1
            if count > MOST:
                return
            yield Change(
                line, "number of the stem", text, str(int(text) + 1), {line: after}, question.id
            )


def _integers(code: str) -> Iterator[tuple[int, int, str]]:
    """Yield the line, the column and the text of each integer in code, but those of seeds."""
    lines = code.split("\n")
    with contextlib.suppress(tokenize.TokenError, SyntaxError):
        for token in tokenize.generate_tokens(io.StringIO(code + "\n").readline):
            (row, column), text = token.start, token.string
            if token.type == tokenize.NUMBER and text.isdecimal() and "seed" not in lines[row - 1]:
                yield row, column, text
