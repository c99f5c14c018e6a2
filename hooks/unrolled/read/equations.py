"""The equations of a page, and formulas in code that should be equations.

An equation in a sentence stands between dollars, one by itself in a fence `math`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from markdown_it.token import Token

from unrolled.model.block import Block
from unrolled.model.problem import Code, Problem
from unrolled.read import claims, fence, tex
from unrolled.read.tokens import MATH, SPAN

LANGUAGE = "math"
"""Of the fences that hold an equation."""
DOUBLE = re.compile(r"(?<!\\)\$\$")
ROW = re.compile(r"\\(?:begin|end)\{[^}]*\}|(?<!\\)&|\\\\(?:\[[^\]]*\])?")
"""What only says where rows and columns begin and end."""
FORMULA = re.compile(
    r"(?:sigmoid|tanh)\([^()]*[@+*=_]|[-@+*=] ?(?:sigmoid|tanh)\(|\)\s?\*\*"
    r"|\b[WUVb]_[a-z]{1,3}\b.*[@+*=]|[@+*=].*\b[WUVb]_[a-z]{1,3}\b"
    r"|\b[a-z]_t\s?=|\b[fiorz] \* [a-z]\b|\(1 - [a-z]\)"
)
"""What stands for mathematics: gates and weights by the names of the equations, put together."""
CODE_ONLY = re.compile(r"\.\w|\bself\b|\btorch\b|\bnn\b|[\[\]'\"]|\b\w{2,}=|_l\d")
"""What only code has."""
SPACED = re.compile(r"(?<![\\$\w])\$(?P<tex>[^$\n]+)\$(?![\w${])")
"""What stands between two dollars of a line."""
TEX = re.compile(r"[\\_^={}]|\A[A-Za-z]\Z")
"""What only an equation has between its dollars, or all that it has."""
WORD = re.compile(r"(?<![\\{\w])[A-Za-z]{4,}|[A-Za-z]{2,}\s+[A-Za-z]{2,}")
"""What an equation has in braces or behind a backslash only."""
TEXT = ("", "text", "txt", "plain", "plaintext")
TITLE = "Put it in the text below: lists and links show a title's words only"


def stands_alone(token: Token) -> bool:
    """Return whether a token is a fence that holds an equation."""
    return token.type == "fence" and fence.language(token.info) == LANGUAGE


def words(source: str) -> str:
    """Return the text that an equation shows; of what is no TeX, itself."""
    try:
        return tex.equation(source).words
    except tex.TexError:
        return source


def shown(token: Token) -> Iterator[tuple[int, str]]:
    """Yield the text of an equation that stands alone, row by row, each with its line."""
    assert token.map
    lines = token.content.rstrip("\n").split("\n")
    rows = [(token.map[0] + 2 + n, ROW.sub(" ", line)) for n, line in enumerate(lines)]
    if all(not row.strip() or _is_tex(row) for _, row in rows):
        yield from ((line, words(row)) for line, row in rows if row.strip())
    else:
        yield token.map[0] + 2, words(token.content)


def problems(path: str, stream: Sequence[Token], blocks: Sequence[Block]) -> Iterator[Problem]:
    """Yield what is wrong with a page's equations, and each formula that is none yet."""
    titles = {block.line for block in blocks if block.argument}
    for before, token in zip((None, *stream), stream, strict=False):
        if not token.map:
            continue
        line = token.map[0] + 1
        if token.type == "inline":
            heading = before is not None and before.type == "heading_open"
            for at, fact, remedy in (*_inline(token, line, titles, heading), *_spaced(token)):
                yield Problem(path, at, fact, remedy, code=Code.EQUATION)
        elif stands_alone(token):
            fault = _fault(token.content, block=True)
            if fault:
                yield Problem(path, line, *fault, code=Code.EQUATION)
        elif token.type == "fence" and fence.language(token.info) in TEXT:
            found = next((n for n, t in enumerate(token.content.split("\n")) if _is_formula(t)), -1)
            if found >= 0 and "title=" not in token.info:
                fact, remedy = "code-like text stands for an equation", "Write it as TeX: ```math"
                yield Problem(path, line + 1 + found, fact, remedy, code=Code.EQUATION)


def _inline(
    token: Token, line: int, titles: set[int], heading: bool
) -> Iterator[tuple[int, str, str]]:
    """Yield what is wrong in a paragraph: line, fact, remedy."""
    for part in token.children or ():
        if part.type in ("softbreak", "hardbreak"):
            line += 1
        elif part.type == "math_inline":
            if heading or line in titles:
                yield line, f"an equation is in a {'heading' if heading else 'title'}", TITLE
            fault = _fault(part.content)
            if fault:
                yield line, *fault
        elif part.type == "text" and DOUBLE.search(part.content):
            fact = "the dollars $$ make no equation"
            yield line, fact, "Write one that stands alone in a fence: ```math"
        elif part.type == "code_inline" and not heading and line not in titles:
            claimed = claims.CLAIM.match(part.content)
            if not claimed and _is_formula(part.content):
                yield line, f"`{part.content}` stands for an equation", "Write it as TeX: $…$"


def _spaced(token: Token) -> Iterator[tuple[int, str, str]]:
    """Yield where dollars around TeX have a space inside: line, fact, remedy.

    Prices and names of a shell's variables are no TeX.
    """
    assert token.map
    text = token.content
    for known in (SPAN, MATH):
        text = known.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)
    for found in SPACED.finditer(text):
        source = found["tex"].strip()
        if source != found["tex"] and TEX.search(source) and not WORD.search(source):
            line = token.map[0] + 1 + text.count("\n", 0, found.start())
            fact = f"'{found[0]}' is no equation: a space stands inside its dollars"
            yield line, fact, f"Write ${source}$"


def _is_formula(text: str) -> bool:
    return bool(FORMULA.search(text)) and not CODE_ONLY.search(text)


def _fault(source: str, *, block: bool = False) -> tuple[str, str] | None:
    try:
        tex.equation(source, block=block)
    except tex.TexError as error:
        return error.fact, error.remedy
    return None


def _is_tex(source: str) -> bool:
    return _fault(source) is None
