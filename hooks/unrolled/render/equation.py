"""Equations on the page: MathML, which needs no script and which screen readers read."""

from __future__ import annotations

import html
import re
from typing import Any

from markdown import Markdown
from markdown.inlinepatterns import InlineProcessor

from unrolled.read import tex
from unrolled.read.tokens import MATH


class Inline(InlineProcessor):
    """Renders the equations in sentences."""

    def __init__(self, md: Markdown) -> None:
        """Belong to a converter."""
        super().__init__(MATH.pattern, md)

    def handleMatch(  # type: ignore[override]  # noqa: N802 - the library's name
        self,
        m: re.Match[str],
        data: str,  # noqa: ARG002 - the library passes it
    ) -> tuple[str, int, int]:
        """Return a mark in place of the equation; what Markdown makes later leaves it alone."""
        made = f'<span class="equation">{_mathml(m["tex"])}</span>'
        return self.md.htmlStash.store(made), m.start(0), m.end(0)


def alone(src: str = "", **_: Any) -> str:
    """Return the equation of a fence: it scrolls inside itself, by keys too."""
    inner = _mathml(src, block=True)
    facts = 'class="equation equation--alone" role="group" aria-label="Equation" tabindex="0"'
    return f"<div {facts}>{inner}</div>"


def accept(*_: Any) -> bool:
    """Take every fence `math`: an equation has no options."""
    return True


def _mathml(source: str, *, block: bool = False) -> str:
    """Return the MathML; of what is no TeX, which the check reports, the text itself."""
    try:
        return tex.equation(source, block=block).markup
    except tex.TexError:
        return f"<code>{html.escape(source)}</code>"
