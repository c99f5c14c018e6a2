"""Errors and warnings that a page speaks of, and that none of its cells gives."""

from __future__ import annotations

import ast
import functools
import re
from collections.abc import Iterator

from unrolled.model.cell import Cell
from unrolled.model.output import Output
from unrolled.model.page import Page
from unrolled.model.problem import Code, Problem
from unrolled.model.runs import PageRuns
from unrolled.model.visible import HOLE
from unrolled.prove.looks import MESSAGE
from unrolled.read import comments

NAME = re.compile(r"(?<![\w.=])(?:\w+\.)*(?P<name>[A-Z]\w*(?:Error|Exception|Warning))\b")
"""A type of errors or warnings; `raises=RuntimeError` speaks of an option."""
SAID = re.compile(
    r"\b[Ee]xpected\b[^.;\"“”\ufffc]{1,60}?,? (?:but )?got:?(?: [\w()\[\]-]+)?"
    r"|\b[\w.()\[\]-]+ (?:must be equal to [\w.]+|cannot be multiplied|should also be \S+ \S+|"
    r"must have \w+ dimensions|object has no attribute|got an unexpected keyword)"
    r"|\bmissing \d+ required|\bbut got \d\S*(?: \w+)?|\bmat1 and mat2\b"
)
"""Words in which torch and Python complain."""
QUOTED = re.compile(
    r"\b(?:says?|messages?(?: is| reads)?|raises|errors?(?: is| reads)?|warns?|complains?)"
    r"[:,]? [\"“'‘](?P<said>[^\"“”\ufffc]{10,}?)[\"”'’](?!\w)"
)
"""What is quoted as a message."""
FAILS = re.compile(
    r"#\s*(?:this |it |that |now )?(?:fails|raises|crashes|throws|errors?(?: out)?)\b"
)
"""A comment that says that its line fails."""
NOISE = re.compile(r"[-+]?\d[\d.x]*|[\[\](){}'\"`,:;]")
REMEDY = (
    "Put a cell with raises={} on the page and show its message with `#!error`, or fix the name"
)


def problems(ran: PageRuns) -> Iterator[Problem]:
    """Yield a problem for each error that is spoken of and comes from no cell."""
    outputs = [found for chain in ran.page.chains for found in ran.of(chain).outputs]
    known, said = _names(ran.page, outputs), _words("\n".join(_texts(ran.page, outputs)))
    apart = {line for item in ran.page.items for line in (*item.proved_lines, *item.judged_lines)}
    apart |= {block.line + 1 for block in ran.page.blocks}
    for piece in ran.page.visible:
        text = MESSAGE.sub(lambda found: HOLE * len(found[0]), piece.text)
        for found in NAME.finditer(text):
            line = piece.line(found.start())
            if found["name"] not in known and line not in apart:
                fact = f"no cell of this page gives the {found['name']} that the text speaks of"
                remedy = REMEDY.format(found["name"])
                yield Problem(ran.page.path, line, fact, remedy, code=Code.TYPED)
        told = {piece.line(at): each for at, each in _messages(text)}
        for line, message in told.items():
            if line not in apart and not all(_words(part) in said for part in message.split("…")):
                fact = f"nothing proves the message '{message}'"
                remedy = "Let a run say it: `#!error`, after the cell that raises it"
                yield Problem(ran.page.path, line, fact, remedy, code=Code.TYPED)
    for cell in ran.page.cells:
        yield from _comments(ran.page.path, cell, ran.output(cell))


def _messages(text: str) -> Iterator[tuple[int, str]]:
    """Yield where something is told as a message, and its words."""
    for found in SAID.finditer(text):
        yield found.start(), found[0].strip()
    for found in QUOTED.finditer(text):
        yield found.start(), found["said"].strip()


def _comments(path: str, cell: Cell, output: Output | None) -> Iterator[Problem]:
    """Yield what the comments of a cell say of errors, and its run does not."""
    if not cell.runs or not output:
        return
    raised = output.exception
    handled = _in_code(cell.code)
    for number, text in comments.comments(cell.code):
        named = [found["name"] for found in NAME.finditer(text)]
        if not named and not FAILS.match(text):
            continue
        given = {*handled, *(raised.types if raised else ()), *_warned(output)}
        missing = [name for name in named if name not in given]
        elsewhere = raised and not handled and not _is_there(cell, number, output)
        if missing or not given or elsewhere:
            what = f"a {missing[0]}" if missing else "an error"
            fact = f"the comment '{text}' speaks of {what}, and its line gives none"
            remedy = "Drop the comment, or promise the error with raises=… and write it at its line"
            yield Problem(path, cell.line + number, fact, remedy, code=Code.TYPED)


def _is_there(cell: Cell, number: int, output: Output) -> bool:
    """Return whether an error comes from the statement that a comment stands beside or above."""
    lines = (
        {line for name, line, _ in output.exception.trace if name.startswith("<cell")}
        if (output.exception)
        else set[int]()
    )
    return any(
        statement.lineno - 1 <= number <= (statement.end_lineno or 0)
        and lines & set(range(statement.lineno, (statement.end_lineno or 0) + 1))
        for statement in comments.parsed(cell.code).body
    )


def _names(page: Page, outputs: list[Output]) -> set[str]:
    """Return the types of errors and warnings that a page's cells give, handle or promise."""
    known = {name for output in outputs if output.exception for name in output.exception.types}
    known |= {name for output in outputs for name in _warned(output)}
    known |= {found["name"] for output in outputs for found in NAME.finditer(output.stdout)}
    known |= {cell.options.raises for cell in page.cells}
    return known.union(*(_in_code(cell.code) for cell in page.cells))


def _warned(output: Output) -> set[str]:
    return {found["name"] for text in output.warnings for found in NAME.finditer(text)}


@functools.lru_cache(maxsize=4096)
def _in_code(code: str) -> frozenset[str]:
    """Return the types that code names, as where it handles or raises them."""
    return frozenset(
        name
        for node in ast.walk(comments.parsed(code))
        if isinstance(node, ast.Name | ast.Attribute)
        and NAME.fullmatch(name := getattr(node, "id", getattr(node, "attr", "")))
    )


def _texts(page: Page, outputs: list[Output]) -> Iterator[str]:
    """Yield all in which a page's cells complain, or what they print."""
    for output in outputs:
        yield from (output.exception.text,) if output.exception else ()
        yield from output.warnings
        yield output.stdout
        yield output.value or ""
        yield from (verdict.text for verdict in output.claims)
    yield from (cell.code for cell in page.cells)


def _words(text: str) -> str:
    """Return what a message says, without its numbers and signs."""
    return " ".join(NOISE.sub(" ", text.replace("got another", "got")).lower().split())
