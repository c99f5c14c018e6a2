"""HTML and Markdown that a cell's values gave, made fit for a page.

Only the elements and attributes that are listed get through: no script, no style, no event, no
address but of the web.
"""

from __future__ import annotations

import functools
import hashlib
import html
import re
from html.parser import HTMLParser

from markdown_it import MarkdownIt

from unrolled.model.output import ShownKind
from unrolled.read import formulas

TABLE = frozenset(
    ["table", "thead", "tbody", "tfoot", "tr", "th", "td", "caption", "colgroup", "col"]
)
WORDS = frozenset(
    [
        "p", "br", "hr", "b", "strong", "i", "em", "u", "s", "del", "ins", "sub", "sup", "small",
        "mark", "code", "kbd", "samp", "var", "pre", "blockquote", "q", "cite", "abbr",
        "ul", "ol", "li", "dl", "dt", "dd", "span", "div", "a", "img", "figure", "figcaption",
    ]
)  # fmt: skip
MATHML = frozenset(
    [
        "math", "mrow", "mi", "mn", "mo", "mtext", "ms", "mspace", "mfrac", "msqrt", "mroot",
        "msub", "msup", "msubsup", "munder", "mover", "munderover", "mmultiscripts", "mtable",
        "mtr", "mtd", "mfenced", "mpadded", "mphantom", "menclose", "mstyle", "semantics",
    ]
)  # fmt: skip
VOID = frozenset(["br", "hr", "img", "col"])
SILENT = frozenset(
    [
        "script", "style", "template", "noscript", "title", "head", "svg", "object", "iframe",
        "annotation",
    ]
)  # fmt: skip
"""Elements whose content is no text either."""
DEEPEST = 64
"""How many elements may lie in each other."""
LITERAL = frozenset(["code", "pre", "kbd", "samp", *MATHML])
"""Elements whose text is shown as it is."""
HEADING = re.compile(r"h[1-6]")
ATTRIBUTES = {
    "a": {"href", "title"},
    "img": {"src", "alt", "width", "height"},
    "th": {"colspan", "rowspan", "scope"},
    "td": {"colspan", "rowspan"},
    "ol": {"start"},
    "abbr": {"title"},
    "math": {"display"},
}
MATH_ATTRIBUTES = {
    "stretchy", "fence", "separator", "form", "lspace", "rspace", "accent", "movablelimits",
    "minsize", "maxsize", "mathvariant", "displaystyle", "scriptlevel", "linethickness", "width",
    "height", "depth", "columnalign", "rowspacing", "columnspacing", "columnlines", "rowlines",
    "notation",
}  # fmt: skip
ADDRESS = {"href": re.compile(r"https?://|#", re.IGNORECASE),
           "src": re.compile(r"data:image/(png|jpeg|gif|webp);base64,", re.IGNORECASE)}  # fmt: skip
HELD = re.compile(r"FORMULA([0-9a-f]{16})X(\d+)X")


def clean(source: str) -> str:
    """Return HTML with nothing in it but what is listed, every element closed."""
    cleaner = _Cleaner()
    cleaner.feed(source)
    cleaner.close()
    return cleaner.result()


def markdown(source: str) -> str:
    """Return Markdown as HTML, its formulas as MathML; HTML in it is shown as text."""
    made: list[str] = []
    text = ""
    for piece in formulas.split(source):
        if piece.is_formula:
            text += f"FORMULA{_tag(source)}X{len(made)}X"
            made.append(_formula(piece))
        else:
            text += piece.text
    content = clean(str(_markdown().render(text)))
    own = _tag(source)
    return HELD.sub(
        lambda found: (
            made[int(found[2])] if found[1] == own and int(found[2]) < len(made) else found[0]
        ),
        content,
    )


def latex(source: str) -> str:
    """Return LaTeX as HTML: its formulas as MathML, the rest as it is."""
    pieces = formulas.split(source, ShownKind.LATEX)
    shown = "".join(map(_formula, pieces))
    return f"<p>{shown}</p>" if shown.strip() else ""


def _formula(piece: formulas.Piece) -> str:
    """Return a formula as MathML, or as code where it cannot be read; other text as it is."""
    if piece.markup:
        return piece.markup
    text = html.escape(piece.text, quote=False)
    return f"<code>{text}</code>" if piece.is_formula else text


@functools.cache
def _markdown() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])


def _tag(source: str) -> str:
    """Return a mark that the source does not hold by chance."""
    return hashlib.sha256(source.encode("utf-8", "replace")).hexdigest()[:16]


class _Cleaner(HTMLParser):
    """Writes what it reads, as far as it is listed."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._written: list[str] = []
        self._open: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in SILENT:
            self._silent += 1
        name = _name(tag)
        if self._silent or name is None or len(self._open) >= DEEPEST:
            return
        kept = "".join(_attributes(name, attrs))
        if name == "img" and "src=" not in kept:
            return
        self._written.append(f"<{name}{kept}>")
        if name not in VOID:
            self._open.append(name)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in SILENT:
            self._silent = max(self._silent - 1, 0)
            return
        name = _name(tag)
        if self._silent or name not in self._open:
            return
        while self._open:
            last = self._open.pop()
            self._written.append(f"</{last}>")
            if last == name:
                return

    def handle_data(self, data: str) -> None:
        if self._silent:
            return
        if ("\\" in data or "$" in data) and not LITERAL.intersection(self._open):
            self._written += map(_formula, formulas.split(data, ShownKind.HTML))
        else:
            self._written.append(html.escape(data, quote=False))

    def result(self) -> str:
        while self._open:
            self._written.append(f"</{self._open.pop()}>")
        return "".join(self._written)


def _name(tag: str) -> str | None:
    """Return what an element becomes; a heading is no part of the page's outline."""
    if HEADING.fullmatch(tag):
        return "p"
    return tag if tag in TABLE | WORDS | MATHML else None


def _attributes(name: str, attrs: list[tuple[str, str | None]]) -> list[str]:
    allowed = ATTRIBUTES.get(name, set()) | (MATH_ATTRIBUTES if name in MATHML else set())
    kept: list[str] = []
    for key, value in attrs:
        text = (value or "").strip()
        if key in allowed and (key not in ADDRESS or ADDRESS[key].match(text)):
            kept.append(f' {key}="{html.escape(text)}"')
    if name == "img" and not any(part.startswith(" alt=") for part in kept):
        kept.append(' alt=""')
    return kept
