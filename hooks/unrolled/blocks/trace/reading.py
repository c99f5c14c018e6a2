"""Reading a `/// trace` block: expressions that name a layer and a sequence, and their cell."""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Iterator
from pathlib import Path

from unrolled.blocks import names
from unrolled.blocks.trace.item import Trace
from unrolled.model.block import Block
from unrolled.model.cell import Cell, Claim, ClaimKind, Role
from unrolled.model.kind import Reading, Source
from unrolled.model.problem import Code, Problem

NEEDED = ("layer", "input")
EXPRESSIONS = (*NEEDED, "labels", "start", "head", "classes", "twin", "twin_head")
"""The options that are Python: names that a cell binds, or more."""
NAMES = ("untrained", "trained")
"""What a layer and its twin are called where nobody says it."""
MODULE = "unrolled.blocks.trace.traced"
REMEDY = "Name in its options what the cell before it binds"


def read(block: Block, source: Source) -> Reading:
    """Read a trace, whatever its faults."""
    cell = _cell(block, source)
    given = block.options.get("names")
    called = tuple(map(str, given)) if isinstance(given, list) else ()
    default = NAMES if "twin" in block.options else ("",)
    item = Trace(block, block.option("id"), called or default, cell.line if cell else None)
    faults = tuple(_problems(source.path, item, given))
    if faults or cell is None:
        return Reading(item, faults)
    claim = Claim(ClaimKind.DATA, block.line, _code(block), item.claim, remedy=REMEDY)
    return Reading(item, (), ((cell.line, claim),))


def _cell(block: Block, source: Source) -> Cell | None:
    """Return the last cell in the block, or else the nearest one before it."""
    plain = (c for c in source.cells if c.runs and c.options.role is Role.PLAIN)
    return next((c for c in reversed([*plain]) if c.line < block.end), None)


def _code(block: Block) -> str:
    """Return the expression that traces.

    With a digest of the module that does it, so that what an earlier one traced is not taken.
    """
    digest = hashlib.sha256(Path(__file__).with_name("traced.py").read_bytes()).hexdigest()
    given = ", ".join(
        f"{name}={_plain(block.option(name))}" for name in EXPRESSIONS if block.option(name)
    )
    return f"__import__({MODULE!r}, fromlist=['trace']).trace({given})  # {digest[:12]}"


def _plain(code: str) -> str:
    """Return an expression on one line, without comments."""
    return ast.unparse(ast.parse(code.strip(), mode="eval"))


def _problems(path: str, item: Trace, given: object) -> Iterator[Problem]:
    block = item.block
    for fact, remedy in _faults(item, given):
        yield Problem(path, block.line, fact, remedy, code=Code.BLOCK)


def _faults(item: Trace, given: object) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with the form of a trace, as fact and remedy."""
    options = item.block.options
    if fault := names.fault(item.id, "a trace", "rnn-trace-unit"):
        yield fault
    name = f"the trace '{item.id}'"
    if not item.title:
        yield f"{name} has no title", "Write it on the first line: /// trace | One unit reads"
    for option in NEEDED:
        if option not in options:
            yield f"{name} names no {option}", f"Name what a cell binds: {option}: x"
    for option in EXPRESSIONS:
        if option in options and not _is_expression(str(options[option])):
            fact = f"the option '{option}' of {name} is no Python expression"
            yield (
                fact,
                "Name what a cell binds, or write an expression, in quotes if it has a colon",
            )
    if "twin_head" in options and not {"twin", "head"} <= set(options):
        yield f"{name} has a twin_head, and no twin or no head", "Name both, or drop twin_head"
    if {"twin", "head"} <= set(options) and "twin_head" not in options:
        yield f"{name} has a head for one of its two layers", "Name the other as twin_head"
    count = len(NAMES) if "twin" in options else 1
    if given is not None and not (isinstance(given, list) and len(item.names) == count):
        wanted = "names: [untrained, trained]" if count > 1 else "names: [trained]"
        yield f"the names of {name} are not one for each layer", f"Write {wanted}"
    if item.cell is None:
        yield f"{name} has no cell before it", "Bind its layer and its input in one, hidden or not"


def _is_expression(text: str) -> bool:
    try:
        _plain(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True
