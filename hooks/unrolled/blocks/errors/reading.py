"""Reading an `/// errors` block, and whether its form is complete."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from unrolled.blocks import names
from unrolled.blocks.errors.item import FIX, Entry
from unrolled.model.block import Block
from unrolled.model.cell import Cell
from unrolled.model.kind import Reading, Source
from unrolled.model.page import Page
from unrolled.model.problem import Code, Problem

WORDINGS = ("older", "gpu")
"""The options that list messages."""


def read(block: Block, source: Source) -> Reading:
    """Read an entry, whatever its faults."""
    cells = [cell for cell in source.cells_in(block) if cell.runs]
    raising = next((cell for cell in cells if cell.options.raises), None)
    fixes = _fixes(cells, raising)
    item = Entry(
        block=block,
        id=block.option("id"),
        raising=raising.line if raising else None,
        fix=fixes[0].line if fixes else None,
        older=_wordings(block, "older"),
        gpu=_wordings(block, "gpu"),
        see=block.option("see"),
    )
    return Reading(item, tuple(_problems(source, item)))


def _fixes(cells: Sequence[Cell], raising: Cell | None) -> list[Cell]:
    """Return the cells that are marked as the fix; without one, the first after the error."""
    marked = [cell for cell in cells if cell.options.part == FIX]
    after = [c for c in cells if raising and c.line > raising.line and not c.options.raises]
    return marked or after[:1]


def _wordings(block: Block, option: str) -> tuple[str, ...]:
    """Return the messages that an option lists."""
    listed = block.options.get(option)
    return tuple(map(str, listed)) if isinstance(listed, list) else ()


def _problems(source: Source, item: Entry) -> Iterator[Problem]:
    line, path, name = item.block.line, source.path, f"the entry '{item.id}'"
    if fault := names.fault(item.id, "an entry of the error finder", "error-input-size"):
        yield Problem(path, line, *fault, code=Code.ID)
    if not item.title:
        remedy = "Write it on the first line: /// errors | The last axis is not input_size"
        yield Problem(path, line, f"{name} has no title", remedy, code=Code.BLOCK)
    if item.raising is None and not item.gpu:
        remedy = (
            "Write the code that raises it: ```{.python raises=RuntimeError}. A message that only a"
            ' GPU gives stands in gpu: ["cuDNN error: …"]'
        )
        yield Problem(path, line, f"{name} has no cell that raises", remedy, code=Code.BLOCK)
    if item.fix is None:
        remedy = "Write the code that works: ```{.python fix}"
        yield Problem(path, line, f"{name} has no fix", remedy, code=Code.BLOCK)
    fix = next((cell for cell in source.cells_in(item.block) if cell.line == item.fix), None)
    if fix and fix.options.raises:
        remedy = "Drop its raises=, and let it run to its end"
        yield Problem(path, fix.line, f"the fix of {name} raises", remedy, code=Code.BLOCK)
    for option in WORDINGS:
        if not isinstance(item.block.options.get(option, []), list):
            remedy = f'Write {option}: ["input must have …", …]'
            line = item.block.at(option)
            yield Problem(path, line, f"{option} of {name} is no list", remedy, code=Code.BLOCK)


def among(pages: Sequence[Page]) -> Iterator[Problem]:
    """Yield entries that readers could not tell apart, since their titles are the same."""
    entries = [(page, entry) for page in pages for entry in page.of(Entry)]
    counts = Counter(entry.title for _, entry in entries)
    for page, entry in entries:
        if entry.title and counts[entry.title] > 1:
            fact = f"another entry of the error finder has the title '{entry.title}' too"
            remedy = "Name the cause, so that readers can choose"
            yield Problem(page.path, entry.block.line, fact, remedy, code=Code.BLOCK)
