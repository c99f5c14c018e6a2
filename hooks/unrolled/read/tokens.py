"""Reading Markdown with line numbers, as every tool of ours sees it.

The same parser serves the plan and pytest-markdown-docs, so both see the same fences. It is
CommonMark with tables, plus the indented containers of Python-Markdown (`!!! note`, `??? note`,
`=== "Tab"`, footnotes, definitions), which CommonMark would read as indented code.
"""

import functools
import re
from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from unrolled.read import front_matter

SPAN = re.compile(r"(`+) ?(.*?) ?\1", re.DOTALL)
"""A code span in Markdown."""
CONTAINER_TITLE = "container_title"
"""The token of what stands in quotes on the first line of a container."""
TITLE = re.compile(r"[\"'](.+)[\"']\s*$")
MATH = re.compile(r"(?<![\\$\w])\$(?P<tex>[^\s$`](?:[^$\n`]*[^\s$`\\])?)\$(?![\w$])")
"""An equation in a sentence, `$h_t$`: no space inside its dollars, no letter or digit outside."""
CONTAINER = re.compile(r"(!!!|\?\?\?\+?|===[!+]?)[ ]+\S")
NOTE = re.compile(r"(?:\[\^[^\]\s]+\]:|:(?=[ ]))[ ]*")
"""What begins a footnote or a definition; its text goes on in the same line."""
INDENT = 4


UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]")
"""Control characters, and those that turn the direction of what follows."""
OURS = str.maketrans(dict.fromkeys((*range(9), *range(14, 32), 127)) | {11: " ", 12: " "})
"""What becomes of control characters."""


def universal(text: str) -> str:
    """Return a text with the line ends that all of Unrolled's tools count by.

    Without control characters: they are a problem, and Python-Markdown's own marks begin with some.
    """
    return text.replace("\r\n", "\n").replace("\r", "\n").translate(OURS)


@functools.cache
def parser() -> MarkdownIt:
    """Return the Markdown parser that all of Unrolled's tools share."""
    md = MarkdownIt("commonmark").enable("table")
    md.block.ruler.before(
        "fence",
        "indented_container",
        _container,
        {"alt": ["paragraph", "reference", "blockquote", "list"]},
    )
    md.block.ruler.before(
        "fence", "note", _note, {"alt": ["paragraph", "reference", "blockquote", "list"]}
    )
    md.inline.ruler.before("escape", "math", _math)
    return md


def tokens(text: str) -> list[Token]:
    """Parse a page.

    Its front matter counts as blank lines, so that line numbers are those of the file.
    """
    return parser().parse(front_matter.without(text))


def _container(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read `!!! note` and its like.

    The content is what is indented by four spaces more, blank lines included.
    """
    if state.is_code_block(start):
        return False
    line = state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]]
    if not CONTAINER.match(line):
        return False
    if silent:
        return True
    indent = state.sCount[start] + INDENT
    after = start + 1
    while after < end and (state.isEmpty(after) or state.sCount[after] >= indent):
        after += 1
    title = TITLE.search(line)
    if title:
        token = state.push(CONTAINER_TITLE, "", 0)
        token.content, token.map = title[1], [start, start + 1]
    before = (state.parentType, state.lineMax, state.blkIndent)
    state.parentType, state.lineMax, state.blkIndent = "container", after, indent
    state.md.block.tokenize(state, start + 1, after)
    state.parentType, state.lineMax, state.blkIndent = before
    state.line = after
    return True


def _note(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read a footnote or a definition.

    The rest of its line and what is indented by four spaces more, blank lines included.
    """
    if state.is_code_block(start):
        return False
    begin = state.bMarks[start] + state.tShift[start]
    mark = NOTE.match(state.src[begin : state.eMarks[start]])
    if not mark:
        return False
    if silent:
        return True
    indent = state.sCount[start] + INDENT
    after = start + 1
    while after < end and not state.isEmpty(after):
        after += 1  # Lines of its first paragraph need not be indented.
    while after < end and (state.isEmpty(after) or state.sCount[after] >= indent):
        after += 1
    before = (state.parentType, state.lineMax, state.blkIndent)
    place = (state.tShift[start], state.sCount[start])
    state.parentType, state.lineMax, state.blkIndent = "note", after, indent
    state.tShift[start] += mark.end()
    state.sCount[start] = indent
    state.md.block.tokenize(state, start, after)
    state.parentType, state.lineMax, state.blkIndent = before
    state.tShift[start], state.sCount[start] = place
    return True


def _math(state: StateInline, silent: bool) -> bool:
    """Read an equation, so that its underscores and backslashes are not Markdown's."""
    found = MATH.match(state.src, state.pos)
    if not found:
        return False
    if not silent:
        state.push("math_inline", "", 0).content = found["tex"]
    state.pos = found.end()
    return True


def code_spans(text: str, stream: Sequence[Token]) -> Iterator[tuple[int, str]]:
    """Yield each inline code span's line in the page (from 1) and its content."""
    lines = [line.strip() for line in text.split("\n")]
    for token in stream:
        if token.type != "inline" or not token.map:
            continue
        line = token.map[0] + 1
        for child in token.children or []:
            if child.type == "code_inline":
                yield line, child.content
                # A span that goes on in the next lines holds no line break any more: its words
                # tell.
                start = line
                while line < token.map[1] and child.content.strip() not in " ".join(
                    lines[start - 1 : line]
                ):
                    line += 1
            elif child.type in ("softbreak", "hardbreak"):
                line += 1


def literal(text: str) -> str:
    """Return what inline Markdown says.

    A code span's content when it is nothing else, else its text without backticks.
    """
    span = SPAN.fullmatch(text)
    return span[2] if span else SPAN.sub(r"\2", text)


def is_code(text: str) -> bool:
    """Return whether inline Markdown is one code span and nothing else."""
    return SPAN.fullmatch(text) is not None


def plain(text: str) -> str:
    """Return the words of inline Markdown, without its marks."""
    return "".join(
        t.content
        for token in parser().parseInline(text)
        for t in token.children or []
        if t.type in ("text", "code_inline")
    )


def literal_lines(stream: Sequence[Token]) -> set[int]:
    """Return the lines (from 1) in fences, indented code or raw HTML, where no marker counts."""
    kinds = ("fence", "code_block", "html_block")
    return {
        line + 1
        for token in stream
        if token.type in kinds
        and token.map
        and not (token.type == "html_block" and _is_tag_pair(token))
        for line in range(*token.map)
    }


def _is_tag_pair(token: Token) -> bool:
    # An opening tag such as <div markdown> makes everything up to a blank line "HTML"; blocks may
    # begin right after it.
    return "///" in token.content and not token.content.lstrip().startswith("<!--")
