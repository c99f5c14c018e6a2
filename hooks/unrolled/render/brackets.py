"""Brackets that begin no link, in linear time.

For each opening bracket Python-Markdown looks for its end through the rest of the paragraph, also
where there is none.
"""

from __future__ import annotations

import re

from markdown import Markdown
from markdown.inlinepatterns import InlineProcessor

MOST = 8
"""Opening brackets in a row that may still begin links in links."""


class Brackets(InlineProcessor):
    """Takes opening brackets for text: many in a row, and those after which none closes."""

    def __init__(self, md: Markdown) -> None:
        """Belong to a converter."""
        super().__init__(r"\[+(?:[^\[\]\x02\x03*_<`!\\&~^\n]*\[+)*", md)

    def handleMatch(  # type: ignore[override]  # noqa: N802 - the library's name
        self, m: re.Match[str], data: str
    ) -> tuple[str | None, int | None, int | None]:
        """Return the text, or nothing where a link may begin."""
        alone = re.match(r"\[+", m[0])
        assert alone
        if data.find("]", m.end()) < 0:
            return m[0], m.start(), m.end()
        if len(alone[0]) > MOST:
            return alone[0], m.start(), m.start() + len(alone[0])
        return None, None, None
