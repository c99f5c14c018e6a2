"""The warnings of the cell that is running."""

from __future__ import annotations

from typing import Any

from unrolled.model.output import LIMIT
from unrolled.run.display import clean


class Warned:
    """Takes warnings, until they are longer than what a page shows."""

    def __init__(self) -> None:
        """Hold none."""
        self.messages: list[str] = []
        self._left = LIMIT
        self._of_compiler: set[tuple[str, int, str]] = set()

    def begin(self) -> None:
        """Forget the cell before."""
        self.messages, self._left = [], LIMIT

    def show(
        self,
        message: Warning | str,
        category: type[Warning],
        filename: str = "",
        lineno: int = 0,
        *_: Any,
        **__: Any,
    ) -> None:
        """Take one, as Python's `warnings.showwarning` does."""
        if self._left < 0:
            return
        text = f"{category.__name__}: {clean(str(message)[: LIMIT + 1])}"
        if issubclass(category, SyntaxWarning):  # A cell is compiled whole, and in pieces.
            place = (filename, lineno, text)
            if place in self._of_compiler:
                return
            self._of_compiler.add(place)
        self._left -= len(text) + 1
        self.messages.append(text)
