"""Stretches of a page about which nothing more is said, because a problem there says enough."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

from unrolled.model.block import Block, Doubt
from unrolled.model.problem import Problem

Found = TypeVar("Found", bound=Problem)


def widened(doubts: Iterable[Doubt], blocks: Sequence[Block]) -> tuple[Doubt, ...]:
    """Return doubts that also cover the outermost blocks that they touch.

    What a block asks of its parts cannot be told where one of them is in doubt. A doubt about one
    line, such as a block's first, is about that line alone.
    """
    outermost = [block for block in blocks if block.depth == 0]
    found: list[Doubt] = []
    for doubt in doubts:
        found.append(doubt)
        if doubt.first != doubt.last:
            found += (
                Doubt(block.line, block.end)
                for block in outermost
                if block.line <= doubt.last and doubt.first <= block.end
            )
    return tuple(dict.fromkeys(found))


def outside(problems: Iterable[Found], doubts: Sequence[Doubt]) -> list[Found]:
    """Return the problems that are not in doubt."""
    return [each for each in problems if not any(each.line in doubt for doubt in doubts)]
