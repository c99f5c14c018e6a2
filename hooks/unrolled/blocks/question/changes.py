"""Lies about questions that the check must notice: another option as the key."""

from __future__ import annotations

import re
from collections.abc import Iterator

from unrolled.blocks.question.item import Question
from unrolled.model.kind import Change
from unrolled.model.page import Page

CHECKED = re.compile(r"\[[xX]\]")


def changes(question: Question, page: Page) -> Iterator[Change]:
    """Yield the key moved to each distractor."""
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
