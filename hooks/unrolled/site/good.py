"""The last good outputs of pages.

While a writer fixes a cell, what it gave before stays in sight.
"""

from __future__ import annotations

import difflib

from unrolled.model.output import Output
from unrolled.model.page import Page
from unrolled.model.problem import Problem
from unrolled.model.runs import PageRuns


class LastGood:
    """Remembers what each cell gave when last it was well."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._known: dict[str, tuple[Page, dict[int, Output]]] = {}

    def keep(self, ran: PageRuns, problems: list[Problem]) -> None:
        """Remember the outputs of each cell that is well, and what the others gave before."""
        page = ran.page
        kept = self.of(page)
        lines = {problem.line for problem in problems if problem.path == page.path}
        for cell in page.cells:
            output = ran.output(cell)
            if output and lines.isdisjoint(range(cell.line, cell.end + 1)):
                kept[cell.line] = output
        self._known[page.path] = (page, kept)

    def of(self, page: Page) -> dict[int, Output]:
        """Return the good outputs of the page before, by the cells' lines as they are now."""
        before, outputs = self._known.get(page.path, (page, {}))
        old, new = [cell.code for cell in before.cells], [cell.code for cell in page.cells]
        matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
        moved = {
            before.cells[a].line: page.cells[b].line
            for tag, a1, a2, b1, b2 in matcher.get_opcodes()
            if tag in ("equal", "replace")
            for a, b in zip(range(a1, a2), range(b1, b2), strict=False)
        }
        return {moved[line]: output for line, output in outputs.items() if line in moved}
