"""Cells on the page: their code, and beneath it what the run gave."""

from __future__ import annotations

import html
from collections.abc import Callable
from typing import Any
from xml.etree.ElementTree import tostring

from markdown import Markdown

from unrolled.model.cell import Role
from unrolled.render.rendering import Rendering, Unplanned


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
