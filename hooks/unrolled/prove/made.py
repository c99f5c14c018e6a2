"""What hidden cells bind to what somebody typed: a claim about it is about no run.

Readers do not see a number there, and nothing that ran would refute it. A name is followed from
statement to statement: what is made of typed values alone, by functions that give the same each
time, is typed too.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

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
FILLS = {"append", "add", "update", "extend", "insert", "setdefault", "fill_", "copy_"}
"""Methods that put something into what they are called on."""


def asked(statements: Iterable[ast.stmt], known: set[str]) -> set[str]:
    """Return the names of those known, and of those that statements bind, that ask a run.

    Args:
        statements: The statements of a hidden cell.
        known: The names that cells before it bind to what a run gives.
    """
    found = set(known)
    for statement in statements:
        for names, source in _bindings(statement):
            if source is None or _is_asked(source, found):
                found |= names
            elif isinstance(statement, FRESH):
                found -= names
    return found


def _bindings(statement: ast.stmt) -> Iterator[tuple[set[str], ast.AST | None]]:
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
