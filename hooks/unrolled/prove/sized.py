"""Conditions on one size, or on one number of axes, that hold whatever it is."""

from __future__ import annotations

import ast

COUNTS = {"len", "size", "numel", "nelement"}
"""What counts entries."""
AXES = (2, 3)
"""How many axes what a layer takes and gives has, without a batch and with one."""
SIZES = (1, 2, 3, 5, 8, 10**9)
"""Sizes that an axis may have: a condition that holds of these holds of every one."""
LARGEST = 10**12
"""No number in a condition is larger, so that none takes long to work out."""
PLAIN = (
    ast.Expression, ast.Compare, ast.cmpop, ast.BoolOp, ast.boolop, ast.UnaryOp, ast.unaryop,
    ast.Add, ast.Sub, ast.BinOp, ast.Constant, ast.Tuple, ast.List, ast.Set, ast.Load, ast.Name,
    ast.Call,
)  # fmt: skip
"""What a condition on a size is made of."""
COLLECTIONS = {"range": range, "set": set, "tuple": tuple, "list": list}


def there_are(node: ast.expr) -> tuple[int, ...]:
    """Return what an expression of a size, or of a number of axes, may come to; of others none."""
    match node:
        case ast.Attribute(attr="ndim") | ast.Call(func=ast.Attribute(attr="dim" | "ndimension")):
            return AXES
        case ast.Call(func=ast.Name(id="len"), args=[inner]) if _is_shape(inner):
            return AXES
        case ast.Call(func=ast.Attribute(attr=name) | ast.Name(id=name)) if name in COUNTS:
            return SIZES
        case ast.Subscript(value=inner) if _is_shape(inner):
            return SIZES
        case _:
            return ()


def holds_of_all(node: ast.expr) -> bool:
    """Return whether a condition on one size and typed numbers holds whatever the size is."""
    given = _Given()
    try:
        tree = given.visit(ast.parse(ast.unparse(node), mode="eval"))
    except (SyntaxError, ValueError, RecursionError):
        return False
    if not isinstance(tree, ast.Expression) or len(given.asked) != 1 or not _is_plain(tree):
        return False
    code = compile(ast.fix_missing_locations(tree), "<claim>", "eval")
    try:
        names = {"__builtins__": {}, **COLLECTIONS}
        return all(eval(code, names, {"n": n}) is True for n in given.values)  # noqa: S307
    except Exception:  # noqa: BLE001 - a run says what is wrong with it
        return False


def _is_shape(node: ast.expr) -> bool:
    match node:
        case ast.Attribute(attr="shape") | ast.Call(func=ast.Attribute(attr="size"), args=[]):
            return True
        case _:
            return False


def _is_plain(tree: ast.AST) -> bool:
    """Return whether a condition is made of the size and of numbers alone."""
    nodes = list(ast.walk(tree))
    names = {each.id for each in nodes if isinstance(each, ast.Name)}
    numbers = [each.value for each in nodes if isinstance(each, ast.Constant)]
    return (
        all(isinstance(each, PLAIN) for each in nodes)
        and names <= {"n", *COLLECTIONS}
        and all(isinstance(each, int | float) and abs(each) < LARGEST for each in numbers)
        and all(_is_range(each) for each in nodes if isinstance(each, ast.Call))
    )


def _is_range(call: ast.Call) -> bool:
    """Return whether a call makes a range or a small collection."""
    return getattr(call.func, "id", "") == "range" or all(
        isinstance(each, ast.Tuple | ast.List | ast.Set) for each in call.args
    )


class _Given(ast.NodeTransformer):
    """Puts a name in the place of what is asked of a size."""

    def __init__(self) -> None:
        self.asked: set[str] = set()
        self.values: tuple[int, ...] = ()

    def visit(self, node: ast.AST) -> ast.AST:
        """Take the outermost expression of a size."""
        values = there_are(node) if isinstance(node, ast.expr) else ()
        if not values:
            return super().visit(node)
        self.asked.add(ast.dump(node))
        self.values = values
        return ast.Name("n", ast.Load())
