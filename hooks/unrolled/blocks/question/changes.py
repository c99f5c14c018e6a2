"""Lies about questions that the check must notice: another option as the key."""

from __future__ import annotations

import re
from collections.abc import Iterator

from unrolled.blocks.question.causes import cause_cells
from unrolled.blocks.question.item import Question, QuestionKind
from unrolled.model.kind import Change
from unrolled.model.page import Page

CHECKED = re.compile(r"\[[xX]\]")


def changes(question: Question, page: Page) -> Iterator[Change]:
    """Yield the key moved to each distractor."""
    yield from _causes(question, page)
    if len(question.keys) != 1:
        return
    key = question.keys[0]
    for choice in question.choices:
        if not choice.key:
            lines = {
                key.line: CHECKED.sub("[ ]", page.lines[key.line - 1], count=1),
                choice.line: page.lines[choice.line - 1].replace("[ ]", "[x]", 1),
            }
            yield Change(choice.line, "key moved", key.label, choice.label, lines)


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
