"""Claims that a run asked again with what they name changed, and that came to the same."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from unrolled.model.problem import Code, Problem
from unrolled.model.runs import PageRuns
from unrolled.prove.vacuous import REMEDY


def problems(ran: PageRuns, told: Collection[int]) -> Iterator[Problem]:
    """Yield a problem for each such claim.

    Args:
        ran: The page.
        told: The lines of claims that are known to ask nothing by their form.
    """
    for claim in ran.page.claims:
        found = ran.verdict(claim) if claim.line not in told else None
        if found and found.fixed:
            fact = f"the claim '{claim.source}' comes to the same whatever it names holds"
            yield Problem(ran.page.path, claim.line, fact, REMEDY, code=Code.CLAIM)
