"""The `///` blocks of a page.

Where each begins and ends, its options, and what is wrong with them.
"""

from __future__ import annotations

import difflib
import re
import textwrap
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml
from markdown_it.token import Token

from unrolled.model.page import Block
from unrolled.model.problem import Code, Problem
from unrolled.read.tokens import literal_lines

MARKER = re.compile(r"^\s*(/{3,})[ ]*(?:([\w-]+)[ ]*(?:\|[ ]*(.*?)[ ]*)?)?$")
OPTION_LINE = re.compile(r"^[ ]{4,}\S")
ADMONITIONS = ("note", "attention", "caution", "danger", "error", "tip", "warning", "important")
"""Admonitions that pymdownx brings, but for "hint", which is the name of a question's hints."""
PYMDOWN = (
    "tab", "admonition", "details", "html", "define", "caption", "figure-caption",
    "table-caption", *ADMONITIONS,
)  # fmt: skip
"""Blocks that pymdownx brings."""


def read(
    path: str, text: str, stream: list[Token], known: Mapping[str, Collection[str]]
) -> tuple[tuple[Block, ...], list[Problem]]:
    """Return the blocks of a page by opening line, and what is wrong with their form.

    Args:
        path: What problems call the page.
        text: The page.
        stream: Its tokens.
        known: The options that each of our blocks takes, by its name.
    """
    found, strays = _blocks(text, stream)
    remedy = "Delete it, or give it as many slashes as the block it closes"
    problems = [
        Problem(path, line, "this marker closes no block", remedy, code=Code.BLOCK)
        for line in strays
    ]
    for raw in found:
        problems += _problems(path, raw, known)
    end = text.count("\n") + 2
    return tuple(raw.block(end) for raw in found), problems


def _problems(path: str, raw: RawBlock, known: Mapping[str, Collection[str]]) -> Iterator[Problem]:
    names = [*known, *PYMDOWN]
    if raw.name not in names:
        remedy = _near(raw.name, names, f"Use one of: {', '.join(sorted(set(names)))}")
        yield Problem(path, raw.line, f"there is no block '{raw.name}'", remedy, code=Code.BLOCK)
    if not raw.end:
        yield Problem(
            path,
            raw.line,
            f"the block '{raw.name}' is not closed",
            f"Close it with a line {'/' * raw.slashes}",
            code=Code.BLOCK,
        )
    if raw.bad_options:
        fact = f"the options of '{raw.name}' cannot be read: {raw.bad_options}"
        remedy = (
            "Write one 'name: value' a line, indented by four spaces, values with a colon in quotes"
        )
        yield Problem(path, raw.line + 1, fact, remedy, code=Code.BLOCK)
    elif raw.name in known:
        taken = known[raw.name]
        for name in (name for name in raw.options if name not in taken):
            otherwise = f"Use: {', '.join(taken)}" if taken else "Delete it: the block takes none"
            fact = f"the block '{raw.name}' has no option '{name}'"
            yield Problem(
                path, raw.line + 1, fact, _near(name, list(taken), otherwise), code=Code.BLOCK
            )


def _near(name: str, names: list[str], otherwise: str) -> str:
    near = difflib.get_close_matches(name, names, 1)
    return f"Did you mean '{near[0]}'?" if near else otherwise


class SaidOnce(yaml.SafeLoader):
    """Reads YAML, and refuses a mapping that says something twice.

    The first would be lost without a word.
    """

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        """Read a mapping."""
        names = [key.value for key, _ in node.value]
        twice = next((name for name in names if names.count(name) > 1), None)
        if twice is not None:
            raise yaml.constructor.ConstructorError(problem=f"'{twice}' is said twice")
        return super().construct_mapping(node, deep)


@dataclass
class RawBlock:
    """A `/// name | argument` block, not yet checked."""

    name: str
    argument: str
    line: int
    depth: int
    slashes: int
    body: int
    end: int = 0
    """Line of the closing marker; 0 when there is none."""
    options: dict[str, Any] = field(default_factory=dict[str, Any])
    bad_options: str = ""
    """What YAML says of options that it cannot read."""

    def block(self, last: int) -> Block:
        """Return the block as data.

        One that is not closed ends with the page, at its `last` line.
        """
        return Block(
            name=self.name,
            argument=self.argument,
            line=self.line,
            body=self.body,
            end=self.end or last,
            depth=self.depth,
            slashes=self.slashes,
            options=self.options,
        )


def _blocks(text: str, stream: list[Token]) -> tuple[list[RawBlock], list[int]]:
    """Read the `///` blocks of a page.

    Returns:
        The blocks in the order of their opening lines, and the lines of closing markers that close
        nothing.
    """
    lines = text.split("\n")
    literal = literal_lines(stream)
    found: list[RawBlock] = []
    stack: list[RawBlock] = []
    strays: list[int] = []
    for number, line in enumerate(lines, 1):
        match = None if number in literal else MARKER.match(line)
        if not match:
            continue
        slashes, name, argument = match.groups()
        if name:
            block = RawBlock(
                name.lower(), argument or "", number, len(stack), len(slashes), number + 1
            )
            _read_options(block, lines)
            found.append(block)
            stack.append(block)
            continue
        opener = next((b for b in reversed(stack) if b.slashes == len(slashes)), None)
        if opener is None:
            strays.append(number)
            continue
        while stack[-1] is not opener:
            stack.pop()
        stack.pop().end = number
    return found, strays


def _read_options(block: RawBlock, lines: list[str]) -> None:
    """Read the indented YAML lines after a block's opening line, and set where its body begins."""
    count = 0
    opening = lines[block.line - 1]
    indent = len(opening) - len(opening.lstrip(" "))
    for line in lines[block.line :]:
        if not OPTION_LINE.match(line[indent:]) or line[:indent].strip():
            break
        count += 1
    block.body = block.line + 1 + count
    header = textwrap.dedent("\n".join(lines[block.line : block.line + count]))
    try:
        read: object = yaml.load(header, SaidOnce)  # noqa: S506 - it derives from the safe loader
    except (yaml.YAMLError, ValueError) as error:
        block.bad_options = str(getattr(error, "problem", None) or error)
        return
    if isinstance(read, dict):
        block.options = {str(key): value for key, value in read.items()}
    elif read is not None:
        block.bad_options = "they are not 'name: value' lines"
