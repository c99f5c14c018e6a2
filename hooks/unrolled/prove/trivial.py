"""Expressions that are true whatever a run gives, as their form tells."""

from __future__ import annotations

import ast
import copy

from unrolled.prove import sized
from unrolled.prove.bindings import PURE

TRUTHS = {"equal", "allclose", "all", "any", "bool", "isinstance", "is_tensor", "hasattr"}
"""Functions that give a truth."""
SIZES = {
    "len", "size", "abs", "numel", "square", "norm", "std", "var", "exp", "argmax", "argmin",
}  # fmt: skip
"""Functions that give nothing below 0."""
GENERAL = {"object", "Tensor", "Module", "Size"}
"""Types of all that layers take and give, and of layers: no run gives another."""
OWNED = {"shape", "size", "dim", "ndim", "dtype", "device", "numel", "grad", "data", "sum", "item"}
"""What every tensor has."""
ALIKE = {"equal", "allclose", "array_equal"}
"""Functions and methods that compare two tensors."""
METHODS = {
    "abs", "all", "any", "argmax", "argmin", "clone", "contiguous", "detach", "dim", "double",
    "exp", "flatten", "float", "item", "items", "keys", "long", "max", "mean", "min",
    "named_parameters", "norm", "numel", "parameters", "permute", "reshape", "size", "squeeze",
    "state_dict", "std", "sum", "tolist", "transpose", "unsqueeze", "values", "var", "view",
}  # fmt: skip
"""Methods that give the same each time."""
PLACES = {"argmax", "argmin"}
"""Where an end of a tensor lies: a place, from 0, that is below how many numbers it has."""
ENDS = {"max": 3, "amax": 3, "mean": 2, "median": 2, "min": 1, "amin": 1}
"""What lies between the least and the greatest number of a tensor, and in which order."""
OPPOSITE: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Eq: ast.NotEq, ast.Lt: ast.GtE, ast.Gt: ast.LtE, ast.Is: ast.IsNot, ast.In: ast.NotIn,
}  # fmt: skip
"""Comparisons of which always one holds."""


def is_trivial(node: ast.expr) -> bool:
    """Return whether an expression comes to the same whatever the names in it hold."""
    match node:
        case ast.Constant() | ast.Lambda() | ast.Call(func=ast.Lambda()):
            return True
        case _ if _is_text(node):
            return True
        case ast.IfExp(body=body, orelse=other):
            return is_trivial(body) and is_trivial(other)
        case ast.Call(func=ast.Name(id="any"), args=[ast.List(elts=each) | ast.Tuple(elts=each)]):
            return any(is_trivial(one) for one in each)
        case ast.Call(func=ast.Name(id="bool"), args=[ast.Name() | ast.Attribute(attr="shape")]):
            return True
        case ast.Call(func=ast.Name(id="isinstance"), args=[_, ast.Name(id="object")]):
            return True
        case ast.Call(func=ast.Name(id="bool" | "len"), args=[text]) if _is_text(text):
            return True
        case ast.Compare(left=left, comparators=[right]) if _is_text(left) or _is_text(right):
            return not _names_a_truth(node)
        case (
            ast.Compare(left=text, ops=[ast.Eq() | ast.NotEq()], comparators=[ast.Constant("")])
            | ast.Compare(left=ast.Constant(""), ops=[ast.Eq() | ast.NotEq()], comparators=[text])
        ) if _written(text):
            return True
        case ast.Compare(left=ast.Name(), ops=[ast.IsNot()], comparators=[ast.Constant(None)]):
            return True
        case ast.Compare(left=ast.NamedExpr(target=target), comparators=[ast.Name(id=name)]):
            return target.id == name
        case ast.Compare(left=left, ops=[op], comparators=[bound]) if _is_below(left, op, bound):
            return True
        case ast.Compare(left=left, ops=[op], comparators=[right]) if _is_ordered(
            left, op, right
        ) or _is_place(left, op, right):
            return True
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            return is_trivial(operand)
        case ast.Compare(left=left, comparators=[right]):
            return _is_same(left, right)
        case ast.Call(
            func=ast.Attribute(value=ast.Name(id="torch" | "np"), attr=called),
            args=[left, right, *_],
        ) if called in ALIKE:
            return _is_same(_original(left), _original(right))
        case ast.Call(func=ast.Attribute(value=left, attr=called), args=[right, *_]) if (
            called in ALIKE
        ):
            return _is_same(_original(left), _original(right))
        case _:
            return False


