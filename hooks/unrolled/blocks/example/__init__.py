"""Examples, `/// example`: the Markdown of the content, then what it becomes."""

from xml.etree.ElementTree import Element, SubElement

from markdown.util import AtomicString

from unrolled.blocks.planned import Planned
from unrolled.model.kind import BlockKind


class ExampleBlock(Planned):
    """`/// example`."""

    NAME = "example"

    def on_create(self, parent: Element) -> Element:
        """Put the source first."""
        around = SubElement(parent, "div", {"class": "example"})
        lines = self.context.page.lines[self.planned.body - 1 : self.planned.end - 1]
        SubElement(around, "p", {"class": "example__label"}).text = "You write"
        fences = self.md.preprocessors["fenced_code_block"]
        code = fences.highlight(  # type: ignore[attr-defined]
            "\n".join(lines).strip("\n"), "markdown", {}, self.md, classes=[], id_value="", attrs={}
        )
        holder = SubElement(around, "div")
        holder.text = AtomicString(self.md.htmlStash.store(code))
        SubElement(around, "p", {"class": "example__label"}).text = "Readers see"
        return around


KINDS = (BlockKind(name="example", html=ExampleBlock),)
