"""The HTML of cards and free recall, complete without JavaScript: each is a `<details>`."""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement

from unrolled.blocks.parts import parts_of
from unrolled.blocks.planned import Planned
from unrolled.model.search import OUT_OF_SEARCH


class CardBlock(Planned):
    """`/// card | front`: the content is the back."""

    NAME = "card"

    def on_create(self, parent: Element) -> Element:
        """Make the card, its front up."""
        facts = {
            "class": "card",
            "id": self.planned.option("id"),
            "data-hash": self.context.page.digest(self.planned),
        }
        card = SubElement(parent, "quiz-card", facts)
        details = SubElement(card, "details", {"class": "card__turn"})
        SubElement(
            SubElement(details, "summary"), "span", {"class": "card__front"}
        ).text = self.argument
        self._back = SubElement(details, "div", {"class": "card__back", OUT_OF_SEARCH: ""})
        return card

    def on_add(self, block: Element) -> Element:  # noqa: ARG002 - pymdownx passes it
        """Put the content on the back."""
        return self._back


class ExplainBlock(Planned):
    """`/// explain | prompt`: its list holds the concepts.

    What is before it is shown with the prompt.
    """

    NAME = "explain"

    def on_markdown(self) -> str:
        """Parse the content as blocks."""
        return "block"

    def on_create(self, parent: Element) -> Element:
        """Make the element and its head."""
        name = self.planned.option("id")
        facts = {
            "class": "explain",
            "id": name,
            "data-hash": self.context.page.digest(self.planned),
        }
        holder = SubElement(parent, "quiz-explain", facts)
        self.titled(holder, self.argument, name)
        return holder

    def on_end(self, block: Element) -> None:
        """Put the concepts and one way to say it where the reader asks for them."""
        solutions = parts_of(block, "solution")
        concepts = block.find("ul")
        answer = SubElement(block, "details", {"class": "explain__answer", OUT_OF_SEARCH: ""})
        count = 0 if concepts is None else len(concepts)
        SubElement(answer, "summary").text = f"Compare with {count} concepts"
        if concepts is not None:
            concepts.set("class", "explain__concepts")
            block.remove(concepts)
            answer.append(concepts)
        for part in solutions:
            answer.append(part)
            summary = part.find("summary")
            if summary is not None:
                summary.text = "One way to say it"
