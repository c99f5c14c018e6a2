"""Reading Markdown with line numbers: the fences, claims and blocks of a page, as every tool sees them.

The same parser serves the plan and pytest-markdown-docs, so both see the same fences. It is CommonMark with tables, plus the indented
containers of Python-Markdown (`!!! note`, `??? note`, `=== "Tab"`), which CommonMark would read as indented code.
"""

import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml
from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

CLAIM = re.compile(r"#!(\w+)[ ]+(.+)", re.DOTALL)
CLAIMS = ("value", "shape", "check")
CONTAINER = re.compile(r"(!!!|\?\?\?\+?|===[!+]?)[ ]+\S")
FRONT_MATTER = re.compile(r"\A---[ \t]*\n.*?\n(---|\.\.\.)[ \t]*(\n|\Z)", re.DOTALL)
MARKER = re.compile(r"^\s*(/{3,})[ ]*(?:([\w-]+)[ ]*(?:\|[ ]*(.*?)[ ]*)?)?$")
OPTION_LINE = re.compile(r"^[ ]{4,}\S")


def parser() -> MarkdownIt:
    """Return the Markdown parser that all of Unrolled's tools share."""
    md = MarkdownIt("commonmark").enable("table")
    md.block.ruler.before("fence", "indented_container", _container, {"alt": ["paragraph", "reference", "blockquote", "list"]})
    return md


def tokens(text: str) -> list[Token]:
    """Parse a page; its front matter counts as blank lines, so that line numbers are those of the file."""
    match = FRONT_MATTER.match(text)
    if match:
        text = "\n" * match.group(0).count("\n") + text[match.end() :]
    return parser().parse(text)


def front_matter_faults(text: str) -> list[tuple[int, str, str]]:
    """Return what is wrong with a page's front matter, as line, fact and remedy: MkDocs would print it as text, without a word."""
    match = FRONT_MATTER.match(text)
    if not match:
        return []
    try:
        read: object = yaml.safe_load(match.group(0).strip().strip("-.").strip())
    except (yaml.YAMLError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        fact = f"the front matter cannot be read: {getattr(error, 'problem', None) or error}"
        return [((mark.line + 2) if mark else 1, fact, "Put values with a colon in quotes")]
    return [] if isinstance(read, dict) or read is None else [(1, "the front matter is not 'name: value' lines", "Write one a line")]


def _container(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read `!!! note` and its like: the content is what is indented by four spaces more, blank lines included."""
    if state.is_code_block(start):
        return False
    line = state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]]
    if not CONTAINER.match(line):
        return False
    if silent:
        return True
    indent = state.sCount[start] + 4
    after = start + 1
    while after < end and (state.isEmpty(after) or state.sCount[after] >= indent):
        after += 1
    before = (state.parentType, state.lineMax, state.blkIndent)
    state.parentType, state.lineMax, state.blkIndent = "container", after, indent
    state.md.block.tokenize(state, start + 1, after)
    state.parentType, state.lineMax, state.blkIndent = before
    state.line = after
    return True


def code_spans(text: str, stream: list[Token]) -> Iterator[tuple[int, str]]:
    """Yield each inline code span's line in the page (from 1) and its content."""
    lines = [line.strip() for line in text.split("\n")]
    for token in stream:
        if token.type != "inline" or not token.map:
            continue
        line = token.map[0] + 1
        for child in token.children or []:
            if child.type == "code_inline":
                yield line, child.content
                # A span that goes on in the next lines holds no line break any more: its words tell.
                start = line
                while line < token.map[1] and child.content.strip() not in " ".join(lines[start - 1 : line]):
                    line += 1
            elif child.type in ("softbreak", "hardbreak"):
                line += 1


def plain(text: str) -> str:
    """Return the words of inline Markdown, without its marks."""
    return "".join(t.content for token in parser().parseInline(text) for t in token.children or [] if t.type in ("text", "code_inline"))


def literal_lines(stream: list[Token]) -> set[int]:
    """Return the lines (from 1) that lie in fences, indented code or raw HTML, where no block marker counts."""
    kinds = ("fence", "code_block", "html_block")
    return {
        line + 1
        for token in stream
        if token.type in kinds and token.map and not (token.type == "html_block" and _is_tag_pair(token))
        for line in range(*token.map)
    }


def _is_tag_pair(token: Token) -> bool:
    # An opening tag such as <div markdown> makes everything up to a blank line "HTML"; blocks may begin right after it.
    return "///" in token.content and not token.content.lstrip().startswith("<!--")


class SaidOnce(yaml.SafeLoader):
    """Reads YAML, and refuses a mapping that says something twice: the first would be lost without a word."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        """Read a mapping."""
        names = [key.value for key, _ in node.value]
        twice = next((name for name in names if names.count(name) > 1), None)
        if twice is not None:
            raise yaml.constructor.ConstructorError(problem=f"'{twice}' is said twice")
        return super().construct_mapping(node, deep)


@dataclass
class RawBlock:
    """A `/// name | argument` block, not yet checked."""

    name: str
    argument: str
    line: int
    depth: int
    slashes: int
    body: int
    end: int = 0
    """Line of the closing marker; 0 when there is none."""
    options: dict[str, Any] = field(default_factory=dict[str, Any])
    bad_options: str = ""
    """What YAML says of options that it cannot read."""


def blocks(text: str, stream: list[Token]) -> tuple[list[RawBlock], list[int]]:
    """Read the `///` blocks of a page.

    Returns:
        The blocks in the order of their opening lines, and the lines of closing markers that close nothing.
    """
    lines = text.split("\n")
    literal = literal_lines(stream)
    found: list[RawBlock] = []
    stack: list[RawBlock] = []
    strays: list[int] = []
    for number, line in enumerate(lines, 1):
        match = None if number in literal else MARKER.match(line)
        if not match:
            continue
        slashes, name, argument = match.groups()
        if name:
            block = RawBlock(name.lower(), argument or "", number, len(stack), len(slashes), number + 1)
            _read_options(block, lines)
            found.append(block)
            stack.append(block)
            continue
        opener = next((b for b in reversed(stack) if b.slashes == len(slashes)), None)
        if opener is None:
            strays.append(number)
            continue
        while stack[-1] is not opener:
            stack.pop()
        stack.pop().end = number
    return found, strays


def _read_options(block: RawBlock, lines: list[str]) -> None:
    """Read the indented YAML lines right after a block's opening line, and set where its body begins."""
    count = 0
    opening = lines[block.line - 1]
    indent = len(opening) - len(opening.lstrip(" "))
    for line in lines[block.line :]:
        if not OPTION_LINE.match(line[indent:]) or line[:indent].strip():
            break
        count += 1
    block.body = block.line + 1 + count
    header = textwrap.dedent("\n".join(lines[block.line : block.line + count]))
    try:
        read: object = yaml.load(header, SaidOnce)  # noqa: S506 - it derives from the safe loader
    except (yaml.YAMLError, ValueError) as error:
        block.bad_options = str(getattr(error, "problem", None) or error)
        return
    if isinstance(read, dict):
        block.options = {str(key): value for key, value in read.items()}
    elif read is not None:
        block.bad_options = "they are not 'name: value' lines"
