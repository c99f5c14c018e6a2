"""Parts of items, each a `<details>` of its own: hints, solutions, common mistakes, a bonus."""

from xml.etree.ElementTree import Element, SubElement

from unrolled.blocks.planned import Planned
from unrolled.model.kind import BlockKind


class Part(Planned):
    """A part, closed until the reader opens it."""

    SUMMARY = ""

    def on_create(self, parent: Element) -> Element:
        """Make the details."""
        facts = {"class": f"question-part question-part--{self.NAME}", "data-part": self.NAME}
        part = SubElement(parent, "details", facts)
        SubElement(part, "summary").text = self.summary()
        return part

    def summary(self) -> str:
        """Return what the closed part shows."""
        return self.SUMMARY


class HintBlock(Part):
    """`//// hint`, numbered when there are several."""

    NAME = "hint"

    def summary(self) -> str:
        """Return the hint's name, with its number when the item has several."""
        page = self.context.page
        item = page.item_at(self.planned.line)
        hints = [b for b in page.blocks_in(item.block) if b.name == self.NAME] if item else []
        return f"Hint {hints.index(self.planned) + 1}" if len(hints) > 1 else "Hint"


class SolutionBlock(Part):
    """`//// solution`."""

    NAME = "solution"
    SUMMARY = "Solution, step by step"


class BonusBlock(Part):
    """`//// bonus`."""

    NAME = "bonus"
    SUMMARY = "Bonus"


class MistakesBlock(Part):
    """`//// mistakes`."""

    NAME = "mistakes"
    SUMMARY = "Common mistakes"


def parts_of(holder: Element, *names: str) -> list[Element]:
    """Take the parts of these names out of an element, and return them in their order."""
    found = [child for child in holder if child.get("data-part") in names]
    for child in found:
        holder.remove(child)
    return found


KINDS = tuple(
    BlockKind(name=block.NAME, html=block, is_part=True)
    for block in (HintBlock, SolutionBlock, MistakesBlock, BonusBlock)
)
