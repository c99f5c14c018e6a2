"""Which promises hang by a thread: the site checked with its training perturbed a little, in each of several ways."""

from collections.abc import Iterator, Sequence

from unrolled import site
from unrolled.page import Page
from unrolled.problem import Problem
from unrolled.run.perturbation import Perturbation

TRIED = tuple(kind for kind in Perturbation if kind is not Perturbation.NONE)


def problems(where: site.Site, pages: list[Page], chosen: Sequence[Page]) -> Iterator[tuple[Perturbation, list[Problem]]]:
    """Yield each perturbation with what the check finds under it: targets, checks, asserts and words that no longer hold."""
    for kind in TRIED:
        engine = where.engine(forgets=False, perturbation=kind)
        try:
            yield kind, site.check(where, pages, chosen, engine)
        finally:
            engine.close()
