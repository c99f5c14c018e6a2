"""The options of a block: the YAML lines right below its first line, four spaces each."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import yaml

from unrolled.read.faulty import words

PROPER = re.compile(r"^[ ]{4,}\S")
INDENT = 4
NUMBERS = {0: "not indented", 1: "indented by one space"}


@dataclass(frozen=True)
class Header:
    """The options of a block."""

    end: int
    """The line after them."""
    values: dict[str, Any] = field(default_factory=dict[str, Any])
    lines: dict[str, int] = field(default_factory=dict[str, int])
    """Where each is."""
    fault: tuple[int, str, str] | None = None
    """What is wrong with them: line, fact and remedy."""

    def line_of(self, name: str) -> int:
        """Return the line of an option."""
        return self.lines.get(name, self.end - 1)


class SaidOnce(yaml.SafeLoader):
    """Reads YAML, and refuses a mapping that says something twice, and what repeats itself.

    The first would be lost without a word; and a few lines of aliases can grow without end.
    """

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        """Read a node."""
        if self.check_event(yaml.AliasEvent):
            mark = self.peek_event().start_mark
            raise yaml.constructor.ConstructorError(
                problem="it refers to another value with '*'", problem_mark=mark
            )
        return super().compose_node(parent, index)

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        """Read a mapping."""
        seen: set[str] = set()
        for key, _ in node.value:
            if isinstance(key, yaml.ScalarNode):
                if key.value in seen:
                    raise yaml.constructor.ConstructorError(
                        problem=f"'{key.value}' is said twice", problem_mark=key.start_mark
                    )
                seen.add(key.value)
        return super().construct_mapping(node, deep)


def read(lines: Sequence[str], opening: int, name: str, taken: Collection[str]) -> Header:
    """Read the options of a block.

    Those in another place or otherwise indented are read all the same, and are a fault.

    Args:
        lines: The page.
        opening: The line of the block's opening marker, from 1.
        name: The block's name.
        taken: The options that it takes; empty where that is not known.
    """
    first = lines[opening - 1]
    around = len(first) - len(first.lstrip(" "))
    found = [*_lines(lines, opening, around, taken)]
    end = (found[-1][0] if found else opening) + 1
    named = ((number, _named(line)) for number, line, _ in reversed(found))
    where = {word[1]: number for number, word in named if word}
    odd = next(((number, fault) for number, _, fault in found if fault), None)
    text = "\n".join(line[around:] if not fault else line.expandtabs(4) for _, line, fault in found)
    fault = None
    if odd:
        remedy = "Write them right below its title, four spaces each"
        fault = odd[0], f"the options of '{name}' are {odd[1]}", remedy
    values: dict[str, Any] = {}
    try:
        loaded: object = yaml.load(textwrap.dedent(text), SaidOnce)  # noqa: S506 - it derives from the safe loader
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        number = found[min(mark.line, len(found) - 1)][0] if mark else opening + 1
        fact = f"the options of '{name}' cannot be read: {words(error)}"
        return Header(end, {}, where, fault or (number, fact, MAPPING))
    if isinstance(loaded, dict):
        values = {str(key): value for key, value in loaded.items()}
    elif loaded is not None:
        fact = f"the options of '{name}' cannot be read: they are not 'name: value' lines"
        fault = fault or (opening + 1, fact, MAPPING)
    said = {key: value for key, value in values.items() if value is not None}
    return Header(end, said, where, fault or _unsaid(name, values, where, lines))


MAPPING = "Write one 'name: value' a line, indented by four spaces, values with a colon in quotes"


def _lines(
    lines: Sequence[str], opening: int, around: int, taken: Collection[str]
) -> Iterator[tuple[int, str, str]]:
    """Yield the lines of the options: number, text, and what is wrong with their place."""
    after_blank = False
    any_yet = False
    for number in range(opening + 1, len(lines) + 1):
        line = lines[number - 1]
        if not line.strip():
            if any_yet or after_blank:
                return
            after_blank = True
            continue
        if PROPER.match(line[around:]) and not line[:around].strip() and not after_blank:
            any_yet = True
            yield number, line, ""
            continue
        word = _named(line)
        if not word or word[1] not in taken or (after_blank and not line[around:][:1].isspace()):
            return
        any_yet = True
        yield number, line, "after an empty line" if after_blank else _indented(line, around)


def _indented(line: str, around: int) -> str:
    white = line[: len(line) - len(line.lstrip())]
    if "\t" in white:
        return "indented by a tab"
    count = len(white) - around
    return NUMBERS.get(count, f"indented by {'two' if count == 2 else 'three'} spaces")


def _named(line: str) -> re.Match[str] | None:
    return re.match(r"\s*([A-Za-z][\w-]*)[ ]*:(?=\s|$)", line)


def _unsaid(
    name: str, values: dict[str, Any], where: dict[str, int], lines: Sequence[str]
) -> tuple[int, str, str] | None:
    """Return the fault that an option has no value."""
    for option in (option for option, value in values.items() if value is None):
        number = where.get(option)
        if number is None:
            continue
        comment = re.match(r"[^:]*:\s*(#\S.*?)\s*$", lines[number - 1])
        fact = f"the option '{option}' of '{name}' has no value"
        if comment:
            fact += ": YAML takes what follows # for a comment"
            return number, fact, f'Put it in quotes: {option}: "{comment[1]}"'
        return number, fact, "Give it one, or delete it"
    return None
