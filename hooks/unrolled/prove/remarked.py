"""Comments of cells that state a result, a dtype or a device which the run does not give."""

from __future__ import annotations

import ast

from unrolled.model.cell import Cell, Claim, ClaimKind
from unrolled.model.output import Output
from unrolled.model.problem import Code, Problem
from unrolled.read import comments, remarks


def is_remark(claim: Claim) -> bool:
    """Return whether a claim is what a comment says of a run: nobody wrote its condition."""
    return claim.kind is ClaimKind.CHECK and claim.cell_line is not None


def refuted(path: str, cell: Cell, claim: Claim, output: Output, told: str) -> Problem:
    """Return the problem with a comment that a run refutes, in the comment's own words.

    Args:
        path: The page.
        cell: The cell.
        claim: What the comment says.
        output: What the cell gave.
        told: What the run says of the claim: what is the case, or just that it is false.
    """
    said = claim.source.lstrip("# ")
    is_told = told != "False" or claim.code.startswith(remarks.ASKED)
    actual = told if is_told else _actual(cell, claim.cell_line or 0, output)
    is_short = actual and "\n" not in actual
    fact = f"the comment says {said}, the run gives {actual if is_short else 'something else'}"
    detail = f"expected {said}\nactual   {actual}" if actual else ""
    return Problem(path, claim.line, fact, "Fix the comment or the cell", detail, code=Code.CLAIM)


def _actual(cell: Cell, number: int, output: Output) -> str:
    """Return what the statement that ends in a line of a cell showed; empty where nobody can tell.

    What was printed is known by its place, where each call of `print` printed one line.
    """
    body = comments.parsed(cell.code).body
    shown = [each for each in body if isinstance(each, ast.Expr)]
    statement = next((each for each in shown if each.end_lineno == number), None)
    prints = [each for each in shown if _is_print(each.value)]
    if statement is body[-1] and statement not in prints:
        return output.value or ""
    every = sum(_is_print(node) for each in body for node in ast.walk(each))
    lines = output.stdout.removesuffix("\n").split("\n")
    if statement not in prints or not every == len(prints) == len(lines):
        return ""
    return lines[prints.index(statement)]


def _is_print(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and getattr(node.func, "id", "") == "print"
