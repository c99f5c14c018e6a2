"""Which mutants of pages the check does not notice.

To plan and prove a copy of a page for each of its mutants would take hours. Mutants in places that
have nothing to do with each other share a copy; what is not noticed there is tried alone.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from unrolled.blocks import KINDS
from unrolled.model.page import Page
from unrolled.model.problem import Problem
from unrolled.model.runs import PageRuns
from unrolled.prove import page as proofs
from unrolled.prove import record, records
from unrolled.read import plan
from unrolled.run.engine import Engine
from unrolled.site import together
from unrolled.site.check import among
from unrolled.site.mutants import Mutant, mutants
from unrolled.site.parts import Part, paragraphs, parts
from unrolled.site.place import Site

Survivors = tuple[int, list[Mutant]]
"""How many mutants there were, and those that the check did not notice."""


def survivors(
    site: Site, pages: Sequence[Page], chosen: Sequence[Page], engine: Engine
) -> Iterator[tuple[Page, Survivors]]:
    """Try every mutant of the chosen pages, page by page.

    Args:
        site: The site; its check must find nothing.
        pages: All its pages.
        chosen: The pages to change.
        engine: What runs them; only what a mutant touches is stale.
    """
    for page in chosen:
        recorded = records.read(records.path_of(site.records, page, site.docs_name))
        tried = [*mutants(page, recorded)]
        left = [*_unnoticed(page, tried, recorded, engine)]
        groups, unseen = Counter(m.group for m in tried), Counter(m.group for m in left)
        left = [m for m in left if not m.group or unseen[m.group] == groups[m.group]]
        left = [m for m in left if not _is_noticed(pages, page, m, recorded, engine)]
        yield page, (len(tried), left)


def _unnoticed(
    page: Page, tried: Sequence[Mutant], recorded: str, engine: Engine
) -> Iterator[Mutant]:
    """Yield the mutants that are not noticed where they share a copy."""
    of_records = [mutant for mutant in tried if mutant.record is not None]
    if of_records:
        (ran,) = engine.run([page])
        yield from (m for m in of_records if not _differing(ran, m.record or ""))
    of_pages = [mutant for mutant in tried if mutant.record is None]
    for in_text, part in ((True, paragraphs(page)), (False, parts(page))):
        some = [mutant for mutant in of_pages if _is_in_text(page, mutant) is in_text]
        copies = [*_copies(some, part)]
        planned = [_changed(page, shared) for shared in copies]
        for shared, ran in zip(copies, together.run(planned, engine), strict=True):
            proved = {part(problem.line) for problem in proofs.problems(ran)}
            seen = proved | {part(problem.line) for problem in _differing(ran, recorded)}
            for mutant in shared:
                if part(mutant.line) not in (proved if mutant.group else seen):
                    yield mutant


def _is_in_text(page: Page, mutant: Mutant) -> bool:
    """Return whether a mutant changes one line, in no cell and in nothing that is asked."""
    return [*mutant.lines] == [mutant.line] and not (
        page.item_at(mutant.line)
        or any(cell.line <= mutant.line <= cell.end for cell in page.cells)
    )


def _copies(tried: Sequence[Mutant], part: Part) -> Iterator[list[Mutant]]:
    """Yield mutants that can share a copy: one of each part; what changes several is alone."""
    by_part: dict[int, list[Mutant]] = {}
    for mutant in tried:
        touched = {part(line) for line in mutant.lines}
        if len(touched) > 1 or any("\n" in text for text in mutant.lines.values()):
            yield [mutant]
        else:
            by_part.setdefault(min(touched), []).append(mutant)
    for row in itertools.zip_longest(*by_part.values()):
        yield [mutant for mutant in row if mutant]


def _changed(page: Page, together: Sequence[Mutant]) -> Page:
    """Return a page with the changes of mutants."""
    lines: Mapping[int, str] = {n: text for mutant in together for n, text in mutant.lines.items()}
    text = "\n".join(lines.get(number, line) for number, line in enumerate(page.lines, 1))
    return plan.plan(page.path, text, KINDS, page.folder)


def _is_noticed(
    pages: Sequence[Page], page: Page, mutant: Mutant, recorded: str, engine: Engine
) -> bool:
    """Return whether the check notices a mutant by itself."""
    if mutant.record is not None:
        return False
    (ran,) = engine.run([_changed(page, [mutant])])
    now = [ran.page if each.path == page.path else each for each in pages]
    if any(proofs.problems(ran)) or among([ran.page], now):
        return True
    return not mutant.group and bool(_differing(ran, recorded))


def _differing(ran: PageRuns, recorded: str) -> list[Problem]:
    return records.compare(ran.page, record.entries(ran), recorded, "")
