"""The HTML of a shape contract.

Its table, and beneath it over how many configurations each row held.

On a phone each row becomes a list of its shapes, with the column's heading before each: so the
cells carry their headings, and the roles that a browser takes from a table which is not laid out as
one.
"""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement

from unrolled.blocks.planned import Planned
from unrolled.blocks.shapes import proof
from unrolled.blocks.shapes.item import Contract


class ContractBlock(Planned):
    """`/// shapes | nn.LSTM`."""

    NAME = "shapes"
    ARGUMENT = True

    def on_create(self, parent: Element) -> Element:
        """Make the box."""
        return SubElement(parent, "div", {"class": "contract"})

    def on_end(self, block: Element) -> None:
        """Give the table its name, row heads and roles, and say how it was proved."""
        table = block.find("table")
        contract = self.item(Contract)
        rows = [] if table is None else table.findall("tbody/tr")
        planned = len(contract.swept_lines) if contract else 0
        if contract and len(rows) != planned:
            fact = (
                f"the contract's table has {planned} rows in the plan and {len(rows)} on the page"
            )
            self.context.report(
                fact, "Put a blank line before the table and one after it", self.planned.line
            )
        if table is None:
            return
        _label(table, self.argument.strip("` "))
        if contract and self.context.is_proved(self.planned):
            run = proof.run_of(contract, self.context.ran)
            SubElement(block, "p", {"class": "contract__proof"}).text = proof.sentence(
                contract, run
            )


def _label(table: Element, layer: str) -> None:
    table.set("role", "table")
    table.set("aria-label", f"Shapes of {layer}")
    heads = [(head.text or "").strip().strip("`") for head in table.iter("th")]
    for part in ("thead", "tbody"):
        for group in table.findall(part):
            group.set("role", "rowgroup")
    for row in table.iter("tr"):
        row.set("role", "row")
        for position, cell in enumerate(row):
            if cell.tag == "th":
                cell.set("role", "columnheader")
                cell.set("scope", "col")
            elif position == 0:
                cell.tag = "th"
                cell.set("role", "rowheader")
                cell.set("scope", "row")
            else:
                cell.set("role", "cell")
                cell.set("data-column", heads[position])
