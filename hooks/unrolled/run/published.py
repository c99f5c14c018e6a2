"""What a cell shows besides what it prints, in its order: `display()`, figures, its value."""

from __future__ import annotations

import itertools
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from IPython.utils.dir2 import get_real_method

from unrolled.model.output import ShownKind
from unrolled.run import drawn
from unrolled.run.display import clean
from unrolled.run.plain import MOST
from unrolled.run.values import LARGEST, Unshown, Value, form_of

ROOM = 2 << 20
"""Characters of all that a cell shows, beyond which nothing more is kept."""


@dataclass
class _Item:
    """Something shown, and where in standard output it stands."""

    at: int
    form: Value
    figure: dict[str, str] | None = None
    is_value: bool = False

    @property
    def size(self) -> int:
        """How many characters it is long."""
        drawn = len(self.figure["svg"]) if self.figure else 0
        return len(self.form.content) + len(self.form.text) + drawn


@dataclass
class Published:
    """Takes what a cell shows."""

    mark: Callable[[], int]
    """Says how much the cell has printed so far."""
    unshown: list[str] = field(default_factory=list[str])
    """What cannot be shown, in words."""
    long: list[str] = field(default_factory=list[str])
    """Which parts of an output are not there whole."""
    _room: int = ROOM
    _items: list[_Item] = field(default_factory=list[_Item])
    _named: dict[str, _Item] = field(default_factory=dict[str, _Item])
    """What can still be updated, by the id that it was given."""
    _drawn: list[Any] = field(default_factory=list[Any])
    """The figures that the cell has shown by themselves."""
    _cleared: int = 0
    """What was printed before this is gone."""
    _clears: int | None = None
    """Where the cell asked for all before to go as soon as something comes after it."""
    _ids: itertools.count[int] = field(default_factory=itertools.count)

    def begin(self) -> None:
        """Forget the cell before."""
        self.unshown, self.long, self._items, self._drawn = [], [], [], []
        self._cleared, self._clears, self._room = 0, None, ROOM

    def show(self, value: Any, *, name: str = "", raw: bool = False, last: bool = False) -> None:
        """Take a value; one that was shown under the same name gives way to it."""
        show_itself = get_real_method(value, "_ipython_display_")
        if show_itself:
            show_itself()
            return
        figure = None
        if drawn.is_figure(value):
            if last and value in self._drawn:
                return
            figure = drawn.drawing(value)
            self._drawn.append(value)
            form: Value | Unshown = Value(ShownKind.FIGURE, "", "")
        else:
            form = _of_bundle(value) if raw else form_of(value)
        if isinstance(form, Unshown):
            self.unshown.append(form.what)
            return
        if len(form.text) > MOST:
            self.long.append("value" if last else "shown")
        self._take(_Item(0, form, figure, last), name)

    def _take(self, new: _Item, name: str) -> None:
        known = self._named.get(name) if name else None
        if known:
            self._room += known.size - new.size
            known.form, known.figure, known.is_value = new.form, new.figure, new.is_value
            return
        new.at = self.mark()
        self._clear_what_waits()
        if self._room < 0:  # What is kept is longer than a page shows, and a problem.
            return
        self._room -= new.size
        self._items.append(new)
        if name:
            self._named[name] = new

    def open_figures(self) -> None:
        """Take the figures that are open and not yet shown, and close them all."""
        pyplot = sys.modules.get("matplotlib.pyplot")
        if pyplot is None:
            return
        try:
            for number in pyplot.get_fignums():
                figure = pyplot.figure(number)
                if figure not in self._drawn:
                    self.show(figure)
        finally:
            pyplot.close("all")

    def clear(self, *, waits: bool = False) -> None:
        """Drop what was shown and printed; if it waits, as soon as there is something new."""
        here = self.mark()
        if waits:
            self._clears = here
        else:
            self._drop(here)

    def marks(self) -> list[int]:
        """Return where standard output is to be cut: at what is gone, then at each item."""
        if self._clears is not None and self.mark() > self._clears:
            self._clear_what_waits()
        return [self._cleared, *(item.at for item in self._items)]

    def _clear_what_waits(self) -> None:
        """Drop what came before the cell asked for it: something has come after it."""
        if self._clears is not None:
            self._drop(self._clears)

    def _drop(self, before: int) -> None:
        self._cleared, self._clears, self._items, self._room = before, None, [], ROOM

    def all(self, printed: Sequence[str]) -> dict[str, Any]:
        """Return the cell's output: `stdout`, `value`, `shown` and `figures`.

        Args:
            printed: Standard output, cut at the marks.
        """
        value = None
        lines: list[str] = []
        shown: list[dict[str, str]] = []
        figures: list[dict[str, str]] = []
        for text, item in itertools.zip_longest(map(clean, printed[1:]), self._items):
            if text:
                shown.append({"kind": ShownKind.TEXT, "content": text})
                lines.append(text)
            if item is None:
                continue
            content = item.form.content
            words = clean(item.form.text[:MOST])
            if item.figure:
                content = str(len(figures))
                figures.append(item.figure)
            elif item.form.kind is ShownKind.TEXT:
                content = words
            if item.is_value:
                value = None if item.figure else words
            elif words:
                lines += ["\n"] if lines and not lines[-1].endswith("\n") else []
                lines.append(words + "\n")
            if len(content) > LARGEST:
                self.long.append("value" if item.is_value else "shown")
                continue
            shown.append({"kind": item.form.kind, "content": content})
        stdout = "".join(lines)
        return {"stdout": stdout, "value": value, "shown": shown, "figures": figures}


def _of_bundle(bundle: dict[str, Any]) -> Value | Unshown:
    """Return the form of forms that are given as such, by their media types."""

    class HTML:
        def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
            return bundle

    HTML.__module__ = "builtins"  # What is said of it names no library.
    return form_of(HTML())
