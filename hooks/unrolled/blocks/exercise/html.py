"""The HTML of exercises, complete without JavaScript.

The stub and the check to copy, hints, and in `<details>` the solution.
"""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement

from unrolled.blocks.exercise import proof
from unrolled.blocks.exercise.item import Exercise
from unrolled.blocks.parts import parts_of
from unrolled.blocks.planned import Planned


class ExerciseBlock(Planned):
    """`/// exercise | title`."""

    NAME = "exercise"

    def on_markdown(self) -> str:
        """Parse the content as blocks."""
        return "block"

    def on_create(self, parent: Element) -> Element:
        """Make the element and its head."""
        name = self.planned.option("id")
        facts = {
            "class": "exercise",
            "id": name,
            "data-hash": self.context.page.digest(self.planned),
        }
        holder = SubElement(parent, "quiz-exercise", facts)
        self.titled(holder, self.argument, name)
        return holder

    def on_end(self, block: Element) -> None:
        """Put the hints and the solution last, and say how it was proved."""
        block.extend(parts_of(block, "hint"))
        block.extend(parts_of(block, "solution"))
        item = self.item(Exercise)
        if item and self.context.is_proved(item.block):
            SubElement(block, "p", {"class": "question__proof"}).text = proof.sentence(
                item, self.context.ran
            )
