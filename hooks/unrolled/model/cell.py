"""What runs on a page: cells with their options and claims, and the chains they form. Data only."""

from __future__ import annotations

import enum
import re
from dataclasses import dataclass


class ClaimKind(enum.StrEnum):
    """What a claim asks of a run."""

    VALUE = "value"
    """Shown as it is: `#!value out.mean()`."""
    SHAPE = "shape"
    """Compared: `#!shape out: (4, 7, 3)`."""
    CHECK = "check"
    """Must be true: `#!check torch.equal(a, b)`."""
    DEFAULT = "default"
    """Shown: what an argument is where nobody gives it, `#!default nn.RNN.batch_first`."""
    ERROR = "error"
    """The message of the nearest cell before it that raises: `#!error`, or words of it."""
    COUNT = "count"
    """How many items of a kind the page holds: `#!count questions`."""
    MINUTES = "minutes"
    """How long the page takes a reader: `#!minutes`."""
    DATA = "data"
    """Read by the block that asks for it, as JSON. Nobody writes it."""


WRITTEN = tuple(kind for kind in ClaimKind if kind is not ClaimKind.DATA)
"""The kinds that contributors write."""
OF_PAGE = (ClaimKind.ERROR, ClaimKind.COUNT, ClaimKind.MINUTES)
"""The kinds that no cell has to evaluate: the page and what its cells gave tell."""
BARE = (ClaimKind.ERROR, ClaimKind.MINUTES)
"""The kinds that need nothing behind their name."""


@dataclass(frozen=True)
class Claim:
    """Something that the run of a cell must bear witness to."""

    kind: ClaimKind
    """What it asks."""
    line: int
    """Line in the page, from 1."""
    code: str
    """The Python expression that the run evaluates; of `error`, words of the message; of `count`,
    what is counted."""
    source: str
    """As written: `#!shape out: (4, 7, 3)`; of a claim that nobody writes, the name by which its
    block finds it."""
    expected: tuple[int, ...] | None = None
    """For `shape`: the sizes that the expression must have."""
    cell_line: int | None = None
    """For a claim in a comment: its line in the cell, from 1; it is evaluated when that statement
    has run. Else, after the cell."""
    remedy: str = ""
    """For `data`: what to do where it cannot be read."""

    @property
    def is_whole(self) -> bool:
        """Whether it is all that its comment says: of others the source is just their words."""
        return self.source.startswith("#")


class Role(enum.Enum):
    """How a cell runs."""

    PLAIN = "plain"
    """In its chain."""
    BRANCH = "branch"
    """In a branch of its own, so that nothing of it is seen by what comes after."""
    APART = "apart"
    """Only where its block tries it."""
    SHOWN = "shown"
    """Never by itself: its block shows it as a part of its own, and may try it."""


@dataclass(frozen=True)
class Options:
    """A cell's options, as written in the fence's braces."""

    continuation: bool = False
    """Goes on in the namespace of the cell before."""
    hidden: bool = False
    """Runs, but neither code nor output is shown."""
    part: str = ""
    """What the cell is to the block around it: one of the words that its kind gives, such as
    `check` or `cause`."""
    role: Role = Role.PLAIN
    """How such a cell runs."""
    probe: bool = False
    """Set by the plan, never written: may raise or not, and either is an answer."""
    notest: bool = False
    """Shown, not run; needs `reason`."""
    reason: str = ""
    """Why a `notest` cell cannot run."""
    raises: str = ""
    """Name of the exception type that the cell must raise."""
    alt: str = ""
    """Alternative texts of the figures that the cell draws, a bar between two."""
    timeout: float = 30.0
    """Seconds that the cell may take."""
    style: tuple[tuple[str, str], ...] = ()
    """`title`, `linenums` and `hl_lines`, passed on to the highlighter."""


def texts(alt: str) -> list[str]:
    """Return the alternative texts of a cell's figures: `first | second`."""
    return [text.strip() for text in re.split(r"\s\|\s", alt)] if alt.strip() else []


@dataclass(frozen=True)
class Cell:
    """A Python fence."""

    line: int
    """Line of the opening fence, from 1; the code starts on the next."""
    end: int
    """Line of the closing fence."""
    code: str
    """The code, without the fence's indentation."""
    options: Options
    """How it runs and how it is shown."""
    claims: tuple[Claim, ...] = ()
    """The claims after this cell and before the next, evaluated right after it ran; then those in
    its comments."""
    on_page: bool = True
    """Whether it is one of the page's own; else it is code under trial, or repeated to prepare for
    some."""

    @property
    def runs(self) -> bool:
        """Whether the cell takes part in a chain."""
        return not (self.options.notest or self.options.role in (Role.APART, Role.SHOWN))


@dataclass(frozen=True)
class Task:
    """Work of a block's own, done in a chain's process after its cells.

    A function of ours and its arguments.
    """

    function: str
    """`unrolled.blocks.shapes.sweep:run`. It takes the arguments and returns what JSON can hold."""
    arguments: str
    """JSON of the keyword arguments."""
    timeout: float = 30.0
    """Seconds that it may take."""


@dataclass(frozen=True)
class Chain:
    """A cell and its continuations: they share a namespace and a process."""

    cells: tuple[Cell, ...]
    """In the order in which they run."""
    task: Task | None = None
    """What is done after the cells."""
    line: int = 0
    """Where the chain begins in the page, when it has no cell."""

    @property
    def begins(self) -> int:
        """Line of the page by which messages name the chain."""
        return self.cells[0].line if self.cells else self.line

    @property
    def seconds(self) -> float:
        """How long the chain may take."""
        return sum(cell.options.timeout for cell in self.cells) + (
            self.task.timeout if self.task else 0
        )
