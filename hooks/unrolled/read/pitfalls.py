"""Traps.

Markdown that would not become what it looks like, because the renderer, the runs or the page's
policy see it otherwise.
"""

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from markdown_it.token import Token

from unrolled.model.block import Block
from unrolled.model.cell import WRITTEN
from unrolled.model.problem import Code, Problem
from unrolled.read import blocked, boxes, claims, fence, fences, links, lists, tables, tags, tokens

CLAIM_LIKE = re.compile(rf"`[ ]?#![ ]?(?:{'|'.join(WRITTEN)})\s+[^`\s]")
CELL_LIKE = re.compile(
    r"^[ >\t]*(?:(?:[-*+]|\d+[.)])[ \t]+)*(?:`{3,}|~{3,})[ ]*\{?["
    r"'\" ]*\.?(?:python\d*|i?py|ipython\d*|code-cell)\b",
    re.IGNORECASE,
)
NO_SPAN = re.compile(rf"(?<![\w`])#!(?:{'|'.join(WRITTEN)})\b")
"""A claim in the text, with no backticks around it."""
UNREAD = re.compile(r"<!--.*?-->|<(pre|script|style)\b.*?</\1>", re.DOTALL | re.IGNORECASE)
"""Raw HTML that shows code, or nothing."""
NOTE = re.compile(r"\[\^([^\]\s]+)\](?!:)")
NOTE_TEXT = re.compile(r"[ ]{0,3}\[\^([^\]\s]+)\]:(?=\s|$)")
UNSEEN_CELL = (
    "Write ```python on a line of its own, indented by four spaces for each list or tab around it,"
    " and out of HTML comments"
)
UNSEEN_CLAIM = (
    "Keep it on one line, in prose, a list, a table or an option; leave a blank line after an HTML"
    " tag before it"
)


def problems(
    path: str, text: str, stream: Sequence[Token], blocks: Sequence[Block]
) -> Iterator[Problem]:
    """Yield a problem for each."""
    lines = text.split("\n")
    yield from _unseen_cells(path, lines, stream)
    yield from _unseen_claims(path, text, lines, stream)
    yield from fences.marked(path, lines, stream)
    yield from lists.problems(path, lines, stream)
    yield from blocked.problems(path, lines, stream)
    yield from tables.problems(path, lines, stream)
    yield from boxes.problems(path, lines, stream)
    yield from links.problems(path, stream)
    yield from tags.problems(path, stream)
    yield from _moving_anchors(path, stream)
    yield from _titles(path, blocks)
    yield from _notes(path, text, stream, blocks)
    yield from _glued(path, stream, blocks)


def _unseen_cells(path: str, lines: Sequence[str], stream: Sequence[Token]) -> Iterator[Problem]:
    """Yield a problem for each likely cell that would not be run."""
    shown = _shown(stream)
    for token in stream:
        if token.type == "fence" and token.map and fence.language(token.info) in fence.LANGUAGES:
            shown.update(range(token.map[0] + 1, token.map[1] + 1))
    infos = {t.map[0] + 1: t.info for t in stream if t.type == "fence" and t.map}
    for number, line in enumerate(lines, 1):
        if number not in shown and CELL_LIKE.match(line):
            remedy = fence.remedy(infos[number]) if number in infos else UNSEEN_CELL
            yield Problem(path, number, "this cell would not be run", remedy, code=Code.MARKDOWN)


def _unseen_claims(
    path: str, text: str, lines: Sequence[str], stream: Sequence[Token]
) -> Iterator[Problem]:
    """Yield a problem for each likely claim that would not be proved."""
    shown = _shown(stream) | {
        line
        for t in stream
        if t.map
        and (t.type == "fence" or (t.type == "html_block" and t.content.lstrip()[:4] == "<!--"))
        for line in range(t.map[0] + 1, t.map[1] + 1)
    }
    tables = {
        line
        for t in stream
        if t.type == "table_open" and t.map
        for line in range(t.map[0] + 1, t.map[1] + 1)
    }
    seen = Counter(
        line for line, content in tokens.code_spans(text, stream) if claims.CLAIM.match(content)
    )
    bare = set(_bare_claims(stream)) if "#!" in text else set[int]()
    for number, line in enumerate(lines, 1):
        if "#!" in line and number not in shown and len(CLAIM_LIKE.findall(line)) > seen[number]:
            fact, remedy = "this claim would not be proved", UNSEEN_CLAIM
            if number in tables and "|" in line.split("#!", 1)[1].split("`", 1)[0]:
                fact, remedy = "this claim is cut in two by a | of its own", r"In a table, write \|"
            yield Problem(path, number, fact, remedy, code=Code.MARKDOWN)
        elif number in bare:
            remedy = "Write it in backticks, with no HTML around it"
            yield Problem(path, number, "this claim would not be proved", remedy, code=Code.CLAIM)


