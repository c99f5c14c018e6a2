"""The `///` blocks of a page.

Where each begins and ends, its options, and what is wrong with them.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from markdown_it.token import Token

from unrolled.model.block import Block
from unrolled.model.problem import Code, Problem
from unrolled.read import block_options, pymdown
from unrolled.read.block_options import Header
from unrolled.read.doubt import Doubt
from unrolled.read.near import near
from unrolled.read.pymdown import PYMDOWN
from unrolled.read.tokens import literal_lines

MARKER = re.compile(r"^\s*(/{3,})[ ]*(?:([\w-]+)[ ]*(?:\|[ ]*(.*?)[ ]*)?)?$")
NEAR = re.compile(r"^\s*(?:(?P<slashes>/{3,})[ ]*(?P<name>[\w-]+)\b[ ]*(?P<words>[^|\s].*)|"
                  r"//?[ ]*(?P<short>[\w-]+)[ ]*\|[ ]*(?P<title>.*?)[ ]*)$")  # fmt: skip
"""A line that is to open a block: its bar is missing, or a slash."""
QUOTED = re.compile(r"^[ ]*>[> ]*/{3,}[ ]*(?P<name>[\w-]+)[ ]*(?:\|.*)?$")
"""A line that would open a block in a quote."""
LEAST = 3
"""Slashes of a marker."""


@dataclass(frozen=True)
class Markers:
    """What the markers of a page say."""

    blocks: tuple[Block, ...]
    """By their opening lines."""
    problems: tuple[Problem, ...]
    doubts: tuple[Doubt, ...]
    """Where nothing more is to be said, since it may follow from these problems."""


def read(
    path: str, text: str, stream: Sequence[Token], known: Mapping[str, Collection[str]]
) -> Markers:
    """Return the blocks of a page, and what is wrong with their form.

    Args:
        path: What problems call the page.
        text: The page.
        stream: Its tokens.
        known: The options that each of our blocks takes, by its name.
    """
    lines = text.split("\n")
    scan = _Scan(lines, known)
    literal = literal_lines(stream)
    for number, line in enumerate(lines, 1):
        if "/" in line and number not in literal:
            scan.line(number, line)
    last = len(lines) + 1
    unclosed = [raw for raw in scan.found if not raw.end]
    outer = _outer(unclosed, scan.strays)
    remedy = "Delete it, or give it as many slashes as the block it closes"
    problems = [
        Problem(path, line, "this marker closes no block", remedy, code=Code.BLOCK)
        for line in scan.strays
        if line not in outer and not any(raw.line < line < (raw.until or last) for raw in unclosed)
    ]
    problems += _quoted(path, ((n, t) for n, t in enumerate(lines, 1) if n not in literal), known)
    doubts = [Doubt(raw.line, raw.until or last) for raw in unclosed]
    for raw in scan.found:
        faults = [*_problems(path, raw, known, has_inner=raw in outer.values())]
        problems += faults
        is_known = raw.name in known or raw.name in PYMDOWN
        # What would belong into a block whose name is mistyped is not misplaced.
        end = raw.line if is_known else raw.end or raw.until or last
        doubts += [Doubt(raw.line, end)] if faults else []
    return Markers(tuple(raw.block(last) for raw in scan.found), tuple(problems), tuple(doubts))


def _quoted(
    path: str, lines: Iterable[tuple[int, str]], known: Collection[str]
) -> Iterator[Problem]:
    """Yield the blocks that stand in a quote."""
    for number, line in lines:
        match = QUOTED.match(line)
        if match and match["name"].lower() in known:
            fact = f"a block '{match['name']}' cannot stand in a quote"
            yield Problem(path, number, fact, "Put it below the quote", code=Code.BLOCK)


def _outer(unclosed: Sequence[RawBlock], strays: Sequence[int]) -> dict[int, RawBlock]:
    """Return the blocks with another inside that has as many slashes, by their closing markers."""
    found: dict[int, RawBlock] = {}
    for raw in unclosed:
        own = (line for line in strays if line > raw.until and line not in found)
        end = next(own, 0) if raw.is_interrupted else 0
        if end:
            found[end] = raw
    return found


def _problems(
    path: str, raw: RawBlock, known: Mapping[str, Collection[str]], *, has_inner: bool
) -> Iterator[Problem]:
    names = [*known, *PYMDOWN]
    if raw.name not in names:
        remedy = near(raw.name, names, f"Use one of: {', '.join(sorted(set(names)))}")
        yield Problem(path, raw.line, f"there is no block '{raw.name}'", remedy, code=Code.BLOCK)
    if raw.fault:
        yield Problem(path, raw.line, *raw.fault, code=Code.BLOCK)
    elif not raw.end:
        fact = f"the block '{raw.name}' is not closed"
        remedy = f"Close it with a line {'/' * raw.slashes}"
        if has_inner:
            remedy = f"Give what belongs inside it one slash more: {'/' * (raw.slashes + 1)}"
        if raw.until:
            fact += f" before line {raw.until}, {raw.why}"
        yield Problem(path, raw.line, fact, remedy, code=Code.BLOCK)
    if raw.header.fault:
        yield Problem(path, *raw.header.fault, code=Code.BLOCK)
    elif raw.name in names:
        taken = known[raw.name] if raw.name in known else pymdown.options(raw.name)
        for name in (name for name in raw.header.values if name not in taken):
            otherwise = f"Use: {', '.join(taken)}" if taken else "Delete it: the block takes none"
            fact = f"the block '{raw.name}' has no option '{name}'"
            remedy = near(name, taken, otherwise)
            yield Problem(path, raw.header.line_of(name), fact, remedy, code=Code.BLOCK)
        if raw.name not in known and not raw.fault:
            odd = pymdown.fault(raw.name, raw.argument, raw.header.values)
            if odd:
                line = raw.header.line_of(odd[0]) if odd[0] else raw.line
                yield Problem(path, line, *odd[1:], code=Code.BLOCK)


@dataclass
class RawBlock:
    """A `/// name | argument` block, not yet checked."""

    name: str
    argument: str
    line: int
    depth: int
    slashes: int
    header: Header
    fault: tuple[str, str] | None = None
    """What is wrong with its first line: fact and remedy."""
    end: int = 0
    """Line of the closing marker; 0 when there is none."""
    until: int = 0
    """Of a block that is not closed: the line by which it should have been; 0 at the page's end."""
    why: str = ""
    """What is in that line."""
    is_interrupted: bool = False
    """Whether it is the beginning of another block."""

    def block(self, last: int) -> Block:
        """Return the block as data.

        One that is not closed ends where it should have been, or with the page at its `last` line.
        """
        return Block(
            name=self.name,
            argument=self.argument,
            line=self.line,
            body=self.header.end,
            end=self.end or self.until or last,
            depth=self.depth,
            slashes=self.slashes,
            options=self.header.values,
            where={n: at for n, at in self.header.lines.items() if n in self.header.values},
        )


