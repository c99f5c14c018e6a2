"""The HTML of the page of proofs.

Every question and claim on the site, how each was proved, and the totals.
"""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement

from markdown.util import AtomicString

from unrolled.blocks import markup
from unrolled.blocks.planned import Planned
from unrolled.model.cell import Claim, ClaimKind
from unrolled.model.item import Item
from unrolled.model.kind import Proof
from unrolled.model.page import Page
from unrolled.model.runs import PageRuns

CLAIM = {
    ClaimKind.VALUE: "filled in by the run",
    ClaimKind.SHAPE: "shape compared",
    ClaimKind.CHECK: "found true",
    ClaimKind.DEFAULT: "asked of torch",
}
Proved = tuple[PageRuns, Item, Proof]


class ProofsBlock(Planned):
    """`/// proofs`: what this site says, and what confirms it."""

    NAME = "proofs"

    def on_create(self, parent: Element) -> Element:
        """Make the totals, the questions and the claims."""
        around = SubElement(parent, "div", {"class": "proofs"})
        site = self.context.site
        proved = [(ran, item, proof) for ran in site for item, proof in self.context.proofs(ran)]
        claims = {ran.page.path: _claims(ran.page) for ran in site}
        totals = _totals(site, proved, sum(map(len, claims.values())))
        body = markup.table(around, ("What", "How many"))
        for cells in totals:
            markup.row(body, cells)
        SubElement(around, "h2", {"id": "proofs-questions"}).text = "Questions"
        body = markup.table(around, ("Question", "Kind", "Proved by", "On"))
        for ran, item, proof in proved:
            link = markup.link(f"{self._to(ran.page)}#{item.id}", ran.title(item))
            kind = f"{item.block.option('kind')}, {item.block.option('level')}"
            markup.row(body, (link, kind, proof.how, proof.date))
        SubElement(around, "h2", {"id": "proofs-claims"}).text = "Claims"
        for path, own in claims.items():
            if own:
                _list_claims(around, path, own)
        return around

    def _to(self, page: Page) -> str:
        return posixpath.relpath(page.path, posixpath.dirname(self.context.page.path))


def _claims(page: Page) -> list[Claim]:
    found = (claim for cell in page.cells for claim in cell.claims if claim.kind in CLAIM)
    return sorted(found, key=lambda claim: claim.line)


def _totals(
    site: Sequence[PageRuns], proved: Sequence[Proved], claims: int
) -> list[tuple[str, str]]:
    proofs = [proof for _, _, proof in proved]
    by_run = [proof for proof in proofs if proof.by_run]
    ways = Counter(proof.how for proof in proofs)
    return [
        ("Cells run", str(sum(cell.runs for ran in site for cell in ran.page.cells))),
        ("Claims confirmed", str(claims)),
        ("Questions", str(len(proofs))),
        *((f"Questions: {how}", str(count)) for how, count in sorted(ways.items())),
        ("Distractors ruled out by runs", str(sum(proof.refuted for proof in by_run))),
        ("Mistakes seen to lead to their distractor", str(sum(proof.caused for proof in proofs))),
        ("Questions with fresh numbers", str(sum(proof.varied > 0 for proof in proofs))),
        ("Variants of them proved", str(sum(proof.varied for proof in proofs))),
        ("torch", max((proof.torch for proof in proofs), default="")),
    ]


def _list_claims(around: Element, path: str, claims: Sequence[Claim]) -> None:
    details = SubElement(around, "details")
    SubElement(details, "summary").text = AtomicString(f"{path}: {len(claims)}")
    body = markup.table(details, ("Line", "Claim", "Proof"))
    for claim in claims:
        code = Element("code")
        code.text = AtomicString(claim.source.removeprefix(f"#!{claim.kind} "))
        markup.row(body, (str(claim.line), code, CLAIM[claim.kind]))
