"""What a run gives and somebody typed: shapes, results, errors, counts, in text that readers see.

Numbers that stand as literals in the page's code, or in a block's options, are settings: nobody
needs a run to know them.
"""

from __future__ import annotations

import ast
import bisect
import functools
import re
from collections.abc import Iterator, Mapping

from unrolled.model import shape
from unrolled.model.page import Page
from unrolled.model.problem import Problem
from unrolled.model.visible import HOLE, Visible
from unrolled.prove import numerals, remedies
from unrolled.prove.looks import CITABLE, COUNTED, NUMBER, RULES, Rule
from unrolled.prove.sentences import Sentences
from unrolled.read import comments, visible

LITERAL = re.compile(r"(?<![\w.])(?:\d[\d_]*(?:\.\d+)?|\.\d+)(?:e-?\d+)?")
SAID = re.compile(rf"(?<!\d)[.·]\d+|{NUMBER}(?:·\d+)?")
"""A number as a text says it, with nothing before its point too."""


def problems(page: Page) -> Iterator[Problem]:
    """Yield a problem for each result that is typed."""
    given = _settings(page)
    proved = {line for item in page.items for line in (*item.proved_lines, *item.swept_lines)}
    for piece in page.visible:
        for found, rule in _found(piece, given):
            line = piece.line(found.start())
            if line in proved or (rule.beside and line in page.judged_lines):
                continue
            if rule.tabled and "|" not in page.lines[line - 1]:
                continue
            if _is_cited(piece, found, rule):
                continue
            fact = f"nothing proves the {rule.noun} '{found[0].strip()}'"
            remedy = _remedy(piece.text, found, rule)
            yield Problem(page.path, line, fact, remedy, code=rule.code)


def _remedy(text: str, found: re.Match[str], rule: Rule) -> str:
    """Return how to let a run say what is typed, by the names and numbers of its sentence."""
    if rule.noun == "default":
        begins, ends = Sentences(text).around(found.start())
        return remedies.default(text[begins:ends], found[0])
    return rule.remedy.format(remedies.sizes(found[0])) + (CITED if rule in CITABLE else "")


def cited(page: Page) -> Iterator[tuple[int, str]]:
    """Yield the line and the words of each fact that links to its source, for reviewers."""
    for piece in page.visible:
        for found, rule in _found(piece, frozenset()):
            if _is_cited(piece, found, rule):
                yield piece.line(found.start()), found[0].strip()


def _is_cited(piece: Visible, found: re.Match[str], rule: Rule) -> bool:
    return rule in CITABLE and piece.is_cited(*found.span())


def in_code(page: Page) -> Iterator[Problem]:
    """Yield a problem for each result typed in a comment, or in a function's or class's docstring.

    Shapes in comments are told elsewhere, and in docstrings they pass. All other texts are the
    program's own affair: it may print `10%`, and compare a shape with `"(1,)"`.
    """
    for cell in page.cells:
        if cell.options.hidden:
            continue
        given = _numbers(cell.code)
        claimed = {claim.cell_line for claim in cell.claims if claim.is_whole}
        for number, text in _told(cell.code):
            asked = [c.source for c in cell.claims if c.cell_line == number and not c.is_whole]
            piece = Visible(text, text, (0,), (cell.line + number,))
            for found, rule in _found(piece, given):
                seen = rule.pattern in (shape.TYPED, shape.SYMBOLIC)
                if rule.noun not in IN_CODE or seen or number in claimed:
                    continue
                if not any(_overlap(text, found, words) for words in asked):
                    fact = f"nothing proves the {rule.noun} '{found[0].strip()}' in this cell"
                    remedy = "Let the code say it, or a claim beside the cell"
                    yield Problem(page.path, cell.line + number, fact, remedy, code=rule.code)


def _overlap(text: str, found: re.Match[str], claimed: str) -> bool:
    """Return whether what a rule finds in a comment is what a claim of the comment asks."""
    for words in claimed.split(", "):
        start = text.find(words)
        if start >= 0 and start < found.end() and found.start() < start + len(words):
            return True
    return False


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
    """Yield the comments of a cell, and the docstrings in it, line by line."""
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
    sentences = Sentences(piece.text)
    for found, rule in _matches(piece.text, piece.prose):
        if not _took(taken, found.span()) or (rule.settings and _is_setting(found[0], given)):
            continue
        if not (rule.beside and _is_borne_out(piece.text, sentences, found)):
            yield found, rule


@functools.lru_cache(maxsize=4096)
def _matches(text: str, prose: str) -> tuple[tuple[re.Match[str], Rule], ...]:
    """Return what each rule matches, in their order; copies of a page differ in few pieces."""
    return tuple(
        (found, rule)
        for rule in RULES
        for found in rule.pattern.finditer(text if rule.in_code else prose)
        if not HARMLESS.fullmatch(found[0].strip())
    )


def _took(taken: list[tuple[int, int]], span: tuple[int, int]) -> bool:
    """Take a place, unless what is taken already, ascending and apart, reaches into it."""
    at = bisect.bisect(taken, span)
    if (at and taken[at - 1][1] > span[0]) or (at < len(taken) and taken[at][0] < span[1]):
        return False
    taken.insert(at, span)
    return True


def _is_borne_out(text: str, sentences: Sentences, found: re.Match[str]) -> bool:
    """Return whether a claim lies in the sentence around a place or right behind it.

    A question states nothing.
    """
    begins, _ = sentences.around(found.start())
    _, ends = sentences.around(found.end() - 1)
    sentence = text[begins:ends].rstrip()
    return HOLE in sentence or sentence.endswith("?") or text.startswith(HOLE, ends)


CITED = "; or link a fact from elsewhere to its source: `[42.195 km](https://…)`"
"""What else may be done about what no run of this site can give."""
SETTINGS = ("site_name", "site_description", "site_author", "copyright", "extra")
"""Settings of MkDocs that pages show."""
IN_CODE = (*COUNTED, "default", "version", "number", "result", "size", "number of axes", "shape")
"""What is looked for in cells; shapes in comments are claims, or problems of their own."""
TITLE = re.compile(r"\s*-\s+[\"']?([^:#]+?)[\"']?:(?:\s|$)")
"""An entry of a navigation with a title."""
HARMLESS = re.compile(r"\(\d{1,3}(?:,\d{3})+\)|\((?:19|20)\d\d, (?:19|20)\d\d\)|(?:19|20)\d\d")
"""What looks like a shape or a result and is none: thousands, years."""


def _is_setting(text: str, given: frozenset[str]) -> bool:
    numbers = [said.replace(",", "").replace("·", ".") for said in SAID.findall(text)]
    numbers += [str(number) for number in numerals.read(text)]
    return bool(numbers) and all(_normal(number) in given for number in numbers)


def _settings(page: Page) -> frozenset[str]:
    """Return the numbers in the code and claims of a page and in its blocks' options.

    Shares count as percents too.
    """
    code = [comments.without(cell.code) for cell in page.cells]
    claims = [claim.code for claim in page.claims]
    options = [str(block.options) for block in page.blocks]
    numbers = {_normal(n) for text in (*code, *claims, *options) for n in LITERAL.findall(text)}
    shares = {_normal(str(round(float(n) * 100, 6))) for n in numbers if float(n) < 1}
    return frozenset(numbers | shares)


def _normal(number: str) -> str:
    return f"{float(number.replace('_', '')):g}"
