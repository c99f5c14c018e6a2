"""Shapes in comments of cells that nothing proves."""

from __future__ import annotations

from collections.abc import Iterator

from unrolled.model.cell import Cell
from unrolled.model.page import Page
from unrolled.model.problem import Code, Problem
from unrolled.model.shape import SYMBOLIC, TYPED
from unrolled.read import comments, remarks


def problems(page: Page) -> Iterator[Problem]:
    """Yield a problem for each shape in a comment that nothing proves."""
    for cell in page.cells:
        yield from _comments(page.path, cell)


def _comments(path: str, cell: Cell) -> Iterator[Problem]:
    claimed = {c.cell_line for c in cell.claims if c.is_whole} if cell.runs else set[int | None]()
    said = remarks.claims(cell.code, cell.line)
    stated = {claim.cell_line for claim in said if claim.is_whole} & claimed
    for number, text in comments.comments(cell.code):
        if number in stated:
            continue
        is_claim = number in claimed
        rest = comments.NAMED.sub("", text) if is_claim else text
        axes = not is_claim and comments.AXES.fullmatch(text) and text.count("=") > 1
        unproved = axes and number not in comments.settings(cell.code)
        if TYPED.search(rest) or SYMBOLIC.search(text) or unproved:
            fact = f"nothing proves the shape in the comment '{text}'"
            remedy = (
                "Name what has it, on the line that makes it: `# out: (4, 7, 3)`, or behind an"
                " assignment `# batch=4, seq_len=7`"
            )
            yield Problem(path, cell.line + number, fact, remedy, code=Code.SHAPE)
