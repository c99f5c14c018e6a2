"""What a run gave: the output of each cell, and how a chain that came to a bad end ended.

Data, with its JSON form.
"""

import dataclasses
import enum
from dataclasses import dataclass, field
from typing import Any

LIMIT = 64 * 1024
"""Bytes of a cell's standard output, and of its standard error, that are kept."""


@dataclass(frozen=True)
class Figure:
    """A figure that a cell drew."""

    svg: str
    """As matplotlib wrote it; not yet safe for a page."""
    summary: str
    """What it draws, as text."""


class ShownKind(enum.StrEnum):
    """How something that a cell shows is written down."""

    TEXT = "text"
    """As it is."""
    HTML = "html"
    MARKDOWN = "markdown"
    LATEX = "latex"
    SVG = "svg"
    PNG = "png"
    """In base64, as the next."""
    JPEG = "jpeg"
    FIGURE = "figure"
    """Which of the output's figures, from 0."""

    @property
    def is_picture(self) -> bool:
        """Whether it needs an alternative text."""
        return self in (ShownKind.SVG, ShownKind.PNG, ShownKind.JPEG, ShownKind.FIGURE)


@dataclass(frozen=True)
class Shown:
    """One of the things that a cell shows, in their order."""

    kind: ShownKind
    content: str
    """Not yet safe for a page."""


@dataclass(frozen=True)
class Raised:
    """An exception that a cell raised."""

    type: str
    types: tuple[str, ...]
    """The names of its class and all its bases."""
    message: str
    text: str
    """`Type: message`."""
    trace: tuple[tuple[str, int, str], ...]
    """The frames that lie in cells: `<cell 2>`, the line in it from 1, the source line."""
    remedy: str = ""
    """What to do, where our own engine raised it in place of what a cell cannot have."""

    @staticmethod
    def from_json(data: dict[str, Any]) -> "Raised":
        """Read what the worker wrote."""
        return Raised(
            data["type"],
            tuple(data["types"]),
            data["message"],
            data["text"],
            tuple((name, line, text) for name, line, text in data["trace"]),
            data["remedy"],
        )


@dataclass(frozen=True)
class Verdict:
    """What the run says of a claim."""

    ok: bool
    text: str
    """The value, or the actual shape."""
    fact: str = ""
    """Why it could not be evaluated."""
    data: Any = None
    """For a claim that a block asks for: what it found."""
    fixed: bool = False
    """Whether it comes to the same whatever the names that it uses hold: it proves nothing."""


@dataclass(frozen=True)
class Output:
    """What one cell did."""

    stdout: str = ""
    """What it printed, and as text what it displayed."""
    stderr: str = ""
    value: str | None = None
    """The last expression's value as text; None when there is none to show."""
    shown: tuple[Shown, ...] = ()
    """Standard output, what it displayed, its figures and its value, in their order."""
    figures: tuple[Figure, ...] = ()
    warnings: tuple[str, ...] = ()
    exception: Raised | None = None
    claims: tuple[Verdict, ...] = ()
    """One for each of the cell's claims, unless an exception kept them from being evaluated."""
    cut: bool = False
    """Whether a stream was longer than what is kept."""
    long: tuple[str, ...] = ()
    """Which of its other parts were longer than what is kept."""
    unshown: tuple[str, ...] = ()
    """What it would show and a page cannot, in words."""
    trained: bool = False
    """Whether an optimizer had taken a step in its chain when it ended."""

    @property
    def text(self) -> str:
        """What it shows as text: standard output, then its value."""
        return "\n".join(part for part in (self.stdout.rstrip("\n"), self.value) if part)

    @property
    def pictures(self) -> tuple[Shown, ...]:
        """What needs an alternative text, in its order."""
        return tuple(shown for shown in self.shown if shown.kind.is_picture)

    @staticmethod
    def from_json(data: dict[str, Any]) -> "Output":
        """Read what a chain told, or the cache kept."""
        return Output(
            stdout=data["stdout"],
            stderr=data["stderr"],
            value=data["value"],
            shown=tuple(Shown(ShownKind(s["kind"]), s["content"]) for s in data["shown"]),
            figures=tuple(Figure(f["svg"], f["summary"]) for f in data["figures"]),
            warnings=tuple(data["warnings"]),
            exception=data["exception"] and Raised.from_json(data["exception"]),
            claims=tuple(Verdict(**c) for c in data["claims"]),
            cut=data["cut"],
            long=tuple(data.get("long", ())),
            unshown=tuple(data["unshown"]),
            trained=data["trained"],
        )

    def to_json(self) -> dict[str, Any]:
        """Return what `from_json` reads."""
        return dataclasses.asdict(self)


NOT_REACHED = "the run did not come to its line"
"""What is said of a claim in a cell that ended before it."""


class Ending(enum.StrEnum):
    """How a chain's process can end before its last cell is done."""

    TIMEOUT = "timeout"
    EXIT = "exit"
    """It ended itself."""
    SIGNAL = "signal"
    LOST = "lost"
    """The process that forked it is gone."""
    FAULT = "fault"
    """Our own code in it failed."""
    CLOSED = "closed"
    """It could not tell what its cells gave: they had closed its channel."""
    FORGED = "forged"
    """What it told is not what a chain tells."""
    TOLD = "told"
    """It told more than anybody keeps."""
    LIMIT = "limit"
    """It took too much of the machine."""


@dataclass(frozen=True)
class Fate:
    """How a chain's process ended before its last cell was done."""

    cell: int
    """Position in the chain of the cell that was running."""
    ending: Ending
    detail: str = ""
    """The exit status, the signal's name, what the fault says, what was forged or too much."""
    line: int | None = None
    """Line in that cell at which it was, from 1; None when not known."""

    def __str__(self) -> str:
        """Return it in words: `exit 3`, `signal SIGSEGV`, `timeout`."""
        return f"{self.ending} {self.detail}".rstrip()


@dataclass(frozen=True)
class Run:
    """What running a chain gave."""

    outputs: tuple[Output, ...]
    """One for each cell that ended; fewer than the chain's cells when one failed."""
    fate: Fate | None = None
    result: Any = None
    """What the chain's task returned; None when it has none, or did not come to it."""
    deps: dict[str, str] = field(default_factory=dict[str, str])
    """The project's files read, other than those beside the page, with the SHA-256 of their
    content."""
    distributions: dict[str, str] = field(default_factory=dict[str, str])
    """The installed distributions that it imported, with their versions."""
    absent: tuple[str, ...] = ()
    """The packages that it looked for in vain."""
    torch: str = ""
    """Version of the torch that ran."""
    date: str = ""
    """Day of the run, UTC, as `2026-11-21`."""
