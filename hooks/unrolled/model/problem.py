"""A problem: what a contributor reads when something on a page is not true or not well formed."""

import enum
import textwrap
from collections.abc import Iterable
from dataclasses import dataclass, field

EXPLAINED = "docs/contribute/problems.md"
"""The contributors' page of problems, in the project's own repository."""


class Code(enum.StrEnum):
    """What a problem is about.

    The value is the anchor of its section on the contributors' page of problems.
    """

    PAGE = "page"
    """The file, its front matter, or what surrounds the text."""
    MARKDOWN = "markdown"
    """Markdown that would not become what it looks like."""
    EQUATION = "equation"
    """An equation, or a formula that should be one."""
    BLOCK = "block"
    """The form of a `///` block."""
    ID = "id"
    """The id of an item."""
    CELL = "cell"
    """The form of a cell: its options, its place, its syntax."""
    RUN = "run"
    """What a cell does when it is run."""
    FIGURE = "figure"
    """A figure or its alternative text."""
    CLAIM = "claim"
    """A claim in the text or in a comment."""
    SHAPE = "shape"
    """A shape that nothing proves."""
    NAME = "name"
    """A name of torch that torch does not have."""
    TYPED = "typed"
    """A result that somebody typed: only a run can give it."""
    QUESTION = "question"
    """The form of a question."""
    ANSWER = "answer"
    """A key that is not right, or a distractor that is not wrong."""
    WORDING = "wording"
    """How a question is put."""
    EXERCISE = "exercise"
    """An exercise."""
    CARD = "card"
    """A card or a prompt."""
    CONTRACT = "contract"
    """A shape contract."""
    EXPERIMENT = "experiment"
    """An experiment and its targets."""
    TOPIC = "topic"
    """The modes of a topic."""
    LINK = "link"
    """A link, an anchor or the navigation."""
    RECORD = "record"
    """The recorded outputs."""
    RENDERING = "rendering"
    """What the renderer finds."""


@dataclass(frozen=True, order=True)
class Problem:
    """One thing to fix, printed as `path:line: fact. Remedy.`."""

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
    code: Code = field(default=Code.PAGE, compare=False, kw_only=True)
    """What it is about."""

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
    codes = ", ".join(f"#{code}" for code in sorted({problem.code for problem in unique}))
    more = [f"What such problems mean: {EXPLAINED} {codes}"] if unique else []
    return "\n".join([*map(str, unique), *more, f"{len(unique)} {noun}."])
