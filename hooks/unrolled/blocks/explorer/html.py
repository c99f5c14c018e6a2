"""The HTML of an explorer: what stands there without JavaScript, and torch's messages as data."""

from __future__ import annotations

import json
from xml.etree.ElementTree import Element, SubElement

from unrolled.blocks.explorer import proof
from unrolled.blocks.explorer.item import Explorer
from unrolled.blocks.planned import Planned


class ExplorerBlock(Planned):
    """`/// explorer`; its content is what readers see without JavaScript."""

    NAME = "explorer"

    def on_markdown(self) -> str:
        """Parse the content as blocks."""
        return "block"

    def on_create(self, parent: Element) -> Element:
        """Make the element, with what torch says to what it refuses."""
        facts = {"class": "explorer"}
        item = self.item(Explorer)
        if item and self.context.is_proved(item.block):
            run = proof.run_of(item, self.context.ran)
            facts["data-refusals"] = json.dumps(run.result)
            facts["data-torch"] = run.torch
        return SubElement(parent, "quiz-explorer", facts)
