r"""Formulas in the texts that a cell's values give: `$x$`, `\(x\)`, `\[x\]` and environments.

They are read as the equations of pages are. What cannot be read is shown as it is written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from unrolled.model.output import ShownKind
from unrolled.read import tex

MATH = re.compile(
    r"(?P<code>(?<!`)(?P<ticks>`+)(?!`)[^`]+(?P=ticks)(?!`))"
    r"|\$\$(?P<display>.+?)\$\$|\\{1,2}\[(?P<bracket>.+?)\\{1,2}\]|\\{1,2}\((?P<paren>.+?)\\{1,2}\)"
    r"|(?<![\\$\w])\$(?P<inline>[^\s$](?:[^$\n]*[^\s$\\])?)\$(?![\w$])"
    r"|(?P<block>\\begin\{(?P<name>\w+\*?)\}.+?\\end\{(?P=name)\})",
    re.DOTALL,
)
"""A formula in a text; code, which holds none."""
ENCLOSED = re.compile(
    r"\s*\\{1,2}([(\[])(?P<tex>.*)\\{1,2}[)\]]\s*|\s*(\$+)(?P<again>.*)\3\s*", re.DOTALL
)
r"""A formula with its marks, in a formula: `Math(r"\( x \)")`."""
NUMBERED = re.compile(
    r"\\(?:begin|end)\{(?:equation|displaymath)\*?\}|\\label\{[^{}]*\}|\\(?:notag|nonumber)\b"
)
"""What counts formulas: nothing on a page does."""
ALONE = "\\displaystyle"
"""What IPython's Math writes first: the formula stands alone."""
COMMAND = re.compile(r"\\[A-Za-z]+(?:\{[^{}]*\})*|[_^]")
PROSE = re.compile(r"[A-Za-z]{2,}\s+[A-Za-z]{2,}")
LIMIT = 20_000
"""Characters of a text in which formulas are looked for."""
LONGEST = 4_000
"""Characters of a formula that is read."""


@dataclass(frozen=True)
class Piece:
    """A stretch of a text."""

    text: str
    """As written."""
    markup: str = ""
    """The MathML that it stands for; empty for what is no formula."""
    fault: tex.TexError | None = None
    """Why a formula cannot be read."""
    is_formula: bool = False


def split(text: str, kind: ShownKind = ShownKind.MARKDOWN) -> list[Piece]:
    """Return a text in pieces, formulas apart."""
    if len(text) > LIMIT:
        return [Piece(text)]
    pieces: list[Piece] = []
    end = 0
    for found in MATH.finditer(text):
        if found["code"]:
            continue
        piece = _piece(found)
        if piece.fault and found["inline"] and kind is ShownKind.HTML:
            continue  # Dollars may well be dollars there.
        pieces += [Piece(text[end : found.start()]), piece]
        end = found.end()
    if not pieces and kind is ShownKind.LATEX and _is_bare(text):
        return [_read(text, text, block=True)]
    return [*pieces, Piece(text[end:])]


def faults(text: str, kind: ShownKind) -> Iterator[tex.TexError]:
    """Yield why formulas of a value cannot be read; the text of HTML is looked at tag by tag."""
    texts = re.split(r"<[^<>]*>", text) if kind is ShownKind.HTML else [text]
    for each in texts:
        yield from (piece.fault for piece in split(each, kind) if piece.fault)


def _piece(found: re.Match[str]) -> Piece:
    source = found["display"] or found["bracket"] or found["paren"] or found["inline"]
    source = source or found["block"]
    alone = source.lstrip().startswith(ALONE)
    bare = source.strip().removeprefix(ALONE).strip()
    enclosed = ENCLOSED.fullmatch(bare)
    bare = (enclosed["tex"] or enclosed["again"] or "") if enclosed else bare
    return _read(found[0], bare, block=alone or not (found["paren"] or found["inline"]))


def _read(text: str, source: str, *, block: bool) -> Piece:
    if len(source) > LONGEST:
        return Piece(text, is_formula=True)
    try:
        made = tex.equation(NUMBERED.sub("", source).strip(), block=block)
    except tex.TexError as fault:
        return Piece(text, fault=fault, is_formula=True)
    return Piece(text, made.markup, is_formula=True)


def _is_bare(text: str) -> bool:
    """Return whether a LaTeX text is a formula without marks around it."""
    return (
        "$" not in text and bool(COMMAND.search(text)) and not PROSE.search(COMMAND.sub(" ", text))
    )
