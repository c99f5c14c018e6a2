"""Everything that can be said against one page by itself, once it was run."""

from __future__ import annotations

from collections.abc import Iterator

from unrolled.blocks import BY_NAME
from unrolled.model.problem import Problem
from unrolled.model.runs import PageRuns
from unrolled.prove import (
    axes,
    cells,
    counted,
    gates,
    names,
    raised,
    shapes,
    stated,
    tabled,
    typed,
    unmoved,
    vacuous,
    worded,
)
from unrolled.read import doubt


def problems(ran: PageRuns) -> Iterator[Problem]:
    """Yield all that is wrong with a page by itself."""
    yield from ran.page.problems
    yield from doubt.outside(_proved(ran), ran.page.doubts)


def _proved(ran: PageRuns) -> Iterator[Problem]:
    """Yield all that runs and proofs say against a page."""
    yield from cells.problems(ran)
    for item in ran.page.items:
        yield from BY_NAME[item.block.name].prove(item, ran)
    yield from shapes.problems(ran.page)
    false = [*counted.problems(ran.page)]
    yield from false
    yield from counted.without(typed.problems(ran.page), false)
    yield from typed.in_code(ran.page)
    yield from tabled.problems(ran.page)
    yield from axes.problems(ran.page)
    yield from stated.problems(ran)
    yield from worded.problems(ran)
    yield from gates.problems(ran.page)
    yield from raised.problems(ran)
    yield from names.problems(ran)
    empty = [each for each in vacuous.problems(ran.page) if not _is_refuted(ran, each)]
    yield from empty
    yield from unmoved.problems(ran, {problem.line for problem in empty})


def _is_refuted(ran: PageRuns, empty: Problem) -> bool:
    """Return whether a run refutes the claim that is said to ask nothing: one of both is enough."""
    claims = (c for cell in ran.page.cells for c in cell.claims if c.line == empty.line)
    verdicts = (ran.verdict(claim) for claim in claims if claim.source in empty.fact)
    return any(verdict and not verdict.ok for verdict in verdicts)
