"""Words that what the page shows refutes: a number of axes, and how two numbers compare.

A sentence that nothing on its page contradicts passes here: this finds what is false, and not what
is unproved.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from unrolled.model.cell import Claim, ClaimKind
from unrolled.model.page import Page
from unrolled.model.problem import Code, Problem
from unrolled.model.runs import PageRuns
from unrolled.model.visible import HOLE, Visible
from unrolled.prove import numerals, stated
from unrolled.prove.axes import LAYERS
from unrolled.prove.sentences import Sentences
from unrolled.read import comments

AXES = re.compile(
    rf"(?<![\w.])(?P<name>the (?:output|input)|[a-z_]\w*) (?:has|have|keeps|holds) "
    rf"(?:only |all )?(?P<count>one|{numerals.WORDS}|\d) (?:axes|axis|dimensions?)\b",
    re.IGNORECASE,
)
ROLES = {"the output": "out", "the input": "x"}
"""What layers give and take, with the names that lessons use."""
OPEN = re.compile(
    r"\b(?:if|when|where|unless|would|were|could|should|must|not|never|suppose|once|whose|without)\b"
    r"|n't\b|\?",
    re.IGNORECASE,
)
"""What makes a sentence say something of another case."""
MADE = ("randn", "rand", "zeros", "ones", "empty")
"""Functions that make a tensor of the sizes that they are given."""
HOLES = re.compile(rf"{HOLE}+")
NUMERIC = re.compile(r"[-−]?\d[\d,]*(?:\.\d+)?")
TIMES = re.compile(
    rf"\b(?:(?P<twice>twice)|(?P<half>half)|(?P<count>{numerals.WORDS}|\d+) times) as\b"
    r"|\b(?P<double>double|twice) (?=\W)|\b(?P<halved>half) (?=\W)",
    re.IGNORECASE,
)
ROUGH = re.compile(
    r"\b(?:more|less|over|under|at least|at most|up to|not|never|about)\b|\?", re.IGNORECASE
)
NEAR = 0.1
"""By how much a factor in words may be off, as a share of it."""


def problems(ran: PageRuns) -> Iterator[Problem]:
    """Yield a problem for each such sentence."""
    known = dict(_axes(ran.page))
    for piece in ran.page.visible:
        yield from _of_axes(ran.page.path, piece, known)
        yield from _of_factors(ran, piece)


def _of_axes(path: str, piece: Visible, known: dict[str, set[int]]) -> Iterator[Problem]:
    sentences = Sentences(piece.text)
    for found in AXES.finditer(piece.text):
        name, count = found["name"], _number(found["count"])
        name = name.lower() if " " in name else name
        actual = known.get(name)
        start, end = sentences.around(found.start())
        if not actual or count in actual or OPEN.search(piece.text[start:end]):
            continue
        rest = piece.text[found.end() : end]
        if HOLE in rest or HOLE in piece.prose[found.start("name") + len(name) : found.end()]:
            continue
        said = " or ".join(map(str, sorted(actual)))
        fact = f"'{found[0]}' is false: {name if name in ROLES else repr(name)} has {said}"
        remedy = f"Let a run say it: `#!value {ROLES.get(name, name)}.ndim`"
        yield Problem(path, piece.line(found.start()), fact, remedy, code=Code.SHAPE)


def _axes(page: Page) -> Iterator[tuple[str, set[int]]]:
    """Yield names of tensors with how many axes they have, as claims and visible code say."""
    found: dict[str, set[int]] = {}
    doubtful: set[str] = set()
    layers: set[str] = set()
    for cell in page.cells:
        for node in ast.walk(comments.parsed(cell.code)):
            if isinstance(node, ast.Call) and _makes_another(node):
                doubtful |= {*ROLES}
            if isinstance(node, ast.Assign):
                _assigned(node, found, doubtful, layers)
            elif isinstance(node, ast.For | ast.FunctionDef | ast.comprehension | ast.withitem):
                stored = (n for n in ast.walk(node) if isinstance(n, ast.Name | ast.arg))
                doubtful |= {getattr(n, "id", getattr(n, "arg", "")) for n in stored}
        for claim in cell.claims:
            if claim.kind is ClaimKind.SHAPE and claim.expected and claim.code.isidentifier():
                found.setdefault(claim.code, set()).add(len(claim.expected))
    return ((name, counts) for name, counts in found.items() if name not in doubtful)


def _assigned(
    node: ast.Assign, found: dict[str, set[int]], doubtful: set[str], layers: set[str]
) -> None:
    """Note what one assignment says of the axes of the names that it binds."""
    names = [n.id for t in node.targets for n in ast.walk(t) if isinstance(n, ast.Name)]
    value, counts = node.value, set[int]()
    if isinstance(value, ast.Call):
        called = getattr(value.func, "attr", getattr(value.func, "id", ""))
        sizes = all(isinstance(each, ast.Constant | ast.Name) for each in value.args)
        if called in MADE and sizes and value.args and not isinstance(value.args[0], ast.Name):
            counts = {len(value.args)}
        elif called in LAYERS:
            layers |= {*names}
            return
        elif called in layers and value.args:
            given = getattr(value.args[0], "id", "")
            counts = set() if given in doubtful else found.get(given, set[int]())
            doubtful |= set() if counts else {*ROLES}
            for role in ROLES:
                found[role] = found.get(role, set[int]()) | counts
        else:
            layers -= {*names}
    if not counts:
        doubtful |= {*names}
    for name in names:
        found[name] = found.get(name, set[int]()) | counts


def _makes_another(call: ast.Call) -> bool:
    """Return whether a call makes a module that has other outputs than a recurrent layer."""
    made = call.func
    if not isinstance(made, ast.Attribute) or getattr(made.value, "id", "") != "nn":
        return False
    return made.attr[0].isupper() and made.attr not in LAYERS


def _of_factors(ran: PageRuns, piece: Visible) -> Iterator[Problem]:
    """Yield where a factor in words lies between two numbers of runs, and is another."""
    holes = [*HOLES.finditer(piece.text)]
    claims = [c for c in ran.page.claims if c.line in piece.lines]
    if len(holes) < 2 or len(holes) != len(claims):
        return
    sentences = Sentences(piece.text)
    for found in TIMES.finditer(piece.text):
        start, end = sentences.around(found.start())
        within = [(h, c) for h, c in zip(holes, claims, strict=True) if start <= h.start() < end]
        values = [_value(ran, claim) for _, claim in within]
        apart = len(within) == 2 and within[0][0].end() <= found.start() < within[1][0].start()
        if not apart or None in values or ROUGH.search(piece.text[start:end]):
            continue
        first, second = (abs(value or 0.0) for value in values)
        factor = _factor(found)
        fits = (abs(first - f * second) <= NEAR * f * second for f in (factor, 1 / factor))
        if factor > 0 and not any(fits):
            shown = " and ".join(f"{value:g}" for value in values if value is not None)
            fact = f"'{found[0].strip()}' is false of {shown}, which runs give"
            remedy = "Say what they are, or put a `#!check` in the same sentence"
            yield Problem(ran.page.path, piece.line(found.start()), fact, remedy, code=Code.TYPED)


def _value(ran: PageRuns, claim: Claim) -> float | None:
    verdict = stated.verdict(ran, claim) if claim.kind is ClaimKind.VALUE else None
    text = verdict.text.strip() if verdict and verdict.ok else ""
    if not NUMERIC.fullmatch(text):
        return None
    return float(text.replace(",", "").replace("−", "-"))


def _factor(found: re.Match[str]) -> float:
    if found["twice"] or found["double"]:
        return 2.0
    return 0.5 if found["half"] or found["halved"] else float(_number(found["count"]))


def _number(text: str) -> int:
    if text.isdigit():
        return int(text)
    return 1 if text.lower() == "one" else next(numerals.read(text), 0)
