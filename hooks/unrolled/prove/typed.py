"""What a run gives and somebody typed: shapes, results, errors, counts, in text that readers see.

Numbers that stand as literals in the page's code, or in a block's options, are settings: nobody
needs a run to know them.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from unrolled.model import shape
from unrolled.model.page import Page
from unrolled.model.problem import Code, Problem
from unrolled.model.visible import Visible
from unrolled.read import comments, visible

NUMBER = r"\d[\d,]*(?:\.\d+)?"
WORD = (
    "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|"
    "nine)teen|(?:twen|thir|for|fif|six|seven|eigh|nine)ty(?:-\\w+)?|(?:a |one )?hundred|"
    "(?:a |one )?thousand"
)
WORDS = rf"(?:{WORD})(?: (?:{WORD}))*"
"""A number in words."""
ALWAYS = "parameters?|seconds?|minutes?|hours?|questions|cards|exercises|configurations"
"""Units of what a run or a build counts, after a number or its word."""
MEASURES = (
    "weights|settings|combinations|milliseconds|microseconds|[mµun]s|degrees|[KMG]i?B|s|points|"
    "epochs"
)
"""Units after digits only: 'two settings' are just two."""
MORE = "as|slower|faster|larger|smaller|bigger|longer|shorter|more|less|fewer|better|worse|the"
LITERAL = re.compile(r"(?<![\w.])\d[\d_]*(?:\.\d+)?(?:e-?\d+)?")


@dataclass(frozen=True)
class Rule:
    """A way in which a result looks when it is typed."""

    pattern: re.Pattern[str]
    noun: str
    remedy: str
    in_code: bool = False
    """Whether code spans are read too."""
    settings: bool = True
    """Whether a number that the page's code holds is let through."""
    code: Code = Code.TYPED


