"""Mutation testing of the site itself: what is changed, one thing at a time, in pages and records.

`survivors` says what the check notices of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from unrolled.blocks import BY_NAME
from unrolled.model.page import Page
from unrolled.prove import axes, record
from unrolled.read import comments
from unrolled.site import lies

NUMBER = re.compile(r"(?<![\w.])-?\d+(?:\.\d+)?(?![\w.])")


@dataclass(frozen=True)
class Mutant:
    """One change to one page or record."""

    path: str
    """The page."""
    line: int
    kind: str
    """What was changed, in words."""
    before: str
    after: str
    lines: Mapping[int, str] = field(default_factory=dict[int, str])
    """The page's lines that are changed, by their numbers, as they are then."""
    record: str | None = None
    """The page's record with the change; None when the page was changed."""
    is_expected: bool = False
    """Whether nobody expects the check to notice: a person vouches for the item."""
    group: str = ""
    """Of mutants of which proofs must notice one: what they have in common."""

    def __str__(self) -> str:
        """Return the mutant as printed."""
        return f"{self.path}:{self.line}: {self.kind}: {self.before} → {self.after}"


def mutants(page: Page, recorded: str) -> Iterator[Mutant]:
    """Yield every mutant of a page, each change once.

    Args:
        page: The page.
        recorded: The text of its record, empty when it has none.
    """
    every = (*_lies(page), *_of_items(page), *_records(page, recorded))
    yield from {(*sorted(each.lines.items()), each.record): each for each in every}.values()


def _lies(page: Page) -> Iterator[Mutant]:
    """Yield each lie that one line of the page can tell."""
    costly = [item.block for item in page.items if BY_NAME[item.block.name].is_costly]
    read = axes.read_lines(page)
    for number, line in enumerate(page.lines, 1):
        if any(block.body <= number < block.end for block in costly):
            continue  # Each change there would train for a minute.
        cell = next((c for c in page.cells if c.line < number < c.end), None)
        if cell and number - cell.line in comments.quoted(cell.code):
            continue  # It is text.
        opens = page.cell_at(number) is not None
        for kind, start, end, after in lies.of_line(
            cell, line, opens=opens, has_axes=number in read
        ):
            changed = {number: f"{line[:start]}{after}{line[end:]}"}
            yield Mutant(page.path, number, kind, line[start:end], after, changed)


def _of_items(page: Page) -> Iterator[Mutant]:
    """Yield what kinds of blocks change in their items."""
    for item in page.items:
        for change in BY_NAME[item.block.name].changes(item, page):
            yield Mutant(
                page.path, change.line, change.kind, change.before, change.after, change.lines,
                is_expected=item.is_vouched_for, group=change.group,
            )  # fmt: skip


def _records(page: Page, text: str) -> Iterator[Mutant]:
    """Yield the record with a number of each cell's output changed."""
    starts = [*record.ENTRY.finditer(text)]
    cells = record.from_text(text)
    for head, entry in zip(starts, cells, strict=True):
        match = NUMBER.search(entry.body)
        if match:
            start = head.end() + 1 + match.start()
            named = [c for c in page.cells if record.name(page, c) == entry.name]
            number = match[0]
            after = f"{float(number) + 1:g}" if "." in number else str(int(number) + 1)
            changed = text[:start] + after + text[start + len(match[0]) :]
            line = named[0].line if named else 1
            yield Mutant(page.path, line, "recorded output", match[0], after, record=changed)
