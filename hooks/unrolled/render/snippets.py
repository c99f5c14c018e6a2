"""What a page takes in from other files by pymdownx.snippets: text, and nothing that is proved.

Cells, claims and blocks are read in the page itself, so a file that holds one is a problem. The
text of such a file is held to the same rules as the page's own.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from markdown import Markdown
from pymdownx.snippets import SnippetExtension, SnippetMissingError, SnippetPreprocessor

from unrolled.blocks import BY_NAME, KINDS
from unrolled.model.page import Page
from unrolled.model.problem import Code, Problem
from unrolled.read import doubt, plan

LINK = re.compile(r"https?://", re.IGNORECASE)
MARKER = "--8<--"
"""Begins and ends a list of files."""
SECTION = re.compile(r"section '(.+)' could not be located")
"""What the library says of a section that is not there."""
REMEDY = "Write it in the page itself"
PROVABLE = (Code.TYPED, Code.SHAPE)
"""Problems that a claim would solve; in a snippet there can be none."""


def problems(page: Page, md: Markdown) -> tuple[Problem, ...]:
    """Return what is wrong with what a page takes in, at its own lines that do so."""
    settings: list[Any] = [e for e in md.registeredExtensions if isinstance(e, SnippetExtension)]
    if not settings or not ("8<-" in page.text or settings[0].getConfigs()["auto_append"]):
        return ()
    files = _Files(settings[0].getConfigs(), md)
    taken = _Taken(files)
    taken.read(page.lines)
    found = [*taken.problems(page.path)]
    faulty = {problem.line for problem in found}
    return tuple(sorted([*found, *(p for p in _within(page, taken) if p.line not in faulty)]))


class _Line(str):
    """A line of a file, which knows its place however the library passes it on."""

    __slots__ = ("place",)
    place: tuple[str, int]

    @staticmethod
    def at(text: str, place: tuple[str, int]) -> _Line:
        """Return a line with its place: file and number."""
        line = _Line(text)
        line.place = place
        return line

    def __radd__(self, before: str) -> _Line:
        """Return the line with something before it: the library indents what it takes in."""
        return self.at(before + str(self), self.place)


class _Files(SnippetPreprocessor):
    """Reads files as the library does, but says what it leaves out without a word."""

    def __init__(self, config: dict[str, Any], md: Markdown) -> None:
        """Read by these settings, but nothing from elsewhere."""
        super().__init__({**config, "url_download": False, "check_paths": True}, md)
        self.faults: list[tuple[str, str]] = []
        """Facts and remedies."""
        self._last = ""
        """The file found last."""
        self._texts: dict[str, str] = {}
        """The files that were read."""

    def taken(self, lines: list[str]) -> list[str]:
        """Return what such lines become."""
        self.seen: set[str] = set()
        self.bases = None
        try:
            return self.parse_snippets(lines)
        except SnippetMissingError as error:
            section = SECTION.search(str(error))
            if section:
                fact = f"the file '{self.named(self._last)}' has no section '{section[1]}'"
                self.faults.append((fact, f"Begin it there: {MARKER} [start:{section[1]}]"))
            self.faults = self.faults or [(str(error), "Name a file that is there")]
            return []

    def named(self, file: str) -> str:
        """Return what authors call a file."""
        inside = (base for base in self.base_path if file.startswith(base + os.sep))
        return os.path.relpath(file, next(inside, None))

    def get_snippet_path(self, path: str) -> str | None:
        """Return the file of that name; None where the page may not take it in."""
        found = super().get_snippet_path(path)
        if LINK.match(path):
            fact = f"a snippet comes from another host: {path}"
            self.faults.append((fact, "Put a copy beneath the site's folder, and name that"))
        elif not found:
            fact = f"there is no file '{path}' for this snippet"
            self.faults.append((fact, "Name one as it lies beneath the base_path of snippets"))
        elif self.restrict_base_path and not self._is_inside(found):
            fact = f"the snippet '{path}' leads out of the folders of snippets"
            self.faults.append((fact, "Put a copy there"))
        elif found in self.seen:
            fact = f"the snippet '{path}' takes in itself"
            self.faults.append((fact, "Take that line out of the file"))
        elif self._text(found) is not None:
            self._last = found
            return found
        return None

    def _is_inside(self, file: str) -> bool:
        real = Path(file).resolve()
        bases = [Path(base).resolve() for base in self.base_path]
        return any(real == base or real.is_relative_to(base) for base in bases)

    def _text(self, file: str) -> str | None:
        """Return the text of a file; None, and a fault, where it cannot be read."""
        if file not in self._texts:
            try:
                self._texts[file] = Path(file).read_text(self.encoding)
            except (OSError, UnicodeDecodeError) as error:
                why = "not UTF-8" if isinstance(error, UnicodeDecodeError) else "no file to be read"
                self.faults.append((f"the snippet '{self.named(file)}' is {why}", "Put it right"))
        return self._texts.get(file)

    def parse_snippets(
        self,
        lines: list[str],
        file_name: str | None = None,
        is_url: bool = False,
        is_section: bool = False,
    ) -> list[str]:
        """Return what lines become; those of a file know their places.

        The library comes by here with what it chose of each file. That holds in all its versions:
        newer ones have methods for reading and choosing, older ones do both in this one.
        """
        if file_name:
            name, whole = self.named(file_name), (self._text(file_name) or "").split("\n")
            if not lines and whole != [""]:
                fact = f"the file '{name}' has no such lines: it has {len(whole)}"
                self.faults.append((fact, "Name lines that are there"))
            places = _places(lines, whole)
            lines = [_Line.at(t, (name, n)) for t, n in zip(lines, places, strict=True)]
        return super().parse_snippets(lines, file_name, is_url=is_url, is_section=is_section)


def _places(chosen: Sequence[str], whole: Sequence[str]) -> list[int]:
    """Return the number in a file of each line that was chosen from it, run by run, from 1.

    The blanks before a line may be gone.
    """
    some, all_ = [line.strip() for line in chosen], [line.strip() for line in whole]
    if some == all_:
        return [*range(1, len(some) + 1)]
    found: list[int] = []
    while len(found) < len(some):
        rest, after = some[len(found) :], found[-1] if found else 0
        starts = [n for n, line in enumerate(all_) if line == rest[0]] or [after]
        # The longest run; of several, the first that follows on what came before.
        begin = max(starts, key=lambda start: (_run(rest, all_[start:]), start >= after, -start))
        length = max(1, _run(rest, all_[begin:]))
        found += range(begin + 1, begin + 1 + length)
    return found


def _run(one: Sequence[str], other: Sequence[str]) -> int:
    """Return how many lines are the same from the beginning on."""
    return next(
        (n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b),
        min(len(one), len(other)),
    )


@dataclass
class _Taken:
    """A page with what it takes in."""

    files: _Files
    lines: list[str] = field(default_factory=list[str])
    own: list[int] = field(default_factory=list[int])
    """The page's line that each stands for."""
    faults: list[tuple[int, str, str]] = field(default_factory=list[tuple[int, str, str]])

    def read(self, lines: Sequence[str]) -> None:
        """Go through a page's lines; a list of files is read file by file."""
        number = 0
        while number < len(lines):
            number += 1
            line = lines[number - 1]
            if "8<-" not in line:
                self._add(number, [line])
            elif not _is_marker(line):
                self._add(number, self.files.taken([line]))
            else:
                later = range(number, len(lines))
                end = next((n for n in later if _is_marker(lines[n])), None)
                if end is None:
                    fact = "this list of snippets is not closed"
                    self.faults.append((number, fact, f"Close it with a line {line.strip()}"))
                    return
                for place in range(number, end):
                    self._add(place + 1, self.files.taken([MARKER, lines[place], MARKER]))
                number = end + 1
        for name in self.files.auto_append:
            self._add(len(lines), self.files.taken(["", MARKER, name, MARKER]))

    def _add(self, number: int, lines: Sequence[str]) -> None:
        self.faults += [(number, *fault) for fault in self.files.faults[:1]]
        self.files.faults.clear()
        self.lines += lines
        self.own += [number] * len(lines)

    def place(self, line: int) -> tuple[str, int] | None:
        """Return the file and the line there of what is in a line; None for the page's own."""
        return getattr(self.lines[line - 1], "place", None) if line <= len(self.lines) else None

    def at(self, line: int) -> int:
        """Return the page's own line for a line."""
        return self.own[min(line, len(self.own)) - 1] if self.own else 1

    def problems(self, path: str) -> Iterator[Problem]:
        """Yield what keeps files from being taken in."""
        for line, fact, remedy in self.faults:
            yield Problem(path, line, fact, remedy, code=Code.MARKDOWN)


