"""A page's front matter, read once: the `name: value` lines between `---` at its top."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import cast

import yaml

from unrolled.read.block_options import SaidOnce
from unrolled.read.faulty import words
from unrolled.read.near import near_word

PATTERN = re.compile(r"---[ \t]*\n(?P<inside>.*?)\n?(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
OTHER = re.compile(r"---[ \t]*\n[ \t]*[A-Za-z][\w-]*:(?=\s)|\+\+\+[ \t]*\n|;;;[ \t]*\n")
"""What begins front matter and ends none, or that of other tools."""
LATE = re.compile(
    r"(?:\s|<!--.*?-->)+"
    r"(?=---[ \t]*\n[ \t]*[A-Za-z][\w-]*:\s(?:(?!\n[ \t]*\n).)*?\n---[ \t]*(?:\n|\Z))",
    re.DOTALL,
)
"""What keeps front matter from being some. Between two lines across there is a blank line."""
REMEDIES = {
    "is said twice": "Delete one of the two",
    "refers to another value": "Write the value itself",
    "the tag 'tag:": "Write plain values, without !",
    "unhashable": "Give names that are words",
}
"""What to do, by words of the fact."""
OTHERWISE = "Put values with a colon in quotes"
TEXTS = ("title", "description", "outcome")
"""What readers see of it."""
KNOWN = (*TEXTS, "hide")
"""Names that a page of ours has. Others are let through, since plugins read names of their own;
but not those that a letter or two part from these."""
HIDDEN = ("navigation", "toc", "path", "footer", "feedback", "tags")
"""What Material's pages can hide."""
CLOSE = 0.8
"""How much of a name must be alike."""


Fault = tuple[int, str, str]
"""Line, fact and remedy."""


@dataclass(frozen=True)
class FrontMatter:
    """What stands at the top of a page."""

    values: dict[str, object] = field(default_factory=dict[str, object])
    lines: int = 0
    """How many lines of the page it takes, its marks included."""
    faults: tuple[Fault, ...] = ()
    """What is wrong with it. MkDocs would print it as text, unsaid."""


def read(text: str) -> FrontMatter:
    """Read a page's front matter; nothing where it has none."""
    late = LATE.match(text)
    if late:
        return _late(read(text[late.end() :]), late[0].count("\n"))
    match = PATTERN.match(text)
    if not match:
        begun = OTHER.match(text)
        if begun:
            return FrontMatter(faults=(_not_yaml(begun[0]),))
        taken = re.match(r"[ ]{0,3}[A-Za-z0-9_-]+:(?=\s|$)", text)
        fact = "MkDocs takes a first line with a colon for front matter, and does not show it"
        remedy = "Begin the page with a heading or an empty line"
        return FrontMatter(faults=((1, fact, remedy),) if taken else ())
    lines = match[0].count("\n")
    try:
        values: object = yaml.load(match["inside"], SaidOnce)  # noqa: S506 - it derives from the safe loader
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        fact = f"the front matter cannot be read: {words(error)}"
        remedy = next((how for what, how in REMEDIES.items() if what in fact), OTHERWISE)
        fault = ((mark.line + 2) if mark else 1, fact, remedy)
        return FrontMatter({}, lines, (fault,))
    if values is None:
        return FrontMatter({}, lines)
    if not isinstance(values, dict):
        fault = (1, "the front matter is not 'name: value' lines", "Write one a line")
        return FrontMatter({}, lines, (fault,))
    named = {str(name): value for name, value in cast(dict[object, object], values).items()}
    inside = match["inside"]
    return FrontMatter(
        named, lines, (*_no_text(named, inside), *_meant(named, inside), *_unhidden(named, inside))
    )


def _late(found: FrontMatter, above: int) -> FrontMatter:
    """Return front matter that has so many lines above it, which is a fault."""
    fact = "the front matter does not begin the page, and readers see it as text"
    own = (above + 1, fact, "Delete what stands before its first ---")
    faults = ((line + above, fact, remedy) for line, fact, remedy in found.faults)
    return FrontMatter(found.values, found.lines + above, (own, *faults))


def _not_yaml(mark: str) -> tuple[int, str, str]:
    if mark.startswith("---"):
        return 1, "the front matter is not closed", "Close it with a line ---"
    return 1, "the front matter is not YAML", "Write 'name: value' lines between two lines ---"


def _no_text(values: dict[str, object], inside: str) -> Iterator[Fault]:
    """Yield each fault that what readers see of it is a number, a date or a list."""
    for name in TEXTS:
        value = values.get(name)
        if value is not None and not isinstance(value, str):
            fact = f"the '{name}' of the page is no text"
            yield _line_of(name, inside), fact, "Put it in quotes"


def _meant(values: dict[str, object], inside: str) -> Iterator[Fault]:
    """Yield each fault that a name is nearly one that is read."""
    for name in values:
        meant = near_word(name.lower(), KNOWN, CLOSE)
        if meant and name not in KNOWN:
            fact = f"nothing reads '{name}' of the front matter"
            remedy = f"Did you mean '{meant}'?"
            if meant in values:
                remedy = f"Delete it: the page has '{meant}' too"
            yield _line_of(name, inside), fact, remedy


def _unhidden(values: dict[str, object], inside: str) -> Iterator[Fault]:
    """Yield each name that is nearly one of what a page can hide; templates may know others."""
    given = values.get("hide")
    listed = cast(list[object], given) if isinstance(given, list) else [given]
    begins = _line_of("hide", inside)
    lines = inside.split("\n")
    for name in listed if given else ():
        meant = near_word(str(name), HIDDEN)
        if meant and name not in HIDDEN:
            entry = re.compile(rf"\s*-\s+[\"']?{re.escape(str(name))}\b")
            own = (n for n, text in enumerate(lines, 2) if n > begins and entry.match(text))
            fact = f"'hide' names '{name}', which no page has"
            yield next(own, begins), fact, f"Did you mean '{meant}'?"


def _line_of(name: str, inside: str) -> int:
    """Return the line of the page at which a value of the front matter is named."""
    lines = inside.split("\n")
    return next((n for n, text in enumerate(lines, 2) if text.startswith(f"{name}:")), 1)


def _end(text: str) -> int:
    """Return where a page's front matter ends, and what stands before it; 0 where it has none."""
    late = LATE.match(text)
    match = PATTERN.match(text, late.end()) if late else PATTERN.match(text)
    return match.end() if match else 0


def body(text: str) -> str:
    """Return a page's text after its front matter."""
    return text[_end(text) :]


def without(text: str) -> str:
    """Return a page with its front matter as blank lines, to keep the file's line numbers."""
    end = _end(text)
    return "\n" * text.count("\n", 0, end) + text[end:]
