"""What the page's Content-Security-Policy would undo, found while one writes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from markdown_it.token import Token

from unrolled.model.problem import Code, Problem
from unrolled.read import fence

ELEMENT = "(?:script|style|iframe|object|embed|base|meta|link|form)"
"""Elements that the page's policy keeps from working, in any case of letters."""
ATTRIBUTE = r"(?:style|on\w+)"
"""Attributes that it keeps from working."""
SCRIPTED = re.compile(r"(?:javascript|vbscript|data):", re.IGNORECASE)
"""Addresses that are scripts, or pages of their own."""
LINKED = re.compile(rf"\](?:\(|:)[ ]*<?({SCRIPTED.pattern})", re.IGNORECASE)
"""A link to such an address, which is none by CommonMark, and is one on the page."""
BLOCKED = re.compile(
    rf"<{ELEMENT}\b|[\s/\"']{ATTRIBUTE}\s*=|\bhref\s*=\s*[\"']?\s*{SCRIPTED.pattern}", re.IGNORECASE
)
ELSEWHERE = re.compile(
    r"<(?:img|video|audio|source|track|input|image)\b[^>]*?\s(?:src|srcset|poster|href)\s*=\s*[\"']?"
    r"(?P<address>(?:https?:)?//[^\s\"'>]*)",
    re.IGNORECASE,
)
ATTRIBUTES = re.compile(r"\{:?[ ]*[^{}\n]*?(?<![\w-])(?P<name>style|on[a-z]+)=[^{}\n]*\}")
"""A list of attributes, as attr_list reads it, that the policy keeps from working."""
STYLED = "Use the widget or a stylesheet of the project"
COPY = "Put a copy beneath the folder of the pages, and name that"


def problems(path: str, lines: Sequence[str], stream: Sequence[Token]) -> Iterator[Problem]:
    """Yield a problem for each thing that the policy keeps from working, at its line."""
    for token in stream:
        if not token.map:
            continue
        for line, fact, remedy in _faults(token, lines):
            yield Problem(path, line, fact, remedy, code=Code.MARKDOWN)


Fault = tuple[int, str, str]
"""Line, fact and remedy."""


def _faults(token: Token, lines: Sequence[str]) -> Iterator[Fault]:
    assert token.map
    first = token.map[0] + 1
    if token.type == "html_block":
        yield from _html(token.content, first)
    elif token.type == "fence":
        if fence.language(token.info) == "mermaid":
            fact = "the page's policy keeps diagrams from being drawn: their script is elsewhere"
            yield first, fact, "Draw it as an image, in a file beside the page"
    elif token.type == "inline":
        yield from _inline(token, first, lines)


def _inline(token: Token, line: int, lines: Sequence[str]) -> Iterator[Fault]:
    words: list[str] = []
    for part in token.children or ():
        if part.type in ("softbreak", "hardbreak"):
            line += 1
        elif part.type == "html_inline":
            yield from _html(part.content, line)
            line += part.content.count("\n")
        elif part.type == "image":
            address = str(part.attrs.get("src", ""))
            if urlsplit(address).netloc:
                yield _line_of(address, line, lines), _elsewhere(address), COPY
        words.append(part.content if part.type == "text" else "\0")
    scheme = LINKED.search("".join(words)) if token.map else None
    if scheme and token.map:
        fact = f"the page's policy keeps '{scheme[1]}' from working"
        yield _line_of(scheme[1], token.map[0] + 1, lines), fact, STYLED
    if token.map and "=" in token.content:
        found = ATTRIBUTES.search("".join(words))
        if found:
            fact = f"the page's policy keeps '{found['name']}=' from working"
            yield _line_of(found[0], token.map[0] + 1, lines), fact, STYLED


def _html(content: str, line: int) -> Iterator[Fault]:
    if content.lstrip().startswith("<!--"):
        return
    elsewhere, blocked = ELSEWHERE.search(content), BLOCKED.search(content)
    if elsewhere:
        at = line + content[: elsewhere.start("address")].count("\n")
        yield at, _elsewhere(elsewhere["address"]), COPY
    if blocked:
        at = line + content[: blocked.start()].count("\n")
        word = blocked[0].lstrip(" \t\n/\"'")
        yield at, f"the page's policy keeps '{word}' from working", STYLED


def _elsewhere(address: str) -> str:
    return f"the page's policy lets nothing in from another host: {address}"


def _line_of(words: str, first: int, lines: Sequence[str]) -> int:
    """Return the line, from the `first` on, that holds these words; the first where none does."""
    for number in range(first, min(first + 200, len(lines) + 1)):
        if words in lines[number - 1]:
            return number
    return first
