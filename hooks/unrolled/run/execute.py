"""Running the code of a cell as Jupyter would."""

from __future__ import annotations
import __future__

import ast
import functools
import inspect
import operator
import re
from collections.abc import Callable, Coroutine, Iterator, Sequence
from types import CodeType
from typing import Any

from unrolled.run.own import THEIRS

Run = Callable[[Coroutine[Any, Any, Any]], Any]
"""Runs a coroutine, and returns what it gives."""
EVAL = eval
"""Cells may take the name away, and running them is what this is for."""
FUTURE = functools.reduce(
    operator.or_,
    (getattr(__future__, name).compiler_flag for name in __future__.all_feature_names),
)
"""The compiler's flags of everything that can be imported from `__future__`."""
INSIDE = re.compile(
    r"\b(create_task|ensure_future|get_running_loop|current_task|all_tasks|TaskGroup)\b"
)
"""What needs a loop that runs. In Jupyter one always does; here, only for cells that need it, so
that `asyncio.run` works as in a script."""
ITSELF = re.compile(r"\b(asyncio\.run|run_until_complete|run_forever|Runner)\b")
"""What runs a loop of its own."""


def execute(
    code: str,
    filename: str,
    names: dict[str, Any],
    stops: list[int],
    reached: Callable[[int], None],
    run: Run,
) -> Any:
    """Run a cell as Jupyter would.

    Return the value of its last expression, unless a semicolon ends it.

    Args:
        code: The cell.
        filename: What tracebacks call it.
        names: Its namespace.
        stops: Lines of the cell, ascending, at whose statements' ends `reached` is to be called.
        reached: Called with each of them.
        run: Runs what the cell awaits.
    """
    tree = ast.parse(code, filename)
    # What `from __future__` says holds for the whole cell, in whatever pieces it is compiled.
    whole = compile(tree, filename, "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, dont_inherit=True)
    flags = whole.co_flags & FUTURE | ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
    inside = bool(INSIDE.search(code)) and not ITSELF.search(code)
    value: Any = None
    for statements, expression, ended in _pieces(tree.body, stops):
        module = ast.Module(statements, [])
        first = compile(module, filename, "exec", flags, dont_inherit=True)
        _evaluate(first, names, run, inside=inside)
        if expression:
            last = compile(ast.Expression(expression), filename, "eval", flags, dont_inherit=True)
            value = _evaluate(last, names, run, inside=inside)
        for line in ended:
            reached(line)
    return None if _is_quiet(code, tree.body) else value


def _pieces(
    body: Sequence[ast.stmt], stops: Sequence[int]
) -> Iterator[tuple[list[ast.stmt], ast.expr | None, list[int]]]:
    """Yield the pieces that a cell is run in.

    Each one's statements, then the cell's last expression if it is the last piece, and the stops
    that are reached with its end.
    """
    left, statements = list(stops), list[ast.stmt]()
    for statement in body:
        ended = [line for line in left if line <= (statement.end_lineno or 0)]
        left = left[len(ended) :]
        if statement is body[-1] and isinstance(statement, ast.Expr):
            yield statements, statement.value, [*ended, *left]
            return
        statements.append(statement)
        if ended:
            yield statements, None, ended
            statements = []
    yield statements, None, left


def _evaluate(code: CodeType, names: dict[str, Any], run: Run, *, inside: bool) -> Any:
    """Run code, in the chain's loop if it awaits something or asks for a loop that runs."""
    with THEIRS:
        return _evaluated(code, names, run, inside=inside)


def _evaluated(code: CodeType, names: dict[str, Any], run: Run, *, inside: bool) -> Any:
    if code.co_flags & inspect.CO_COROUTINE:
        return run(EVAL(code, names))
    if inside:

        async def wrapped() -> Any:
            return EVAL(code, names)

        return run(wrapped())
    return EVAL(code, names)


def _is_quiet(code: str, body: Sequence[ast.stmt]) -> bool:
    """Return whether a semicolon ends the cell, with a comment behind it or none."""
    if code.rstrip().endswith(";"):
        return True
    if not body or not isinstance(body[-1], ast.Expr):
        return False
    last = body[-1]
    line = code.split("\n")[(last.end_lineno or 1) - 1].encode()
    return line[last.end_col_offset or 0 :].decode().lstrip().startswith(";")