def is_weak(node: ast.expr) -> bool:
    """Return whether a condition holds of whatever layers give: of every size, or every tensor.

    A type test of a tensor, a bound that every size keeps, a collection of all numbers of axes.
    """
    match node:
        case ast.BoolOp(op=ast.And(), values=values) if all(map(is_weak, values)):
            return True
        case ast.BoolOp(op=ast.Or(), values=values) if any(map(is_weak, values)):
            return True
        case ast.Call(
            func=ast.Name(id="all" | "any"), args=[ast.GeneratorExp() | ast.ListComp() as each]
        ):
            return is_weak(each.elt)
        case ast.Call(func=ast.Name(id="all"), args=[ast.List(elts=each) | ast.Tuple(elts=each)]):
            return all(map(is_weak, each))
        case ast.Call(func=ast.Name(id="bool"), args=[inner]):
            return is_weak(inner) or bool(sized.there_are(inner))
        case ast.Call(func=ast.Name(id="callable") | ast.Attribute(attr="is_tensor")):
            return True
        case ast.Call(func=ast.Name(id="isinstance" | "issubclass"), args=[_, kind]):
            return _is_general(kind)
        case ast.Call(func=ast.Name(id="hasattr"), args=[_, ast.Constant(str(name))]):
            return name in OWNED
        case ast.Compare(
            left=ast.Attribute(value=ast.Call(func=ast.Name(id="type")), attr="__name__"),
            ops=[ast.Eq()],
            comparators=[ast.Constant(str(name))],
        ):
            return name in GENERAL
        case ast.Compare(
            left=ast.Call(func=ast.Name(id="type")), ops=[ast.Is() | ast.Eq()], comparators=[kind]
        ):
            return _is_general(kind)
        case _:
            return sized.holds_of_all(node)


def _is_general(kind: ast.expr) -> bool:
    """Return whether a type is that of every tensor, or of every layer, or one of some is."""
    if isinstance(kind, ast.Tuple):
        return any(map(_is_general, kind.elts))
    return getattr(kind, "attr", getattr(kind, "id", "")) in GENERAL


def _written(node: ast.expr) -> list[ast.expr]:
    """Return the values that an expression writes as text, which is then not empty."""
    match node:
        case ast.Call(func=ast.Name(id="str" | "repr" | "ascii" | "format"), args=[value, *_]):
            return [value]
        case ast.JoinedStr(values=values):
            return [each.value for each in values if isinstance(each, ast.FormattedValue)]
        case _:
            return []


def _is_text(node: ast.expr) -> bool:
    """Return whether an expression writes a truth as text."""
    return any(map(is_truth, _written(node)))


def is_truth(node: ast.expr) -> bool:
    """Return whether an expression is one that is true or false."""
    match node:
        case ast.Compare() | ast.BoolOp() | ast.UnaryOp(op=ast.Not()):
            return True
        case ast.Call(func=ast.Attribute(attr=called) | ast.Name(id=called)):
            return called in TRUTHS
        case _:
            return False


def _names_a_truth(node: ast.Compare) -> bool:
    """Return whether a text is held to one of the two that a truth can be."""
    sides = [node.left, *node.comparators]
    said = [each.value for each in sides if isinstance(each, ast.Constant)]
    return isinstance(node.ops[0], ast.Eq | ast.NotEq) and said[:1] in (["True"], ["False"])


def _is_same(left: ast.expr, right: ast.expr) -> bool:
    """Return whether two expressions are one; two calls can give two things, as dropout does."""
    left, right = (_Standard().visit(copy.deepcopy(each)) for each in (left, right))
    calls = (node.func for node in ast.walk(left) if isinstance(node, ast.Call))
    return ast.dump(left) == ast.dump(right) and all(map(_is_pure, calls))


def _is_pure(called: ast.expr) -> bool:
    """Return whether a function or a method gives the same each time."""
    return getattr(called, "id", "") in PURE or getattr(called, "attr", "") in METHODS


def _original(node: ast.expr) -> ast.expr:
    """Return an expression without its clones, which have the numbers of what they copy."""
    return _Original().visit(copy.deepcopy(node))


class _Original(ast.NodeTransformer):
    """Takes a clone for what it copies; other methods keep the numbers too, which may be news."""

    def visit_Call(self, node: ast.Call) -> ast.AST:
        """Leave `clone()` out."""
        self.generic_visit(node)
        match node:
            case ast.Call(func=ast.Attribute(value=inner, attr="clone"), args=[]):
                return inner
            case _:
                return node


