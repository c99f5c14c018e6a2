"""The parts of a page that have nothing to do with each other, as far as runs and proofs go."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from unrolled.model.cell import ClaimKind
from unrolled.model.page import Page

OPENS = re.compile(r"\s*(?:\||- |$)")
"""How the line of a row or a point begins, or an empty one."""
Part = Callable[[int], int]
"""Tells the part of a page that holds a line, as a number."""


def parts(page: Page) -> Part:
    """Return the parts for what changes a run.

    A part is a section or a block, joined with all others that share a chain with it, that hold
    what this chain's claims say, or whose shapes its items prove.
    """
    begins = [0, *_sections(page)]
    joined = [*range(len(begins))]

    def part(line: int) -> int:
        found = begins[min(max(line, 0), len(page.lines))]
        while joined[found] != found:
            found = joined[found]
        return found

    for first, *others in _together(page):
        for other in others:
            joined[part(other)] = part(first)
    return part


def paragraphs(page: Page) -> Part:
    """Return the parts for what changes the text alone: paragraphs, rows of tables and points."""
    begins, is_open = [0], False
    for number, text in enumerate(page.lines, 1):
        begins.append(begins[-1] if is_open and not OPENS.match(text) else number)
        is_open = bool(text.strip())
    return lambda line: begins[min(max(line, 0), len(page.lines))]


def _sections(page: Page) -> Iterator[int]:
    """Yield, line by line, the line at which the part that it is in begins."""
    code = {line for each in (*page.cells, *page.fences) for line in range(each.line, each.end + 1)}
    blocks = {
        line: block.line
        for block in page.blocks
        if block.depth == 0
        for line in range(block.line, block.end + 1)
    }
    section = 0
    for number, text in enumerate(page.lines, 1):
        if text.startswith("#") and number not in code and number not in blocks:
            section = number
        yield blocks.get(number, section)


def _together(page: Page) -> Iterator[list[int]]:
    """Yield lines that belong together."""
    for chain in page.all_chains:
        lines = [cell.line for cell in chain.cells if cell.on_page]
        lines += [claim.line for cell in chain.cells for claim in cell.claims if claim.line]
        if lines:
            yield lines
    raising = [cell.line for cell in page.cells if cell.options.raises]
    for claim in page.claims:
        before = [line for line in raising if line < claim.line]
        if claim.kind is ClaimKind.ERROR and before:
            yield [claim.line, before[-1]]
    for trial in page.trials:
        yield [trial.item.block.line, *(c.line for c in trial.chain.cells if c.on_page)]
    for item in page.items:
        yield [item.block.line, *sorted(item.proved_lines | item.swept_lines)]
