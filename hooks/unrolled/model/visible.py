"""Text that readers see, with a way back to the lines of the page."""

from __future__ import annotations

import bisect
from dataclasses import dataclass

HOLE = "\ufffc"
"""Stands for what is not typed: a claim, or code in a sentence."""


@dataclass(frozen=True)
class Visible:
    """A piece of text: a paragraph, a cell of a table, a title, an alternative text."""

    text: str
    """Marks taken away, entities resolved, lines joined; a hole for each character of a claim."""
    prose: str
    """The same with holes for code too, unless it is nothing but a number or a shape."""
    starts: tuple[int, ...]
    """Where in the text the page's lines begin, ascending, from 0."""
    lines: tuple[int, ...]
    """Those lines, from 1."""
    cited: tuple[tuple[int, int], ...] = ()
    """Where links to other sites begin and end, ascending."""

    def line(self, offset: int) -> int:
        """Return the line of the page that a place of the text comes from."""
        return self.lines[bisect.bisect_right(self.starts, offset) - 1]

    def is_cited(self, start: int, end: int) -> bool:
        """Return whether a place lies whole in a link to another site."""
        at = bisect.bisect_right(self.cited, (start, len(self.text)))
        return bool(at) and self.cited[at - 1][1] >= end