def _is_marker(line: str) -> bool:
    found = SnippetPreprocessor.RE_ALL_SNIPPETS.match(line)
    return bool(found and found["block_marker"] and not found["escape"])


def _within(page: Page, taken: _Taken) -> Iterator[Problem]:
    """Yield what is wrong with the text that a page takes in, planned where it will stand."""
    if taken.lines == [*page.lines]:
        return
    again = plan.plan(page.path, "\n".join(taken.lines), KINDS, page.folder)
    told: set[int] = set()
    for line, what in sorted(_held(again)):
        place = taken.place(line)
        if place and taken.at(line) not in told:
            told.add(taken.at(line))
            yield _problem(page, taken, line, f"a snippet holds {what}", REMEDY)
    before = {(problem.line, problem.fact) for problem in _formal(page)}
    for problem in _formal(again):
        line = taken.at(problem.line)
        if line not in told and (line, problem.fact) not in before:
            in_it = taken.place(problem.line) and problem.code in PROVABLE
            remedy = f"{REMEDY}, where a run can prove it" if in_it else problem.remedy
            yield _problem(page, taken, problem.line, problem.fact, remedy)


def _held(page: Page) -> Iterator[tuple[int, str]]:
    """Yield what a run or a reader has to do with, each with its line."""
    for block in page.blocks:
        if block.name in BY_NAME:
            title = f": {block.argument}" if block.argument else ""
            yield block.line, f"a block '{block.name}'{title}"
    for cell in page.cells:
        first = next((line for line in cell.code.split("\n") if line.strip()), "").strip()
        yield cell.line, f"a cell: {first}"
    for claim in page.claims:
        yield claim.line, f"a claim: {claim.source}"


def _formal(page: Page) -> list[Problem]:
    """Return what is wrong with a page before it is run."""
    from unrolled.prove import axes, shapes, typed  # For pages with snippets: many patterns.

    proofs = (
        *typed.problems(page), *typed.in_code(page), *shapes.problems(page), *axes.problems(page),
    )  # fmt: skip
    return [*page.problems, *doubt.outside(proofs, page.doubts)]


def _problem(page: Page, taken: _Taken, line: int, fact: str, remedy: str) -> Problem:
    place = taken.place(line)
    detail = f"{place[0]}:{place[1]}: {taken.lines[line - 1].strip()}" if place else ""
    return Problem(page.path, taken.at(line), fact, remedy, detail, code=Code.MARKDOWN)
