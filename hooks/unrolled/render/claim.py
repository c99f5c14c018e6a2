"""Claims on the page: what torch says, with a tick that leads to the code that proves it."""

from __future__ import annotations

import re
from collections.abc import Callable
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.inlinepatterns import InlineProcessor
from markdown.util import AtomicString

from unrolled.model.cell import WRITTEN, ClaimKind
from unrolled.prove import stated
from unrolled.read.pitfalls import UNSEEN_CLAIM
from unrolled.render import listing
from unrolled.render.rendering import Rendering

TICK = "✓"
PLAIN = (ClaimKind.COUNT, ClaimKind.MINUTES)
"""Numbers of the page itself, which stand in the text as words do."""


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
        number = int(m.group(1)[:9])
        if number >= len(self._current().page.claims):
            return _reported(self._current(), m)
        return _element(self._current(), number), m.start(0), m.end(0)


def _element(rendering: Rendering, number: int) -> Element:
    """Return a claim as readers see it: what torch says, and a tick that leads to the proof."""
    claim = rendering.page.claims[number]
    verdict = stated.verdict(rendering.ran, claim)
    holder = Element("span", {"class": f"claim claim--{claim.kind}"})
    if verdict is None or not verdict.ok:
        holder.set("class", "claim claim--refuted")
        shown = verdict.text if verdict and claim.kind is not ClaimKind.CHECK else claim.code
        SubElement(holder, "code").text = AtomicString(shown or claim.code)
        return holder
    if claim.kind in PLAIN:
        holder.text = AtomicString(verdict.text)
    elif claim.kind is not ClaimKind.CHECK:
        shape = claim.kind is ClaimKind.SHAPE
        shown = str(claim.expected) if shape else verdict.text
        SubElement(holder, "code").text = AtomicString(shown)
    if listing.is_ticked(claim):
        facts = {"class": "claim__tick", "href": f"#{listing.anchor(number)}"}
        tick = SubElement(
            holder, "a", facts | {"aria-label": listing.title(rendering.page, number)}
        )
        tick.text = AtomicString(TICK)
    return holder


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
