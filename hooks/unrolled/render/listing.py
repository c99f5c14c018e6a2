"""What stands behind the ticks: for each chain, its code with the claims in their places.

It runs as it stands, hidden cells included, and prints or asserts what the page claims.
"""

from __future__ import annotations

import html
import textwrap
from collections.abc import Iterator

from unrolled.model.cell import OF_PAGE, Cell, Chain, Claim, ClaimKind
from unrolled.model.page import Page
from unrolled.model.runs import PageRuns

ELEMENT = "quiz-proofs"
"""The custom element that opens a proof beside its tick."""


def anchor(number: int) -> str:
    """Return the id of the line that proves a claim, by its place among the page's claims."""
    return f"proof-{number + 1}"


def is_ticked(claim: Claim) -> bool:
    """Return whether code stands behind a claim."""
    return claim.kind not in OF_PAGE


def markup(ran: PageRuns) -> str:
    """Return the proofs of a page, folded; nothing where it claims nothing."""
    page = ran.page
    numbers = {id(claim): n for n, claim in enumerate(page.claims) if is_ticked(claim)}
    chains = [
        chain
        for chain in page.chains
        if any(id(claim) in numbers for cell in chain.cells for claim in cell.claims)
    ]
    if not chains:
        return ""
    listed = "".join(
        f'<pre><code tabindex="0">{"".join(_lines(ran, chain, numbers))}</code></pre>'
        for chain in chains
    )
    return (
        f'<{ELEMENT}><details class="proofs" data-search-exclude><summary>The code behind the ticks'
        f"</summary><p>Each tick on this page leads to a line here. Torch ran each block as it"
        f" is when this page was built.</p>{listed}</details></{ELEMENT}>"
    )


def _lines(ran: PageRuns, chain: Chain, numbers: dict[int, int]) -> Iterator[str]:
    """Yield a chain as HTML: each cell, then what is claimed of it, each line with its id."""
    for cell in chain.cells:
        yield html.escape(_code(cell), quote=False)
        for claim in cell.claims:
            if id(claim) in numbers:
                verdict = ran.verdict(claim)
                line = html.escape(_line(claim, verdict.text if verdict else ""), quote=False)
                name = anchor(numbers[id(claim)])
                yield f'<span class="proofs__line" id="{name}">{line}</span>\n'
        yield "\n"


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
            code = (
                claim.code if claim.code.endswith((".shape", ".size()")) else f"{claim.code}.shape"
            )
            return f"print({code})  # {claim.expected}"
        case ClaimKind.DEFAULT:
            name = claim.source.split(maxsplit=1)[1]
            return f"help({name.rpartition('.')[0]})  # {name.rpartition('.')[2]}={said}"
        case _:
            return f"print({claim.code})" + (f"  # {said}" if said else "")


def title(page: Page, number: int) -> str:
    """Return what a tick says to those who cannot see it."""
    claim = page.claims[number]
    return f"proved: {claim.code}" if claim.kind is ClaimKind.CHECK else "proof"
