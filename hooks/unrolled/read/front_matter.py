"""A page's front matter, read once: the `name: value` lines between `---` at its top."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import cast

import yaml

from unrolled.read.faulty import words

PATTERN = re.compile(r"\A---[ \t]*\n(?P<inside>.*?)\n?(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)


@dataclass(frozen=True)
class FrontMatter:
    """What stands at the top of a page."""

    values: dict[str, object] = field(default_factory=dict[str, object])
    lines: int = 0
    """How many lines of the page it takes, its marks included."""
    fault: tuple[int, str, str] | None = None
    """What is wrong with it: line, fact and remedy. MkDocs would print it as text, unsaid."""


def read(text: str) -> FrontMatter:
    """Read a page's front matter; nothing where it has none."""
    match = PATTERN.match(text)
    if not match:
        taken = re.match(r"[ ]{0,3}[A-Za-z0-9_-]+:(?=\s|$)", text)
        fact = "MkDocs takes a first line with a colon for front matter, and does not show it"
        remedy = "Begin the page with a heading or an empty line"
        return FrontMatter(fault=(1, fact, remedy) if taken else None)
    lines = match[0].count("\n")
    try:
        values: object = yaml.safe_load(match["inside"])
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        fact = f"the front matter cannot be read: {words(error)}"
        fault = ((mark.line + 2) if mark else 1, fact, "Put values with a colon in quotes")
        return FrontMatter({}, lines, fault)
    if values is None:
        return FrontMatter({}, lines)
    if not isinstance(values, dict):
        return FrontMatter(
            {}, lines, (1, "the front matter is not 'name: value' lines", "Write one a line")
        )
    return FrontMatter(
        {str(name): value for name, value in cast(dict[object, object], values).items()}, lines
    )


def body(text: str) -> str:
    """Return a page's text after its front matter."""
    match = PATTERN.match(text)
    return text[match.end() :] if match else text


def without(text: str) -> str:
    """Return a page with its front matter as blank lines, to keep the file's line numbers."""
    match = PATTERN.match(text)
    return "\n" * match[0].count("\n") + text[match.end() :] if match else text
