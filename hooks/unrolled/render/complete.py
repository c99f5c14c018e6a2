"""The end of a page's conversion: nothing may be missing or doubled, the keyboard reaches all code, and the widget is loaded."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.postprocessors import Postprocessor
from markdown.treeprocessors import Treeprocessor

from unrolled.render import loaded
from unrolled.render.rendering import Rendering

REACHED = re.compile(r"<pre[^>]*>(?:<span></span>)?<code(?![^>]*tabindex)")
"""Code, which the keyboard must reach to scroll it; the theme, where it runs, sees to it only once the code is in sight."""


class UniqueIds(Treeprocessor):
    """Sees to it that no two elements have the same id; it comes last, when headings have their anchors."""

    def __init__(self, md: Markdown, current: Callable[[], Rendering]) -> None:
        """Belong to a converter."""
        super().__init__(md)
        self._current = current

    def run(self, root: Element) -> None:
        """Report each id that two elements have, at the line that asks for it."""
        rendering = self._current()
        count = Counter(element.get("id") for element in root.iter() if element.get("id"))
        for name in (name for name, times in count.items() if name and times > 1):
            base = re.escape(re.sub("-(?:title|name)$", "", name))
            asked = re.compile(rf"#{re.escape(name)}\b|^\s+id: {base}\s*$")
            line = next((n for n, text in enumerate(rendering.page.lines, 1) if asked.search(text)), 1)
            rendering.report(f"two elements of the page have the id '{name}'", "Give one of them another", line)


class Load(Treeprocessor):
    """Ends a page: reports each cell that is missing, and adds what the page loads."""

    def __init__(self, md: Markdown, current: Callable[[], Rendering]) -> None:
        """Belong to a converter."""
        super().__init__(md)
        self._current = current

    def run(self, root: Element) -> None:
        """Add to the end of the page."""
        rendering = self._current()
        for cell in rendering.page.cells:
            if cell.line not in rendering.rendered:
                remedy = "Put the fence on lines of its own, indented by four spaces for each list or tab around it"
                rendering.report("the renderer does not see this cell", remedy, cell.line)
        if rendering.is_dry:
            return
        markup = loaded.markup(rendering.page, rendering.root, rendering.repository)
        if markup:
            SubElement(root, "p").text = self.md.htmlStash.store(markup)


class Reach(Postprocessor):
    """Lets the keyboard reach all code. Python-Markdown gives it headings too, one by one, before the page."""

    def run(self, text: str) -> str:
        """Return the HTML with a place in the order of the Tab key for each block of code."""
        return REACHED.sub(r'\g<0> tabindex="0"', text)
