"""What our `///` blocks have in common: each knows its number in the plan."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement

from pymdownx.blocks.block import Block as MarkdownBlock
from pymdownx.blocks.block import type_integer

from unrolled.page import Block
from unrolled.problem import Problem

if TYPE_CHECKING:
    from unrolled.render.extension import Rendering


class Planned(MarkdownBlock):
    """A block whose number in the plan was written into its options."""

    ARGUMENT = None
    OPTIONS = {"block": (-1, type_integer)}  # noqa: RUF012 - the library's way

    def on_validate(self, parent: Element) -> bool:
        """Refuse a block that the plan does not hold, with a problem: nothing could be shown in its place."""
        if self.options["block"] < 0:
            page = self.rendering.page
            remedy = "Keep it out of footnotes and definition lists"
            self.rendering.problems.append(
                Problem(page.path, 1, f"the renderer meets a block '{self.NAME}' that the plan does not hold", remedy)
            )
            return False
        return True

    @property
    def rendering(self) -> "Rendering":
        """Return the page's rendering."""
        return self.config["state"].rendering

    @property
    def planned(self) -> Block:
        """Return the block in the plan."""
        return self.rendering.page.blocks[self.options["block"]]

    def titled(self, holder: Element, title: str, item: str) -> None:
        """Give an item's element its heading, and its name: the heading's words without the link that the theme adds to it."""
        attributes = {"class": f"{self.NAME}__title", "id": f"{item}-title"}
        heading = SubElement(holder, f"h{self.level()}", attributes)
        SubElement(heading, "span", {"id": f"{item}-name"}).text = title
        holder.set("role", "group")
        holder.set("aria-labelledby", f"{item}-name")

    def level(self) -> int:
        """Return the heading level for the block: one below the last section's, however deep the block lies."""
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