def _bare_claims(stream: Sequence[Token]) -> Iterator[int]:
    """Yield the lines with a claim that is in no code span: in the text, or in raw HTML."""
    for token in stream:
        if token.type == "html_block" and token.map:
            blank = lambda found: re.sub(r"[^\n]", " ", found[0])  # noqa: E731 - lines keep their numbers
            for number, line in enumerate(UNREAD.sub(blank, token.content).split("\n"), 1):
                if NO_SPAN.search(line):
                    yield token.map[0] + number
        elif token.type == "inline" and token.map:
            line = token.map[0] + 1
            for part in token.children or ():
                if part.type == "text" and NO_SPAN.search(part.content):
                    yield line
                line += part.type in ("softbreak", "hardbreak") or part.content.count("\n")


def _shown(stream: Sequence[Token]) -> set[int]:
    """Return the lines of code that is only shown: what is in fences and what is indented."""
    return {
        line
        for t in stream
        if t.type in ("fence", "code_block") and t.map
        for line in range(t.map[0] + (2 if t.type == "fence" else 1), t.map[1] + 1)
    }


def _moving_anchors(path: str, stream: Sequence[Token]) -> Iterator[Problem]:
    """Yield a problem for each heading with a claim.

    Its anchor, to which others link, would change with the run.
    """
    for before, token in itertools.pairwise(stream):
        if before.type != "heading_open" or not before.map:
            continue
        if any(
            part.type == "code_inline" and claims.CLAIM.match(part.content)
            for part in token.children or ()
        ):
            yield Problem(
                path,
                before.map[0] + 1,
                "a claim is in a heading",
                "Put it in the text below: links use a heading's words",
                code=Code.MARKDOWN,
            )


def _notes(
    path: str, text: str, stream: Sequence[Token], blocks: Sequence[Block]
) -> Iterator[Problem]:
    """Yield a problem for each footnote in a heading, without its text, or with two."""
    defined: dict[str, int] = {}
    shown, titles = _shown(stream), {block.line for block in blocks}
    for number, line in enumerate(text.split("\n"), 1):
        note = NOTE_TEXT.match(line)
        if not note or number in shown:
            continue
        first = defined.setdefault(note[1], number)
        if first != number:
            fact = f"the footnote '{note[1]}' has its text at line {first} already"
            yield Problem(path, number, fact, "Give it another name", code=Code.MARKDOWN)
    heading = False
    for token in stream:
        if token.type == "inline" and token.map:
            for line, name in _named(token):
                if line in titles:
                    continue
                if heading:
                    fact, remedy = "a footnote is in a heading", "Put it in the text below"
                elif name not in defined:
                    fact = f"the footnote '{name}' has no text"
                    remedy = f"Write it on a line of its own: [^{name}]: …"
                else:
                    continue
                yield Problem(path, line, fact, remedy, code=Code.MARKDOWN)
        heading = token.type == "heading_open"


def _named(token: Token) -> Iterator[tuple[int, str]]:
    """Yield the footnotes that a text names, with their lines."""
    line = token.map[0] + 1 if token.map else 1
    for part in token.children or ():
        if part.type == "text":
            yield from ((line, found[1]) for found in NOTE.finditer(part.content))
        line += part.type in ("softbreak", "hardbreak")


def _glued(path: str, stream: Sequence[Token], blocks: Sequence[Block]) -> Iterator[Problem]:
    """Yield a problem for each block that begins right beneath a line of its list item.

    The renderer makes it a part of that line.
    """
    begins = {block.line for block in blocks}
    around = 0
    for token in stream:
        if token.type in lists.LISTS:
            around += 1
        elif token.type in lists.LISTS_END:
            around -= 1
        elif around and token.type == "paragraph_open" and token.map:
            for line in begins.intersection(range(token.map[0] + 2, token.map[1] + 1)):
                fact = "this block would be shown as a part of the line above it"
                remedy = "Leave a blank line before it"
                yield Problem(path, line, fact, remedy, code=Code.MARKDOWN)


def _titles(path: str, blocks: Sequence[Block]) -> Iterator[Problem]:
    """Yield a problem for each footnote in a title, which lists and print show without it."""
    for block in blocks:
        if NOTE.search(block.argument):
            yield Problem(
                path,
                block.line,
                "a footnote is in a title",
                "Put it in the text below",
                code=Code.MARKDOWN,
            )