@dataclass
class _Scan:
    """Goes through the lines of a page, from the first to the last."""

    lines: Sequence[str]
    known: Mapping[str, Collection[str]]
    found: list[RawBlock] = field(default_factory=list[RawBlock])
    """By their opening lines."""
    strays: list[int] = field(default_factory=list[int])
    """Lines of closing markers that close nothing."""
    _open: list[RawBlock] = field(default_factory=list[RawBlock])
    _closed_early: int = 0
    """Slashes of the last outermost block where a block inside it was not closed before it: one
    more marker of that many may be that block's own, mistyped."""

    def line(self, number: int, line: str) -> None:
        """Read one line that is not in a fence, in code or in raw HTML."""
        match = MARKER.match(line)
        if match:
            slashes, name, argument = match.groups()
            if name:
                self._begin(number, len(slashes), name, argument or "")
            else:
                self._end(number, len(slashes))
            return
        almost = NEAR.match(line)
        name = (almost["name"] or almost["short"] or "").lower() if almost else ""
        if almost and name in {*self.known, *PYMDOWN}:
            marks = almost["slashes"] or "/" * LEAST
            title = (almost["words"] or almost["title"] or "").strip(" :-–—")
            if almost["name"]:
                said = title if len(title) <= 40 else title[:39] + "…"
                fault = (
                    f"the title of this '{name}' has no bar before it",
                    f"Write {marks} {name} | {said.rstrip('.')}",
                )
            else:
                fault = (f"'{name}' is a block's name, and a slash is missing", f"Write {marks}")
            self._begin(number, len(marks), name, title, fault)

    def _begin(
        self,
        number: int,
        slashes: int,
        name: str,
        argument: str,
        fault: tuple[str, str] | None = None,
    ) -> None:
        same = next((i for i, b in enumerate(self._open) if b.slashes == slashes), None)
        if same is not None:
            self._open[same].is_interrupted = True
            self._leave(same, number, f"where another with {slashes} slashes begins")
        self._closed_early = self._closed_early if self._open else 0
        name = name.lower()
        taken = self.known.get(name, pymdown.options(name) if name in PYMDOWN else ())
        header = block_options.read(self.lines, number, name, taken)
        raw = RawBlock(name, argument, number, len(self._open), slashes, header, fault)
        self.found.append(raw)
        self._open.append(raw)

    def _end(self, number: int, slashes: int) -> None:
        opener = next((i for i, b in enumerate(self._open) if b.slashes == slashes), None)
        if opener is None:
            if slashes == self._closed_early and not self._open:
                self._closed_early = 0
            else:
                self.strays.append(number)
            return
        if len(self._open) > opener + 1:
            self._leave(opener + 1, number, f"which closes '{self._open[opener].name}'")
            self._closed_early = slashes
        self._open.pop().end = number

    def _leave(self, first: int, number: int, why: str) -> None:
        """Give up on the blocks that are open from the `first` on: they ought to be closed."""
        for raw in self._open[first:]:
            raw.until, raw.why = number, why
        del self._open[first:]