class _Standard(ast.NodeTransformer):
    """Writes a size, a number of axes and a number of entries in one way."""

    def visit_Call(self, node: ast.Call) -> ast.expr:
        """Write `len(x)` as `x.shape[0]`, `len(x.shape)` as `x.ndim`, and so on."""
        called = node.func
        arguments = [self.visit(each) for each in node.args]
        match called, arguments:
            case ast.Name(id="len"), [ast.Attribute(value=inner, attr="shape")]:
                return _named(inner, "ndim")
            case ast.Name(id="len"), [ast.Call(func=ast.Attribute(value=inner, attr=flat))] if (
                _is_flat(arguments[0], flat)
            ):
                return _named(inner, "numel")
            case ast.Name(id="len"), [inner]:
                return _entry(_named(inner, "shape"), ast.Constant(0))
            case ast.Attribute(attr="prod"), [ast.Attribute(value=inner, attr="shape")]:
                return _named(inner, "numel")
            case ast.Attribute(value=inner, attr="numel" | "nelement"), []:
                inner = self.visit(inner)
                whole = isinstance(inner, ast.Attribute) and inner.attr == "shape"
                return _named(inner.value if whole else inner, "numel")
            case ast.Attribute(value=inner, attr="dim" | "ndimension"), []:
                return _named(self.visit(inner), "ndim")
            case ast.Attribute(value=inner, attr="size"), []:
                return _named(self.visit(inner), "shape")
            case ast.Attribute(value=inner, attr="size"), [place]:
                return _entry(_named(self.visit(inner), "shape"), place)
            case ast.Name(id="tuple" | "list"), [inner]:
                return inner
            case _:
                return ast.Call(self.visit(called), arguments, node.keywords)

    def visit_Subscript(self, node: ast.Subscript) -> ast.AST:
        """Write a part of a shape that has no entry as `()`."""
        self.generic_visit(node)
        match node:
            case ast.Subscript(
                value=ast.Attribute(attr="shape"),
                slice=ast.Slice(lower=None | ast.Constant(0), upper=ast.Constant(0)),
            ):
                return ast.Tuple([], ast.Load())
            case _:
                return node


def _is_flat(call: ast.expr, name: str) -> bool:
    """Return whether a call lays all numbers of a tensor in one row."""
    said = [ast.unparse(each) for each in call.args] if isinstance(call, ast.Call) else []
    return (name in ("flatten", "ravel") and not said) or (
        name in ("reshape", "view") and said == ["-1"]
    )


def _named(of: ast.expr, name: str) -> ast.Attribute:
    return ast.Attribute(of, name, ast.Load())


def _entry(of: ast.expr, place: ast.expr) -> ast.Subscript:
    return ast.Subscript(of, place, ast.Load())


def is_size(node: ast.expr) -> bool:
    """Return whether an expression counts or measures, and so is never negative."""
    if not isinstance(node, ast.Call):
        return False
    called = getattr(node.func, "attr", getattr(node.func, "id", ""))
    inner = node.func.value if isinstance(node.func, ast.Attribute) else None
    return called in SIZES or (called in ("sum", "mean", "item") and is_size(inner or node.args[0]))


def _is_below(left: ast.expr, op: ast.cmpop, bound: ast.expr) -> bool:
    """Return whether a comparison holds of each size there is: `len(x) >= 0`."""
    if not is_size(left):
        return False
    try:
        number = ast.literal_eval(bound)
    except ValueError:
        return False
    if not isinstance(number, int | float):
        return False
    return number < 0 if isinstance(op, ast.Gt) else isinstance(op, ast.GtE) and number <= 0


def _is_ordered(left: ast.expr, op: ast.cmpop, right: ast.expr) -> bool:
    """Return whether a comparison holds of all numbers there are: `x.max() >= x.min()`."""
    match left, right:
        case (
            ast.Call(func=ast.Attribute(value=one, attr=first), args=[]),
            ast.Call(func=ast.Attribute(value=other, attr=second), args=[]),
        ) if first in ENDS and second in ENDS and _is_same(one, other):
            larger = ENDS[first] - ENDS[second]
            return larger > 0 if isinstance(op, ast.GtE) else isinstance(op, ast.LtE) and larger < 0
        case _:
            return False


def _is_place(left: ast.expr, op: ast.cmpop, right: ast.expr) -> bool:
    """Return whether a comparison holds of each place of an end: `x.argmax() < x.numel()`."""
    count = _Standard().visit(copy.deepcopy(right))
    match left, count:
        case ast.Call(func=ast.Attribute(value=inner, attr="item"), args=[]), _:
            return _is_place(inner, op, right)
        case (
            ast.Call(func=ast.Attribute(value=one, attr=name), args=[]),
            ast.Attribute(value=other, attr="numel"),
        ) if name in PLACES:
            return isinstance(op, ast.Lt | ast.LtE | ast.NotEq) and _is_same(one, other)
        case _:
            return False


def is_complete(values: list[ast.expr]) -> bool:
    """Return whether one of some comparisons holds whatever is compared: a == b or a != b."""
    said = {
        (ast.dump(each.left), ast.dump(each.comparators[0]), type(each.ops[0]))
        for each in values
        if isinstance(each, ast.Compare) and len(each.ops) == 1
    }
    return any((left, right, OPPOSITE.get(op)) in said for left, right, op in said)
