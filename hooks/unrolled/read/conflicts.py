"""The marks that a merge leaves where two versions of a page differ."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from unrolled.model.block import Doubt
from unrolled.model.problem import Code, Problem

MARK = re.compile(r"^(?:(<{7}|>{7}|\|{7})(?: .*)?|={7})$")


def conflicts(
    path: str, lines: Sequence[str], shown: Collection[int]
) -> Iterator[tuple[Problem, Doubt]]:
    """Yield a problem for each merge that is not finished, with the lines that it is about.

    Args:
        path: What problems call the page.
        lines: The page.
        shown: The lines of code that is only shown, where such marks may be an example.
    """
    begun = 0
    for number, line in enumerate(lines, 1):
        if line[:1] not in "<>=|" or number in shown or not MARK.match(line):
            continue
        if line[0] == "<":
            begun = begun or number
        elif line[0] == ">":
            yield _problem(path, begun or number, number)
            begun = 0
        elif not begun and line[0] == "=" and not (number > 1 and lines[number - 2].strip()):
            # Beneath a line of text, such a line makes a heading of it.
            yield _problem(path, number, number)
    if begun:
        yield _problem(path, begun, len(lines))


def _problem(path: str, first: int, last: int) -> tuple[Problem, Doubt]:
    remedy = "Keep one version, and delete the lines <<<<<<<, ======= and >>>>>>>"
    problem = Problem(path, first, "a merge is not finished here", remedy, code=Code.PAGE)
    return problem, Doubt(first, last)
