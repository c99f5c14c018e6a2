"""Comments that state what a run gives: a result behind an expression, a dtype, a device."""

from __future__ import annotations

import ast
import functools
import re
from collections.abc import Iterator

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
ANYWHERE = re.compile(r"(?<![\w.])(?:torch\.)?(?P<type>b?float\d+|u?int\d+|complex\d+)(?![\w.(])")
"""A dtype in a comment that says more than that."""
ON = re.compile(
    r"\bon (?:the )?(?P<device>cpu|cuda|mps|gpu)\b(?::(?P<index>\d+))?"
    r"|\b(?:device\W{1,3}|\A#\s*)(?P<also>cpu|cuda|mps)\b(?::(?P<nth>\d+))?",
    re.IGNORECASE,
)
"""A device in a comment."""
NUMBERED = re.compile(
    r"(?<![\w.])(?:(?P<name>[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)\s*==?"
    r"|(?P<word>[A-Za-z]+(?:[_.]+[A-Za-z]\w*)+)\s*(?::|\bis))\s*"
    r"(?P<number>-?\d+(?:\.\d+)?)(?![\w.]*\w|\s*[-+*/%×(])"
)
"""A number of something that has a name: `hidden_size=4`, `rnn.num_layers is 2`."""
OPEN = re.compile(
    r"\b(?:not|no|never|unless|if|instead|meant|wrong|without|would|was|were|than|before|until|"
    r"when|while|for|each|should|must|could|needs?|wants?|expects?|from|to|as|or)\b|\?|n't\b|->|→|[<>!]=",
    re.IGNORECASE,
)
"""What makes a comment say something of another case."""
ASKED = "__import__('unrolled.prove.commented', fromlist=['kind'])"
"""What a run asks for what is the case."""
NUMBERS = f"{ASKED}.numbers("
"""What it asks for the numbers of names."""
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
ENDS = re.compile(r"#\s*[A-Za-z][\w ]*: ?(?P<text>[-+]?\d+(?:\.\d+)?|true|false)\s*", re.IGNORECASE)
"""A comment that names a result first: `# the batch: 3`."""
IN_WORDS = re.compile(
    rf"#\s*(?:(?:prints|gives|returns|is|equals|shows|->|=>|→|==?)\s*)?"
    rf"(?P<text>zero|one|two|{shape.LARGER})\s*",
    re.IGNORECASE,
)
"""A comment that is a number in words."""
TRUTH = re.compile(r"#\s*(?:(?:always|is|->|=>|→|==?)\s*)?(?P<text>true|false)\s*", re.IGNORECASE)
"""A comment that is a truth."""
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
    tests = dict(_tests(code))
    assigned, inside = comments.assigned(code), comments.inside_functions(code)
    names = _binding(code)
    found: list[Claim] = []
    for number, text in comments.comments(code):
        typed, result = TYPED.fullmatch(text), RESULT.fullmatch(text)
        alone, place = ALONE.fullmatch(text), PLACE.fullmatch(text)
        condition = ""
        if typed:
            condition = _kind(typed["code"], typed["type"], typed["device"], typed["index"])
        elif number in assigned and (alone or place):
            said = alone["type"] if alone else "", place["device"] if place else ""
            condition = _kind(assigned[number], *said)
        elif number in assigned and result and not _is_literal(code, number):
            condition = _same(assigned[number], result["text"])
        elif result and number in results:
            condition = _equal(results[number], result["text"])
        elif number in results and (begun := BEGINS.match(text) or ENDS.fullmatch(text)):
            condition = _begins(results[number], begun["text"])
        elif worth := IN_WORDS.fullmatch(text) or TRUTH.fullmatch(text):
            shown = results.get(number) or tests.get(number, "")
            if number in assigned and not _is_literal(code, number):
                shown = assigned[number]
            condition = _worth(shown, worth["text"]) if shown else ""
        elif not OPEN.search(text) and number not in inside:
            shown = assigned.get(number) or results.get(number, "")
            bound = names.get(number, [])
            found += _partial(text, shown, bound, line, number)
        if condition:
            found.append(Claim(ClaimKind.CHECK, line + number, condition, text, None, number))
    return tuple(found)


