"""What the HTML of all our `///` blocks has in common: each knows its number in the plan."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import ClassVar
from xml.etree.ElementTree import Element, SubElement

from pymdownx.blocks.block import Block as MarkdownBlock
from pymdownx.blocks.block import type_integer

from unrolled.blocks.context import Context
from unrolled.model.block import Block
from unrolled.model.page import AnyItem


class Planned(MarkdownBlock):
    """A block whose number in the plan was written into its options."""

    NAME: ClassVar[str]
    ARGUMENT = None
    OPTIONS = {"block": (-1, type_integer)}  # noqa: RUF012 - the library's way

    def on_validate(self, parent: Element) -> bool:  # noqa: ARG002 - the library passes it
        """Refuse a block that the plan does not hold, with a problem.

        Nothing could be shown in its place.
        """
        if self.options["block"] < 0:
            fact = f"the renderer meets a block '{self.NAME}' that the plan does not hold"
            self.context.report(fact, "Keep it out of footnotes and definition lists")
            return False
        return True

    @property
    def context(self) -> Context:
        """The page that is being rendered."""
        return self.config["context"]()

    @property
    def planned(self) -> Block:
        """The block in the plan."""
        return self.context.page.blocks[self.options["block"]]

    def item(self, kind: type[AnyItem]) -> AnyItem | None:
        """Return what the plan read in this block; None when it was too faulty to say."""
        item = self.context.page.item_of(self.planned)
        return item if isinstance(item, kind) else None

    def titled(self, holder: Element, title: str, item: str) -> None:
        """Give an item's element its heading, and its name.

        The heading's words without the link that the theme adds to it.
        """
        attributes = {"class": f"{self.NAME}__title", "id": f"{item}-title"}
        heading = SubElement(holder, f"h{self.level()}", attributes)
        SubElement(heading, "span", {"id": f"{item}-name"}).text = title
        holder.set("role", "group")
        holder.set("aria-labelledby", f"{item}-name")

    def level(self) -> int:
        """Return the heading level for the block.

        One below the last section's, however deep the block lies.
        """
        before = next(_headings(self.md.parser.root), None)
        return min(int(str(before.tag)[1]) + 1, 6) if before is not None else 2


def _headings(element: Element) -> Iterator[Element]:
    """Yield the headings in an element, the last one first, but for those of our own items."""
    for child in reversed(element):
        if str(child.tag).startswith("quiz-"):
            continue
        if re.fullmatch("h[1-6]", str(child.tag)):
            yield child
        yield from _headings(child)