VALUE = "Let a run say it: `#!value …`"
SHAPE = "Let a run prove it: `#!shape out: {}`, or print it with `#!value out.shape`"
SWEPT = "State it in a `/// shapes` block, which sweeps a layer's settings, and link there"
RULES = (
    Rule(shape.TYPED, "shape", SHAPE, in_code=True, settings=False, code=Code.SHAPE),
    Rule(shape.SYMBOLIC, "symbolic shape", SWEPT, in_code=True, settings=False, code=Code.SHAPE),
    Rule(
        re.compile(
            r"\b\w+(?:\.\w+)*(?:\([\w, .-]*\)|\[-?\d+\]|\.(?:ndim|dtype|device|shape))"
            r"\W{0,3}(?:\b(?:is|gives|returns|equals)\b|=|==|→|->|=>)\W{1,3}"
            r"(?:-?\d[\d.]*\b|True\b|False\b|torch\.\w+|cuda\b(?::\d+)?|[(\[]\d)"
        ),
        "result", "Let a run say it: `#!value out.size(0)`", in_code=True, settings=False,
    ),
    Rule(
        re.compile(
            r"\b(?:shape|size|sizes)(?: of \w+)?(?: is| are|:)? "
            r"\d+(?:\s?[,;/*-]\s?\d+)+", re.IGNORECASE,
        ),
        "shape", "Let a run prove it: `#!shape out: (4, 7, 3)`", in_code=True, settings=False,
        code=Code.SHAPE,
    ),
    Rule(
        re.compile(
            r"\b[a-z]+_?\w*(?:=\w+ is the default| defaults to \W?\w+)"
            r"|\b[Bb]y default,? \w+ is \W?\w+|\bdefault (?:value )?(?:of|for) \w+ is \W?\w+"
        ),
        "default", "Let a run say it: `#!default nn.RNN.batch_first`", in_code=True, settings=False,
    ),
    Rule(
        re.compile(r"\btensor\(\[[-\d., \[\]e]*\]"),
        "output", "Let a run say it: `#!value out`", in_code=True, settings=False,
    ),
    Rule(
        re.compile(r"\b[A-Z]\w*(?:Error|Exception|Warning): [^\s\ufffc][^.\ufffc]{0,60}"),
        "message", "Let a run say it: `#!error`, after the cell that raises it", in_code=True,
        settings=False,
    ),
    Rule(
        re.compile(r"\b(?:torch|PyTorch|NumPy|CUDA)\s+\d+\.\d+(?:\.\d+)*"),
        "version", "Let a run say it: `#!value torch.__version__`", settings=False,
    ),
    Rule(
        re.compile(rf"(?:{NUMBER}\s?|\b(?:{WORDS})\s)(?:%|per ?cent\b)", re.IGNORECASE),
        "percentage", VALUE,
    ),
    Rule(
        re.compile(
            rf"\b(?:{NUMBER}|{WORDS}) (?:seeds|runs|tries) (?:of|out of|in) (?:{NUMBER}|{WORDS})\b"
            rf"|\b(?:{NUMBER}|{WORDS}) (?:of|out of|in) (?:{NUMBER}|{WORDS})"
            r" (?:seeds|runs|tries)\b",
            re.IGNORECASE,
        ),
        "count", VALUE, settings=False,
    ),
    Rule(
        re.compile(
            r"(?<![\w.])\d+(?:\.\d+)?e[-−+]?\d+\b|\b10(?:\s?(?:\^|\*\*)\s?\{?[-−]?\d+|⁻?[⁰¹²³⁴-⁹]+)"
        ),
        "number", VALUE,
    ),
    Rule(
        re.compile(rf"\b(?:{NUMBER}|{WORDS})(?:-|\s+)(?:{ALWAYS})\b", re.IGNORECASE),
        "count", "Let a run or the build say it: `#!value …`, `#!count questions`, `#!minutes`",
    ),
    Rule(re.compile(rf"(?<![\w.]){NUMBER}[kM]?\s?(?:{MEASURES})\b"), "measure", VALUE),
    Rule(
        re.compile(
            r"\b(?:accuracy|loss|error) (?:is|was|ends at|falls to|rises to|reaches|gets to)"
            rf" (?:about |only |nearly )?{NUMBER}", re.IGNORECASE,
        ),
        "result", VALUE, settings=False,
    ),
    Rule(
        re.compile(
            rf"\b(?:(?:{NUMBER}|{WORDS}) times|{NUMBER}\s?[x×]) (?:{MORE})\b"
            rf"|\bN times\b|\b(?:(?:{NUMBER}|{WORDS})[- ]?fold)\b|\bfactor of {NUMBER}"
            rf"|\b(?:twice|half) as (?:slow|fast)\b", re.IGNORECASE,
        ),
        "comparison", VALUE, settings=False,
    ),
    Rule(re.compile(r"(?<![\w.])[-−]?\d+\.\d+(?!\w|\.\w|,\d)"), "number", VALUE),
)  # fmt: skip
"""In the order of telling: the first that finds a place in the text is the one that is reported."""


def problems(page: Page) -> Iterator[Problem]:
    """Yield a problem for each result that is typed."""
    given = _settings(page)
    concrete = {line for item in page.items for line in item.proved_lines}
    symbolic = {line for item in page.items for line in item.swept_lines}
    for piece in page.visible:
        for found, rule in _found(piece, given):
            line = piece.line(found.start())
            if line in symbolic or line in concrete:
                continue
            fact = f"nothing proves the {rule.noun} '{found[0].strip()}'"
            remedy = rule.remedy.format(shape.standard(found[0]))
            yield Problem(page.path, line, fact, remedy, code=rule.code)


def in_code(page: Page) -> Iterator[Problem]:
    """Yield a problem for each result typed in a cell's comments or docstrings."""
    for cell in page.cells:
        if cell.options.hidden:
            continue
        given = _numbers(cell.code)
        claimed = {claim.cell_line for claim in cell.claims}
        for number, text in _told(cell.code):
            piece = Visible(text, text, (0,), (cell.line + number,))
            for found, rule in _found(piece, given):
                if rule.noun in IN_CODE and number not in claimed:
                    fact = f"nothing proves the {rule.noun} '{found[0].strip()}' in this cell"
                    remedy = "Let the code say it, or a claim beside the cell"
                    yield Problem(page.path, cell.line + number, fact, remedy, code=rule.code)


def _numbers(code: str) -> frozenset[str]:
    """Return the numbers of a cell's code, shares as percents too."""
    found = [
        float(node.value)
        for node in ast.walk(comments.parsed(code))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, int | float)
        and not isinstance(node.value, bool)
    ]
    return frozenset(f"{number:g}" for each in found for number in (each, round(each * 100, 6)))


