"""Traps.

Markdown that would not become what it looks like, because the renderer, the runs or the page's
policy see it otherwise.
"""

import itertools
import re
from collections import Counter
from collections.abc import Iterator

from markdown_it.token import Token

from unrolled.model.cell import WRITTEN
from unrolled.model.problem import Code, Problem
from unrolled.read import claims, fence, markers, tokens

CLAIM_LIKE = re.compile(rf"`[ ]?#![ ]?(?:{'|'.join(WRITTEN)})\s+[^`\s]")
CELL_LIKE = re.compile(
    r"^[ >\t]*(?:(?:[-*+]|\d+[.)])[ \t]+)*(?:`{3,}|~{3,})[ ]*\{?["
    r" ]*\.?(?:python\d*|i?py|ipython\d*|code-cell)\b",
    re.IGNORECASE,
)
BLOCKED = re.compile(
    r"<(?:script|style|iframe|object|embed|base)\b|\s(?:style|on\w+)\s*=", re.IGNORECASE
)


def problems(path: str, text: str, stream: list[Token]) -> Iterator[Problem]:
    """Yield a problem for each."""
    yield from _unseen(path, text, stream)
    yield from _run_on_lists(path, text, stream)
    yield from _blocked(path, stream)
    yield from _moving_anchors(path, stream)


def _unseen(path: str, text: str, stream: list[Token]) -> Iterator[Problem]:
    """Yield a problem for each likely claim or cell that would be neither run nor proved."""
    fences = {
        line
        for t in stream
        if t.type == "fence" and t.map
        for line in range(t.map[0] + 2, t.map[1] + 1)
    }
    fences |= {
        t.map[0] + 1
        for t in stream
        if t.type == "fence" and t.map and fence.language(t.info) in fence.LANGUAGES
    }
    comments = {
        line
        for t in stream
        if t.type == "html_block" and t.map and t.content.lstrip().startswith("<!--")
        for line in range(t.map[0] + 1, t.map[1] + 1)
    }
    seen = Counter(
        line for line, content in tokens.code_spans(text, stream) if claims.CLAIM.match(content)
    )
    for number, line in enumerate(text.split("\n"), 1):
        if number in fences:
            continue
        if CELL_LIKE.match(line):
            remedy = (
                "Write ```python on a line of its own, indented by four spaces for each list or tab"
                " around it, and out of HTML comments"
            )
            yield Problem(path, number, "this cell would not be run", remedy, code=Code.MARKDOWN)
        written = len(CLAIM_LIKE.findall(line))
        if number not in comments and written > seen[number]:
            remedy = (
                "Keep it on one line, in prose, a list, a table or an option; leave a blank line"
                " after an HTML tag before it"
            )
            yield Problem(
                path, number, "this claim would not be proved", remedy, code=Code.MARKDOWN
            )


def _run_on_lists(path: str, text: str, stream: list[Token]) -> Iterator[Problem]:
    """Yield a problem for each list right beneath a line of text.

    The renderer, other than CommonMark, makes it part of the paragraph.
    """
    lines = text.split("\n")
    for before, token in itertools.pairwise(stream):
        if (
            token.type in ("bullet_list_open", "ordered_list_open")
            and token.map
            and before.type == "paragraph_close"
            and token.level == 0
        ):
            line = token.map[0] + 1
            if lines[line - 2].strip() and not markers.MARKER.match(lines[line - 2]):
                yield Problem(
                    path,
                    line,
                    "this list would be shown as a part of the line above it",
                    "Leave a blank line before it",
                    code=Code.MARKDOWN,
                )


def _blocked(path: str, stream: list[Token]) -> Iterator[Problem]:
    """Yield a problem for HTML that the page's Content-Security-Policy keeps from working."""
    for token in stream:
        for part in (token, *(token.children or ())):
            found = (
                BLOCKED.search(part.content) if part.type in ("html_block", "html_inline") else None
            )
            if found and token.map:
                line = token.map[0] + 1 + part.content[: found.start()].count("\n")
                remedy = "Use the widget or a stylesheet of the project"
                yield Problem(
                    path,
                    line,
                    f"the page's policy keeps '{found[0].strip()}' from working",
                    remedy,
                    code=Code.MARKDOWN,
                )


def _moving_anchors(path: str, stream: list[Token]) -> Iterator[Problem]:
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
