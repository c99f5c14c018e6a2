"""Sentences that runs refuted once: they do not come back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from unrolled.model.page import Page
from unrolled.model.problem import Code, Problem
from unrolled.read.faulty import words

FILE = "refuted.yml"
"""The file beside the recorded outputs that lists them."""

LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The one in C, where there is one: it is ten times as fast."""
FORM = "Write entries like '- said: birds fly' with a line 'but: some do' beneath 'said'"
QUOTES = ('"', "“", "'", "‘")


@dataclass(frozen=True)
class Refuted:
    """A statement that is false, and what runs say instead."""

    said: re.Pattern[str]
    """How it is worded: a pattern, whatever the capitals."""
    but: str
    """What runs give, as a sentence without its full stop."""


class UnfitError(ValueError):
    """The list cannot be read."""

    def __init__(self, fact: str, line: int = 1) -> None:
        """Say why, and at which of its lines."""
        super().__init__(fact)
        self.line = line


def load(path: str, content: bytes) -> tuple[tuple[Refuted, ...], tuple[Problem, ...]]:
    """Read the list's file; return its entries and why it cannot be read: one of both is empty."""
    try:
        return read(content.decode("utf-8")), ()
    except UnicodeDecodeError as error:
        fact, line = "this list is not UTF-8", content.count(b"\n", 0, error.start) + 1
        remedy = "Save it as UTF-8"
    except UnfitError as error:
        fact, line, remedy = str(error), error.line, FORM
    return (), (Problem(path, line, fact, remedy, code=Code.CLAIM),)


def read(text: str) -> tuple[Refuted, ...]:
    """Read the list: entries with `said`, a pattern, and `but`, a sentence.

    Raises:
        UnfitError: It is none.
    """
    try:
        top = yaml.compose(text, LOADER)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        raise UnfitError(
            f"this list cannot be read: {words(error)}", mark.line + 1 if mark else 1
        ) from error
    if top is None:
        return ()
    if not isinstance(top, yaml.SequenceNode):
        raise UnfitError("this list is no list", top.start_mark.line + 1)
    return tuple(_entry(node) for node in top.value)


def _entry(node: yaml.Node) -> Refuted:
    """Read an entry of the list."""
    line = node.start_mark.line + 1
    pairs = node.value if isinstance(node, yaml.MappingNode) else []
    given = {str(name.value): value for name, value in pairs if isinstance(value, yaml.ScalarNode)}
    if {*given} != {"said", "but"}:
        raise UnfitError("this entry of the list has not just 'said' and 'but'", line)
    try:
        said = re.compile(str(given["said"].value), re.IGNORECASE)
    except re.error as error:
        at = given["said"].start_mark.line + 1
        raise UnfitError(f"'said' is no pattern: {error.msg}", at) from error
    return Refuted(said, str(given["but"].value).rstrip("."))


def problems(pages: Iterable[Page], known: Iterable[Refuted]) -> Iterator[Problem]:
    """Yield a problem for each sentence of a page that is known to be false.

    What stands in quotation marks is spoken of, and options of questions are refuted by a run.
    """
    listed = tuple(known)
    for page in pages:
        for piece in page.visible:
            for each in listed:
                found = each.said.search(piece.text)
                line = piece.line(found.start()) if found else 0
                quoted = found and piece.text[: found.start()].endswith(QUOTES)
                if found and not quoted and line not in page.judged_lines:
                    fact = f"'{' '.join(found[0].split())}' was refuted: {each.but}"
                    remedy = "Say what runs bear out, and the range in which it holds"
                    yield Problem(page.path, line, fact, remedy, code=Code.CLAIM)
