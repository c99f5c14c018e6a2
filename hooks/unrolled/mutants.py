"""Mutation testing of the site itself: change one thing at a time in a copy of a page or record, and see whether the check notices."""

import itertools
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

from unrolled import plan, recorded, site
from unrolled.engine import Engine
from unrolled.lint import BARE
from unrolled.page import Page, Question

RAISES = re.compile(r"\braises=(\w+)")
BATCH_FIRST = re.compile(r"\bbatch_first=(True|False)")
NUMBER = re.compile(r"(?<![\w.])-?\d+(?:\.\d+)?(?![\w.])")
SYMBOLIC = re.compile(r"\(([^()`]*,[^()`]*)\)")


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
    item: Question | None = None
    """The question that was changed, if any."""

    def __str__(self) -> str:
        """Return the mutant as printed."""
        return f"{self.path}:{self.line}: {self.kind}: {self.before} → {self.after}"


def mutants(page: Page, record: str) -> Iterator[Mutant]:
    """Yield every mutant of a page.

    Args:
        page: The page.
        record: The text of its record, empty when it has none.
    """
    lines = page.text.split("\n")
    for number, line in enumerate(lines, 1):
        if any(e.block.body <= number < e.block.end for e in page.experiments):
            continue  # Each change there would train for a minute; the targets below and the record tell of what it measures.
        for kind, start, end, after in _edits(page, number, line):
            changed = [*lines[: number - 1], f"{line[:start]}{after}{line[end:]}", *lines[number:]]
            yield _page_mutant(page, number, kind, line[start:end], after, "\n".join(changed))
    yield from _moved_keys(page, lines)
    yield from _targets(page, lines)
    yield from _records(page, record)


def _page_mutant(page: Page, line: int, kind: str, before: str, after: str, text: str, item: Question | None = None) -> Mutant:
    return Mutant(page.path, line, kind, before, after, plan.plan(page.path, text, page.folder), None, item)


def _edits(page: Page, number: int, line: str) -> Iterator[tuple[str, int, int, str]]:
    """Yield what can be changed in a line: kind, start, end and replacement."""
    cell = next((c for c in page.cells if c.line < number < c.end), None)
    opening = any(c.line == number for c in page.cells)
    contract = any(b.name == "shapes" and b.body <= number < b.end for b in page.blocks)
    # In code a tuple of numbers is code; in its comments, in the text and in options it is a statement.
    spans = [(m.start(), m.end()) for m in BARE.finditer(line) if not cell or "#" in line[: m.start()]]
    for start, end in spans:
        yield from _shape_edits(start, line[start:end])
    if cell and cell.runs:
        match = BATCH_FIRST.search(line)
        if match and "#" not in line[: match.start()]:
            yield "batch_first", match.start(1), match.end(1), "False" if match[1] == "True" else "True"
    if opening:
        match = RAISES.search(line)
        if match:
            yield "raises type", match.start(1), match.end(1), "KeyError" if match[1] != "KeyError" else "IndexError"
    if contract and line.lstrip().startswith("|"):
        for match in SYMBOLIC.finditer(line):
            parts = [part.strip() for part in match[1].split(",")]
            if len(parts) > 1 and parts[0] != parts[1]:
                swapped = ", ".join([parts[1], parts[0], *parts[2:]])
                yield "contract row", match.start(1), match.end(1), swapped


def _shape_edits(start: int, text: str) -> Iterator[tuple[str, int, int, str]]:
    sizes = [(m.start(), m.end(), int(m[0])) for m in re.finditer(r"\d+", text)]
    for first, last, size in sizes:
        yield "number in a shape", start + first, start + last, str(size + 1)
    for (a, b, one), (c, d, two) in itertools.pairwise(sizes):
        if one != two:
            yield "swapped dimensions", start + a, start + d, f"{two}{text[b:c]}{one}"


def _moved_keys(page: Page, lines: list[str]) -> Iterator[Mutant]:
    for item in page.questions:
        keys = [choice for choice in item.choices if choice.key]
        for choice in item.choices:
            if choice.key or len(keys) != 1:
                continue
            changed = list(lines)
            changed[keys[0].line - 1] = re.sub(r"\[[xX]\]", "[ ]", changed[keys[0].line - 1], count=1)
            changed[choice.line - 1] = changed[choice.line - 1].replace("[ ]", "[x]", 1)
            yield _page_mutant(page, choice.line, "key moved", keys[0].label, choice.label, "\n".join(changed), item)


def _targets(page: Page, lines: list[str]) -> Iterator[Mutant]:
    """Yield each target of an experiment turned round, and with another metric."""
    for target in (t for e in page.experiments for t in e.targets if t.sign):
        line = lines[target.line - 1]
        turned = {">": "<", "<": ">"}[target.sign[0]] + target.sign[1:]
        for kind, before, after in (
            ("target turned round", target.sign, turned),
            ("another metric", f"{target.metric}:", f"{target.metric}x:"),
        ):
            changed = [*lines[: target.line - 1], line.replace(before, after, 1), *lines[target.line :]]
            yield _page_mutant(page, target.line, kind, before, after, "\n".join(changed))


def _records(page: Page, record: str) -> Iterator[Mutant]:
    """Yield the record with a number of each cell's output changed."""
    starts = [*recorded.ENTRY.finditer(record)]
    cells = recorded.from_text(record)
    for head, entry in zip(starts, cells, strict=True):
        match = NUMBER.search(entry.body)
        if match:
            start = head.end() + 1 + match.start()
            named = [c for c in page.cells if recorded.name(page, c) == entry.name]
            step = 1 + 2 * max((c.options.tolerance for c in named), default=0)
            after = f"{float(match[0]) + step:g}" if "." in match[0] else str(int(match[0]) + math.ceil(step))
            changed = record[:start] + after + record[start + len(match[0]) :]
            yield Mutant(page.path, named[0].line if named else 1, "recorded output", match[0], after, page, changed)


def survivors(where: site.Site, pages: list[Page], chosen: list[Page], engine: Engine) -> tuple[int, list[Mutant]]:
    """Try every mutant of the chosen pages.

    Args:
        where: The site; its check must find nothing.
        pages: All its pages.
        chosen: The pages to change.
        engine: What runs them; only what a mutant touches is stale.

    Returns:
        How many mutants there were, and those that the check did not notice.
    """
    tried: list[Mutant] = []
    for page in chosen:
        tried += mutants(page, recorded.read(recorded.record_path(where.recorded, page, where.docs_name)))
    unique = {(m.page.text, m.record): m for m in tried}
    engine.run([*pages, *(m.page for m in unique.values() if m.record is None)])
    return len(unique), [m for m in unique.values() if not _noticed(where, pages, m, engine)]


def _noticed(where: site.Site, pages: list[Page], mutant: Mutant, engine: Engine) -> bool:
    now = [mutant.page if page.path == mutant.path else page for page in pages]
    if any(site.judged(mutant.page, engine)) or site.among([mutant.page], now):
        return True
    record = recorded.record_path(where.recorded, mutant.page, where.docs_name)
    text = recorded.read(record) if mutant.record is None else mutant.record
    return bool(recorded.compare(mutant.page, recorded.entries(mutant.page, engine), text, record.name))
