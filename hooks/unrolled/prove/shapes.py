"""Shapes that nothing proves.

Concrete ones in the text and in comments, and symbolic ones outside a contract.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from unrolled.model.cell import Cell
from unrolled.model.page import Page
from unrolled.model.problem import Code, Problem
from unrolled.model.shape import BARE
from unrolled.read import comments

CLAIM = re.compile(r"`[ ]?#!(?:value|shape|check)[ ][^`]*`")
HARMLESS = re.compile(
    r"\(\d{1,3}(?:,\d{3})+\)|\((?:19|20)\d\d, (?:19|20)\d\d\)|(?<=version_info >= )\([\d, ]+\)"
)
"""What looks like a shape and is none: thousands, two years, a version."""
SYMBOLIC = re.compile(
    r"`\((?=[^`)]*\b(?:N|L|D|H_in|H_out|H_cell|num_layers)\b)[\w\s*+]+(?:,[\w\s*+]*)+\)`"
)


def problems(page: Page) -> Iterator[Problem]:
    """Yield a problem for each concrete shape without proof, symbolic one without contract."""
    code = {number for cell in page.cells for number in range(cell.line + 1, cell.end)}
    proved, swept = _proved(page)
    for cell in page.cells:
        yield from _comments(page.path, cell)
    for number, line in enumerate(page.lines, 1):
        if number in code or number in swept:
            continue
        rest = HARMLESS.sub("", CLAIM.sub("", line))
        concrete = None if number in proved else BARE.search(rest)
        if concrete:
            remedy = (
                f"Let a run prove it: `#!shape out: {concrete[0]}`, or print it with `#!value"
                " out.shape`"
            )
            yield Problem(
                page.path,
                number,
                f"nothing proves the shape {concrete[0]}",
                remedy,
                code=Code.SHAPE,
            )
        symbolic = SYMBOLIC.search(rest)
        if symbolic:
            fact = f"nothing proves the symbolic shape {symbolic[0].strip('`')}"
            remedy = (
                "State it in a `/// shapes` block, which sweeps a layer's settings, and link there"
            )
            yield Problem(page.path, number, fact, remedy, code=Code.SHAPE)


def _proved(page: Page) -> tuple[set[int], set[int]]:
    """Return the lines where a run proves concrete shapes, and those where a sweep proves all."""
    concrete = {line for item in page.items for line in item.proved_lines}
    swept = {line for item in page.items for line in item.swept_lines}
    return concrete, swept


def _comments(path: str, cell: Cell) -> Iterator[Problem]:
    claimed = (
        {claim.cell_line for claim in comments.claims(cell.code, cell.line)}
        if cell.runs
        else set[int | None]()
    )
    for number, text in comments.comments(cell.code):
        is_claim = number in claimed
        rest = comments.NAMED.sub("", text) if is_claim else text
        axes = not is_claim and comments.AXES.fullmatch(text) and text.count("=") > 1
        unproved = axes and not comments.is_about_arguments(cell.code, number)
        if BARE.search(rest) or SYMBOLIC.search(f"`{text.lstrip('# ')}`") or unproved:
            fact = f"nothing proves the shape in the comment '{text}'"
            remedy = (
                "Name what has it, on the line that makes it: `# out: (4, 7, 3)`, or behind an"
                " assignment `# batch=4, seq_len=7`"
            )
            yield Problem(path, cell.line + number, fact, remedy, code=Code.SHAPE)
