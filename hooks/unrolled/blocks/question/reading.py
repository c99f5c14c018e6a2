"""Reading a `/// question` block: its options and the cells of its stem."""

from __future__ import annotations

import enum
import re
from collections.abc import Iterator, Sequence
from typing import TypeVar

from markdown_it.token import Token

from unrolled.blocks.question import following, form
from unrolled.blocks.question.evidence import claims_of
from unrolled.blocks.question.item import (
    ChallengeKind,
    Choice,
    Level,
    Question,
    QuestionKind,
    Skill,
)
from unrolled.blocks.question.numbers import Vary
from unrolled.model.kind import Reading, Source
from unrolled.model.page import Block

CHECKBOX = re.compile(r"\[([ xX])\](?:[ ]+|$)")
LISTS = ("bullet_list_open", "ordered_list_open")
LISTS_END = ("bullet_list_close", "ordered_list_close")
ASIDE = ("hint", "solution", "mistakes")
"""Parts of a question that are not its stem."""
Word = TypeVar("Word", bound=enum.StrEnum)


def read(block: Block, source: Source) -> Reading:
    """Read a question, whatever its faults."""
    children = source.children(block)
    listed = [*list_items(source, block)]
    options = [item for item in listed if _is_option(item, children)]
    question = _question(block, source, children, options)
    problems = (
        *form.problems(source.path, question),
        *form.option_problems(source, question, options, listed),
        *following.problems(source, question),
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
        vary=Vary.read(block.options.get("vary")),
    )


def _word(words: type[Word], text: str) -> Word | None:
    return words(text) if text in set(words) else None


def _is_option(item: form.ListItem, children: list[Block]) -> bool:
    """Return whether a list item of the stem begins with a checkbox."""
    return bool(CHECKBOX.match(item.text)) and not _is_aside(item.line, children)


def _is_aside(line: int, children: list[Block]) -> bool:
    return any(child.holds(line) for child in children if child.name in ASIDE)


def list_items(source: Source, block: Block) -> Iterator[form.ListItem]:
    """Yield the items of a block's outermost lists."""
    stream, number, level = source.tokens, 0, None
    for position in source.positions(block.line + 1, block.end):
        token = stream[position]
        if token.type in LISTS and (level is None or token.level == level):
            number, level = number + 1, token.level
        elif token.type in LISTS_END and token.level == level:
            level = None
        if token.type != "list_item_open" or level is None or token.level != level + 1:
            continue
        yield _list_item(stream, position, number)


def _list_item(stream: Sequence[Token], position: int, number: int) -> form.ListItem:
    token = stream[position]
    close = next(
        i
        for i in range(position + 1, len(stream))
        if stream[i].type == "list_item_close" and stream[i].level == token.level
    )
    inner = stream[position + 1 : close]
    blocks = [t for t in inner if t.level == token.level + 1 and t.nesting >= 0]
    content = next((t for t in inner if t.type == "inline"), None)
    first, end = token.map or (0, 0)
    text = content.content if content else ""
    return form.ListItem(first + 1, end, text, tuple(blocks[1:]), number)