def _told(code: str) -> Iterator[tuple[int, str]]:
    """Yield the comments and docstrings of a cell, line by line."""
    yield from comments.comments(code)
    for node in ast.walk(comments.parsed(code)):
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            first = node.body[0]
            if ast.get_docstring(node) and isinstance(first, ast.Expr):
                said = ast.literal_eval(first.value)
                yield from ((first.lineno + n, line) for n, line in enumerate(said.split("\n")))


def in_navigation(path: str, text: str) -> Iterator[Problem]:
    """Yield a problem for each result that is typed in a title of a navigation.

    Args:
        path: What problems call the file: a page's folder's `.nav.yml`, or `mkdocs.yml`.
        text: The file; titles stand before the colon of a list's entries.
    """
    for number, line in enumerate(text.split("\n"), 1):
        title = TITLE.match(line)
        piece = Visible(title[1], title[1], (0,), (number,)) if title else None
        for found, rule in _found(piece, frozenset()) if piece else ():
            fact = f"nothing proves the {rule.noun} '{found[0].strip()}' in a title"
            yield Problem(path, number, fact, "Leave it out of the title", code=rule.code)


def in_settings(path: str, text: str, said: Mapping[str, object]) -> Iterator[Problem]:
    """Yield a problem for each result that is typed in what a site's settings show on each page.

    Args:
        path: What problems call the file.
        text: The file.
        said: The settings.
    """
    lines = text.split("\n")
    for name in SETTINGS:
        for shown in visible.strings(said.get(name)):
            begin = shown.split("\n")[0][:40]
            number = next((n for n, line in enumerate(lines, 1) if begin and begin in line), 1)
            for found, rule in _found(Visible(shown, shown, (0,), (number,)), frozenset()):
                fact = f"nothing proves the {rule.noun} '{found[0].strip()}' in '{name}'"
                yield Problem(path, number, fact, "Leave it out of the settings", code=rule.code)


def _found(piece: Visible, given: frozenset[str]) -> Iterator[tuple[re.Match[str], Rule]]:
    """Yield what the rules find in a piece of text, each place once."""
    taken: list[tuple[int, int]] = []
    for rule in RULES:
        for found in rule.pattern.finditer(piece.text if rule.in_code else piece.prose):
            start, end = found.span()
            if any(start < b and a < end for a, b in taken) or HARMLESS.fullmatch(found[0].strip()):
                continue
            taken.append((start, end))
            if not (rule.settings and _is_setting(found[0], given)):
                yield found, rule


SETTINGS = ("site_name", "site_description", "site_author", "copyright", "extra")
"""Settings of MkDocs that pages show."""
IN_CODE = ("percentage", "count", "comparison", "default", "measure")
"""What is looked for in cells; shapes in comments are claims, or problems of their own."""
TITLE = re.compile(r"\s*-\s+[\"']?([^:#]+?)[\"']?:(?:\s|$)")
"""An entry of a navigation with a title."""
HARMLESS = re.compile(r"\(\d{1,3}(?:,\d{3})+\)|\((?:19|20)\d\d, (?:19|20)\d\d\)")
"""What looks like a shape and is none: thousands, two years."""


def _is_setting(text: str, given: frozenset[str]) -> bool:
    numbers = [number.replace(",", "").rstrip(".") for number in re.findall(NUMBER, text)]
    return bool(numbers) and all(_normal(number) in given for number in numbers)


def _settings(page: Page) -> frozenset[str]:
    """Return the numbers in the code of a page and in its blocks' options, shares as percents."""
    code = [_without_comments(cell.code) for cell in page.cells]
    options = [str(block.options) for block in page.blocks]
    numbers = {_normal(n) for text in (*code, *options) for n in LITERAL.findall(text)}
    shares = {_normal(str(round(float(n) * 100, 6))) for n in numbers if float(n) < 1}
    return frozenset(numbers | shares)


def _without_comments(code: str) -> str:
    for _, comment in comments.comments(code):
        code = code.replace(comment, "")
    return code


def _normal(number: str) -> str:
    return f"{float(number.replace('_', '')):g}"
