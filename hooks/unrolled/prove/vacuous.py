"""Proofs that cannot fail: conditions that ask nothing of a run."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterator

from unrolled.model.cell import OF_PAGE, Cell, Chain, Claim, ClaimKind
from unrolled.model.page import Page
from unrolled.model.problem import Code, Problem
from unrolled.prove import bindings, trivial
from unrolled.prove.bindings import MAKES, Bound
from unrolled.read import comments

TORCH = {"zeros", "ones", "full", "tensor", "arange", "eye", "empty"}
REMEDY = "Ask something of what the cells before it make, so that a wrong run would refute it"
TENSORS = {name for name in MAKES if name.startswith("new_") or name in TORCH}
"""What makes a tensor of typed numbers."""
KNOWN = MAKES | {"equal", "allclose", "all", "any", "sum", "numel", "dim", "ndim", "abs"}
"""What everybody knows of tensors of typed numbers."""
MODULES = {"torch", "nn", "F", "optim", "np", "numpy"}
BUILT_IN = set(dir(builtins))
HOLDS = "holds"
"""The list by which a concept question says which of its options are true."""


def problems(page: Page) -> Iterator[Problem]:
    """Yield a problem for each claim, and each entry of `holds`, that no run could refute."""
    for chain in page.chains:
        bound, made, again = Bound(), set[str](), set[str]()
        for cell in chain.cells:
            tree = comments.parsed(cell.code)
            if cell.options.hidden:
                bound = bindings.hidden(tree.body, bound)
                made |= bound.set_up
                again |= _renamed(tree, made)
            else:
                again |= _renamed(tree, made)
                bound = bound.with_asked(comments.bound(cell.code) - again)
            made -= bound.asked
            again -= bound.asked
            if cell.on_page:
                unread = again - _read(chain) if again else again
                yield from _made_up(page.path, cell, unread)
                yield from _claims(page.path, cell, bound.every | made)
                yield from _holds(page.path, cell, bound.every | _worked_out(cell))


def _made_up(path: str, cell: Cell, made: set[str]) -> Iterator[Problem]:
    """Yield each claim of a shape about a new name of what a hidden cell typed, unless it is read.

    Of what it sets up, a page may tell the size.
    """
    for claim in cell.claims:
        tree = _expression(claim.code) if claim.kind is ClaimKind.SHAPE else None
        names = _names(tree) - BUILT_IN - MODULES if tree and not claim.cell_line else set[str]()
        if names and names <= made:
            fact = (
                f"the claim '{claim.source}' asks nothing of a run: a hidden cell typed the sizes"
            )
            yield Problem(path, claim.line, fact, REMEDY, code=Code.CLAIM)


def _renamed(tree: ast.Module, made: set[str]) -> set[str]:
    """Return the names that a cell only gives anew to what hidden cells made; they join these."""
    found: set[str] = set()
    for statement in tree.body:
        for names, source in bindings.bound_by(statement):
            if isinstance(source, ast.Name) and source.id in made | found:
                found |= names
    made |= found
    return found


def _read(chain: Chain) -> set[str]:
    """Return the names that a chain's cells do something with, other than to name it anew."""
    found: set[str] = set()
    for cell in chain.cells:
        for statement in comments.parsed(cell.code).body:
            is_name = isinstance(getattr(statement, "value", None), ast.Name)
            if not (isinstance(statement, ast.Assign) and is_name):
                loads = (n for n in ast.walk(statement) if isinstance(n, ast.Name))
                found |= {n.id for n in loads if isinstance(n.ctx, ast.Load)}
    return found


def _claims(path: str, cell: Cell, bound: set[str]) -> Iterator[Problem]:
    for claim in cell.claims:
        if claim.kind in (*OF_PAGE, ClaimKind.DATA, ClaimKind.DEFAULT) or claim.cell_line:
            continue
        tree = _expression(claim.code)
        if tree is None:
            continue
        if claim.kind is ClaimKind.VALUE and trivial.is_size(tree) and _names(tree) - BUILT_IN:
            continue  # The size of data that a hidden cell makes up is no result.
        if not _asks(_Reduced().visit(tree), bound):
            fact = f"the claim '{claim.source}' asks nothing of a run"
            remedy = "Name something that the cells before it make"
            yield Problem(path, claim.line, fact, remedy, code=Code.CLAIM)
        elif claim.kind is not ClaimKind.SHAPE and trivial.is_weak(tree):
            fact = f"the claim '{claim.source}' holds of every layer and every size"
            yield Problem(path, claim.line, fact, REMEDY, code=Code.CLAIM)
        elif (claim.kind is ClaimKind.CHECK or _is_asked(claim, tree)) and not _can_fail(
            tree, bound
        ):
            fact = f"the claim '{claim.source}' cannot fail"
            yield Problem(path, claim.line, fact, REMEDY, code=Code.CLAIM)


