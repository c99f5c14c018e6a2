"""Blocks in blocks, in linear time.

For each block, pymdownx looks at all elements of the page, to count the lists around it; where it
works is always the last element of each that is around it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any
from xml.etree.ElementTree import Element


def hasten(manager: Any) -> None:
    """Have a blocks processor look at the last elements alone."""
    parse = manager.parse_blocks

    def parse_blocks(blocks: list[str], parent: Element) -> None:
        parse(blocks, _Around(parent, manager.stack))

    manager.parse_blocks = parse_blocks


class _Around:
    """Stands for the element in which blocks are parsed: what `parse_blocks` asks of it."""

    def __init__(self, parent: Element, stack: list[Any]) -> None:
        """Stand for an element; the stack holds the blocks that are open."""
        self._parent = parent
        self._stack = stack

    def iter(self) -> Iterable[Any]:
        """Return the elements around the innermost block; all, where it is not the last of each."""
        if len(self._stack) < 2:
            return ()
        sought, path = self._stack[-1].el, [self._parent]
        while path[-1] is not sought and len(path[-1]):
            path.append(path[-1][-1])
        return map(_Last, path[:-1]) if path[-1] is sought else self._parent.iter()


class _Last:
    """An element with no child but its last; equal to it, since it is looked up in its place."""

    def __init__(self, element: Element) -> None:
        """Stand for an element."""
        self._element = element
        self.tag = element.tag

    def __iter__(self) -> Iterator[Element]:
        yield self._element[-1]

    def __hash__(self) -> int:
        return hash(self._element)

    def __eq__(self, other: object) -> bool:
        return other is self._element
