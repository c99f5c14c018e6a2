"""Running the code of a cell as Jupyter would."""

from __future__ import annotations
import __future__

import ast
import functools
import operator
from collections.abc import Callable
from typing import Any

FUTURE = functools.reduce(
    operator.or_,
    (getattr(__future__, name).compiler_flag for name in __future__.all_feature_names),
)
"""The compiler's flags of everything that can be imported from `__future__`."""


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
    flags = compile(tree, filename, "exec", dont_inherit=True).co_flags & FUTURE
    last = tree.body[-1] if tree.body else None
    value: Any = None
    run: list[ast.stmt] = []
    pending = list(stops)
    for statement in tree.body:
        due = [line for line in pending if line <= (statement.end_lineno or 0)]
        if statement is last and isinstance(statement, ast.Expr):
            _run_statements(run, filename, names, flags)
            run = []
            expression = ast.Expression(statement.value)
            compiled = compile(expression, filename, "eval", flags, dont_inherit=True)
            value = eval(compiled, names)  # noqa: S307
        else:
            run.append(statement)
        if due:
            _run_statements(run, filename, names, flags)
            run = []
        for line in due:
            reached(line)
            pending.remove(line)
    _run_statements(run, filename, names, flags)
    for line in pending:
        reached(line)
    quiet = code.rstrip().endswith(";") or (
        isinstance(last, ast.Expr) and _comment_after_semicolon(code, last)
    )
    return None if quiet else value


def _run_statements(
    statements: list[ast.stmt], filename: str, names: dict[str, Any], flags: int
) -> None:
    code = compile(ast.Module(statements, []), filename, "exec", flags, dont_inherit=True)
    exec(code, names)  # noqa: S102 - running cells is what this is for


def _comment_after_semicolon(code: str, last: ast.Expr) -> bool:
    line = (
        code.split("\n")[(last.end_lineno or 1) - 1].encode()[last.end_col_offset or 0 :].decode()
    )
    return line.lstrip().startswith(";")
