"""Whether all that a question says follows its fresh numbers.

Code is run with them and claims are evaluated with them. Other text only follows where it repeats
an integer of the code; any other number would stay as it is, and be wrong.
"""

from __future__ import annotations

import contextlib
import io
import re
import tokenize
from collections.abc import Iterator, Sequence

from unrolled.blocks.question.item import Question, QuestionKind
from unrolled.blocks.question.numbers import FEWEST, NUMBER
from unrolled.model.cell import Cell
from unrolled.model.kind import Source
from unrolled.model.problem import Code, Problem
from unrolled.read import checkbox

FROM_ZERO = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen"
    " fifteen sixteen seventeen eighteen nineteen twenty"
)
WORDS = dict(enumerate(FROM_ZERO.split()))
SMALL = 2
"""Up to this, a number names an axis, a layer or a direction, and nothing that is counted."""
CLAIM = re.compile(r"(`+) ?#!.*?\1")
LINK = re.compile(r"\]\([^)\s]*\)")
LISTED = re.compile(r"^\s*(?:\d+[.)]|[-*+])\s+")
SEED = re.compile(r"seed\(\s*(\d+)\s*\)")
FORM = "Write integers of the code with their alternatives: vary: {5: [4, 6, 10], 3: [2, 8, 20]}"


def problems(source: Source, question: Question) -> Iterator[Problem]:
    """Yield what keeps a question from being asked with other numbers."""
    if "vary" not in question.block.options:
        return
    fault = _of_option(source, question)
    if fault:
        fact, remedy = fault
        line = question.block.at("vary")
        yield Problem(source.path, line, fact, remedy, code=Code.QUESTION)
        return
    assert question.vary
    cells = source.cells_in(question.block)
    known = {n for cell in cells if cell.line in question.stem for n in integers(cell.code)}
    for number, text in _texts(source, question, cells):
        yield from _line(source.path, question, number, text, known)


def _of_option(source: Source, question: Question) -> tuple[str, str] | None:
    """Return what is wrong with the option itself."""
    name = f"question '{question.id}'"
    if question.vary is None:
        return f"'vary' of {name} is no mapping of integers to lists of integers", FORM
    if question.reviewed:
        return f"{name} is reviewed by a person and has 'vary'", "Drop one of the two"
    stem = [c for c in source.cells_in(question.block) if c.line in question.stem]
    code = {n for cell in stem for n in integers(cell.code)}
    for base, others in question.vary.alternatives:
        if str(base) not in code:
            fact = f"'vary' of {name} changes {base}, which its code does not hold"
            return fact, "Name integers of the cells before the options"
        if base in others or len(set(others)) < len(others):
            return (
                f"'vary' of {name} offers a number twice for {base}",
                "Name each other number once",
            )
        if any(str(base) in SEED.findall(cell.code) for cell in stem):
            return f"'vary' of {name} changes the seed {base}", "Choose another seed"
    if len(question.combinations) < FEWEST:
        fact = f"'vary' of {name} gives {len(question.combinations)} other combinations"
        return fact, f"Offer more alternatives: at least {FEWEST} combinations are tried"
    return None


def integers(code: str) -> list[str]:
    """Return the integers in code, without those of its comments."""
    found: list[str] = []
    with contextlib.suppress(tokenize.TokenError, SyntaxError):
        for token in tokenize.generate_tokens(io.StringIO(code + "\n").readline):
            if token.type == tokenize.NUMBER and token.string.isdecimal():
                found.append(token.string)
    return found


def _texts(source: Source, question: Question, cells: Sequence[Cell]) -> Iterator[tuple[int, str]]:
    """Yield the lines whose numbers no run gives: prose and comments, without claims."""
    block = question.block
    yield block.line, question.title
    in_code = {n for cell in cells for n in range(cell.line, cell.end + 1)}
    is_run = question.kind in (QuestionKind.PREDICT_OUTPUT, QuestionKind.PREDICT_ERROR)
    options = {choice.line for choice in question.choices if is_run}
    for number in range(block.body, block.end):
        if number not in in_code | options:
            text = LINK.sub("]", CLAIM.sub("", source.lines[number - 1]))
            yield number, checkbox.without(LISTED.sub("", text))
    for cell in cells:
        told = {claim.cell_line for claim in cell.claims}
        for number, text in _comments(cell.code):
            if number not in told:
                yield cell.line + number, text


def _comments(code: str) -> Iterator[tuple[int, str]]:
    with contextlib.suppress(tokenize.TokenError, SyntaxError):
        for token in tokenize.generate_tokens(io.StringIO(code + "\n").readline):
            if token.type == tokenize.COMMENT:
                yield token.start[0], token.string


def _line(
    path: str, question: Question, number: int, text: str, known: set[str]
) -> Iterator[Problem]:
    assert question.vary
    varied = {str(base) for base in question.vary.base}
    is_title = number == question.block.line
    for said in dict.fromkeys(NUMBER.findall(text)):
        if is_title and said in varied:
            fact = f"the title of question '{question.id}' names {said}, which 'vary' changes"
            remedy = "Leave it out: titles stand on other pages too"
            yield Problem(path, number, fact, remedy, code=Code.QUESTION)
        elif not is_title and said not in known and int(said) > SMALL:
            fact = f"'{said}' would stay when 'vary' changes the numbers of '{question.id}'"
            remedy = "Write a claim, such as #!value out.size(-1), or a number of the code"
            yield Problem(path, number, fact, remedy, code=Code.QUESTION)
    for base in question.vary.base:
        word = WORDS.get(base, "")
        if word and re.search(rf"\b{word}\b", text, re.IGNORECASE):
            fact = f"the word '{word}' does not follow 'vary', which changes {base}"
            remedy = f"Write the figure {base} where it is that number, or another word"
            yield Problem(path, number, fact, remedy, code=Code.QUESTION)
