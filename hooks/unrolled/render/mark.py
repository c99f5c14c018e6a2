"""Writing the plan's numbers into the source, before anything else reads it."""

from __future__ import annotations

import re
from collections.abc import Callable

from markdown import Markdown
from markdown.preprocessors import Preprocessor

from unrolled.blocks import BY_NAME
from unrolled.model.page import Page
from unrolled.render.rendering import Rendering

FENCE = re.compile(r"^(?P<before>.*?)(?P<ticks>`{3,}|~{3,})(?P<info>.*)$")


class Mark(Preprocessor):
    """Marks the fences, claims and blocks of a page."""

    def __init__(self, md: Markdown, current: Callable[[], Rendering], begin: Callable[[str], None]) -> None:
        """Belong to a converter.

        Args:
            md: The converter.
            current: The rendering.
            begin: Goes on to the page with this text.
        """
        super().__init__(md)
        self._current = current
        self._begin = begin

    def run(self, lines: list[str]) -> list[str]:
        """Return the marked lines."""
        self._begin("\n".join(lines))
        rendering = self._current()
        whole = rendering.page.text.split("\n")
        offset = len(whole) - len(lines)
        if whole[max(offset, 0) :] != [line.rstrip("\r") for line in lines]:
            fact = "something changed the page's text before it was rendered"
            rendering.report(fact, "Take the plugin that does it out of mkdocs.yml")
            return lines
        return "\n".join(_marked(rendering.page, whole)[offset:]).split("\n")


def _marked(page: Page, lines: list[str]) -> list[str]:
    marked = list(lines)
    for number, cell in enumerate(page.cells):
        match = FENCE.match(marked[cell.line - 1])
        if match:
            marked[cell.line - 1] = f'{match["before"]}{match["ticks"]}{{.python cell="{number}"}}'
    for number, claim in enumerate(page.claims):
        before = marked[claim.line - 1]
        # A table wants \| for |.
        written = "|".join(map(re.escape, (claim.source, claim.source.replace("|", r"\|"))))
        marked[claim.line - 1] = re.sub(rf"(`+)[ ]?(?:{written})[ ]?\1", f"`#!claim {number}`", before, count=1)
    for number, block in enumerate(page.blocks):
        if block.name not in BY_NAME:
            continue
        for line in range(block.line, block.body - 1):
            marked[line] = ""
        indent = re.match(r"\s*", marked[block.line - 1])
        marked[block.line - 1] += f"\n{indent[0] if indent else ''}    block: {number}"
    return marked
