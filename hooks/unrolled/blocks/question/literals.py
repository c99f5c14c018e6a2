"""Whether what code shows stands in it as a literal, so that no run was needed to know it."""

from __future__ import annotations

import ast

from unrolled.read import comments

FORMS = (
    ast.Tuple, ast.List, ast.Set, ast.Dict, ast.UnaryOp, ast.BinOp, ast.JoinedStr,
    ast.FormattedValue, ast.Starred,
)  # fmt: skip
"""What is made of its parts alone."""
PLAIN = {"str", "repr", "tuple", "list", "int", "float", "bool", "len", "Size", "format", "tensor"}
"""Functions that give what they are given in another form."""
FILLED = {"zeros", "ones", "full", "eye", "arange", "new_zeros", "new_ones", "new_full"}
"""Functions that make a tensor whose numbers, too, are those of their arguments."""
SIZED = FILLED | {
    "randn", "rand", "empty", "new_empty", "new_tensor", "view", "reshape", "expand",
}  # fmt: skip
"""Functions whose result has the sizes that they are given."""
SIZES = {"shape", "ndim", "size", "dim", "numel"}
"""What is known of a tensor by its sizes."""


def differ(code: str, stem: str) -> bool:
    """Return whether code shows what it types, and the code that it is a mistake of does not.

    What a stem works out of typed numbers, a mistake may work out of others.
    """
    bare = _shown(comments.parsed(code))
    of_stem = _shown(comments.parsed(stem))
    if bare and all(map(_is_bare, bare)) and not all(map(_is_bare, of_stem)):
        return True
    return _are_typed(code) and not _are_typed(stem)


def _is_bare(node: ast.expr) -> bool:
    """Return whether an expression is nothing but a literal, or the size that one makes."""
    if isinstance(node, ast.Call):
        return getattr(node.func, "attr", "") == "Size" and all(map(_is_bare, node.args))
    return not any(isinstance(each, ast.Name | ast.Call) for each in ast.walk(node))


def _are_typed(code: str) -> bool:
    """Return whether all that code shows, or raises, stands in it as a literal."""
    tree = comments.parsed(code)
    shown = _shown(tree)
    typed: set[str] = set()
    for statement in tree.body:
        match statement:
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                typed = typed | {name} if _is_typed(value, typed) else typed - {name}
            case _:
                typed -= comments.bound(ast.unparse(statement))
    return bool(shown) and all(_is_typed(each, typed) for each in shown)


def _shown(tree: ast.Module) -> list[ast.expr]:
    """Return what is printed, raised with, or the value of the last line."""
    found: list[ast.expr] = []
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id="print"), args=args):
                found += args
            case ast.Raise(exc=ast.Call(args=args)):
                found += args
            case _:
                pass
    match tree.body[-1:]:
        case [ast.Expr(value=ast.Call(func=ast.Name(id="print")))]:
            pass
        case [ast.Expr(value=value)]:
            found.append(value)
        case _:
            pass
    return found


def _is_typed(node: ast.expr, typed: set[str]) -> bool:
    """Return whether an expression is made of literals, and of names for such."""
    match node:
        case ast.Constant():
            return True
        case ast.Name(id=name):
            return name in typed
        case ast.Attribute(value=inner, attr=name) if name in SIZES:
            return _is_sized(inner, typed)
        case ast.Call(func=ast.Attribute(value=inner, attr=name)) if name in SIZES:
            return _is_sized(inner, typed)
        case ast.Call(func=ast.Name(id="tuple" | "list" | "len"), args=[inner]) if _is_sized(
            inner, typed
        ):
            return True
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name), args=args) if (
            name in PLAIN | FILLED
        ):
            return bool(args) and all(_is_typed(each, typed) for each in args)
        case ast.Subscript(value=inner):
            return _is_typed(inner, typed)
        case _ if isinstance(node, FORMS):
            parts = [each for each in ast.iter_child_nodes(node) if isinstance(each, ast.expr)]
            return all(_is_typed(each, typed) for each in parts)
        case _:
            return False


def _is_sized(node: ast.expr, typed: set[str]) -> bool:
    """Return whether an expression makes a tensor of sizes that are literals, none left open."""
    match node:
        case ast.Call(func=ast.Attribute(attr=name) | ast.Name(id=name), args=args) if (
            name in SIZED
        ):
            return bool(args) and all(
                _is_typed(each, typed) and not _is_open(each) for each in args
            )
        case _:
            return False


def _is_open(node: ast.expr) -> bool:
    """Return whether a size is left to what the tensor holds: `-1`."""
    return any(isinstance(each, ast.USub) for each in ast.walk(node))
