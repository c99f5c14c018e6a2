"""Formulas: LaTeX as MathML, which needs no script and which screen readers read."""

from __future__ import annotations

import html
import re

from latex2mathml.converter import convert

MATH = re.compile(
    r"\$\$(?P<display>.+?)\$\$|\\\[(?P<bracket>.+?)\\\]|\\\((?P<paren>.+?)\\\)"
    r"|(?<![\\$\w])\$(?P<inline>[^\s$](?:[^$\n]*[^\s$\\])?)\$(?![\w$])"
    r"|(?P<block>\\begin\{(?P<name>\w+\*?)\}.+?\\end\{(?P=name)\})",
    re.DOTALL,
)
"""A formula in a text."""
NUMBERED = re.compile(r"\\(begin|end)\{(equation|displaymath)\*?\}")
LIMIT = 20_000
"""Characters of a formula that are read."""


def split(text: str) -> list[tuple[str, str | None]]:
    """Return a text in pieces, each with the MathML that it stands for, if it is a formula."""
    pieces: list[tuple[str, str | None]] = []
    end = 0
    if len(text) > LIMIT:
        return [(text, None)]
    for found in MATH.finditer(text):
        formula = found["display"] or found["bracket"] or found["paren"] or found["inline"]
        formula = formula or found["block"]
        block = not (found["paren"] or found["inline"])
        # IPython's Math says inside the formula that it stands alone.
        alone = formula.startswith(r"\displaystyle")
        made = mathml(formula.removeprefix(r"\displaystyle"), block=block or alone)
        if made:
            pieces += [(text[end : found.start()], None), (found[0], made)]
            end = found.end()
    return [*pieces, (text[end:], None)]


def mathml(formula: str, *, block: bool) -> str | None:
    """Return the MathML of a formula; None where it cannot be read."""
    try:
        made = convert(NUMBERED.sub("", formula).strip(), display="block" if block else "inline")
    except Exception:  # noqa: BLE001 - whatever it stumbles over, the formula is shown as it is
        return None
    return str(made)


def of_text(text: str) -> str:
    """Return a LaTeX text as HTML: its formulas as MathML, the rest as it is."""
    return "".join(made or html.escape(piece) for piece, made in split(text))
