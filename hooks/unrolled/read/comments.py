"""Claims in the comments of cells, as people write them anyway: `# out.

(4, 7, 3)` and `# batch=4, seq_len=7, input_size=5`.
"""

import ast
import contextlib
import functools
import io
import re
import tokenize
from collections.abc import Iterator

from unrolled.model import shape
from unrolled.model.cell import Claim, ClaimKind

NAMED = re.compile(
    r"(?P<code>(?<![\w.])[A-Za-z_][\w.]*(?:\[[^\[\]]*\])*)\s*:\s*"
    rf"(?P<shape>{shape.PATTERN})"
)
AXES = re.compile(r"#\s*(?:[A-Za-z_]\w*\s*=\s*\d+\s*,\s*)*[A-Za-z_]\w*\s*=\s*\d+\s*")


COUNTING = {"len", "size", "numel", "item", "dim", "int", "float"}
"""Functions that give a number."""
TENSORS = {"Tensor", "Parameter", "FloatTensor", "LongTensor"}
"""Classes whose objects are tensors."""


@functools.lru_cache(maxsize=4096)
def comments(code: str) -> tuple[tuple[int, str], ...]:
    """Return each comment of a cell with its line, from 1, up to the first fault of syntax."""
    found: list[tuple[int, str]] = []
    with contextlib.suppress(tokenize.TokenError, SyntaxError):
        for token in tokenize.generate_tokens(io.StringIO(code + "\n").readline):
            if token.type == tokenize.COMMENT:
                found.append((token.start[0], token.string))
    return tuple(found)


@functools.lru_cache(maxsize=4096)
def claims(code: str, line: int) -> tuple[Claim, ...]:
    """Return the claims in a cell's comments.

    Args:
        code: The cell's code.
        line: Line of its opening fence in the page.
    """
    tree = parsed(code)
    targets, inner = dict(_assignments(tree)), inside_functions(code)
    found: list[Claim] = []
    for number, text in comments(code):
        place = line + number
        if number in inner:
            continue  # Its names are not those that the cell leaves.
        for match in NAMED.finditer(text):
            sizes = shape.sizes(match["shape"])
            found.append(Claim(ClaimKind.SHAPE, place, match["code"], text, sizes, number))
        if AXES.fullmatch(text) and number in targets and number not in settings(code):
            sizes = tuple(int(n) for n in re.findall(r"=\s*(\d+)", text))
            found.append(Claim(ClaimKind.SHAPE, place, targets[number], text, sizes, number))
    return tuple(found)


def without(code: str) -> str:
    """Return code without its comments."""
    lines = code.split("\n")
    for number, text in comments(code):
        lines[number - 1] = lines[number - 1].replace(text, "")
    return "\n".join(lines)


@functools.lru_cache(maxsize=4096)
def settings(code: str) -> frozenset[int]:
    """Return the last lines of assignments that bind no tensor, by their form.

    A comment such as `# hidden_size=3` behind them is about a number, or about a layer's.
    """
    return frozenset(
        statement.end_lineno or statement.lineno
        for statement in parsed(code).body
        if isinstance(statement, ast.Assign | ast.AnnAssign)
        and statement.value is not None
        and _is_setting(statement.value)
    )


def _is_setting(node: ast.expr) -> bool:
    """Return whether an expression gives a number, or an object of a class such as a layer."""
    match node:
        case ast.Constant(int() | float()):
            return True
        case ast.BinOp(left=left, right=right):
            return _is_setting(left) and _is_setting(right)
        case ast.Call(func=ast.Attribute(attr=name) | ast.Name(id=name)):
            return name in COUNTING or (name[:1].isupper() and name not in TENSORS)
        case ast.Attribute(attr=name):
            return name.endswith(("_size", "num_layers", "features"))
        case ast.Subscript(value=ast.Attribute(attr="shape")):
            return True
        case _:
            return False


@functools.lru_cache(maxsize=256)
def parsed(code: str) -> ast.Module:
    """Return a cell's tree, an empty one where it is no Python: that is reported elsewhere.

    One tree serves all who ask, so nobody may change it.
    """
    try:
        return ast.parse(code)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ast.Module([], [])


@functools.lru_cache(maxsize=256)
def quoted(code: str) -> set[int]:
    """Return the lines, from 1, that a text of several lines in code goes on in."""
    texts = (
        node for node in ast.walk(parsed(code)) if isinstance(node, ast.Constant | ast.JoinedStr)
    )
    return {line for node in texts for line in range(node.lineno + 1, (node.end_lineno or 0) + 1)}


@functools.lru_cache(maxsize=4096)
def bound(code: str) -> frozenset[str]:
    """Return the names that code assigns or defines anywhere, other than by importing."""
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    names: set[str] = set()
    for each in ast.walk(parsed(code)):
        if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store):
            names.add(each.id)
        elif isinstance(each, kinds):
            names.add(each.name)
    return frozenset(names)


def assigned(code: str) -> dict[int, str]:
    """Return the names that a cell's top-level assignments bind, by their last lines."""
    return dict(_assignments(parsed(code)))


def _assignments(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Yield the last line of each top-level assignment to one name in a cell, and that name."""
    for statement in tree.body:
        targets = (
            statement.targets
            if isinstance(statement, ast.Assign)
            else [statement.target]
            if isinstance(statement, ast.AnnAssign)
            else []
        )
        if len(targets) == 1 and isinstance(targets[0], ast.Name):
            yield statement.end_lineno or statement.lineno, targets[0].id


def inside_functions(code: str) -> set[int]:
    """Return the lines within functions and classes: their names are not those that cells leave."""
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    return {
        n
        for node in ast.walk(parsed(code))
        if isinstance(node, kinds)
        for n in range(node.lineno, (node.end_lineno or node.lineno) + 1)
    }
