"""Lies in one line of a page, each of which the check must notice."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator

from unrolled.model.cell import Cell
from unrolled.model.shape import BARE
from unrolled.read import comments

Edit = tuple[str, int, int, str]
"""What is changed, in words; where it begins and ends in the line; what stands there instead."""
RAISES = re.compile(r"\braises=(\w+)")
BATCH_FIRST = re.compile(r"\bbatch_first=(True|False)")
CLAIM = re.compile(r"`#!(?P<kind>\w+)(?:[ ]+(?P<code>[^`]+))?`")
HOLDS = re.compile(
    r"^(?P<lead>\s*holds = )\[(?P<entries>[^\[\]()]+(?:\([^()]*\)[^\[\]()]*)*)\]\s*$"
)
AXES = re.compile(r"#\s*(?P<one>\w+)=(?P<first>\d+),\s*(?P<two>\w+)=(?P<second>\d+)")
CALLED = re.compile(r"\w[\w.]*\((?:[^()]|\([^()]*\))*\)")
"""A statement that is nothing but a call."""
TURNED = {"==": "!=", "!=": "==", "<": ">=", ">": "<=", "<=": ">", ">=": "<"}
COMPARED = re.compile(r" (==|!=|<=|>=|<|>) ")


def of_line(cell: Cell | None, line: str, *, opens: bool, has_axes: bool) -> Iterator[Edit]:
    """Yield what can be changed in a line.

    Args:
        cell: The cell that the line lies in.
        line: The line.
        opens: Whether a cell's fence opens here.
        has_axes: Whether a comment names axes as a layer is known to read them.
    """
    # In code a tuple of numbers is code; in its comments, in the text and in options it is a
    # statement.
    for match in BARE.finditer(line):
        if not cell or "#" in line[: match.start()]:
            yield from _shapes(match.start(), match[0])
    promised = RAISES.search(line) if opens else None
    if promised:
        other = "KeyError" if promised[1] != "KeyError" else "IndexError"
        yield "raises type", promised.start(1), promised.end(1), other
    if cell and cell.runs:
        yield from _code(cell, line, has_axes=has_axes)
    elif not cell:
        for claim in CLAIM.finditer(line):
            yield from TYPED.get(claim["kind"], _nothing)(claim)


def _code(cell: Cell, line: str, *, has_axes: bool) -> Iterator[Edit]:
    called = CALLED.fullmatch(line)
    if called and not cell.options.raises and not cell.options.hidden:
        yield "comment on an error", len(line), len(line), "  # raises FloatingPointError"
    match = BATCH_FIRST.search(line)
    # A cell that raises shows its message, and no layout.
    if match and "#" not in line[: match.start()] and not cell.options.raises:
        yield "batch_first", match.start(1), match.end(1), "False" if match[1] == "True" else "True"
    axes = AXES.search(line) if has_axes else None
    if axes and axes["one"] != axes["two"] and comments.AXES.fullmatch(line[axes.start() :]):
        swapped = f"# {axes['two']}={axes['first']}, {axes['one']}={axes['second']}"
        yield "names of axes", axes.start(), axes.end(), swapped
    holds = HOLDS.match(line)
    if holds and cell.options.hidden:
        count = holds["entries"].count(",") + 1
        typed = ", ".join(["True"] + ["False"] * (count - 1))
        yield "evidence that is typed", holds.start("entries"), holds.end("entries"), typed


def _shapes(start: int, text: str) -> Iterator[Edit]:
    sizes = [(m.start(), m.end(), int(m[0])) for m in re.finditer(r"\d+", text)]
    for first, last, size in sizes:
        yield "number in a shape", start + first, start + last, str(size + 1)
    for (a, b, one), (c, d, two) in itertools.pairwise(sizes):
        if one != two:
            yield "swapped dimensions", start + a, start + d, f"{two}{text[b:c]}{one}"


def _shape(claim: re.Match[str]) -> Iterator[Edit]:
    sizes = re.findall(r"\d+", (claim["code"] or "").rpartition(":")[2])
    if len(sizes) > 1:
        yield "shape typed with crosses", *claim.span(), " × ".join(sizes)
        yield "shape typed as a list", *claim.span(), f"[{', '.join(sizes)}]"
        yield "shape typed in words", *claim.span(), " by ".join(sizes)
        yield "shape typed with hyphens", *claim.span(), "-by-".join(sizes)
        made = f"({', '.join(sizes)})"
        yield "shape of a tensor of its own", *claim.span("code"), f"torch.zeros{made}: {made}"


def _value(claim: re.Match[str]) -> Iterator[Edit]:
    yield "number that is typed", *claim.span(), "0.137"
    yield "percentage that is typed", *claim.span(), "13.7%"
    yield "share in words", *claim.span(), "ninety-one out of ninety-three"
    yield "fraction in words", *claim.span(), "three sevenths of the weights"
    yield "factor in words", *claim.span(), "seventeen times as many"
    code = claim["code"]
    yield "value that is fixed", *claim.span("code"), f"({code}, 137)[len([{code}])]"


def _check(claim: re.Match[str]) -> Iterator[Edit]:
    if not claim["code"]:
        return
    start, end = claim.span("code")
    yield "check turned round", start, end, f"not ({claim['code']})"
    yield "check that cannot fail", start, end, f"True or {claim['code']}"
    yield "check of a text", start, end, f"str({claim['code']}) != ''"
    compared = COMPARED.search(claim["code"])
    if compared:
        place = start + compared.start(1)
        after = TURNED[compared[1]]
        yield "comparison turned round", place, place + len(compared[1]), after


def _error(claim: re.Match[str]) -> Iterator[Edit]:
    yield "message that is typed", *claim.span(), "`RuntimeError: this was never raised`"
    yield "message without its type", *claim.span(), "Expected nothing at all, got everything"
    yield "error that never comes", *claim.span(), "a `FloatingPointError`"


def _count(claim: re.Match[str]) -> Iterator[Edit]:
    yield "count that is typed", *claim.span(), "seventeen questions"


def _minutes(claim: re.Match[str]) -> Iterator[Edit]:
    yield "minutes that are typed", *claim.span(), "97 minutes"


def _default(claim: re.Match[str]) -> Iterator[Edit]:
    code = claim["code"] or ""
    yield "another argument's default", *claim.span("code"), f"{code.rpartition('.')[0]}.depth"
    yield "default that is typed", *claim.span(), f"{code.rpartition('.')[2]} defaults to 17,"


def _nothing(claim: re.Match[str]) -> Iterator[Edit]:  # noqa: ARG001 - as the others
    return iter(())


TYPED: dict[str, Callable[[re.Match[str]], Iterator[Edit]]] = {
    "shape": _shape,
    "value": _value,
    "check": _check,
    "error": _error,
    "count": _count,
    "minutes": _minutes,
    "default": _default,
}
"""What can be typed in place of a claim, or changed in it, by its kind."""
