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
    targets, inner = dict(_assignments(tree)), _inside_functions(tree)
    found: list[Claim] = []
    for number, text in comments(code):
        place = line + number
        if number in inner:
            continue  # Its names are not those that the cell leaves.
        for match in NAMED.finditer(text):
            sizes = shape.sizes(match["shape"])
            found.append(Claim(ClaimKind.SHAPE, place, match["code"], text, sizes, number))
        if AXES.fullmatch(text) and number in targets and not is_about_arguments(code, number):
            sizes = tuple(int(n) for n in re.findall(r"=\s*(\d+)", text))
            found.append(Claim(ClaimKind.SHAPE, place, targets[number], text, sizes, number))
    return tuple(found)


def without(code: str) -> str:
    """Return code without its comments."""
    lines = code.split("\n")
    for number, text in comments(code):
        lines[number - 1] = lines[number - 1].replace(text, "")
    return "\n".join(lines)


def is_about_arguments(code: str, number: int) -> bool:
    """Return whether a comment such as `# input_size=5` names just the numbers on its line."""
    before, _, text = code.split("\n")[number - 1].rpartition("#")
    made = re.fullmatch(r"\s*\w+\s*=\s*(?:\d+|(?:torch\.)?nn\.\w+\([^()]*\))\s*", before)
    return made is not None and re.findall(r"\b\d+\b", before.partition("=")[2]) == re.findall(
        r"=\s*(\d+)", text
    )


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


def bound(code: str) -> set[str]:
    """Return the names that code assigns or defines anywhere, other than by importing."""
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    names: set[str] = set()
    for each in ast.walk(parsed(code)):
        if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store):
            names.add(each.id)
        elif isinstance(each, kinds):
            names.add(each.name)
    return names


def assigned(code: str) -> dict[int, str]:
    """Return the names that a cell's top-level assignments bind, by their last lines."""
    return dict(_assignments(parsed(code)))


def values(code: str) -> Iterator[tuple[str, ast.expr]]:
    """Yield each name that code assigns by itself anywhere, with what it assigns."""
    for each in ast.walk(parsed(code)):
        if isinstance(each, ast.Assign):
            yield from ((t.id, each.value) for t in each.targets if isinstance(t, ast.Name))


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


def _inside_functions(tree: ast.Module) -> set[int]:
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    return {
        n
        for node in ast.walk(tree)
        if isinstance(node, kinds)
        for n in range(node.lineno, (node.end_lineno or node.lineno) + 1)
    }