def is_of_numbers(claim: Claim) -> bool:
    """Return whether a claim asks for the numbers that a comment gives to names."""
    return claim.code.startswith(NUMBERS)


def _partial(text: str, shown: str, bound: list[str], line: int, number: int) -> Iterator[Claim]:
    """Yield the claims of a dtype, of a device and of numbers in a comment.

    Their source are the words that say so, and the comment may say more.

    Args:
        text: The comment.
        shown: The expression that its line shows or assigns; empty where it does neither.
        bound: The names that its line binds.
        line: Line of the cell's opening fence in the page.
        number: The comment's line in the cell.
    """
    types = {found["type"]: found for found in ANYWHERE.finditer(text)}
    places = list(ON.finditer(text))
    if shown and (types or places) and len(types) < 2 and len(places) < 2:
        said = [*types.values(), *places]
        at = (
            (places[0]["device"] or places[0]["also"], places[0]["index"] or places[0]["nth"])
            if places
            else ("", "")
        )
        source = " ".join(
            each[0].strip("# ") for each in sorted(said, key=lambda each: each.start())
        )
        condition = _kind(shown, next(iter(types), ""), *at)
        yield Claim(ClaimKind.CHECK, line + number, condition, source, None, number)
    numbered = list(NUMBERED.finditer(text))
    if numbered:
        pairs = [(found["name"] or found["word"], found["number"]) for found in numbered]
        whole = comments.AXES.fullmatch(text) is not None and len(pairs) == 1
        condition = f"{NUMBERS}globals(), {pairs!r}, {bound!r}, {whole})"
        source = ", ".join(found[0] for found in numbered)
        yield Claim(ClaimKind.CHECK, line + number, condition, source, None, number)


def _kind(code: str, dtype: str, device: str | None = "", index: str | None = "") -> str:
    """Return what asks whether something has a dtype and lies on a device."""
    at = (device or "").lower().replace("gpu", "cuda")
    return f"{ASKED}.kind({code}, {dtype!r}, {at!r}, {index or ''!r})"


def _binding(code: str) -> dict[int, list[str]]:
    """Return the names that the statements at a cell's top bind, by each of their lines."""
    found: dict[int, list[str]] = {}
    for statement in comments.parsed(code).body:
        targets = statement.targets if isinstance(statement, ast.Assign) else []
        names = [
            each.id for target in targets for each in ast.walk(target) if isinstance(each, ast.Name)
        ]
        for number in range(statement.lineno, (statement.end_lineno or 0) + 1):
            found[number] = names
    return found


def _is_literal(code: str, number: int) -> bool:
    """Return whether a line assigns what is written there, so that a number is no result."""
    for statement in comments.parsed(code).body:
        if isinstance(statement, ast.Assign) and statement.end_lineno == number:
            return not any(isinstance(node, ast.Call | ast.BinOp) for node in ast.walk(statement))
    return True


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


def _tests(code: str) -> Iterator[tuple[int, str]]:
    """Yield the lines at which `if` stands at a cell's top, each with what it asks.

    It is asked again when the whole statement has run, so nothing in that may change it.
    """
    for statement in comments.parsed(code).body:
        if not isinstance(statement, ast.If):
            continue
        nodes = [*ast.walk(statement)]
        called = {getattr(n.func, "attr", "") for n in nodes if isinstance(n, ast.Call)}
        stored = any(isinstance(getattr(n, "ctx", None), ast.Store) for n in nodes)
        asked = _shown(statement.test)
        if asked and not stored and not any(c.endswith("_") or c in CHANGING for c in called):
            yield statement.test.end_lineno or 0, f"bool({asked})"


def _same(expression: str, text: str) -> str:
    """Return what asks whether something is what a comment says, and what it is otherwise."""
    if shape.ALONE.fullmatch(text) and shape.sizes(text):
        return f"{ASKED}.same(tuple({expression}), {str(shape.sizes(text))!r})"
    return f"{ASKED}.same({expression}, {_plain(text)!r})"


def _worth(expression: str, text: str) -> str:
    """Return what asks whether a number or a truth is the one that a comment says in words."""
    return f"{ASKED}.worth({expression}, {text.lower()!r})"


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
