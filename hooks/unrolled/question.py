"""Questions: reading a `/// question` block, and whether its form is complete. Whether it is *true* is proved by runs, elsewhere."""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from markdown_it.token import Token

from unrolled.page import Block, Cell, Choice, Question
from unrolled.problem import Problem

KINDS = ("predict-output", "predict-error", "choose-code", "concept")
LEVELS = ("easy", "medium", "hard")
SKILLS = ("shapes", "constructor", "errors", "concepts")
CHALLENGES = ("predict-output", "model-choice", "hyperparameter", "debug", "metrics")
OPTIONS = ("id", "kind", "level", "seconds", "multiple", "reviewed", "skill", "challenge", "read")
CHECKBOX = re.compile(r"\[([ xX])\](?:[ ]+|$)")
ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
LEAST_CHOICES = 3


@dataclass(frozen=True)
class Item:
    """A list item as markdown-it sees it."""

    line: int
    end: int
    text: str
    """Its first paragraph."""
    blocks: tuple[Token, ...]
    """What follows the first paragraph, one token a block."""
    list_number: int
    """Which list of the page it belongs to."""


def read(block: Block, children: list[Block], items: list[Item], cells: list[Cell]) -> Question:
    """Read a question block into data, whatever its faults.

    Args:
        block: The `/// question` block.
        children: The blocks right inside it.
        items: The items of the page's outermost lists that lie in the block.
        cells: The page's cells.
    """
    choices = tuple(
        Choice(item.line, item.end + 1, CHECKBOX.sub("", item.text, count=1).strip(), item.text[1] in "xX", bool(item.blocks))
        for item in _choices(block, children, items)
    )
    options = block.options
    seconds = options.get("seconds")
    aside = [(choice.line, choice.end) for choice in choices]
    stem = [
        cell.index
        for cell in cells
        if block.line < cell.line < block.end and not _inside(cell.line, children) and not any(a <= cell.line < b for a, b in aside)
    ]
    return Question(
        block=block,
        id=str(options.get("id", "")),
        kind=str(options.get("kind", "")),
        level=str(options.get("level", "")),
        title=block.argument,
        seconds=seconds if type(seconds) is int else None,
        multiple=options.get("multiple") is True,
        choices=choices,
        cells=tuple(stem),
        reviewed=options.get("reviewed") is True,
        skill=str(options.get("skill", "")),
        challenge=str(options.get("challenge", "")),
        read=str(options.get("read", "")),
    )


def letters(question: Question) -> list[str]:
    """Return the letters of a question's keys, in the order of the source: A for the first option."""
    return [chr(ord("A") + position) for position, choice in enumerate(question.choices) if choice.key]


def problems(path: str, question: Question, children: list[Block], items: list[Item], lines: list[str]) -> Iterator[Problem]:
    """Yield what is wrong with the form of a question."""
    block = question.block
    name = f"question '{question.id}'" if question.id else "a question"

    def problem(fact: str, remedy: str, line: int = block.line) -> Problem:
        return Problem(path, line, fact, remedy)

    if not question.title:
        yield problem(f"{name} has no title", "Write it on the first line: /// question | What is printed?")
    if not question.id:
        yield problem("a question has no id", "Give it one, unique on the site: id: rnn-output-shape")
    elif not ID.fullmatch(question.id):
        yield problem(f"the id '{question.id}' is not in kebab case", "Use lower-case letters, digits and single hyphens")
    if question.kind not in KINDS:
        yield problem(f"{name} has the kind '{question.kind}'", f"Use one of: {', '.join(KINDS)}")
    if question.level not in LEVELS:
        yield problem(f"{name} has the level '{question.level}'", f"Use one of: {', '.join(LEVELS)}")
    seconds = block.options.get("seconds", 60)
    if type(seconds) is not int or seconds <= 0:
        yield problem(f"{name} has seconds: {seconds}", "Give a whole number of seconds, such as 60")
    if question.reviewed and question.kind != "concept":
        yield problem(f"{name} is {question.kind} and says reviewed: true", "Drop 'reviewed': a run proves it")
    for option, said, words in (("skill", question.skill, SKILLS), ("challenge", question.challenge, CHALLENGES)):
        if said and said not in words:
            yield problem(f"{name} has the {option} '{said}'", f"Use one of: {', '.join(words)}")
    for flag in ("multiple", "reviewed"):
        if not isinstance(block.options.get(flag, True), bool):
            yield problem(f"'{flag}' of {name} is {block.options[flag]!r}", f"Write {flag}: true, or leave it out")
    yield from _option_problems(path, name, question, children, items, lines)


