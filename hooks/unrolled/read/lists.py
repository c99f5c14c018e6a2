"""Lists that the renderer, which wants four spaces a level, would take apart.

CommonMark and its formatters indent by as much as a marker is wide: two spaces or three.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from markdown_it.token import Token

from unrolled.model.problem import Code, Problem
from unrolled.read import markers, quotes
from unrolled.read.checkbox import CHECKBOX
from unrolled.read.tokens import literal_lines

TAB = 4
STUCK = re.compile(r"[ ]*(?:[-*+]|\d+[.)])\u00a0")
LISTS = ("bullet_list_open", "ordered_list_open")
LISTS_END = ("bullet_list_close", "ordered_list_close")
CHILDREN = (
    "paragraph_open", "fence", "code_block", "html_block", "heading_open", "blockquote_open",
    "table_open", *LISTS,
)  # fmt: skip
"""What can stand in an item beneath its first line."""

BEHIND = ("fence", "paragraph_open", "table_open")
"""What may stand behind a list, and look as if it were in its last item."""


def problems(path: str, lines: Sequence[str], stream: Sequence[Token]) -> Iterator[Problem]:
    """Yield a problem for each list that would not be shown as one."""
    for line, fact, remedy in (
        *_apart(lines, stream),
        *_run_on(lines, stream),
        *_mixed(stream),
        *_stuck(lines, stream),
        *_outside(lines, stream),
    ):
        yield Problem(path, line, fact, remedy, code=Code.MARKDOWN)


Fault = tuple[int, str, str]
"""Line, fact and remedy."""


def _apart(lines: Sequence[str], stream: Sequence[Token]) -> Iterator[Fault]:
    """Yield the first line of each outermost list that is indented too little."""
    around: list[list[int]] = [[]]  # For each quote, the columns where its open lists begin.
    began: list[int] = []  # The lines where the open items begin.
    said = False
    for token in stream:
        own = around[-1]
        if token.type in CHILDREN and token.map and own and not said:
            line, first = token.map[0], began[-1]
            wanted = own[0] + TAB * (len(own) + (token.type == "code_block"))
            has = _column(lines[line], len(around) > 1)
            if line != first and has < wanted:
                said = True
                yield (
                    line + 1,
                    f"this belongs to a list item, and is indented by {has} spaces: the page would"
                    " take the list apart",
                    f"Indent it by {wanted}: four for each list around it",
                )
        if token.type in LISTS and token.map:
            column = _column(lines[token.map[0]], len(around) > 1)
            own.append(own[0] if own else column - column % TAB)
        elif token.type == "list_item_open" and token.map:
            began.append(token.map[0])
        elif token.type == "list_item_close":
            began.pop()
        elif token.type in LISTS_END:
            own.pop()
            said = said and bool(own or len(around) > 1)
        elif token.type == "blockquote_open":
            around.append([])
        elif token.type == "blockquote_close":
            around.pop()


def _column(line: str, quoted: bool) -> int:
    """Return by how many columns a line is indented, in a quote behind its marks."""
    if quoted:
        line = re.sub(r"^[^>]*>[ ]?(?:[ ]*>[ ]?)*", "", line)
    wide = line.expandtabs(TAB)
    return len(wide) - len(wide.lstrip())


def column_of(line: str) -> int:
    """Return by how many columns a line is indented, behind the marks of quotes if it has any."""
    return _column(line, line.lstrip().startswith(">"))


def _run_on(lines: Sequence[str], stream: Sequence[Token]) -> Iterator[Fault]:
    """Yield each list right beneath a line of text.

    The renderer, other than CommonMark, makes it part of the paragraph.
    """
    for index in range(1, len(stream)):
        token, before = stream[index], stream[index - 1]
        if token.type not in LISTS or not token.map or before.type != "paragraph_close":
            continue
        if index > 3 and stream[index - 4].type == "list_item_open":
            continue  # A nested list may follow the first line of its item.
        text = quotes.without(lines[token.map[0] - 1])
        if text.strip() and not markers.MARKER.match(text):
            yield (
                token.map[0] + 1,
                "this list would be shown as a part of the line above it",
                "Leave a blank line before it",
            )


def _mixed(stream: Sequence[Token]) -> Iterator[Fault]:
    """Yield each list that the renderer would not know, or would make one with that before it."""
    for index, token in enumerate(stream):
        before = stream[index - 1].type if index else ""
        first = stream[index + 3].content if index + 3 < len(stream) else ""
        if token.type == "ordered_list_open" and token.markup == ")" and token.map:
            fact = "the page does not know lists numbered with a bracket"
            yield token.map[0] + 1, fact, "Write a dot behind the number: 1."
        elif token.type in LISTS and token.map and before in _OTHERS[token.type]:
            if CHECKBOX.match(first):
                continue  # One list is what they are meant to be.
            fact = "the page would make one list of this and the one before it"
            yield token.map[0] + 1, fact, "Put a line of text between them"


def _outside(lines: Sequence[str], stream: Sequence[Token]) -> Iterator[Fault]:
    """Yield what is indented behind a list, and by too little to be in its last item."""
    begins: list[int] = []  # The columns where the open lists begin.
    column = 0
    for index, token in enumerate(stream):
        if token.type in LISTS and token.map:
            begins.append(column_of(lines[token.map[0]]))
        elif token.type in LISTS_END:
            column = begins.pop()
        elif token.type in BEHIND and token.map and index and not begins:
            has = column_of(lines[token.map[0]])
            if stream[index - 1].type in LISTS_END and column < has < column + TAB:
                fact = "this would stand outside the list: it is indented by too little"
                remedy = f"Indent it by {column + TAB} to have it in the item, or by {column}"
                yield token.map[0] + 1, fact, remedy


def _stuck(lines: Sequence[str], stream: Sequence[Token]) -> Iterator[Fault]:
    """Yield each line that would be an item, but for the kind of space behind its mark."""
    code = literal_lines(list(stream))
    for number, line in enumerate(lines, 1):
        if "\u00a0" in line and number not in code and STUCK.match(line):
            fact = "this would be shown as text: a no-break space is behind the mark of the item"
            yield number, fact, "Type a space in its place"


_OTHERS = {
    "bullet_list_open": ("ordered_list_close",),
    "ordered_list_open": ("bullet_list_close",),
}
