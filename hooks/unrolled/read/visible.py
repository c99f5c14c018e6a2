"""The one reader of what a page shows: paragraphs, tables, titles, alternative texts, HTML, SVG.

Marks and tags are taken away, entities are resolved and lines are joined, so that what is found in
the text is what readers see, however it is written.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from html.parser import HTMLParser
from typing import cast

from markdown_it.token import Token

from unrolled.model.block import Block
from unrolled.model.cell import Cell
from unrolled.model.visible import HOLE, Visible
from unrolled.read import checkbox, claims, equations, fence, tokens

TOLD = {
    "alt", "title", "xlink:title", "placeholder", "summary", "label", "value", "abbr",
    "aria-label", "aria-description", "aria-roledescription", "aria-valuetext",
    "aria-placeholder", "aria-braillelabel", "aria-brailleroledescription",
    "data-title", "data-tooltip", "data-label", "data-caption", "data-text", "data-content",
}  # fmt: skip
"""Attributes whose values readers see or hear."""
SETTINGS = {"template", "icon", "status", "hide", "date", "search"}
"""What the front matter says to the theme and not to readers."""
ATTRIBUTES = "attrs"
"""The option by which pymdownx's blocks give attributes to what they become."""
SILENT = ("script", "style", "pre")
"""Elements that show no text, or code and output, which are looked at as such."""
WITHIN = {"b", "i", "em", "strong", "code", "span", "tspan", "sub", "sup", "a"}
"""Elements that go on in their line."""
LITERAL = re.compile(r"[-−+]?[\d.,%\s]+|[(\[][\d,\s]*[)\]]")
"""Code that is nothing but a number, or a shape, or the beginning of one."""
PLAIN = {
    **dict.fromkeys((0xAD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF)),
    **{code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)},
    **dict.fromkeys(map(ord, "✕✖⨯⨉╳"), "×"),
}
"""What readers do not see of a text, and what looks like other characters."""
SOURCE = re.compile(r"https?://(?!(?:[\w-]+\.)*pytorch\.org\b)")
"""What a fact from elsewhere may be linked to: what PyTorch does, a run says."""
MARKER = re.compile(r"^\s*/{3,}\s*(?:[\w-]+\s*\|?)?\s*")


class Pieces:
    """A text put together of pieces, each of a line."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._text: list[str] = []
        self._prose: list[str] = []
        self._starts: list[int] = []
        self._lines: list[int] = []
        self._cited: list[tuple[int, int]] = []
        self._length = 0

    def add(self, text: str, line: int, *, hidden: bool = False, code: bool = False) -> None:
        """Add a piece: `hidden` is a claim, `code` a code span."""
        text = text.translate(PLAIN).replace(r"\times", "×")
        if not text:
            return
        holes = HOLE * len(text)
        self._text.append(holes if hidden else text)
        self._prose.append(holes if hidden or (code and not LITERAL.fullmatch(text)) else text)
        if not self._lines or self._lines[-1] != line:
            self._starts.append(self._length)
            self._lines.append(line)
        self._length += len(text)

    def link(self, href: str) -> None:
        """Begin a link; one to a site that may be a source is remembered."""
        if SOURCE.match(href):
            self._cited.append((self._length, self._length))

    def end_link(self) -> None:
        """End the last one."""
        if self._cited and self._cited[-1][0] == self._cited[-1][1]:
            self._cited[-1] = (self._cited[-1][0], self._length)

    def whole(self) -> Visible | None:
        """Return the text, None where there is none."""
        if not self._lines:
            return None
        return Visible(
            "".join(self._text), "".join(self._prose), tuple(self._starts), tuple(self._lines),
            tuple(self._cited),
        )  # fmt: skip


class _Html(HTMLParser):
    """Collects what HTML shows."""

    def __init__(self, line: int) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces = Pieces()
        self._first = line
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take what attributes tell."""
        self._silent += tag in SILENT
        for name, value in attrs:
            if name.lower() in TOLD and value:
                self.pieces.add(f" {value} ", self._line)
        self._part(tag)

    def handle_endtag(self, tag: str) -> None:
        """End what is not shown."""
        self._silent -= tag in SILENT and self._silent > 0
        self._part(tag)

    def _part(self, tag: str) -> None:
        """Part what an element parts for readers."""
        if tag not in WITHIN:
            self.pieces.add(" ", self._line)

    def handle_data(self, data: str) -> None:
        """Take text, line by line."""
        if not self._silent:
            for number, part in enumerate(data.split("\n")):
                self.pieces.add(f" {part}" if number else part, self._line + number)

    @property
    def _line(self) -> int:
        return self._first + self.getpos()[0] - 1


