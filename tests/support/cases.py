"""Golden cases: pages, each with what is expected of it, several in a file.

A file holds cases one after another. Each begins with a line `[case its name]`, then comes the
page, then a line `[problems]` and all that is wrong with it, as printed; and in some a line
`[html]` and the page's HTML:

    [case a claim that does not hold]
    …
    [problems]
    page.md:5: 'n == 4' is False. Fix the claim, or the cell before it.

`pytest --update-golden` writes what is found into the files. Read the difference before you commit
it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from support.once import locked

HEAD = re.compile(r"^\[case (?P<name>.+)\]\n", re.MULTILINE)
PROBLEMS, HTML = "[problems]\n", "[html]\n"
BLOCK = re.compile(
    r"(?<=[^\n])(?=<(?:div|p|[ou]l|li|details|summary|table|thead|tbody|tr|h\d|section|quiz-\w+|link|script)\b)"
)
"""Where an element begins that is more than a part of a line."""
VARYING = (
    (re.compile(r'<span class="[a-z]\w{0,2}">(.*?)</span>|<span></span>', re.DOTALL), r"\1"),
    (re.compile(r'(?<=data-hash=")[0-9a-f]{12}'), "HASH"),
    (re.compile(r"\b20\d\d-\d\d-\d\d\b"), "DATE"),
    (re.compile(r"\btorch \d+\.\d+\.\d+"), "torch VERSION"),
)
"""What differs from run to run, or is not ours, as the colours of code; and what stands for it."""


@dataclass(frozen=True)
class Case:
    """A page, and what is expected of it."""

    file: Path
    name: str
    page: str
    problems: str
    """As printed, a line break at the end; empty where nothing is wrong."""
    html: str | None = None
    """None where only the problems are of interest."""

    def __str__(self) -> str:
        """Return the case as it stands in its file."""
        html = "" if self.html is None else f"{HTML}{self.html}"
        return f"[case {self.name}]\n{self.page}{PROBLEMS}{self.problems}{html}"


def read(file: Path) -> list[Case]:
    """Return the cases of a file."""
    text = file.read_text("utf-8")
    heads = [*HEAD.finditer(text)]
    ends = [*(head.start() for head in heads[1:]), len(text)]
    return [
        _case(file, head["name"], text[head.end() : end])
        for head, end in zip(heads, ends, strict=True)
    ]


def _case(file: Path, name: str, text: str) -> Case:
    page, mark, expected = text.partition(PROBLEMS)
    assert mark, f"{file}: the case '{name}' has no {PROBLEMS.strip()}"
    found, mark, html = expected.partition(HTML)
    return Case(file, name, page, found, html if mark else None)


def update(found: Case) -> None:
    """Write what is found into the case's file; several processes may do so at once."""
    with locked(found.file):
        kept = [found if case.name == found.name else case for case in read(found.file)]
        found.file.write_text("".join(map(str, kept)), "utf-8")


def listed(problems: Iterable[object]) -> str:
    """Return problems as they stand in a case."""
    return "".join(f"{problem}\n" for problem in problems)


def plain(content: str) -> str:
    """Return a page's HTML as it stands in a case.

    An element a line, without what differs from run to run.
    """
    for pattern, instead in VARYING:
        content = pattern.sub(instead, content)
    return BLOCK.sub("\n", content).rstrip("\n") + "\n"


def files(folder: Path) -> Iterator[Path]:
    """Yield the files of cases in a folder, sorted."""
    yield from sorted(folder.glob("*.md"))
