"""Claims that no cell evaluates: what the page holds, and what its cells raised."""

from __future__ import annotations

from collections.abc import Iterator

from unrolled.blocks import BY_NAME
from unrolled.blocks.minutes import minutes
from unrolled.model.cell import OF_PAGE, Claim, ClaimKind
from unrolled.model.mode import DRAWN
from unrolled.model.output import Verdict
from unrolled.model.page import Page
from unrolled.model.problem import Code, Problem
from unrolled.model.runs import PageRuns
from unrolled.read.near import near

A_TEST = "drawn"
"""Counts the questions that a test draws."""


def verdict(ran: PageRuns, claim: Claim) -> Verdict | None:
    """Return what the page and its runs say of a claim; None when no run came to it."""
    match claim.kind:
        case ClaimKind.MINUTES:
            return Verdict(ok=True, text=str(minutes(ran.page)))
        case ClaimKind.COUNT:
            return _count(ran.page, claim.code)
        case ClaimKind.ERROR:
            return _error(ran, claim)
        case _:
            return ran.verdict(claim)


def problems(ran: PageRuns) -> Iterator[Problem]:
    """Yield a problem for each such claim that does not hold."""
    for claim in ran.page.claims:
        found = verdict(ran, claim) if claim.kind in OF_PAGE else None
        if found and not found.ok:
            fact = f"the claim '{claim.source}' does not hold: {found.text}"
            yield Problem(ran.page.path, claim.line, fact, found.fact, code=Code.CLAIM)


def _count(page: Page, noun: str) -> Verdict:
    if noun == A_TEST:
        return Verdict(ok=True, text=str(DRAWN))
    names = {f"{kind.name.removesuffix('s')}s": kind.name for kind in BY_NAME.values()}
    if noun not in names:
        return Verdict(ok=False, text="nothing is called so", fact=near(noun, [*names, A_TEST]))
    found = sum(item.block.name == names[noun] for item in page.items)
    if not found:
        remedy = "Drop the claim, or name what the page holds"
        return Verdict(ok=False, text=f"the page has no {noun}", fact=remedy)
    return Verdict(ok=True, text=str(found))


def _error(ran: PageRuns, claim: Claim) -> Verdict | None:
    """Return the message of the nearest cell before a claim that promises to raise."""
    raising = [c for c in ran.page.cells if c.options.raises and c.line < claim.line and c.runs]
    if not raising:
        remedy = "Put a cell with raises=… before it"
        return Verdict(ok=False, text="no cell before it raises", fact=remedy)
    output = ran.output(raising[-1])
    if output is None or output.exception is None:
        return None
    text = f"{output.exception.type}: {output.exception.message}"
    if claim.code and _words(claim.code) not in _words(text):
        remedy = f"The message is '{text}'"
        return Verdict(ok=False, text="the message does not say so", fact=remedy)
    return Verdict(ok=True, text=claim.code or text.split("\n", 1)[0])


def _words(text: str) -> str:
    return " ".join(text.split())
