"""Mutation testing of the site itself: change one thing at a time in a copy of a page or record, and see whether the check notices."""

import itertools
import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from unrolled.blocks import KINDS
from unrolled.blocks.experiment.item import Experiment
from unrolled.blocks.question.item import Question
from unrolled.blocks.shapes.item import Contract
from unrolled.model.page import Page
from unrolled.model.runs import PageRuns
from unrolled.model.shape import BARE
from unrolled.prove import page as proofs
from unrolled.prove import records
from unrolled.read import plan
from unrolled.run.engine import Engine
from unrolled.site.check import among
from unrolled.site.place import Site

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
        if any(e.block.body <= number < e.block.end for e in page.of(Experiment)):
            continue  # Each change there would train for a minute; the targets below and the record tell of what it measures.
        for kind, start, end, after in _edits(page, number, line):
            changed = [*lines[: number - 1], f"{line[:start]}{after}{line[end:]}", *lines[number:]]
            yield _page_mutant(page, number, kind, line[start:end], after, "\n".join(changed))
    yield from _moved_keys(page, lines)
    yield from _targets(page, lines)
    yield from _records(page, record)


def _page_mutant(page: Page, line: int, kind: str, before: str, after: str, text: str, item: Question | None = None) -> Mutant:
    return Mutant(page.path, line, kind, before, after, plan.plan(page.path, text, KINDS, page.folder), None, item)


def _edits(page: Page, number: int, line: str) -> Iterator[tuple[str, int, int, str]]:
    """Yield what can be changed in a line: kind, start, end and replacement."""
    cell = next((c for c in page.cells if c.line < number < c.end), None)
    opening = any(c.line == number for c in page.cells)
    contract = any(number in item.swept_lines for item in page.of(Contract))
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
    for item in page.of(Question):
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
    targets = [target for item in page.of(Experiment) for target in item.targets]
    for target, bound in ((target, target.bound) for target in targets if target.bound):
        line = lines[target.line - 1]
        turned = {">": "<", "<": ">"}[bound.sign[0]] + bound.sign[1:]
        for kind, before, after in (
            ("target turned round", bound.sign, turned),
            ("another metric", f"{bound.metric}:", f"{bound.metric}x:"),
        ):
            changed = [*lines[: target.line - 1], line.replace(before, after, 1), *lines[target.line :]]
            yield _page_mutant(page, target.line, kind, before, after, "\n".join(changed))


def _records(page: Page, record: str) -> Iterator[Mutant]:
    """Yield the record with a number of each cell's output changed."""
    starts = [*records.ENTRY.finditer(record)]
    cells = records.from_text(record)
    for head, entry in zip(starts, cells, strict=True):
        match = NUMBER.search(entry.body)
        if match:
            start = head.end() + 1 + match.start()
            named = [c for c in page.cells if records.name(page, c) == entry.name]
            step = 1 + 2 * max((c.options.tolerance for c in named), default=0)
            after = f"{float(match[0]) + step:g}" if "." in match[0] else str(int(match[0]) + math.ceil(step))
            changed = record[:start] + after + record[start + len(match[0]) :]
            yield Mutant(page.path, named[0].line if named else 1, "recorded output", match[0], after, page, changed)


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
    return len(unique), [mutant for mutant, each in pairs if not _is_noticed(site, pages, mutant, each)]


def _is_noticed(site: Site, pages: Sequence[Page], mutant: Mutant, ran: PageRuns) -> bool:
    now = [mutant.page if page.path == mutant.path else page for page in pages]
    if any(proofs.problems(ran)) or among([mutant.page], now):
        return True
    record = records.path_of(site.records, mutant.page, site.docs_name)
    text = records.read(record) if mutant.record is None else mutant.record
    return bool(records.compare(mutant.page, records.entries(ran), text, record.name))
