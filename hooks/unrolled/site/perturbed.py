"""Which promises hang by a thread.

The site checked with its training perturbed a little, in each of several ways.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from unrolled.model.page import Page
from unrolled.model.problem import Problem
from unrolled.run.perturbation import Perturbation
from unrolled.site.check import check
from unrolled.site.place import Site

TRIED = (Perturbation.PROCESSOR, Perturbation.START, Perturbation.ORDER)


def problems(
    site: Site, pages: Sequence[Page], chosen: Sequence[Page]
) -> Iterator[tuple[Perturbation, list[Problem]]]:
    """Yield each perturbation with what the check finds under it.

    Targets, checks, asserts and words that no longer hold.
    """
    for kind in TRIED:
        engine = site.engine(forgets=False, perturbation=kind)
        try:
            yield kind, check(site, pages, chosen, engine)
        finally:
            engine.close()
