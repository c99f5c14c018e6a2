"""The claims in a page's text, such as `#!shape out.

(4, 7, 3)`, each tied to the cell before it.
"""

from __future__ import annotations

import ast
import dataclasses
import difflib
import re
from bisect import bisect_left
from collections.abc import Sequence

from markdown_it.token import Token

from unrolled.model import shape
from unrolled.model.cell import WRITTEN, Cell, Claim, ClaimKind, Role
from unrolled.model.problem import Code, Problem
from unrolled.read import comments, tokens
from unrolled.read.faulty import words

CLAIM = re.compile(r"#!(\w+)[ ]+(.+)", re.DOTALL)
"""The content of a code span that is a claim."""
STATED = re.compile(rf"(?P<code>.+?):\s*(?P<shape>{shape.ALONE.pattern})", re.DOTALL)


def read(path: str, text: str, stream: list[Token]) -> tuple[tuple[Claim, ...], list[Problem]]:
    """Return the claims in the text, in its order, and what is wrong with others."""
    lines = text.split("\n")
    found: list[Claim] = []
    problems: list[Problem] = []
    for line, content in tokens.code_spans(text, stream):
        match = CLAIM.match(content)
        if not match:
            continue
        if content not in lines[line - 1].replace(r"\|", "|"):
            problems.append(
                Problem(
                    path,
                    line,
                    "a claim goes on in the next line",
                    "Write it on one line",
                    code=Code.CLAIM,
                )
            )
            continue
        claim, fault = _claim(line, match[1], match[2].strip(), content)
        if claim:
            found.append(claim)
        if fault:
            problems.append(Problem(path, line, *fault, code=Code.CLAIM))
    return tuple(found), problems


def _claim(
    line: int, kind: str, text: str, content: str
) -> tuple[Claim | None, tuple[str, str] | None]:
    """Return a claim, or the fact and the remedy why it is none."""
    if kind not in WRITTEN:
        near = difflib.get_close_matches(kind, WRITTEN, 1)
        remedy = (
            f"Did you mean '#!{near[0]}'?"
            if near
            else f"Use #!{', #!'.join(WRITTEN)}, or drop the '#!'"
        )
        return None, (f"there is no claim '#!{kind}'", remedy)
    code, expected = text, None
    if kind == ClaimKind.SHAPE:
        stated = STATED.fullmatch(text)
        if not stated:
            remedy = "Write an expression, a colon and a shape: #!shape out: (4, 7, 3)"
            return None, (f"the claim '#!shape {text}' states no shape", remedy)
        code, expected = stated["code"], shape.sizes(stated["shape"])
    try:
        tree = ast.parse(code, mode="eval")
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        fact = f"the claim '{content[:80]}' is not a Python expression: {words(error)}"
        return None, (fact, "Fix it")
    if not any(isinstance(node, ast.Name) for node in ast.walk(tree)):
        remedy = "Name something that the cell before it makes"
        return None, (f"the claim '{content}' asks nothing of a run", remedy)
    return Claim(ClaimKind(kind), line, code, content, expected), None


def attach(
    path: str, cells: Sequence[Cell], claims: Sequence[Claim]
) -> tuple[tuple[Cell, ...], list[Problem]]:
    """Tie each claim to the nearest running cell before it, and add those in cells' comments."""
    tied: dict[int, list[Claim]] = {}
    problems: list[Problem] = []
    plain = [cell for cell in cells if cell.runs and cell.options.role is Role.PLAIN]
    for claim in claims:
        count = bisect_left(plain, claim.line, key=_line)
        before = plain[count - 1 : count] if count else []
        if before:
            tied.setdefault(before[-1].line, []).append(claim)
        else:
            fact = f"there is no cell before the claim '{claim.source}'"
            problems.append(
                Problem(
                    path,
                    claim.line,
                    fact,
                    "Put a cell before it (a hidden one will do), or drop the '#!'",
                    code=Code.CLAIM,
                )
            )
    return tuple(_with(cell, tied.get(cell.line, [])) for cell in cells), problems


def _line(cell: Cell) -> int:
    return cell.line


def _with(cell: Cell, claims: list[Claim]) -> Cell:
    commented = comments.claims(cell.code, cell.line) if cell.runs else ()
    return dataclasses.replace(cell, claims=(*claims, *commented))
