"""The fences of a page: where each ends, and which are not closed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from markdown_it.token import Token

from unrolled.model.block import Doubt, Fence
from unrolled.model.problem import Code, Problem
from unrolled.read import fence, quotes

MARKED = re.compile(r"[ \t>]*(?:[-*+:]|\d+[.)]|\[\^[^\]\s]+\]:)[ \t]+(?:`{3}|~{3})")
"""A fence on the line of its item's or note's mark, where the renderer does not see it."""
INDENT = 4
"""Spaces that make code of a line, which is then no fence."""


def others(stream: Sequence[Token]) -> tuple[Fence, ...]:
    """Return the fences that are no cells."""
    return tuple(
        Fence(t.map[0] + 1, t.map[1], t.info.strip())
        for t in stream
        if t.type == "fence" and t.map and fence.language(t.info) not in fence.LANGUAGES
    )


def unclosed(
    path: str, lines: Sequence[str], stream: Sequence[Token]
) -> Iterator[tuple[Problem, Doubt]]:
    """Yield a problem for each fence that is not closed, with the lines that it swallows."""
    swallowed = False
    for token in stream:
        if token.type != "fence" or not token.map:
            continue
        first, after = token.map
        char, count = token.markup[0], len(token.markup)
        begins = re.compile(rf"{re.escape(char)}{{{count},}}[ ]*[\w{{.][^{re.escape(char)}]*$")
        inner = next(
            (n for n in range(first + 1, after) if begins.match(_bare(lines[n]))),
            None,
        )
        if inner is not None:
            fact = f"the fence is not closed before line {inner + 1}, where another begins"
            remedy = f"Close it with a line {token.markup}, or give it more than those inside"
            swallowed = True
        elif not _is_end(lines, first, after - 1, char, count):
            if swallowed:  # It is the end of one that was closed by that of another.
                continue
            fact, remedy = "the fence is not closed", f"Close it with a line {token.markup}"
        else:
            continue
        yield Problem(path, first + 1, fact, remedy, code=Code.MARKDOWN), Doubt(first + 1, after)


def marked(path: str, lines: Sequence[str], stream: Sequence[Token]) -> Iterator[Problem]:
    """Yield a problem for each fence that begins on the line of its list item's marker."""
    for token in stream:
        if token.type == "fence" and token.map and MARKED.match(lines[token.map[0]]):
            fact = "the renderer does not see a fence that begins on its list item's first line"
            remedy = "Put it on a line of its own, indented by four spaces for each list around it"
            yield Problem(path, token.map[0] + 1, fact, remedy, code=Code.MARKDOWN)


def _bare(line: str) -> str:
    """Return a line without what lists and quotes put before it."""
    return quotes.without(line).strip()


def _is_end(lines: Sequence[str], first: int, last: int, char: str, count: int) -> bool:
    """Return whether a line closes the fence that begins at the `first` one."""
    bare = _bare(lines[last]) if last < len(lines) else ""
    if last <= first or len(bare) < count or bare.strip(char):
        return False
    before = lines[first].partition(char * count)[0].expandtabs(INDENT)
    return _indent(lines[last]) - len(before) < INDENT


def _indent(line: str) -> int:
    wide = line.expandtabs(INDENT)
    return len(wide) - len(wide.lstrip())
