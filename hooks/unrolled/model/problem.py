"""A problem: what a contributor reads when something on a page is not true or not well formed."""

import textwrap
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Problem:
    """One thing to mend, printed as `path:line: fact. Remedy.`."""

    path: str
    """The page, relative to the project, with forward slashes."""
    line: int
    """The line in the page, from 1."""
    fact: str
    """What is the case, without a full stop."""
    remedy: str
    """What to do about it, a sentence without its full stop."""
    detail: str = ""
    """Expected and actual, a diff or an excerpt; printed indented beneath."""

    def __str__(self) -> str:
        """Return the problem as printed, detail indented by four spaces."""
        remedy = self.remedy if self.remedy.endswith("?") else self.remedy.rstrip(".") + "."
        head = f"{self.path}:{self.line}: {self.fact.rstrip('.')}. {remedy}"
        if not self.detail:
            return head
        return head + "\n" + textwrap.indent(self.detail.rstrip("\n"), "    ", lambda _: True)


def listing(problems: Iterable[Problem]) -> str:
    """Return all problems, sorted by page and line, one after another."""
    unique = sorted(set(problems))
    noun = "problem" if len(unique) == 1 else "problems"
    return "\n".join([*map(str, unique), f"{len(unique)} {noun}."])
