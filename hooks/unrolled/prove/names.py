"""Names of torch that torch does not have, in what readers see of a page."""

from __future__ import annotations

from collections.abc import Iterator

from unrolled.model.name import Named
from unrolled.model.problem import Code, Problem
from unrolled.model.runs import PageRuns

TRIED = "Write the one that is meant; one that is wrong on purpose belongs in code that raises"


def problems(ran: PageRuns) -> Iterator[Problem]:
    """Yield a problem for each such name, once a line.

    Options of questions are not looked at: their runs say what is wrong with them. Nor is a line
    of which something is said already.
    """
    page = ran.page
    if page.asking is None:
        return
    run = ran.of(page.asking)
    if run.fate:
        fact = f"torch cannot be asked for the names on this page: {run.fate}"
        yield Problem(page.path, page.asking.line, fact, "Run again", code=Code.NAME)
    missing: dict[str, str] = run.result or {}
    skipped = {n for item in page.items for n in (*item.judged_lines, *item.proved_lines)}
    skipped |= {problem.line for problem in page.problems}
    told: set[tuple[int, str]] = set()
    for each in page.names:
        if each.asked in missing and each.line not in skipped:
            place = each.line, missing[each.asked] or each.asked
            if place not in told:
                told.add(place)
                yield _problem(page.path, each, missing[each.asked])


def _problem(path: str, name: Named, near: str) -> Problem:
    meant = near.replace("().", ".")
    remedy = f"Did you mean '{meant}'?" if near else TRIED
    return Problem(path, name.line, f"torch has no '{name.said}'", remedy, code=Code.NAME)
