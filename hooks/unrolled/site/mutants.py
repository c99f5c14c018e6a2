"""Mutation testing of the site itself.

Change one thing at a time in a copy of a page or record, and see whether the check notices.
"""

from __future__ import annotations

import dataclasses
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from unrolled.blocks import BY_NAME, KINDS
from unrolled.model.item import Item
from unrolled.model.page import Page
from unrolled.model.runs import PageRuns
from unrolled.prove import axes, record, records
from unrolled.prove import page as proofs
from unrolled.read import plan
from unrolled.run.engine import Engine
from unrolled.site import lies
from unrolled.site.check import among
from unrolled.site.place import Site

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
    page: Page
    """The page with the change."""
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
    """Yield every mutant of a page.

    Args:
        page: The page.
        recorded: The text of its record, empty when it has none.
    """
    costly = [item.block for item in page.items if BY_NAME[item.block.name].is_costly]
    read = axes.read_lines(page)
    for number, line in enumerate(page.lines, 1):
        if any(block.body <= number < block.end for block in costly):
            continue  # Each change there would train for a minute.
        cell = next((c for c in page.cells if c.line < number < c.end), None)
        opens = page.cell_at(number) is not None
        for kind, start, end, after in lies.of_line(
            cell, line, opens=opens, has_axes=number in read
        ):
            changed = {number: f"{line[:start]}{after}{line[end:]}"}
            yield _mutant(page, number, kind, line[start:end], after, changed)
    for item in page.items:
        for change in BY_NAME[item.block.name].changes(item, page):
            made = _mutant(
                page, change.line, change.kind, change.before, change.after, change.lines, item
            )
            yield dataclasses.replace(made, group=change.group)
    yield from _records(page, recorded)


def _mutant(
    page: Page,
    line: int,
    kind: str,
    before: str,
    after: str,
    changed: Mapping[int, str],
    item: Item | None = None,
) -> Mutant:
    lines = [changed.get(number, text) for number, text in enumerate(page.lines, 1)]
    mutated = plan.plan(page.path, "\n".join(lines), KINDS, page.folder)
    vouched = item is not None and item.is_vouched_for
    return Mutant(page.path, line, kind, before, after, mutated, None, vouched)


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
            yield Mutant(page.path, line, "recorded output", match[0], after, page, changed)


def survivors(
    site: Site, pages: Sequence[Page], chosen: Sequence[Page], engine: Engine
) -> tuple[int, list[Mutant]]:
    """Try every mutant of the chosen pages.

    Args:
        site: The site; its check must find nothing.
        pages: All its pages.
        chosen: The pages to change.
        engine: What runs them; only what a mutant touches is stale.

    Returns:
        How many mutants there were, and those that the check did not notice.
    """
    tried: list[Mutant] = []
    for page in chosen:
        tried += mutants(page, records.read(records.path_of(site.records, page, site.docs_name)))
    unique = list({(mutant.page.text, mutant.record): mutant for mutant in tried}.values())
    ran = engine.run([mutant.page for mutant in unique])
    pairs = zip(unique, ran, strict=True)
    left = [mutant for mutant, each in pairs if not _is_noticed(site, pages, mutant, each)]
    groups = Counter(mutant.group for mutant in unique)
    unseen = Counter(mutant.group for mutant in left)
    return len(unique), [m for m in left if not m.group or unseen[m.group] == groups[m.group]]


def _is_noticed(site: Site, pages: Sequence[Page], mutant: Mutant, ran: PageRuns) -> bool:
    now = [mutant.page if page.path == mutant.path else page for page in pages]
    if any(proofs.problems(ran)) or among([mutant.page], now):
        return True
    if mutant.group:
        return False
    file = records.path_of(site.records, mutant.page, site.docs_name)
    text = records.read(file) if mutant.record is None else mutant.record
    return bool(records.compare(mutant.page, record.entries(ran), text, file.name))
