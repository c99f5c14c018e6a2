"""The HTML of a shape contract: its table, and beneath it over how many configurations each row held.

On a phone each row becomes a list of its shapes, with the column's heading before each: so the cells carry their headings, and the roles
that a browser takes from a table which is not laid out as one.
"""

from xml.etree import ElementTree as Tree

from unrolled import sweep
from unrolled.page import Contract
from unrolled.problem import Problem
from unrolled.render.question import Planned


class ContractBlock(Planned):
    """`/// shapes | nn.LSTM`."""

    NAME = "shapes"
    ARGUMENT = True

    def on_create(self, parent: Tree.Element) -> Tree.Element:
        """Make the box."""
        return Tree.SubElement(parent, "div", {"class": "contract"})

    def on_end(self, block: Tree.Element) -> None:
        """Give the table its name, row heads and roles, and say how it was proved, unless something is wrong with it."""
        table = block.find("table")
        contract = self._contract()
        rows = [] if table is None else table.findall("tbody/tr")
        if contract and len(rows) != len(contract.rows):
            fact = f"the contract's table has {len(contract.rows)} rows in the plan and {len(rows)} on the page"
            self.rendering.problems.append(
                Problem(self.rendering.page.path, self.planned.line, fact, "Put a blank line before the table and one after it")
            )
        if table is None:
            return
        _label(table, self.argument.strip("` "))
        wrong = any(self.planned.line <= p.line <= self.planned.end for p in self.rendering.problems)
        if contract and not wrong:
            run = self.rendering.engine.result(contract.chain, self.rendering.page)
            Tree.SubElement(block, "p", {"class": "contract__proof"}).text = sweep.sentence(contract, run)

    def _contract(self) -> Contract | None:
        return next((c for c in self.rendering.page.contracts if c.block == self.planned), None)


def _label(table: Tree.Element, layer: str) -> None:
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


BLOCKS = (ContractBlock,)
NAMES = {block.NAME for block in BLOCKS}
