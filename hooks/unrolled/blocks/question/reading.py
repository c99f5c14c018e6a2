"""Reading a `/// question` block: its options and the cells of its stem."""

from __future__ import annotations

import enum
from collections.abc import Iterator
from typing import TypeVar

from unrolled.blocks.question import fenced, following, form, listed
from unrolled.blocks.question.evidence import claims_of
from unrolled.blocks.question.item import (
    ChallengeKind,
    Choice,
    Level,
    Question,
    QuestionKind,
    Skill,
)
from unrolled.blocks.question.listed import ListItem
from unrolled.blocks.question.numbers import Vary
from unrolled.model.block import Block, Doubt
from unrolled.model.kind import Reading, Source
from unrolled.model.page import ASIDE
from unrolled.read.checkbox import CHECKBOX

Word = TypeVar("Word", bound=enum.StrEnum)


def read(block: Block, source: Source) -> Reading:
    """Read a question, whatever its faults."""
    children = source.children(block)
    every = [*listed.items(source, block)]
    options = [item for item in every if _is_option(item, children)]
    question = _question(block, source, children, options)
    odd = [*form.option_problems(source, question, options, every)]
    problems = (
        *form.problems(source.path, question),
        *odd,
        *following.problems(source, question),
    )
    unread = (item for item in options if any(fenced.faults(item)))
    doubts = tuple(Doubt(item.line + 1, item.end) for item in unread)
    # What is wrong with an option's own line says why no run agrees with it.
    listed_at = {item.line for item in every}
    unproved = tuple(Doubt(each.line, each.line) for each in odd if each.line in listed_at)
    return Reading(question, problems, claims_of(question, source.cells), doubts, unproved)


def _question(
    block: Block, source: Source, children: list[Block], options: list[ListItem]
) -> Question:
    choices = tuple(map(_choice, options))
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


def tried(block: Block, source: Source) -> Iterator[int]:
    """Yield the lines of the fences that are the code of an option: no page runs them by itself."""
    children = source.children(block)
    for item in listed.items(source, block):
        token = fenced.code_of(item) if _is_option(item, children) else None
        if token and token.map:
            yield token.map[0] + 1


def _choice(item: ListItem) -> Choice:
    token = fenced.code_of(item)
    return Choice(
        line=item.line,
        end=item.end + 1,
        label=fenced.label(item),
        key=item.text[1] in "xX",
        has_rationale=len(item.blocks) > (token is not None),
        fence=fenced.fence_of(token),
        code=token.content.rstrip("\n") if token else "",
    )


def _word(words: type[Word], text: str) -> Word | None:
    return words(text) if text in set(words) else None


def _is_option(item: ListItem, children: list[Block]) -> bool:
    """Return whether a list item of the stem begins with a checkbox."""
    return bool(CHECKBOX.match(item.text)) and not _is_aside(item.line, children)


def _is_aside(line: int, children: list[Block]) -> bool:
    return any(child.holds(line) for child in children if child.name in ASIDE)
