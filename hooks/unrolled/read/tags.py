"""HTML tags that are not closed, or close nothing: a browser would go on with what they begin."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markdown_it.token import Token

from unrolled.model.block import Doubt
from unrolled.model.problem import Code, Problem

TAG = re.compile(
    r"<!--.*?(?:-->|\Z)"
    r"|<(?P<end>/?)(?P<name>[a-z][\w-]*)(?:[^<>\"']|\"[^\"<]*\"|'[^'<]*')*?(?P<alone>/?)>",
    re.IGNORECASE | re.DOTALL,
)
ALONE = (
    "area",
    "br",
    "col",
    "embed",
    "hr",
    "img",
    "input",
    "link",
    "meta",
    "source",
    "track",
    "wbr",
)
"""Elements that have no end tag."""
OPTIONAL = (
    *("p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "colgroup", "caption"),
    *("option", "optgroup", "rt", "rp", "html", "head", "body"),
)
"""Elements whose end tag may be left out."""
RAW = ("base", "script", "style", "pre", "textarea", "svg", "math", "iframe", "form", "object")
"""Elements in which other rules hold, or which are a problem of their own."""
SINGLE = frozenset((*ALONE, *OPTIONAL, *RAW))


@dataclass(frozen=True)
class _Open:
    name: str
    line: int


def problems(path: str, stream: Sequence[Token]) -> Iterator[Problem]:
    """Yield a problem for each tag that has no other half."""
    stack: list[_Open] = []
    for line, found in _tags(stream):
        name = (found["name"] or "").lower()
        if not name or name in SINGLE or found["alone"]:
            continue
        if not found["end"]:
            stack.append(_Open(name, line))
            continue
        own = next((n for n in reversed(range(len(stack))) if stack[n].name == name), None)
        if own is None:
            fact = f"the tag </{name}> closes nothing"
            yield _problem(path, line, fact, "Delete it, or write the tag that it closes")
        else:
            yield from (_unclosed(path, tag) for tag in stack[own + 1 :])
            del stack[own:]
    yield from (_unclosed(path, tag) for tag in stack)


def comments(path: str, stream: Sequence[Token]) -> Iterator[tuple[Problem, Doubt]]:
    """Yield a problem for each comment that is not closed, with the lines that it swallows."""
    for token in stream:
        if not token.map or "<!--" not in token.content:
            continue
        first, last = token.map[0] + 1, token.map[1]
        if token.type == "html_block":
            begun = token.content.rfind("<!--")
            line = first + token.content.count("\n", 0, begun)
            is_open = token.content.find("-->", begun) < 0
        elif token.type == "inline":
            line, is_open = first, False
            for part in token.children or ():
                if part.type == "text" and "<!--" in part.content:
                    is_open, last = True, line
                    break
                line += part.type in ("softbreak", "hardbreak")
                line += part.content.count("\n") if part.type == "html_inline" else 0
        else:
            continue
        if is_open:
            fact, remedy = "the comment is not closed", "Close it with -->"
            yield _problem(path, line, fact, remedy), Doubt(line, last)


def _tags(stream: Sequence[Token]) -> Iterator[tuple[int, re.Match[str]]]:
    """Yield the tags of a page's raw HTML, with their lines."""
    for token in stream:
        if token.type == "html_block" and token.map:
            for found in TAG.finditer(token.content):
                yield token.map[0] + 1 + token.content.count("\n", 0, found.start()), found
        elif token.type == "inline" and token.map:
            line = token.map[0] + 1
            for part in token.children or ():
                if part.type == "html_inline":
                    yield from ((line, found) for found in TAG.finditer(part.content))
                    line += part.content.count("\n")
                line += part.type in ("softbreak", "hardbreak")


def _unclosed(path: str, tag: _Open) -> Problem:
    fact = f"the tag <{tag.name}> is not closed: the rest of the page would be inside it"
    remedy = f"Close it with </{tag.name}>, or write &lt;{tag.name}&gt; if it is text"
    return _problem(path, tag.line, fact, remedy)


def _problem(path: str, line: int, fact: str, remedy: str) -> Problem:
    return Problem(path, line, fact, remedy, code=Code.MARKDOWN)