def _is_asked(claim: Claim, tree: ast.expr) -> bool:
    """Return whether a claim shows whether something is true."""
    return claim.kind is ClaimKind.VALUE and trivial.is_truth(tree)


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
            return not trivial.is_complete(values) and all(_can_fail(v, bound) for v in values)
        case ast.BoolOp(op=ast.And(), values=values):
            return any(_can_fail(value, bound) for value in values)
        case _:
            return _asks(node, bound) and not trivial.is_trivial(node)


def _worked_out(cell: Cell) -> frozenset[str]:
    """Return the names that a cell binds, but those to a number with a point or to a truth.

    A list `holds` may work something out of whole numbers.
    """
    typed = {
        getattr(statement.targets[0], "id", "")
        for statement in comments.parsed(cell.code).body
        if isinstance(statement, ast.Assign) and _is_typed(statement.value)
    }
    return comments.bound(cell.code) - typed


def _is_typed(node: ast.expr) -> bool:
    """Return whether an expression is a typed result: a number with a point, or a truth."""
    try:
        ast.literal_eval(node)
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
        return False
    return any(
        isinstance(each, ast.Constant) and isinstance(each.value, bool | float)
        for each in ast.walk(node)
    )


def _asks(node: ast.expr, bound: set[str]) -> bool:
    """Return whether an expression asks something of the cells, or of torch itself.

    To make a tensor of a size, and to find that it has that size, asks nothing.
    """
    names = _names(node)
    if names & bound:
        return True
    attributes = [each.attr for each in ast.walk(node) if isinstance(each, ast.Attribute)]
    known = KNOWN if names <= MODULES else MAKES
    return bool(names - BUILT_IN) and not known.issuperset(attributes)


class _Reduced(ast.NodeTransformer):
    """Leaves out what a value does not depend on, as far as its form tells."""

    def visit_IfExp(self, node: ast.IfExp) -> ast.expr:
        """Leave the condition out where both branches are typed."""
        typed = all(isinstance(each, ast.Constant) for each in (node.body, node.orelse))
        return node.body if typed else node

    def visit_Subscript(self, node: ast.Subscript) -> ast.expr:
        """Take the entry of a tuple or list that is written there."""
        match node:
            case ast.Subscript(
                value=ast.Tuple(elts=each) | ast.List(elts=each), slice=ast.Constant(int(place))
            ) if -len(each) <= place < len(each) and isinstance(each[place], ast.Constant):
                return each[place]
            case _:
                return node

    def visit_Call(self, node: ast.Call) -> ast.expr:
        """Take a tensor of typed numbers for itself: whose dtype it has does not matter."""
        self.generic_visit(node)
        is_made = getattr(node.func, "attr", "") in TENSORS
        if is_made and node.args and all(_is_plain(each) for each in node.args):
            return ast.Attribute(ast.Name("torch", ast.Load()), "zeros", ast.Load())
        return node

    def visit_BinOp(self, node: ast.BinOp) -> ast.expr:
        """Leave out what is multiplied by 0."""
        node.left, node.right = self.visit(node.left), self.visit(node.right)
        match node:
            case (
                ast.BinOp(op=ast.Mult(), left=ast.Constant(0))
                | ast.BinOp(op=ast.Mult(), right=ast.Constant(0))
            ):
                return ast.Constant(0)
            case _:
                return node


def _is_plain(node: ast.expr) -> bool:
    """Return whether an expression is nothing but numbers."""
    numbers = (ast.Constant, ast.Tuple, ast.List, ast.Load, ast.UnaryOp, ast.USub)
    return all(isinstance(each, numbers) for each in ast.walk(node))


def _names(node: ast.AST) -> set[str]:
    return {each.id for each in ast.walk(node) if isinstance(each, ast.Name)}


def _expression(code: str) -> ast.expr | None:
    try:
        return ast.parse(code, mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
