"""A value as plain text, as IPython writes it, and no longer than anybody reads.

What a page would not show is not written in the first place.
"""

from __future__ import annotations

import contextlib
import io
from typing import Any

from IPython.core.formatters import PlainTextFormatter
from IPython.lib import pretty

from unrolled.model.output import LIMIT

MOST = 4 * LIMIT
"""Characters that are written; after them comes the end, wherever that is."""
_formatter = PlainTextFormatter()


class _FullError(Exception):
    """Enough has been written."""


class _Printer(pretty.RepresentationPrinter):
    """Writes a value until there is enough of it."""

    written = 0

    def text(self, obj: str) -> None:
        """Write some text."""
        super().text(obj[:MOST])
        self.written += len(obj)
        if self.written > MOST:
            raise _FullError


def plain(value: Any) -> str:
    """Return a value as text, of one that is longer so much that it can be seen to be."""
    stream = io.StringIO()
    printers: dict[Any, Any] = {**_formatter.type_printers, str: _begin, bytes: _begin}
    printer = _Printer(
        stream,
        max_width=_formatter.max_width,
        newline=_formatter.newline,
        max_seq_length=_formatter.max_seq_length,
        singleton_pprinters=_formatter.singleton_printers,
        type_pprinters=printers,
        deferred_pprinters=_formatter.deferred_printers,
    )
    with contextlib.suppress(_FullError):
        printer.pretty(value)
    printer.flush()
    return stream.getvalue()


def _begin(value: Any, printer: pretty.RepresentationPrinter, cycle: bool) -> None:  # noqa: ARG001 - as IPython calls it
    printer.text(repr(value[: MOST + 1]))
