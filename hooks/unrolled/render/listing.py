"""What stands behind the ticks: for each chain, its code with the claims in their places.

It runs as it stands, hidden cells included, and prints or asserts what the page claims.
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from unrolled.model.cell import OF_PAGE, Cell, Chain, Claim, ClaimKind
from unrolled.model.page import Page
from unrolled.model.runs import PageRuns
from unrolled.render.rendering import Rendering

ELEMENT = "quiz-proofs"
"""The custom element that opens a proof beside its tick."""
TOLD = (
    "Each tick on this page leads to a line here. Torch ran each block as it is when this page was"
    " built."
)


def anchor(number: int) -> str:
    """Return the id of the line that proves a claim, by its place among the page's claims."""
    return f"proof-{number + 1}"


def is_ticked(claim: Claim) -> bool:
    """Return whether code stands behind a claim."""
    return claim.kind not in OF_PAGE


def has_proofs(page: Page) -> bool:
    """Return whether ticks on a page lead to proofs."""
    return any(is_ticked(claim) for claim in page.claims)


class Proofs(Treeprocessor):
    """Puts the proofs at the end of a page, folded.

    Early, so that MkDocs sees what the ticks lead to when it looks for dead links.
    """

    def __init__(self, md: Markdown, current: Callable[[], Rendering]) -> None:
        """Belong to a converter."""
        super().__init__(md)
        self._current = current

    def run(self, root: Element) -> None:
        """Add the proofs of the page."""
        rendering = self._current()
        if not rendering.whole or not has_proofs(rendering.page):
            return
        around = SubElement(root, ELEMENT)
        details = SubElement(around, "details", {"class": "proofs", "data-search-exclude": ""})
        SubElement(details, "summary").text = AtomicString("The code behind the ticks")
        SubElement(details, "p").text = AtomicString(TOLD)
        numbers = {id(c): n for n, c in enumerate(rendering.page.claims) if is_ticked(c)}
        for chain in rendering.page.chains:
            if any(id(claim) in numbers for cell in chain.cells for claim in cell.claims):
                _add(details, rendering.ran, chain, numbers)


def _add(details: Element, ran: PageRuns, chain: Chain, numbers: dict[int, int]) -> None:
    """Add a chain: each cell, then what is claimed of it, each line with its id."""
    code = SubElement(SubElement(details, "pre"), "code", {"tabindex": "0"})
    before: Element | None = None
    for cell in chain.cells:
        text = _code(cell)
        for claim in cell.claims:
            if id(claim) in numbers:
                before = _append(code, before, text)
                verdict = ran.verdict(claim)
                facts = {"class": "proofs__line", "id": anchor(numbers[id(claim)])}
                before = SubElement(code, "span", facts)
                before.text = AtomicString(_line(claim, verdict.text if verdict else ""))
                text = "\n"
        before = _append(code, before, f"{text}\n")


def _append(code: Element, before: Element | None, text: str) -> Element | None:
    """Add text behind what a block of code holds so far."""
    if before is None:
        code.text = AtomicString((code.text or "") + text)
    else:
        before.tail = AtomicString((before.tail or "") + text)
    return before


def _code(cell: Cell) -> str:
    """Return a cell's code, so that what it raises as promised does not end the listing."""
    code = cell.code.rstrip("\n") + "\n"
    if not cell.options.raises or '"""' in code or "'''" in code:
        return code
    return f"try:\n{textwrap.indent(code, '    ')}except {cell.options.raises} as error:\n" + (
        "    print(error)\n"
    )


def _line(claim: Claim, text: str) -> str:
    """Return the line that shows what a claim says."""
    said = text if len(text) < 60 and "\n" not in text else ""
    match claim.kind:
        case ClaimKind.CHECK:
            return f"assert {claim.code}"
        case ClaimKind.SHAPE:
            return f'assert tuple(getattr({claim.code}, "shape", {claim.code})) == {claim.expected}'
        case ClaimKind.DEFAULT:
            name = claim.source.split(maxsplit=1)[1]
            return f"help({name.rpartition('.')[0]})  # {name.rpartition('.')[2]}={said}"
        case _:
            return f"print({claim.code})" + (f"  # {said}" if said else "")


def title(page: Page, number: int) -> str:
    """Return what a tick says to those who cannot see it."""
    claim = page.claims[number]
    return f"proved: {claim.code}" if claim.kind is ClaimKind.CHECK else "proof"
