"""The lists of a question, item by item, as markdown-it sees them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markdown_it.token import Token

from unrolled.model.block import Block
from unrolled.model.kind import Source
from unrolled.read.lists import LISTS, LISTS_END

MARKER = re.compile(r"\n[ ]*/{3}")
"""What begins a marker of a block: markdown-it takes it for the next line of the paragraph."""


@dataclass(frozen=True)
class ListItem:
    """A list item as markdown-it sees it."""

    line: int
    end: int
    text: str
    """Its first paragraph."""
    blocks: tuple[Token, ...]
    """What follows the first paragraph, one token a block."""
    list_number: int
    """Which list of the page it belongs to."""


def items(source: Source, block: Block) -> Iterator[ListItem]:
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


def _list_item(stream: Sequence[Token], position: int, number: int) -> ListItem:
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
    text = MARKER.split(content.content, maxsplit=1)[0] if content else ""
    return ListItem(first + 1, end, text, tuple(blocks[1:]), number)
