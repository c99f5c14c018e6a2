"""Claims that a run asked again with what they name changed, and that came to the same."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from unrolled.model.cell import ClaimKind
from unrolled.model.problem import Code, Problem
from unrolled.model.runs import PageRuns
from unrolled.prove.vacuous import MODULES, REMEDY

NAME = re.compile(r"(?P<root>\w+)(?:\.\w+)*?(?:\.(?P<last>\w+))?")
DEFINED = re.compile(r"<(?:class|function|module|built-in|method|bound method|slot wrapper) ")
"""How Python shows what a library defines."""
OWN = {"__name__", "__qualname__", "__module__", "__doc__"}
"""What it is called, which is told by the name already."""


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
        elif found and claim.kind is ClaimKind.VALUE and _is_itself(claim.code, found.text):
            fact = f"the claim '{claim.source}' shows what torch defines, and nothing of a run"
            yield Problem(ran.page.path, claim.line, fact, REMEDY, code=Code.CLAIM)


def _is_itself(code: str, text: str) -> bool:
    """Return whether a claim names a class, a function or a module of a library, and no more."""
    names = NAME.fullmatch(code.strip())
    if names is None or names["root"] not in MODULES:
        return False
    return DEFINED.match(text) is not None or names["last"] in OWN
