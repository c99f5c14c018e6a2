"""The marks of quotes before a line's text: `> > text`."""

from __future__ import annotations

import re

MARKS = r"[ \t]*(?:>[ ]?)*"
"""A pattern for them, with the blanks before."""
_BEFORE = re.compile(MARKS)


def without(line: str) -> str:
    """Return a line without the marks of quotes, and without the blanks before these."""
    return _BEFORE.sub("", line, count=1)
