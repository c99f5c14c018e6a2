"""Cells on the page: their code, and beneath it what the run gave."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from typing import Any
from xml.etree.ElementTree import tostring

from markdown import Markdown
from pymdownx.superfences import SuperFencesCodeExtension

from unrolled.model.cell import Cell, Role
from unrolled.render.rendering import Rendering, Unplanned

MARK = "<!-- cell {} -->"
"""Stands before each cell of a page whose cells are to be found again; whoever did takes it out."""
MARKED = re.compile(r"(?:<!-- )?\s*cell (\d+)\s*(?: -->)?")

CELL_NUMBER = re.compile(r'\{\.python cell="(\d+)"\}')
"""What `Mark` makes of the beginning of a cell."""


def marked(text: str) -> int | None:
    """Return the number of the cell that a mark stands for, given with or without its brackets."""
    found = MARKED.fullmatch(text)
    return int(found[1]) if found else None


def unmarked(content: str) -> str:
    """Return a page without marks."""
    return re.sub(MARK.format(r"\d+"), "", content)


def kept(md: Markdown) -> set[int]:
    """Return the numbers of the cells that a conversion keeps as such.

    SuperFences takes back those that turn out to stand in indented code.
    """
    found = (e for e in md.registeredExtensions if isinstance(e, SuperFencesCodeExtension))
    sources = (source for each in found for source, _ in each.stash.stash.values())
    return {int(n) for source in sources for n in CELL_NUMBER.findall(source.split("\n", 1)[0])}


class CellFormatter:
    """Formats the fences that are cells; SuperFences calls it."""

    def __init__(self, current: Callable[[], Rendering]) -> None:
        """Render through the current rendering."""
        self._current = current

    def __call__(
        self,
        src: str = "",
        language: str = "",  # noqa: ARG002 - SuperFences passes it
        options: dict[str, Any] | None = None,
        md: Markdown | None = None,
        **settings: Any,
    ) -> Any:
        """Return the HTML of a cell."""
        assert md
        rendering = self._current()
        highlight = md.preprocessors["fenced_code_block"].highlight  # type: ignore[attr-defined]
        number = (options or {}).get("cell")
        if number is None:
            # Indented code, as SuperFences finds out later, is taken back.
            shown = f"<!-- unplanned {len(rendering.unplanned)} -->"
            shown += _as_text(highlight(src, "python", {}, md, **settings))
            rendering.unplanned.append(Unplanned(shown, src))
            return shown
        cell = rendering.page.cells[int(number)]
        rendering.rendered.add(cell.line)
        return self._mark(int(number)) + self._cell(cell, highlight, md, settings)

    def _mark(self, number: int) -> str:
        """Return what leads from the page's HTML to the plan, where somebody needs it."""
        return MARK.format(number) if self._current().marks else ""

    def _cell(self, cell: Cell, highlight: Any, md: Markdown, settings: dict[str, Any]) -> str:
        """Return a cell's code, with what it gave."""
        rendering = self._current()
        item = rendering.page.item_at(cell.line)
        hides = item is not None and item.hides(cell)
        if cell.options.role is Role.SHOWN:
            return "<!-- shown by its block -->"
        if cell.options.hidden or hides:
            wrong = "" if hides else rendering.panes(cell)
            return wrong if "cell-problem" in wrong else "<!-- a hidden cell -->"
        code = _as_text(highlight(cell.code, "python", dict(cell.options.style), md, **settings))
        panes = "" if item and item.covers(cell) else rendering.panes(cell)
        caption = html.escape(item.caption(cell)) if item else ""
        code = f'<p class="cell__cause">{caption}</p>{code}' if caption else code
        reason = html.escape(cell.options.reason)
        note = f'<p class="cell__note">Not run here: {reason}</p>' if cell.options.notest else ""
        part = f' data-part="{cell.options.part}"' if cell.options.role is Role.APART else ""
        return f'<div class="cell"{part}>{code}{panes}{note}</div>'


def _as_text(code: Any) -> str:
    return code if isinstance(code, str) else tostring(code, encoding="unicode", method="html")


def accept_options(
    _language: str, inputs: dict[str, str], options: dict[str, Any], *_: Any
) -> bool:
    """Take the number that `Mark` wrote; the plan has judged the rest."""
    if "cell" in inputs:
        options["cell"] = inputs["cell"]
    return True
