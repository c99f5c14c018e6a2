"""Claims on the page: a value, a shape or a checked expression."""

from __future__ import annotations

import re
from collections.abc import Callable
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.inlinepatterns import InlineProcessor
from markdown.util import AtomicString

from unrolled.model.cell import WRITTEN, ClaimKind
from unrolled.read.pitfalls import UNSEEN_CLAIM
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
        number = int(m.group(1)[:9])
        if number >= len(rendering.page.claims):
            return _reported(rendering, m)
        claim = rendering.page.claims[number]
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


class Unproved(InlineProcessor):
    """Reports a claim that the plan does not hold: nothing would prove what readers see."""

    def __init__(self, md: Markdown, current: Callable[[], Rendering]) -> None:
        """Belong to a converter."""
        super().__init__(rf"`[ ]?(#!(?:{'|'.join(WRITTEN)})\s[^`]*)`", md)
        self._current = current

    def handleMatch(  # type: ignore[override]  # noqa: N802 - the library's name
        self,
        m: re.Match[str],
        data: str,  # noqa: ARG002 - the library passes it
    ) -> tuple[Element, int, int]:
        """Return the claim as code."""
        return _reported(self._current(), m)


def _reported(rendering: Rendering, m: re.Match[str]) -> tuple[Element, int, int]:
    """Report a claim that the plan does not hold, and return it as code."""
    source = m.group(0).strip("` ")
    if any(source in line for line in rendering.page.lines):
        fact, remedy = "this claim would not be proved", UNSEEN_CLAIM
    else:
        fact, remedy = f"a snippet holds a claim: {source}", "Write it in the page itself"
    rendering.report(fact, remedy, rendering.line_of(source))
    element = Element("code", {"class": "claim claim--refuted"})
    element.text = AtomicString(source)
    return element, m.start(0), m.end(0)
