"""The HTML of the status page: every question and claim on the site, how each was proved, and the totals."""

import posixpath
from xml.etree import ElementTree as Tree

from markdown.util import AtomicString

from unrolled import proof
from unrolled.page import Claim, Page
from unrolled.render.block import Planned

HOW = {"run": "outcome of a run", "evidence": "truth of each option computed", "reviewed": "reviewed by a person"}
CLAIM = {"value": "filled in by the run", "shape": "shape compared", "check": "found true"}


class ProofsBlock(Planned):
    """`/// proofs`: what this site says, and what bears it out."""

    NAME = "proofs"

    def on_create(self, parent: Tree.Element) -> Tree.Element:
        """Make the totals, the questions and the claims."""
        around = Tree.SubElement(parent, "div", {"class": "proofs"})
        pages = self.rendering.site_pages
        engine = self.rendering.engine
        questions = [(page, item, proof.proof(page, item, engine)) for page in pages for item in page.questions]
        claims = [(page, claim) for page in pages for cell in page.cells for claim in cell.claims if claim.kind in CLAIM]
        cells = sum(cell.runs for page in pages for cell in page.cells)
        by = proof.marks([p for _, _, p in questions])
        proved = by["run"] + by["evidence"]
        share = f"{proved / len(questions):.0%}" if questions else "none"
        torch = max((p.torch for _, _, p in questions), default="")
        totals = [
            ("Cells run", str(cells)),
            ("Claims borne out", str(len(claims))),
            ("Questions", str(len(questions))),
            ("Questions proved by runs", f"{proved} ({share})"),
            ("Distractors proved wrong", str(sum(not c.key for _, q, p in questions if p.how != "reviewed" for c in q.choices))),
            ("Mistakes seen to lead to their distractor", str(sum(p.causes for _, _, p in questions))),
            ("torch", torch),
        ]
        _table(around, ("What", "How many"), [[name, number] for name, number in totals])
        _heading(around, "Questions", "proofs-questions")
        table = _table(around, ("Question", "Kind", "Proved by", "On"), [])
        for page, item, proved_by in questions:
            row = Tree.SubElement(table, "tr")
            link = Tree.SubElement(Tree.SubElement(row, "td"), "a", {"href": f"{self._to(page)}#{item.id}"})
            link.text = item.title
            for text in (f"{item.kind}, {item.level}", HOW.get(proved_by.how, "nothing"), proved_by.date):
                Tree.SubElement(row, "td").text = AtomicString(text)
        _heading(around, "Claims", "proofs-claims")
        for page in pages:
            own = [claim for p, claim in claims if p is page]
            if own:
                self._claims(around, page, own)
        return around

    def _claims(self, around: Tree.Element, page: Page, claims: list[Claim]) -> None:
        details = Tree.SubElement(around, "details")
        Tree.SubElement(details, "summary").text = AtomicString(f"{page.path}: {len(claims)}")
        table = _table(details, ("Line", "Claim", "Proof"), [])
        for claim in sorted(claims, key=lambda c: c.line):
            row = Tree.SubElement(table, "tr")
            Tree.SubElement(row, "td").text = str(claim.line)
            Tree.SubElement(Tree.SubElement(row, "td"), "code").text = AtomicString(claim.text)
            Tree.SubElement(row, "td").text = CLAIM[claim.kind]

    def _to(self, page: Page) -> str:
        return posixpath.relpath(page.path, posixpath.dirname(self.rendering.page.path))


def _heading(parent: Tree.Element, text: str, name: str) -> None:
    Tree.SubElement(parent, "h2", {"id": name}).text = text


def _table(parent: Tree.Element, heads: tuple[str, ...], rows: list[list[str]]) -> Tree.Element:
    """Add a table; return its body."""
    table = Tree.SubElement(parent, "table")
    row = Tree.SubElement(Tree.SubElement(table, "thead"), "tr")
    for head in heads:
        Tree.SubElement(row, "th").text = head
    body = Tree.SubElement(table, "tbody")
    for cells in rows:
        row = Tree.SubElement(body, "tr")
        for cell in cells:
            Tree.SubElement(row, "td").text = AtomicString(cell)
    return body
