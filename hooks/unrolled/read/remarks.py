"""Comments that state what a run gives: a result behind an expression, a dtype, a device."""

from __future__ import annotations

import ast
import functools
import re

from unrolled.model import shape
from unrolled.model.cell import Claim, ClaimKind
from unrolled.read import comments

TYPES = (
    r"(?:float|bfloat|int|uint|complex)\d+|float|double|half|long|int|bool"  # as torch names them
)
TYPED = re.compile(
    rf"#\s*(?P<code>[A-Za-z_][\w.]*)\s*(?::|is)\s*(?:torch\.)?(?P<type>{TYPES})"
    r"(?:\s+on\s+(?:the\s+)?(?P<device>cpu|cuda|mps|meta|gpu)(?::(?P<index>\d+))?)?\s*",
    re.IGNORECASE,
)
ALONE = re.compile(r"#\s*(?:torch\.)?(?P<type>(?:float|bfloat|int|uint|complex)\d+)\s*")
PLACE = re.compile(r"#\s*on (?:the )?(?P<device>cpu|cuda|mps|gpu)\s*", re.IGNORECASE)
RESULT = re.compile(
    r"#\s*(?:(?:prints|gives|returns|always|->|=>|→|=)\s*)?(?P<text>[-+]?\d[\d_]*(?:\.\d+)?(?:e[-+]?\d+)?|True|False|None|nan|-?inf"
    r"|tensor\(.*\)|torch\.Size\(\[.*\]\)|torch\.[a-z]+\d*|\[[-\d.,\s]*\]|\([-\d.,\s]*\)|(['\"]).*\2)\s*"
)
BEGINS = re.compile(
    r"#\s*(?:(?:prints|gives|returns|always|is|equals|shows|->|=>|→|==?|:)\s*)?"
    r"(?P<text>[-+]?\d+(?:\.\d+)?|true|false)\b(?![.\w%]|\s?[-+*/×x=:]\s?\w|, \d)",
    re.IGNORECASE,
)
"""A comment that begins with a result, and says more of it: `# 3 states`, `# == 3`."""
CHANGING = {"next", "input", "open", "exec", "eval"} | {
    "step", "pop", "popitem", "append", "extend", "backward", "zero_grad", "update", "send", "read",
    "insert", "remove",
}  # fmt: skip
"""What must not be called a second time only to compare its result."""


@functools.lru_cache(maxsize=4096)
def claims(code: str, line: int) -> tuple[Claim, ...]:
    """Return the claims that a cell's comments make of results, dtypes and devices.

    Args:
        code: The cell's code.
        line: Line of its opening fence in the page.
    """
    results = {
        statement.end_lineno: expression
        for statement in comments.parsed(code).body
        if isinstance(statement, ast.Expr) and (expression := _shown(statement.value))
    }
    assigned = comments.assigned(code)
    found: list[Claim] = []
    for number, text in comments.comments(code):
        typed, result = TYPED.fullmatch(text), RESULT.fullmatch(text)
        alone, place = ALONE.fullmatch(text), PLACE.fullmatch(text)
        condition = ""
        if typed:
            condition = _type(typed)
        elif number in assigned and alone:
            condition = f"{assigned[number]}.dtype == __import__('torch').{alone['type']}"
        elif number in assigned and place:
            device = place["device"].lower().replace("gpu", "cuda")
            condition = f"{assigned[number]}.device.type == {device!r}"
        elif number in assigned and result and not _is_literal(code, number):
            condition = _equal(assigned[number], result["text"])
        elif result and number in results:
            condition = _equal(results[number], result["text"])
        elif number in results and (begun := BEGINS.match(text)):
            condition = _begins(results[number], begun["text"])
        if condition:
            found.append(Claim(ClaimKind.CHECK, line + number, condition, text, None, number))
    return tuple(found)


def _is_literal(code: str, number: int) -> bool:
    """Return whether a line assigns what is written there, so that a number is no result."""
    for statement in comments.parsed(code).body:
        if isinstance(statement, ast.Assign) and statement.end_lineno == number:
            return not any(isinstance(node, ast.Call | ast.BinOp) for node in ast.walk(statement))
    return True


def _type(said: re.Match[str]) -> str:
    condition = f"{said['code']}.dtype == __import__('torch').{said['type'].lower()}"
    if said["device"]:
        device = said["device"].lower().replace("gpu", "cuda")
        condition += f" and {said['code']}.device.type == {device!r}"
    if said["index"]:
        condition += f" and {said['code']}.device.index == {said['index']}"
    return condition


def _shown(value: ast.expr) -> str:
    """Return the expression that a statement shows; empty where it must not be asked again."""
    prints = isinstance(value, ast.Call) and getattr(value.func, "id", "") == "print"
    if prints:
        assert isinstance(value, ast.Call)
        if len(value.args) != 1 or value.keywords or isinstance(value.args[0], ast.Starred):
            return ""
        value = value.args[0]
    called = {
        getattr(node.func, "attr", getattr(node.func, "id", ""))
        for node in ast.walk(value)
        if isinstance(node, ast.Call)
    }
    return "" if called & CHANGING else ast.unparse(value)


def _equal(expression: str, text: str) -> str:
    """Return the condition that an expression gives what a comment says."""
    if shape.ALONE.fullmatch(text) and shape.sizes(text):
        return f"tuple({expression}) == {shape.sizes(text)}"
    return f"str({expression}) == {_plain(text)!r}"


def _begins(expression: str, text: str) -> str:
    """Return the condition that an expression that gives a number or a truth gives this one."""
    said = text.capitalize() if text[0].isalpha() else text
    return f"type({expression}) not in (bool, int, float) or str({expression}) == {said!r}"


def _plain(text: str) -> str:
    return text[1:-1] if text[0] in "'\"" else text
