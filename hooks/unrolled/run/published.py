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
from unrolled.run.values import Unshown, Value, form_of

LARGEST = 1 << 20
"""Characters of a value's form that are kept."""


@dataclass
class _Item:
    """Something shown, and where in standard output it stands."""

    at: int
    form: Value
    figure: dict[str, str] | None = None
    is_value: bool = False


@dataclass
class Published:
    """Takes what a cell shows."""

    mark: Callable[[], int]
    """Says how much the cell has printed so far."""
    unshown: list[str] = field(default_factory=list[str])
    """What cannot be shown, in words."""
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
        self.unshown, self._items, self._drawn = [], [], []
        self._cleared, self._clears = 0, None

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
        known = self._named.get(name) if name else None
        item = known or _Item(0, form)
        item.form, item.figure, item.is_value = form, figure, last
        if known is None:
            item.at = self.mark()
            self._clear_what_waits()
            self._items.append(item)
        if name:
            self._named[name] = item

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
            self._cleared, self._clears, self._items = here, None, []

    def marks(self) -> list[int]:
        """Return where standard output is to be cut: at what is gone, then at each item."""
        if self._clears is not None and self.mark() > self._clears:
            self._clear_what_waits()
        return [self._cleared, *(item.at for item in self._items)]

    def _clear_what_waits(self) -> None:
        """Drop what came before the cell asked for it: something has come after it."""
        if self._clears is not None:
            self._cleared, self._clears, self._items = self._clears, None, []

    def all(self, printed: Sequence[str]) -> dict[str, Any]:
        """Return the cell's output: `stdout`, `value`, `shown`, `figures`, and whether it is `cut`.

        Args:
            printed: Standard output, cut at the marks.
        """
        stdout, value, cut = "", None, False
        shown: list[dict[str, str]] = []
        figures: list[dict[str, str]] = []
        for text, item in itertools.zip_longest(map(clean, printed[1:]), self._items):
            if text:
                shown.append({"kind": ShownKind.TEXT, "content": text})
                stdout += text
            if item is None:
                continue
            content = item.form.content
            if item.figure:
                content = str(len(figures))
                figures.append(item.figure)
            elif item.form.kind is ShownKind.TEXT:
                content = clean(content)
            words = clean(item.form.text)
            if item.is_value:
                value = None if item.figure else words
            elif words:
                stdout += "\n" if stdout and not stdout.endswith("\n") else ""
                stdout += words + "\n"
            if len(content) > LARGEST:
                cut = True
                continue
            shown.append({"kind": item.form.kind, "content": content})
        return {"stdout": stdout, "value": value, "shown": shown, "figures": figures, "cut": cut}


def _of_bundle(bundle: dict[str, Any]) -> Value | Unshown:
    """Return the form of forms that are given as such, by their media types."""

    class Given:
        def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
            return bundle

    return form_of(Given())
