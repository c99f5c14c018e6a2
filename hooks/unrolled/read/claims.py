"""The claims in a page's text, such as `#!shape out: (4, 7, 3)`, each tied to the cell before."""

from __future__ import annotations

import ast
import dataclasses
import itertools
import re
from bisect import bisect_left
from collections.abc import Sequence

from markdown_it.token import Token

from unrolled.model import shape
from unrolled.model.cell import BARE, OF_PAGE, WRITTEN, Cell, Claim, ClaimKind, Role
from unrolled.model.problem import Code, Problem
from unrolled.read import comments, remarks, tokens
from unrolled.read.faulty import words
from unrolled.read.near import near_word

CLAIM = re.compile(
    rf"#!(?P<blank>[ ]+(?=(?:{'|'.join(WRITTEN)})\b))?(?P<kind>\w+)(?P<text>.*)", re.DOTALL
)
"""The content of a code span that is a claim, or is meant as one."""
EXAMPLES = {
    ClaimKind.VALUE: "#!value h_n.shape",
    ClaimKind.SHAPE: "#!shape out: (4, 7, 3)",
    ClaimKind.CHECK: "#!check torch.equal(out[:, -1], h_n[-1])",
    ClaimKind.DEFAULT: "#!default nn.RNN.batch_first",
    ClaimKind.COUNT: "#!count questions",
}
"""How claims are written that need something behind their names."""
DOTTED = re.compile(r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+")
ASKED = "__import__('unrolled.prove.defaults', fromlist=['shown']).shown({})"
"""What a run evaluates for the default of an argument."""
STATED = re.compile(rf"(?P<code>.+?):\s*(?P<shape>{shape.ALONE.pattern})", re.DOTALL)


def read(path: str, text: str, stream: Sequence[Token]) -> tuple[tuple[Claim, ...], list[Problem]]:
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
        claim, fault = _written(line, match, content)
        if claim:
            found.append(claim)
        if fault:
            problems.append(Problem(path, line, *fault, code=Code.CLAIM))
    return tuple(found), problems


def _written(
    line: int, match: re.Match[str], content: str
) -> tuple[Claim | None, tuple[str, str] | None]:
    """Return a claim as it is written, or the fact and the remedy why it is none."""
    kind, text = match["kind"], match["text"]
    if kind not in WRITTEN or not (match["blank"] or text[:1].strip()):
        return _claim(line, kind, text.strip(), content)
    meant = _bare(text)
    fault = _claim(line, kind, meant, content)[1]
    remedy = fault[1] if fault else f"Write '{f'#!{kind} {meant}'.strip()}'"
    return None, (f"there is no claim '{content[:80]}'", remedy)


def _bare(text: str) -> str:
    """Return what stands behind a claim's name without a colon before it or brackets around it."""
    inner = text.strip().lstrip(":=.,").strip()
    depth = list(itertools.accumulate((c in "([{") - (c in ")]}") for c in inner))
    is_call = inner.startswith("(") and 0 in depth and depth.index(0) == len(inner) - 1
    return inner[1:-1].strip() if is_call else inner


def _claim(
    line: int, kind: str, text: str, content: str
) -> tuple[Claim | None, tuple[str, str] | None]:
    """Return a claim, or the fact and the remedy why it is none."""
    if kind not in WRITTEN:
        meant = near_word(kind, WRITTEN)
        otherwise = f"Use #!{', #!'.join(WRITTEN)}, or drop the '#!'"
        remedy = f"Did you mean '#!{meant}'?" if meant else otherwise
        return None, (f"there is no claim '#!{kind}'", remedy)
    if not text and kind not in BARE:
        remedy = f"Write for example {EXAMPLES[ClaimKind(kind)]}, or drop the '#!' to speak of it"
        return None, (f"the claim '{content}' names nothing", remedy)
    if kind in OF_PAGE:
        return Claim(ClaimKind(kind), line, text, content), None
    code, expected = text, None
    if kind == ClaimKind.DEFAULT:
        return _default(line, text, content)
    if kind == ClaimKind.SHAPE:
        stated = STATED.fullmatch(text)
        if not stated:
            remedy = f"Write an expression, a colon and a shape: {EXAMPLES[ClaimKind.SHAPE]}"
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


def _default(line: int, text: str, content: str) -> tuple[Claim | None, tuple[str, str] | None]:
    """Return a claim about the default of an argument."""
    if not DOTTED.fullmatch(text):
        remedy = f"Name a class or function and its argument: {EXAMPLES[ClaimKind.DEFAULT]}"
        return None, (f"the claim '{content}' names no argument", remedy)
    return Claim(ClaimKind.DEFAULT, line, ASKED.format(repr(text)), content), None


def attach(
    path: str, cells: Sequence[Cell], claims: Sequence[Claim]
) -> tuple[tuple[Cell, ...], list[Problem]]:
    """Tie each claim to the nearest running cell before it, and add those in cells' comments."""
    tied: dict[int, list[Claim]] = {}
    problems: list[Problem] = []
    plain = [cell for cell in cells if cell.runs and cell.options.role is Role.PLAIN]
    for claim in claims:
        if claim.kind in OF_PAGE:
            continue
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
    if not cell.runs:
        return dataclasses.replace(cell, claims=tuple(claims))
    commented = comments.claims(cell.code, cell.line)
    told = {claim.cell_line for claim in commented}
    said = remarks.claims(cell.code, cell.line)
    # A shape with a dtype behind it is two claims; names of axes are one alone.
    stated = (c for c in said if c.cell_line not in told or ".kind(" in c.code)
    return dataclasses.replace(cell, claims=(*claims, *commented, *stated))
