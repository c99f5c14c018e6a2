"""Options that are blocks of code: which fences of a question are an option's, not a cell."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

from markdown_it.token import Token

from unrolled.blocks.question.listed import ListItem
from unrolled.model.block import Fence
from unrolled.model.cell import Options
from unrolled.read import checkbox, fence
from unrolled.read.tokens import is_code


def label(item: ListItem) -> str:
    """Return what stands behind an option's checkbox."""
    return checkbox.without(item.text).strip()


def code_of(item: ListItem) -> Token | None:
    """Return the fence that is an option's code: the first thing beneath its label.

    A label that is code says enough: beneath it begins the rationale. So does a fence with options
    of a cell, such as mistaken code.
    """
    first = item.blocks[0] if item.blocks else None
    if first is None or first.type != "fence" or is_code(label(item)) or not _is_plain(first.info):
        return None
    return first


def fence_of(token: Token | None) -> Fence | None:
    """Return such a fence as data."""
    return (
        Fence(token.map[0] + 1, token.map[1], token.info.strip()) if token and token.map else None
    )


def faults(item: ListItem) -> Iterator[tuple[int, str, str]]:
    """Yield why an option is code and cannot be read as that: line, what it is, and the remedy."""
    said, first = label(item), item.blocks[0] if item.blocks else None
    if said.startswith(("```", "~~~")) and ("\n" in said or not is_code(said)):
        what = "begins with a fence behind its checkbox"
        yield item.line, what, "Put the fence on a line of its own, indented by four spaces"
    elif not said and first and first.map:
        line = first.map[0] + 1
        if first.type == "code_block":
            yield (
                line,
                "is indented code",
                "Write it as a fence, indented by four spaces: ```python",
            )
        elif first.type == "fence" and not _is_plain(first.info):
            yield line, "is a cell with options", "Write ```python alone"


def _is_plain(info: str) -> bool:
    if fence.language(info) not in fence.LANGUAGES:
        return True
    options, complaints = fence.options(info, {})
    return not complaints and dataclasses.replace(options, style=()) == Options()