def read(
    stream: Sequence[Token],
    cells: Iterable[Cell],
    blocks: Sequence[Block],
    shown: Mapping[str, Collection[str]],
) -> tuple[Visible, ...]:
    """Return what a page shows, in its order, then what options of cells and blocks show.

    Args:
        stream: The page's tokens.
        cells: Its cells.
        blocks: Its blocks.
        shown: For each kind of block, the options that readers see.
    """
    settings = {line for block in blocks for line in range(block.line + 1, block.body)}
    found: list[Visible | None] = []
    for token in stream:
        if token.type == "inline" and token.map:
            found += _inline(token, token.map[0] + 1, settings)
        elif token.type == "html_block" and token.map:
            found.append(_html(token.content, token.map[0] + 1))
        elif equations.stands_alone(token):
            found += (_plain(words, line) for line, words in equations.shown(token))
        elif token.type == tokens.CONTAINER_TITLE and token.map:
            found += _title(token.content, token.map[0] + 1)
        elif token.type == "fence" and token.map:
            found += (_plain(told, token.map[0] + 1) for told in fence.told(token.info))
    for block in blocks:
        found += _options(block, shown.get(block.name, ()))
    for cell in cells:
        if cell.options.alt:
            found.append(_plain(cell.options.alt, cell.line))
    return tuple(piece for piece in found if piece)


def _title(content: str, line: int) -> Iterator[Visible | None]:
    """Yield the title of an admonition or of a tab, its marks taken away."""
    for token in tokens.parser().parseInline(content):
        yield from _inline(token, line, set())


def _options(block: Block, shown: Collection[str]) -> Iterator[Visible | None]:
    """Yield what readers see of a block's options."""
    for name, value in block.options.items():
        if name == ATTRIBUTES and isinstance(value, dict):
            told = {key: text for key, text in value.items() if str(key).lower() in TOLD}
            yield from (_plain(text, block.line + 1) for text in strings(told))
        elif name in shown:
            yield from (_plain(text, block.line + 1) for text in strings(value))


def strings(value: object) -> Iterator[str]:
    """Yield the texts in a value of YAML, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in cast(dict[object, object], value).values():
            yield from strings(each)
    elif isinstance(value, list):
        for each in cast(list[object], value):
            yield from strings(each)


def head(values: dict[str, object], text: str) -> tuple[Visible, ...]:
    """Return what is shown of a page's front matter."""
    lines = text.split("\n")
    found: list[Visible | None] = []
    for name, value in values.items():
        if name not in SETTINGS:
            line = next((n for n, t in enumerate(lines, 1) if t.startswith(f"{name}:")), 1)
            found += (_plain(told, line) for told in strings(value))
    return tuple(piece for piece in found if piece)


def _plain(text: str, line: int) -> Visible | None:
    pieces = Pieces()
    pieces.add(text, line)
    return pieces.whole()


def _html(content: str, line: int) -> Visible | None:
    parser = _Html(line)
    parser.feed(content)
    parser.close()
    return parser.pieces.whole()


def _inline(token: Token, line: int, settings: set[int]) -> Iterator[Visible | None]:
    """Yield the text of a paragraph, of a heading or of a cell of a table."""
    pieces = Pieces()
    begun = True
    for child in token.children or []:
        if child.type in ("softbreak", "hardbreak"):
            pieces.add(" ", line)
            line += 1
            begun = True
            continue
        if line in settings:
            continue
        if child.type == "code_inline":
            pieces.add(
                child.content, line, hidden=bool(claims.CLAIM.match(child.content)), code=True
            )
        elif child.type == "html_inline":
            yield _html(child.content, line)
        elif child.type == "math_inline":
            pieces.add(equations.words(child.content), line)
        elif child.type == "image":
            pieces.add(f" {child.content} ", line)
            yield _plain(str(child.attrs.get("title", "")), line)
        elif child.type == "link_open":
            yield _plain(str(child.attrs.get("title", "")), line)
            pieces.link(str(child.attrs.get("href", "")))
        elif child.type == "link_close":
            pieces.end_link()
        elif child.content:
            said = MARKER.sub("", child.content)
            text = checkbox.without(said) if begun else child.content
            pieces.add(text, line)
        begun = False
    yield pieces.whole()
