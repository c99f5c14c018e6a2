"""What a page is made of beside its cells: blocks, other fences, and lines in doubt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Block:
    """A `/// name | argument` block."""

    name: str
    """Which kind it is of."""
    argument: str
    """What follows the bar on its first line; empty without one."""
    line: int
    """Line of the opening marker, from 1."""
    body: int
    """First line after the option lines."""
    end: int
    """Line of the closing marker."""
    depth: int
    """How many blocks are around it."""
    slashes: int
    """Number of slashes in its markers."""
    options: dict[str, object] = field(default_factory=dict[str, object])
    """What its option lines give, by their names."""
    where: Mapping[str, int] = field(default_factory=dict[str, int])
    """The line of each."""

    def at(self, name: str) -> int:
        """Return the line of an option; of the opening marker, where it is not given."""
        return self.where.get(name, self.line)

    def holds(self, line: int) -> bool:
        """Return whether a line lies between the markers."""
        return self.line < line < self.end

    def option(self, name: str) -> str:
        """Return an option as text, empty where it is not given."""
        return str(self.options.get(name, ""))


@dataclass(frozen=True)
class Doubt:
    """Lines about which nothing more is said, because a problem there says enough."""

    first: int
    last: int

    def __contains__(self, line: int) -> bool:
        """Return whether a line is among them."""
        return self.first <= line <= self.last


@dataclass(frozen=True)
class Fence:
    """A fence that is no cell: it is shown as it is."""

    line: int
    """Line of the opening fence, from 1."""
    end: int
    """Line of the closing fence."""
    info: str
    """What follows the backticks."""
