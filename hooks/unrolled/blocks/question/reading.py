"""Reading a `/// question` block: its options and the cells of its stem."""

from __future__ import annotations

import enum
import re
from collections.abc import Iterator, Sequence
from typing import TypeVar

from markdown_it.token import Token

from unrolled.blocks.question import form
from unrolled.blocks.question.evidence import claims_of
from unrolled.blocks.question.item import (
    ChallengeKind,
    Choice,
    Level,
    Question,
    QuestionKind,
    Skill,
)
from unrolled.model.kind import Reading, Source
from unrolled.model.page import Block

CHECKBOX = re.compile(r"\[([ xX])\](?:[ ]+|$)")
ASIDE = ("hint", "solution", "mistakes")
"""Parts of a question that are not its stem."""
Word = TypeVar("Word", bound=enum.StrEnum)


def read(block: Block, source: Source) -> Reading:
    """Read a question, whatever its faults."""
    children = source.children(block)
    listed = [item for item in list_items(source.tokens) if block.holds(item.line)]
    options = [item for item in listed if _is_option(item, children)]
    question = _question(block, source, children, options)
    problems = (
        *form.problems(source.path, question),
        *form.option_problems(source, question, options, listed),
    )
    return Reading(question, problems, claims_of(question, source.cells))


def _question(
    block: Block, source: Source, children: list[Block], options: list[form.ListItem]
) -> Question:
    choices = tuple(
        Choice(
            line=item.line,
            end=item.end + 1,
            label=CHECKBOX.sub("", item.text, count=1).strip(),
            key=item.text[1] in "xX",
            has_rationale=bool(item.blocks),
        )
        for item in options
    )
    stem = [
        cell.line
        for cell in source.cells_in(block)
        if not _is_aside(cell.line, children)
        and not any(c.line <= cell.line < c.end for c in choices)
    ]
    seconds = block.options.get("seconds")
    return Question(
        block=block,
        id=block.option("id"),
        kind=_word(QuestionKind, block.option("kind")),
        level=_word(Level, block.option("level")),
        seconds=seconds if type(seconds) is int else None,
        multiple=block.options.get("multiple") is True,
        choices=choices,
        stem=tuple(stem),
        reviewed=block.options.get("reviewed") is True,
        skill=_word(Skill, block.option("skill")),
        challenge=_word(ChallengeKind, block.option("challenge")),
        read=block.option("read"),
    )


def _word(words: type[Word], text: str) -> Word | None:
    return words(text) if text in set(words) else None


def _is_option(item: form.ListItem, children: list[Block]) -> bool:
    """Return whether a list item of the stem begins with a checkbox."""
    return bool(CHECKBOX.match(item.text)) and not _is_aside(item.line, children)


def _is_aside(line: int, children: list[Block]) -> bool:
    return any(child.holds(line) for child in children if child.name in ASIDE)


def list_items(stream: Sequence[Token]) -> Iterator[form.ListItem]:
    """Yield the items of the page's outermost lists."""
    number = 0
    for position, token in enumerate(stream):
        if token.type in ("bullet_list_open", "ordered_list_open") and token.level == 0:
            number += 1
        if token.type != "list_item_open" or token.level != 1 or not token.map:
            continue
        rest = range(position + 1, len(stream))
        close = next(
            i
            for i in rest
            if stream[i].type == "list_item_close" and stream[i].level == token.level
        )
        inner = stream[position + 1 : close]
        blocks = [t for t in inner if t.level == token.level + 1 and t.nesting >= 0]
        content = next((t for t in inner if t.type == "inline"), None)
        text = content.content if content else ""
        yield form.ListItem(token.map[0] + 1, token.map[1], text, tuple(blocks[1:]), number)
