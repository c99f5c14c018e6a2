"""Boxes and tabs (`!!! note`, `??? note`, `=== "Tab"`) that would lose their titles or bodies."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from markdown_it.token import Token

from unrolled.model.problem import Code, Problem
from unrolled.read.lists import LISTS, column_of
from unrolled.read.quotes import MARKS
from unrolled.read.tokens import INDENT, literal_lines

BOX = re.compile(
    rf"(?P<before>{MARKS}[ \t]*)(?P<mark>!!!|\?\?\?\+?|===[!+]?)[ ]+(?P<said>\S.*?)[ ]*$"
)
WORDS = re.compile(r"(?P<kind>[\w-]+)(?:[ ]+(?:inline|end))*[ ]+(?P<title>[^\"\s].*)")
"""The kind of a box with words behind it that are not in double quotation marks."""
CLASSED = re.compile(r"[\w-]+(?:[ ]+[\w-]+)*[ ]+\".*\"")
"""A title behind classes."""
PLACED = re.compile(r"[\w-]+(?:[ ]+(?:inline|end))*")
"""A box without a title, and where it floats."""


def problems(path: str, lines: Sequence[str], stream: Sequence[Token]) -> Iterator[Problem]:
    """Yield a problem for each."""
    code = literal_lines(stream)
    # What is indented by too little in a list is told of by what reads lists.
    listed = {line + 1 for t in stream if t.type in LISTS and t.map for line in range(*t.map)}
    for number, line in enumerate(lines, 1):
        found = BOX.match(line) if number not in code else None
        if not found or (found["mark"].startswith("=") and found["said"][0] not in "\"'"):
            continue
        body = () if number in listed else _body(number, lines, found)
        for at, fact, remedy in (*_titled(number, found), *body):
            yield Problem(path, at, fact, remedy, code=Code.MARKDOWN)


def _titled(number: int, box: re.Match[str]) -> Iterator[tuple[int, str, str]]:
    """Yield the fault that a title is not in quotation marks, as its line, fact and remedy."""
    said = WORDS.fullmatch(box["said"])
    if not said or CLASSED.fullmatch(box["said"]) or PLACED.fullmatch(box["said"]):
        return
    title = said["title"].strip("'\"")
    fact = f"the page would not show '{title}' as the title of its box"
    yield number, fact, f'Put it in quotes: {box["mark"]} {said["kind"]} "{title}"'


def _body(number: int, lines: Sequence[str], box: re.Match[str]) -> Iterator[tuple[int, str, str]]:
    """Yield the fault that what follows is indented by too little to be in the box."""
    follows = next((n for n in range(number, len(lines)) if _bare(lines[n]).strip()), None)
    if follows is None:
        return
    own = column_of(lines[number - 1])
    has = column_of(lines[follows]) - own
    if 0 < has < INDENT or (has == 0 and follows == number and not _is_mark(lines[follows])):
        name = "tab" if box["mark"].startswith("=") else "box"
        fact = f"the {name} of line {number} would be empty: this is indented by too little"
        yield follows + 1, fact, f"Indent what is in it by {own + INDENT} spaces"


def _is_mark(line: str) -> bool:
    """Return whether a line begins a box or block of its own, or ends one."""
    return bool(BOX.match(line)) or _bare(line).lstrip().startswith("///")


def _bare(line: str) -> str:
    """Return a line without the marks of quotes before it."""
    return re.sub(r"^[ ]*(?:>[ ]?)+", "", line)
