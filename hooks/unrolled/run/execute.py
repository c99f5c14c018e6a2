"""Running the code of a cell as Jupyter would."""

from __future__ import annotations
import __future__

import ast
import asyncio
import contextvars
import functools
import inspect
import operator
import re
from collections.abc import Callable
from types import CodeType
from typing import Any

from unrolled.run.own import THEIRS

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
) -> Any:
    """Run a cell as Jupyter would.

    Return the value of its last expression, unless a semicolon ends it.

    Args:
        code: The cell.
        filename: What tracebacks call it.
        names: Its namespace.
        stops: Lines of the cell, ascending, at whose statements' ends `reached` is to be called.
        reached: Called with each of them.
    """
    tree = ast.parse(code, filename)
    # What `from __future__` says holds for the whole cell, in whatever pieces it is compiled.
    whole = compile(tree, filename, "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, dont_inherit=True)
    flags = whole.co_flags & FUTURE | ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
    inside = bool(INSIDE.search(code)) and not ITSELF.search(code)
    last = tree.body[-1] if tree.body else None
    value: Any = None
    run: list[ast.stmt] = []
    pending = list(stops)
    for statement in tree.body:
        due = [line for line in pending if line <= (statement.end_lineno or 0)]
        if statement is last and isinstance(statement, ast.Expr):
            _run_statements(run, filename, names, flags, inside=inside)
            run = []
            expression = ast.Expression(statement.value)
            compiled = compile(expression, filename, "eval", flags, dont_inherit=True)
            value = _evaluate(compiled, names, inside=inside)
        else:
            run.append(statement)
        if due:
            _run_statements(run, filename, names, flags, inside=inside)
            run = []
        for line in due:
            reached(line)
            pending.remove(line)
    _run_statements(run, filename, names, flags, inside=inside)
    for line in pending:
        reached(line)
    quiet = code.rstrip().endswith(";") or (
        isinstance(last, ast.Expr) and _comment_after_semicolon(code, last)
    )
    return None if quiet else value


def _run_statements(
    statements: list[ast.stmt], filename: str, names: dict[str, Any], flags: int, *, inside: bool
) -> None:
    module = ast.Module(statements, [])
    code = compile(module, filename, "exec", flags, dont_inherit=True)
    _evaluate(code, names, inside=inside)


def _evaluate(code: CodeType, names: dict[str, Any], *, inside: bool) -> Any:
    """Run code, in the chain's loop if it awaits something or asks for a loop that runs."""
    with THEIRS:
        return _evaluated(code, names, inside=inside)


def _evaluated(code: CodeType, names: dict[str, Any], *, inside: bool) -> Any:
    if code.co_flags & inspect.CO_COROUTINE:
        return _loop_run(EVAL(code, names))
    if inside:

        async def wrapped() -> Any:
            return EVAL(code, names)

        return _loop_run(wrapped())
    return EVAL(code, names)


@functools.cache
def _loop() -> tuple[asyncio.AbstractEventLoop, contextvars.Context]:
    """Return the loop that lasts through the chain, and the context that its cells share."""
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    return loop, contextvars.copy_context()


def _loop_run(awaited: Any) -> Any:
    loop, context = _loop()
    return loop.run_until_complete(loop.create_task(awaited, context=context))


def _comment_after_semicolon(code: str, last: ast.Expr) -> bool:
    line = (
        code.split("\n")[(last.end_lineno or 1) - 1].encode()[last.end_col_offset or 0 :].decode()
    )
    return line.lstrip().startswith(";")
