"""What is wrong with pages by themselves, proved once for the same text and the same runs.

To prove all pages takes longer than to render them, and at most saves one or two have changed.
"""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Iterable
from typing import Any

from unrolled.model.problem import Code, Problem
from unrolled.model.runs import PageRuns
from unrolled.site.made import Made


def problems(pages: Iterable[PageRuns], made: Made | None = None) -> list[Problem]:
    """Return all that is wrong with pages, each by itself.

    Args:
        pages: The pages, and what their chains gave.
        made: Keeps what was found, for the same page and the same runs; None to prove anew.
    """
    return [problem for ran in pages for problem in _of(ran, made)]


def _of(ran: PageRuns, made: Made | None) -> Iterable[Problem]:
    if not made:
        return _anew(ran)
    kept = made.value("proved", _known_by(ran), lambda: _written(_anew(ran)))
    try:
        return [_read(one) for one in kept["problems"]]
    except (TypeError, ValueError, KeyError, AttributeError):
        return _anew(ran)


def _anew(ran: PageRuns) -> Iterable[Problem]:
    from unrolled.prove import page as proofs  # Where it must be: many patterns are compiled.

    return proofs.problems(ran)


def _known_by(ran: PageRuns) -> tuple[str, ...]:
    """Return all that proofs depend on: the page, and everything that its chains gave."""
    gave = hashlib.sha256(repr(ran.runs).encode("utf-8", "backslashreplace")).hexdigest()
    return (ran.page.path, ran.page.folder, ran.page.text, gave)


def _written(found: Iterable[Problem]) -> dict[str, Any]:
    return {"problems": [dataclasses.asdict(problem) for problem in found]}


def _read(kept: dict[str, Any]) -> Problem:
    said: dict[str, Any] = kept | {"code": Code(kept["code"])}
    return Problem(**said)