def _option_problems(
    path: str, name: str, question: Question, children: list[Block], inside: list[Item], lines: list[str]
) -> Iterator[Problem]:
    block, choices = question.block, question.choices
    items = list(_choices(block, children, inside))
    if len(choices) < LEAST_CHOICES:
        yield Problem(path, block.line, f"{name} has {len(choices)} options", f"Offer at least {LEAST_CHOICES}")
    keys = [c for c in choices if c.key]
    if not keys:
        yield Problem(path, block.line, f"{name} has no key", "Mark the right option with [x]")
    if len(keys) > 1 and not question.multiple:
        where = ", ".join(str(c.line) for c in keys)
        yield Problem(path, keys[1].line, f"{name} has {len(keys)} keys (lines {where})", "Leave one [x], or say multiple: true")
    for choice in choices:
        if not choice.has_rationale:
            yield Problem(
                path, choice.line, f"option '{_short(choice.label)}' of {name} has no rationale",
                "Say beneath it, after a blank line and indented by four spaces, why it is right or wrong",
            )  # fmt: skip
    labels = [c.label for c in choices]
    for index, choice in enumerate(choices):
        if choice.label in labels[:index]:
            yield Problem(path, choice.line, f"option '{_short(choice.label)}' of {name} stands twice", "Change or delete one")
        if not choice.label:
            yield Problem(path, choice.line, f"an option of {name} is empty", "Write it behind the checkbox")
    for first, second in itertools.pairwise(items):
        if first.list_number != second.list_number:
            line = next(n for n in range(first.end + 1, second.line + 1) if lines[n - 1].strip())
            yield Problem(
                path, line, f"the options of {name} are torn apart before line {second.line}",
                "Indent what belongs to an option by four spaces",
            )  # fmt: skip
    lists = {item.list_number for item in items}
    for item in inside:
        if item.list_number in lists and block.line < item.line < block.end and item.line not in {i.line for i in items}:
            remedy = "Write it as `- [ ] …`, or put a paragraph between the lists"
            yield Problem(path, item.line, f"this item among the options of {name} has no checkbox", remedy)
    if items and lines[items[0].line - 2].strip():
        yield Problem(path, items[0].line, f"the options of {name} follow a line of text", "Put a blank line before the first option")
    for item in items:
        if "\n" in item.text:
            yield Problem(
                path, item.line, f"an option of {name} runs on in the next line",
                "Put a blank line between the option and its rationale, and keep the option on one line",
            )  # fmt: skip
        for token in item.blocks:
            line = (token.map or [item.line])[0]
            if lines[line].strip() and not lines[line].startswith("    "):
                yield Problem(
                    path, line + 1, f"a rationale of {name} is indented by less than four spaces",
                    "Indent it by four, or it is lost on the page",
                )  # fmt: skip


def _choices(block: Block, children: list[Block], items: list[Item]) -> Iterator[Item]:
    """Yield the list items of the stem that begin with a checkbox."""
    for item in items:
        in_stem = block.line < item.line < block.end and not _inside(item.line, children)
        if in_stem and CHECKBOX.match(item.text):
            yield item


def _inside(line: int, blocks: list[Block]) -> bool:
    return any(b.line < line < b.end for b in blocks if b.name in ("hint", "solution", "mistakes"))


def items(stream: list[Token]) -> Iterator[Item]:
    """Yield the items of the page's outermost lists."""
    number = 0
    for position, token in enumerate(stream):
        if token.type in ("bullet_list_open", "ordered_list_open") and token.level == 0:
            number += 1
        if token.type != "list_item_open" or token.level != 1 or not token.map:
            continue
        rest = range(position + 1, len(stream))
        close = next(i for i in rest if stream[i].type == "list_item_close" and stream[i].level == token.level)
        inner = stream[position + 1 : close]
        blocks = [t for t in inner if t.level == token.level + 1 and t.nesting >= 0]
        content = next((t for t in inner if t.type == "inline"), None)
        text = content.content if content else ""
        yield Item(token.map[0] + 1, token.map[1], text, tuple(blocks[1:]), number)


def _short(label: str, width: int = 40) -> str:
    return label if len(label) <= width else label[: width - 1] + "…"
