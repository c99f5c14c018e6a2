"""Writing the plan's numbers into the source, before anything else reads it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from markdown import Markdown
from markdown.preprocessors import Preprocessor

from unrolled.blocks import BY_NAME
from unrolled.model.cell import ClaimKind
from unrolled.model.page import Page
from unrolled.model.problem import Problem
from unrolled.read import front_matter
from unrolled.read.fence import NUMBERED
from unrolled.read.tokens import universal
from unrolled.render import snippets
from unrolled.render.rendering import Rendering

LEAD = r"(?P<lead>(?<=[^\s|])[:,]?[ ])?"
"""What joins a sentence to the condition that proves it; before a tick it would be in the way."""
FENCE = re.compile(r"^(?P<before>.*?)(?P<ticks>`{3,}|~{3,})(?P<info>.*)$")


STYLE = "|".join((r'title="[^"]*"', *(f'{name}="{form}"' for name, (form, *_) in NUMBERED.items())))
TAKEN = re.compile(rf"(?:[\w#.+-]+)?(?:\s+(?:{STYLE}))*|\{{.*\}}")
"""What the renderer takes behind the backticks of a fence that is no cell."""


class Mark(Preprocessor):
    """Marks the fences, claims and blocks of a page."""

    def __init__(
        self, md: Markdown, current: Callable[[], Rendering], begin: Callable[[str], None]
    ) -> None:
        """Belong to a converter.

        Args:
            md: The converter.
            current: The rendering.
            begin: Goes on to the page with this text.
        """
        super().__init__(md)
        self._current = current
        self._begin = begin

    def run(self, lines: list[str]) -> list[str]:
        """Return the marked lines, without front matter."""
        given = universal("\n".join(lines))
        self._begin(given)
        page = self._current().page
        body = front_matter.body(page.text)
        if given.strip("\n") == page.text.strip("\n"):
            given = body
        placed = _placed(body, given)
        if placed is None:
            fact = "something changed the page's text before it was rendered"
            self._current().report(fact, "Take the plugin that does it out of mkdocs.yml")
            return given.split("\n")
        whole = page.text.split("\n")
        first = len(whole) - len(body.lstrip("\n").split("\n"))
        every = _marked(page, whole)
        for problem in self._snippets(page):
            every[problem.line - 1] = ""  # What it would bring could only confuse.
        marked = every[first : first + placed.length]
        return "\n".join([*placed.before, *marked, *placed.after]).split("\n")

    def _snippets(self, page: Page) -> tuple[Problem, ...]:
        """Report what is wrong with what the page takes in from other files, and return it."""
        found = snippets.problems(page, self.md) if "snippet" in self.md.preprocessors else ()
        if self._current().whole:
            self._current().found += found
        return found


@dataclass(frozen=True)
class Placed:
    """Where a page's body, or the beginning of it, stands in a text."""

    before: list[str]
    length: int
    """How many lines it has."""
    after: list[str]


def _placed(body: str, text: str) -> Placed | None:
    """Find a page's body in a text that may hold lines around it, or only its beginning."""
    sought, lines = body.strip("\n").split("\n"), text.split("\n")
    given = text.strip("\n").split("\n")
    if sought[: len(given)] == given:
        sought = given
    last = len(lines) - len(sought)
    start = next((n for n in range(last, -1, -1) if lines[n : n + len(sought)] == sought), None)
    if start is None:
        return None
    return Placed(lines[:start], len(sought), lines[start + len(sought) :])


def _claim(found: re.Match[str], number: int) -> str:
    """Return the mark of a claim; a tick needs no colon or bracket before it."""
    return f"{' ' if found.groupdict().get('lead') else ''}`#!claim {number}`"


def _language(info: str) -> str:
    """Return the language of a fence whose other words the renderer does not take.

    It would not take the fence either, and show what is in it as HTML.
    """
    match = re.match(r"[\w#.+-]+(?=\s|$)", info)
    return match[0] if match else ""


def _evened(lines: list[str], first: int, last: int) -> None:
    """Write a fence as the renderer wants it, which asks for more than CommonMark.

    Its end is its beginning's backticks, neither more nor otherwise indented, and nothing in it is
    indented by less.
    """
    match = FENCE.match(lines[first - 1])
    if not match or match["before"].strip(" \t>") or last <= first:
        return
    before, ticks = match["before"], match["ticks"]
    end = lines[last - 1].strip(" \t>")
    if len(end) < len(ticks) or end.strip(ticks[0]):
        return
    lines[last - 1] = before + ticks
    if not before.strip(" "):
        for number in range(first, last - 1):
            line = lines[number]
            if line.strip() and line[: len(before)].strip():
                lines[number] = before + line.lstrip(" ")


def _marked(page: Page, lines: list[str]) -> list[str]:
    marked = list(lines)
    for number, cell in enumerate(page.cells):
        match = FENCE.match(marked[cell.line - 1])
        if match:
            marked[cell.line - 1] = f'{match["before"]}{match["ticks"]}{{.python cell="{number}"}}'
    for cell in page.cells:
        _evened(marked, cell.line, cell.end)
    for fence in page.fences:
        match = FENCE.match(marked[fence.line - 1])
        if match and not TAKEN.fullmatch(fence.info):
            marked[fence.line - 1] = match["before"] + match["ticks"] + _language(fence.info)
        _evened(marked, fence.line, fence.end)
    for each in (each for item in page.items for each in item.fences):
        # Right beneath a line of text, the renderer would make it a part of that.
        marked[each.line - 1] = "\n" + marked[each.line - 1]
        marked[each.end - 1] += "\n"
    for number, claim in enumerate(page.claims):
        before = marked[claim.line - 1]
        # A table wants \| for |.
        written = "|".join(map(re.escape, (claim.source, claim.source.replace("|", r"\|"))))
        lead = LEAD if claim.kind is ClaimKind.CHECK else ""
        marked[claim.line - 1] = re.sub(
            rf"{lead}(?P<ticks>`+)[ ]?(?:{written})[ ]?(?P=ticks)",
            lambda found, n=number: _claim(found, n),
            before,
            count=1,
        )
    for number, block in enumerate(page.blocks):
        if block.name not in BY_NAME:
            continue
        for line in range(block.line, block.body - 1):
            marked[line] = ""
        indent = re.match(r"\s*", marked[block.line - 1])
        marked[block.line - 1] += f"\n{indent[0] if indent else ''}    block: {number}"
    return marked
