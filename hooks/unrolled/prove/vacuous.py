"""Proofs that cannot fail: conditions that ask nothing of a run."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterator

from unrolled.model.cell import OF_PAGE, Cell, ClaimKind
from unrolled.model.page import Page
from unrolled.model.problem import Code, Problem
from unrolled.read import comments

REMEDY = "Ask something of what the cells before it make, so that a wrong run would refute it"
MAKES = {
    "zeros", "ones", "randn", "rand", "empty", "full", "tensor", "arange", "randint", "eye",
    "shape", "size", "dtype", "nn",
}  # fmt: skip
"""What makes a tensor, and what is known of one that was made so."""
HOLDS = "holds"
"""The list by which a concept question says which of its options are true."""


def problems(page: Page) -> Iterator[Problem]:
    """Yield a problem for each claim, and each entry of `holds`, that no run could refute."""
    for chain in page.chains:
        bound: set[str] = set()
        for cell in chain.cells:
            bound |= _bound(cell)
            if cell.on_page:
                yield from _claims(page.path, cell, bound)
                yield from _holds(page.path, cell, bound)


def _claims(path: str, cell: Cell, bound: set[str]) -> Iterator[Problem]:
    for claim in cell.claims:
        if claim.kind in (*OF_PAGE, ClaimKind.DATA, ClaimKind.DEFAULT) or claim.cell_line:
            continue
        tree = _expression(claim.code)
        if tree is None:
            continue
        if not _asks(tree, bound):
            fact = f"the claim '{claim.source}' asks nothing of a run"
            remedy = "Name something that the cells before it make"
            yield Problem(path, claim.line, fact, remedy, code=Code.CLAIM)
        elif claim.kind is ClaimKind.CHECK and not _can_fail(tree, bound):
            fact = f"the claim '{claim.source}' cannot fail"
            yield Problem(path, claim.line, fact, REMEDY, code=Code.CLAIM)


def _holds(path: str, cell: Cell, bound: set[str]) -> Iterator[Problem]:
    for statement in comments.parsed(cell.code).body:
        if not (isinstance(statement, ast.Assign) and isinstance(statement.value, ast.List)):
            continue
        if [getattr(target, "id", "") for target in statement.targets] != [HOLDS]:
            continue
        empty = [entry for entry in statement.value.elts if not _can_fail(entry, bound)]
        if empty:
            said = ", ".join(f"'{ast.unparse(entry)}'" for entry in empty)
            fact = f"no run decides {said} in 'holds'"
            yield Problem(path, cell.line + empty[0].lineno, fact, REMEDY, code=Code.ANSWER)


def _can_fail(node: ast.expr, bound: set[str]) -> bool:
    """Return whether an expression could be false, as far as its form tells."""
    match node:
        case ast.BoolOp(op=ast.Or(), values=values):
            return all(_can_fail(value, bound) for value in values)
        case ast.BoolOp(op=ast.And(), values=values):
            return any(_can_fail(value, bound) for value in values)
        case _:
            return _asks(node, bound) and not _is_trivial(node)


def _is_trivial(node: ast.expr) -> bool:
    """Return whether both sides of a comparison are the same."""
    match node:
        case ast.Constant():
            return True
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            return _is_trivial(operand)
        case ast.Compare(left=left, comparators=[right]):
            return _is_same(left, right)
        case ast.Call(func=ast.Attribute(attr="equal" | "allclose"), args=[left, right, *_]):
            return _is_same(left, right)
        case _:
            return False


def _is_same(left: ast.expr, right: ast.expr) -> bool:
    """Return whether two expressions are one; two calls can give two things, as dropout does."""
    calls = any(isinstance(node, ast.Call) for node in ast.walk(left))
    return ast.dump(left) == ast.dump(right) and not calls


def _asks(node: ast.expr, bound: set[str]) -> bool:
    """Return whether an expression asks something of the cells, or of torch itself.

    To make a tensor of a size, and to find that it has that size, asks nothing.
    """
    names = _names(node)
    if names & bound:
        return True
    attributes = [each.attr for each in ast.walk(node) if isinstance(each, ast.Attribute)]
    return bool(names - set(dir(builtins))) and not MAKES.issuperset(attributes)


def _names(node: ast.AST) -> set[str]:
    return {each.id for each in ast.walk(node) if isinstance(each, ast.Name)}


def _expression(code: str) -> ast.expr | None:
    try:
        return ast.parse(code, mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def _bound(cell: Cell) -> set[str]:
    """Return the names that a cell binds, other than by importing."""
    tree = comments.parsed(cell.code)
    stored = {
        each.id
        for each in ast.walk(tree)
        if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store)
    }
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    return stored | {each.name for each in ast.walk(tree) if isinstance(each, kinds)}
