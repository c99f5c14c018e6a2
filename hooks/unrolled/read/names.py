"""The names of torch that a page gives: torch itself is asked whether it has them."""

from __future__ import annotations

import ast
import functools
import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from unrolled.model.cell import Cell, Chain, Claim, Task
from unrolled.model.name import FIRST, Named
from unrolled.model.visible import Visible
from unrolled.read import comments

DOTTED = re.compile(
    rf"(?<![\w./:-])(?P<name>(?:{FIRST})(?:\.[A-Za-z_]\w*)+)"
    r"(?P<call>\((?P<arguments>[^()]*(?:\([^()]*(?:\([^()]*\)[^()]*)*\)[^()]*)*)\)"
    r"(?P<more>(?:\.[A-Za-z_]\w*)*))?"
)
"""A name, or a call with what is asked of what it gives: `nn.RNN(5, 3).batch_first`."""
INNER = re.compile(r"[(\[{][^()\[\]{}]*[)\]}]|'[^']*'|\"[^\"]*\"")
"""What stands in brackets or in quotes within a call's arguments."""
KEYWORD = re.compile(r"(?<![\w.])([A-Za-z_]\w*)\s*=(?!=)")
IMPORTED = re.compile(
    r"\bfrom (?P<module>torch(?:\.\w+)*) import (?P<names>[A-Za-z_]\w*(?:, ?[A-Za-z_]\w*)*)"
)
PARAMETER = re.compile(
    r"(?<![A-Za-z0-9_])(?:weights?|bias(?:es)?)_"
    r"(?:(?:ih|hh|hr)(?![a-z])\w*|[a-z]{1,3}_?l?\d+(?:_\w+)?|(?:ih|hh|hr)_[a-z]\w*)(?:\[k\])?"
)
"""What reads as the name of a recurrent layer's parameter, be it one or none."""
ATTRIBUTE = re.compile(r"(?<![\w./])(?P<name>[A-Za-z_]\w*)\.(?P<attribute>[A-Za-z_]\w*)\b")
"""What something has."""
FUNCTION = "unrolled.prove.known:run"
"""What asks torch."""


MADE = re.compile(r"(?:torch\.)?nn\.[A-Z]\w*")
"""A class of layers, as code names it."""
BINDS = re.compile(r"(?<![\w.])(\w+) = (?:torch\.)?nn\.[A-Z]")
"""What binds a layer to a name."""


def named(
    pieces: Iterable[Visible], cells: Sequence[Cell], claims: Iterable[Claim]
) -> tuple[Named, ...]:
    """Return the names in what readers see of a page, comments and code that cannot run included.

    What the page's code names too is left out: it runs, or raises as it promises.
    """
    every = [*pieces, *_unrun(cells)]
    layers = _layers(cells, every)
    found = [
        Named(asked, said, piece.line(place))
        for piece in every
        for place, said, asked in _in(piece.text, layers)
    ]
    codes = _code(cells, claims) if found else ()
    tried = {asked for code in codes for _, _, asked in _in(code, layers)}
    return tuple(each for each in found if each.asked not in tried)


def asking(found: Collection[Named]) -> Chain | None:
    """Return what is run to ask torch for names; None where there are none."""
    arguments = json.dumps({"asked": sorted({each.asked for each in found})})
    line = min((each.line for each in found), default=0)
    return Chain((), Task(FUNCTION, arguments), line) if found else None


def _code(cells: Iterable[Cell], claims: Iterable[Claim]) -> Iterator[str]:
    """Yield the code that is run, without its comments."""
    yield from (comments.without(cell.code) for cell in cells if not cell.options.notest)
    yield from (claim.code for claim in claims)


def _layers(cells: Iterable[Cell], pieces: Iterable[Visible]) -> dict[str, str]:
    """Return the names that a page binds to layers of one class alone, each with that class.

    Only of names of which the text says that they have something.
    """
    said = {found["name"] for piece in pieces for found in ATTRIBUTE.finditer(piece.text)}
    codes = [cell.code for cell in cells]
    wanted = {name for code in codes for name in BINDS.findall(code)} & said
    made: dict[str, set[str]] = {name: set() for name in wanted}
    for code in codes if wanted else ():
        for name, given in _bound(code):
            if name in wanted:
                made[name].add(given)
    return {name: min(given) for name, given in made.items() if len(given) == 1 and min(given)}


@functools.lru_cache(maxsize=4096)
def _bound(code: str) -> tuple[tuple[str, str], ...]:
    """Return each name that code binds, with the class of layers that it calls, if it does."""
    found: list[tuple[str, str]] = []
    plain: set[ast.expr] = set()
    for node in ast.walk(comments.parsed(code)):
        if isinstance(node, ast.Assign):
            call = node.value.func if isinstance(node.value, ast.Call) else None
            given = ast.unparse(call) if isinstance(call, ast.Attribute) else ""
            names = [target for target in node.targets if isinstance(target, ast.Name)]
            found += ((name.id, given if MADE.fullmatch(given) else "") for name in names)
            plain |= {*names}
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store) and node not in plain:
            found.append((node.id, ""))
        elif isinstance(node, ast.arg):
            found.append((node.arg, ""))
    return tuple(found)


def _unrun(cells: Iterable[Cell]) -> Iterator[Visible]:
    """Yield what nothing runs of the cells that readers see: comments, and code that cannot run."""
    for cell in cells:
        if cell.options.hidden:
            continue
        for number, text in comments.comments(cell.code):
            yield Visible(text, text, (0,), (cell.line + number,))
        if cell.options.notest:
            code = comments.without(cell.code)
            starts = (0, *(found.end() for found in re.finditer("\n", code)))
            yield Visible(code, code, starts, tuple(cell.line + n for n, _ in enumerate(starts, 1)))


def _in(text: str, layers: Mapping[str, str]) -> Iterator[tuple[int, str, str]]:
    """Yield where a name stands in a text, the name, and as what torch is asked for it.

    Args:
        text: The text.
        layers: The names that the page binds to layers, with their classes.
    """
    if "." not in text and "_" not in text:
        return
    taken: list[range] = []
    for found in DOTTED.finditer(text):
        taken.append(range(*found.span("name")))
        name = found["name"]
        yield found.start(), name, name
        if found["call"]:
            for keyword in KEYWORD.findall(_outer(found["arguments"])):
                yield found.start(), f"{name}({keyword}=…)", f"{name}({keyword})"
            if found["more"]:
                yield found.start(), found["more"][1:], f"{name}(){found['more']}"
    for found in IMPORTED.finditer(text):
        for name in re.split(r", ?", found["names"]):
            yield found.start(), name, f"{found['module']}.{name}"
    for found in ATTRIBUTE.finditer(text):
        if found["name"] in layers:
            made = f"{layers[found['name']]}().{found['attribute']}"
            taken.append(range(*found.span()))
            yield found.start(), found[0], made
    for found in PARAMETER.finditer(text):
        if not any(found.start() in place for place in taken):
            yield found.start(), found[0], found[0]


def _outer(arguments: str) -> str:
    """Return a call's arguments without what stands in brackets or quotes."""
    while (inner := INNER.sub("", arguments)) != arguments:
        arguments = inner
    return arguments
