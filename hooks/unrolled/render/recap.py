"""The HTML of cards and free recall, complete without JavaScript: each is a `<details>`."""

from xml.etree import ElementTree as Tree

from unrolled.page import Card, Explain
from unrolled.render.block import Planned


class CardBlock(Planned):
    """`/// card | front`: the content is the back."""

    NAME = "card"

    def on_create(self, parent: Tree.Element) -> Tree.Element:
        """Make the card, its front up."""
        page = self.rendering.page
        item: Card = next(c for c in page.cards if c.block == self.planned)
        card = Tree.SubElement(parent, "quiz-card", {"class": "card", "id": item.id, "data-hash": page.digest(item.block)})
        details = Tree.SubElement(card, "details", {"class": "card__turn"})
        Tree.SubElement(Tree.SubElement(details, "summary"), "span", {"class": "card__front"}).text = self.argument
        self._back = Tree.SubElement(details, "div", {"class": "card__back"})
        return card

    def on_add(self, block: Tree.Element) -> Tree.Element:  # noqa: ARG002 - pymdownx passes it
        """Put the content on the back."""
        return self._back


class ExplainBlock(Planned):
    """`/// explain | prompt`: its list holds the concepts; what is before it is shown with the prompt."""

    NAME = "explain"

    def on_markdown(self) -> str:
        """Parse the content as blocks."""
        return "block"

    def on_create(self, parent: Tree.Element) -> Tree.Element:
        """Make the element and its head."""
        page = self.rendering.page
        item: Explain = next(e for e in page.explains if e.block == self.planned)
        holder = Tree.SubElement(parent, "quiz-explain", {"class": "explain", "id": item.id, "data-hash": page.digest(item.block)})
        self.titled(holder, self.argument, item.id)
        return holder

    def on_end(self, block: Tree.Element) -> None:
        """Put the concepts and one way to say it where the reader asks for them."""
        concepts = block.find("ul")
        solutions = [child for child in block if child.get("data-part") == "solution"]
        answer = Tree.SubElement(block, "details", {"class": "explain__answer"})
        count = 0 if concepts is None else len(concepts)
        Tree.SubElement(answer, "summary").text = f"Compare with {count} concepts"
        if concepts is not None:
            concepts.set("class", "explain__concepts")
        for part in (concepts, *solutions):
            if part is not None:
                block.remove(part)
                answer.append(part)
        for part in solutions:
            summary = part.find("summary")
            if summary is not None:
                summary.text = "One way to say it"


BLOCKS = (CardBlock, ExplainBlock)
