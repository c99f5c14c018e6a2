"""Symbolic shapes, such as `(D * num_layers, N, H_out)`.

Tuples of vetted arithmetic over a layer's symbols.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping

from unrolled.blocks.shapes.layers import VARIED, Layer
from unrolled.read.near import near

LONGEST = 200
"""Characters of a shape; none that people can read is longer."""


def read(
    text: str, layer: Layer, settings: Mapping[str, tuple[object, ...]]
) -> tuple[str, tuple[str, str] | None]:
    """Return a shape as an expression of vetted arithmetic, in one way of writing.

    And, if it is none, the fact and the remedy.
    """
    example = "Write a tuple of sizes, such as `(D * num_layers, N, H_out)`"
    try:
        tree = ast.parse(text, mode="eval").body if len(text) <= LONGEST else None
    except (SyntaxError, ValueError):
        tree = None
    if not isinstance(tree, ast.Tuple):
        remedy = f"Write `({ast.unparse(tree)},)`" if isinstance(tree, ast.Name) else example
        return "", (f"{text} is not a shape", remedy)
    for node in tree.elts:
        for part in _parts(node):
            if not isinstance(part, ast.Name):
                return "", (
                    f"'{ast.unparse(part)}' cannot be part of a shape",
                    "Use symbols, whole numbers, +, -, *, // and sum(lengths)",
                )
            if part.id not in layer.symbols:
                return "", (f"there is no symbol '{part.id}'", near(part.id, layer.symbols))
            varied = VARIED.get(part.id)
            if varied and len(settings.get(varied, ())) < 2:
                return "", (
                    f"'{part.id}' has one value in the whole sweep",
                    f"Sweep several values of '{varied}', or write the number",
                )
    return ast.unparse(tree), None


def _parts(node: ast.expr) -> Iterator[ast.expr]:
    """Yield the symbols of a dimension, and whatever cannot be part of one."""
    if isinstance(node, ast.BinOp) and isinstance(
        node.op, ast.Add | ast.Sub | ast.Mult | ast.FloorDiv
    ):
        yield from (*_parts(node.left), *_parts(node.right))
    elif isinstance(node, ast.Constant) and type(node.value) is int:
        return
    elif ast.unparse(node) != "sum(lengths)":
        yield node
