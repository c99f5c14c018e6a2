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

Made = Callable[[Rendering, re.Match[str]], Element]
TICK = "✓"
PLAIN = (ClaimKind.COUNT, ClaimKind.MINUTES)
"""Numbers of the page itself, which stand in the text as words do."""


class Claims(InlineProcessor):
    """Renders what one pattern of claims finds."""

    def __init__(
        self, md: Markdown, current: Callable[[], Rendering], pattern: str, made: Made
    ) -> None:
        """Belong to a converter; `made` gives the element for a match."""
        super().__init__(pattern, md)
        self._current = current
        self._made = made

    def handleMatch(  # type: ignore[override]  # noqa: N802 - the library's name
        self,
        m: re.Match[str],
        data: str,  # noqa: ARG002 - the library passes it
    ) -> tuple[Element, int, int]:
        """Return the element for a claim."""
        return self._made(self._current(), m), m.start(0), m.end(0)


def marked(md: Markdown, current: Callable[[], Rendering]) -> Claims:
    """Return what renders the claims that the plan holds."""
    return Claims(md, current, r"`#!claim (\d+)`", _marked)


def unproved(md: Markdown, current: Callable[[], Rendering]) -> Claims:
    """Return what reports claims that the plan does not hold: nothing would prove them."""
    return Claims(md, current, rf"`[ ]?(#!(?:{'|'.join(WRITTEN)})\s[^`]*)`", _reported)


def _marked(rendering: Rendering, m: re.Match[str]) -> Element:
    number = int(m.group(1)[:9])
    known = number < len(rendering.page.claims)
    return _element(rendering, number) if known else _reported(rendering, m)


def _element(rendering: Rendering, number: int) -> Element:
    """Return a claim as readers see it: what torch says, and a tick that leads to the proof."""
    claim = rendering.page.claims[number]
    verdict = stated.verdict(rendering.ran, claim)
    holder = Element("span", {"class": f"claim claim--{claim.kind}"})
    item = rendering.page.item_at(claim.line)
    if item and item.varies:
        holder.set("data-claim", str(number))
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


def _reported(rendering: Rendering, m: re.Match[str]) -> Element:
    """Report a claim that the plan does not hold, and return it as code."""
    source = m.group(0).strip("` ")
    if any(source in line for line in rendering.page.lines):
        fact, remedy = "this claim would not be proved", UNSEEN_CLAIM
    else:
        fact, remedy = f"a snippet holds a claim: {source}", "Write it in the page itself"
    rendering.report(fact, remedy, rendering.line_of(source))
    element = Element("code", {"class": "claim claim--refuted"})
    element.text = AtomicString(source)
    return element
