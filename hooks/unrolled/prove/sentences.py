"""Where the sentences of a text begin and end: one rule for all that reads sentence by sentence."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator
from functools import cached_property

END = re.compile(r"[.!?]+[)\"'”’\]]*\s+")
"""What ends a sentence: a mark before a blank, quotation marks and brackets closed."""


class Sentences:
    """The sentences of one text."""

    def __init__(self, text: str) -> None:
        """Take a text."""
        self._text = text

    @cached_property
    def _begins(self) -> list[int]:
        """Where they begin: found once, and only where somebody asks."""
        return [0, *(found.end() for found in END.finditer(self._text))]

    def around(self, place: int) -> tuple[int, int]:
        """Return where the sentence that a place lies in begins, and where the next one does."""
        after = bisect.bisect_right(self._begins, place)
        end = self._begins[after] if after < len(self._begins) else len(self._text)
        return self._begins[after - 1], end

    def spans(self) -> Iterator[tuple[int, int]]:
        """Yield the beginning and the end of each."""
        for begin in self._begins:
            if begin < len(self._text):
                yield self.around(begin)
