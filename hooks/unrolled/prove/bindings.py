"""What hidden cells bind to a result that somebody typed: a claim about it is about no run.

Readers do not see the number there, and nothing that ran would refute it.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

MAKES = {
    "zeros", "ones", "randn", "rand", "empty", "full", "tensor", "arange", "randint", "eye",
    "shape", "size", "dtype", "nn", "zeros_like", "ones_like", "full_like", "empty_like",
    "new_zeros", "new_ones", "new_full", "new_tensor", "new_empty", "item", "tolist", "float",
    "long", "numpy", "Size", "array",
}  # fmt: skip
"""What makes a tensor, and what is known of one that was made so."""
PURE = {
    "len", "type", "str", "repr", "tuple", "list", "abs", "int", "float", "bool", "sum", "max",
    "min", "round", "dict", "set", "sorted", "range", "zip", "enumerate", "any", "all", "format",
    "join", "append", "reversed", "map", "iter", "next", "divmod", "pow", "frozenset", "items",
    "values", "keys", "get",
}  # fmt: skip
"""Functions that give the same each time."""
FRESH = (ast.Assign, ast.AnnAssign, ast.FunctionDef, ast.ClassDef)
"""Statements after which a name is what they say, and nothing of before."""
LARGE = 20
"""The smallest whole number that looks like a count, and not like a size of an example."""
FILLS = {"append", "add", "update", "extend", "insert", "setdefault", "fill_", "copy_"}
"""Methods that put something into what they are called on."""


@dataclass(frozen=True)
class Bound:
    """Names that cells have bound so far."""

    asked: frozenset[str] = frozenset()
    """To what a run gives."""
    set_up: frozenset[str] = frozenset()
    """To what somebody typed, in a hidden cell, and what is no result."""

    @property
    def every(self) -> set[str]:
        """Return those about which a claim may be made."""
        return {*self.asked, *self.set_up}

    def with_asked(self, names: Iterable[str]) -> Bound:
        """Return these with further names that a run gives."""
        return Bound(self.asked | {*names}, self.set_up - {*names})


def hidden(statements: Iterable[ast.stmt], bound: Bound) -> Bound:
    """Return the names that are bound after the statements of a hidden cell.

    Args:
        statements: The statements.
        bound: The names that the cells before it bind.
    """
    run, set_up = {*bound.asked}, {*bound.set_up}
    for statement in statements:
        for names, source in bound_by(statement):
            if source is None or _is_asked(source, run):
                run |= names
                set_up -= names
                continue
            # A name that a run had filled may now hold what somebody typed, whatever that is.
            new = names - run
            if isinstance(statement, FRESH):
                run -= names
                set_up -= names
            if not _is_result(source):
                set_up |= new
    return Bound(frozenset(run), frozenset(set_up))


def _is_result(node: ast.AST) -> bool:
    """Return whether a value holds what looks like a result: decimals, a truth, a large number.

    Small whole numbers, words and tensors of typed entries are what examples are set up with.
    """
    for part in ast.walk(node):
        if isinstance(part, ast.Call) and any(isinstance(each, ast.List) for each in part.args):
            return False
        if isinstance(part, ast.Compare):
            return True
    said = [part.value for part in ast.walk(node) if isinstance(part, ast.Constant)]
    return any(
        value is True or value is False or isinstance(value, float)
        or (isinstance(value, int) and value >= LARGE)
        or (isinstance(value, str) and any(sign.isdigit() for sign in value))
        for value in said
    )  # fmt: skip


def bound_by(statement: ast.stmt) -> Iterator[tuple[set[str], ast.AST | None]]:
    """Yield names that a statement binds, and what they come from.

    None stands for what a run decides. What a loop binds comes from all that the loop does.
    """
    match statement:
        case ast.Assign(targets=targets, value=value):
            for target in targets:
                yield from _pairs(target, value)
        case (
            ast.AnnAssign(target=target, value=ast.expr() as value)
            | ast.AugAssign(target=target, value=value)
        ):
            yield _names(target), value
        case ast.FunctionDef(name=name, body=body) | ast.ClassDef(name=name, body=body):
            yield {name}, ast.Module(body, [])
        case ast.For(target=target, iter=source, body=body):
            yield _names(target), source
            yield _names(ast.Module(body, [])) | _filled(statement), statement
        case ast.Import() | ast.ImportFrom() | ast.Expr() | ast.Assert():
            yield _filled(statement), statement
        case _:
            yield _names(statement) | _filled(statement), None


def _pairs(target: ast.expr, value: ast.expr) -> Iterator[tuple[set[str], ast.AST]]:
    """Yield the names of a target with what each comes from."""
    match target, value:
        case ast.Tuple(elts=names), ast.Tuple(elts=values) if len(names) == len(values):
            for name, each in zip(names, values, strict=True):
                yield from _pairs(name, each)
        case _:
            yield _names(target), value


def _filled(node: ast.AST) -> set[str]:
    """Return the names that calls fill, as `rows.append(loss)` does."""
    return {
        each.func.value.id
        for each in ast.walk(node)
        if isinstance(each, ast.Call)
        and isinstance(each.func, ast.Attribute)
        and isinstance(each.func.value, ast.Name)
        and each.func.attr in FILLS
    }


def _is_asked(node: ast.AST, known: set[str]) -> bool:
    """Return whether a value depends on what a run gives."""
    for each in ast.walk(node):
        if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Load) and each.id in known:
            return True
        if isinstance(each, ast.Attribute) and each.attr == "grad":
            return True
        if isinstance(each, ast.Call):
            called = getattr(each.func, "attr", getattr(each.func, "id", ""))
            if called not in MAKES | PURE and not isinstance(each.func, ast.Lambda):
                return True
    return False


def _names(node: ast.AST) -> set[str]:
    """Return the names that code binds, or changes an entry or an attribute of."""
    found: set[str] = set()
    for each in ast.walk(node):
        base = each
        while isinstance(base, ast.Subscript | ast.Attribute):
            base = base.value
        if isinstance(base, ast.Name) and isinstance(getattr(each, "ctx", None), ast.Store):
            found.add(base.id)
    return found
