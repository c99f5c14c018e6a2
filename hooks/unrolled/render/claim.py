"""Claims on the page: a value, a shape or a checked expression."""

from __future__ import annotations

import re
from collections.abc import Callable
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.inlinepatterns import InlineProcessor
from markdown.util import AtomicString

from unrolled.model.cell import ClaimKind
from unrolled.render.rendering import Rendering


class ClaimPattern(InlineProcessor):
    """Renders a marked claim."""

    def __init__(self, md: Markdown, current: Callable[[], Rendering]) -> None:
        """Belong to a converter."""
        super().__init__(r"`#!claim (\d+)`", md)
        self._current = current

    def handleMatch(  # type: ignore[override]  # noqa: N802 - the library's name
        self,
        m: re.Match[str],
        data: str,  # noqa: ARG002 - the library passes it
    ) -> tuple[Element, int, int]:
        """Return the element for a claim."""
        rendering = self._current()
        claim = rendering.page.claims[int(m.group(1))]
        verdict = rendering.ran.verdict(claim)
        element = Element("code", {"class": f"claim claim--{claim.kind}"})
        text = claim.code
        if claim.kind is ClaimKind.VALUE:
            text = verdict.text if verdict else "?"
        elif claim.kind is ClaimKind.SHAPE:
            text = str(claim.expected)
        if verdict is None or not verdict.ok:
            element.set("class", "claim claim--refuted")
        element.text = AtomicString(text)
        return element, m.start(0), m.end(0)
