r"""TeX as MathML, or what is wrong with it.

latex2mathml reads it, and lets much pass that is wrong: `\foo` becomes a name, a lone brace a
letter. What it made is looked at again, and only elements and attributes that are listed get
through.
"""

from __future__ import annotations

import functools
import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement, tostring

ARITY = {
    "mfrac": 2, "mroot": 2, "msub": 2, "msup": 2, "munder": 2, "mover": 2, "msubsup": 3,
    "munderover": 3,
}  # fmt: skip
"""Elements that need so many parts."""
TAGS = frozenset(
    [*ARITY, "math", "mrow", "mi", "mn", "mo", "mtext", "mspace", "msqrt", "mtable", "mtr", "mtd",
     "mpadded", "mphantom", "menclose", "mstyle"]
)  # fmt: skip
ATTRIBUTES = frozenset(
    ["display", "displaystyle", "stretchy", "fence", "separator", "form", "lspace", "rspace",
     "accent", "movablelimits", "minsize", "maxsize", "mathvariant", "scriptlevel", "width",
     "linethickness", "columnalign", "rowspacing", "columnspacing", "notation"]
)  # fmt: skip
ALIGNED = re.compile(r"\\(begin|end)\{(?:aligned|align|gathered|split)\*?\}")
KNOWN = r"aligned|align|gathered|split|cases|(?:[pbvB]|V|small)?matrix|array"
ENVIRONMENT = re.compile(rf"\\begin\{{(?!(?:{KNOWN})\*?\}})([^}}]*)\}}?")
"""One that is not known: latex2mathml would leave it out without a word."""
ROWS = re.compile(r"(?<!\\)&|\\\\")
COMMENT = re.compile(r"(?<!\\)%")
COMMAND = re.compile(r"\\(?:[A-Za-z]+\*?(?:\{[A-Za-z]+\*?\})?|.)")
APPLIED = "\u2061"
"""Stands unseen between a function and its argument; screen readers say "of"."""
FUNCTIONS = frozenset(["σ", "tanh", "sigmoid", "softmax", "exp", "log", "max", "min", "relu"])
HINT = "Look it up in latex2mathml's list of commands, or write it in other words"


class TexError(ValueError):
    """TeX that does not become an equation."""

    def __init__(self, fact: str, remedy: str) -> None:
        """Say what is wrong and what to do."""
        super().__init__(fact)
        self.fact, self.remedy = fact, remedy


@dataclass(frozen=True)
class Equation:
    """An equation as MathML."""

    markup: str
    words: str
    """What stands in it, as one line of text."""


@functools.lru_cache(2_000)
def equation(source: str, *, block: bool = False) -> Equation:
    """Return the equation that a TeX text stands for.

    Raises:
        TexError: It stands for none.
    """
    # Here, since a check of one page with all plans at hand should not wait for it.
    from latex2mathml.converter import convert_to_element

    _look(source)
    # latex2mathml aligns rows in this environment only.
    text = ALIGNED.sub(lambda found: f"\\{found[1]}{{align*}}", source.strip())
    if block and ROWS.search(text) and "\\begin" not in text:
        text = rf"\begin{{align*}}{text}\end{{align*}}"
    try:
        made = convert_to_element(text, display="block" if block else "inline")
    except Exception as error:
        raise TexError(f"the equation {_short(source)} is not TeX: {_why(error)}",
                       "Complete it") from error  # fmt: skip
    _check(made, source)
    copy = _copy(made)
    return Equation(tostring(copy, encoding="unicode"), _words(copy))


def _look(source: str) -> None:
    """Raise what can be told from the text."""
    short = _short(source)
    if not source.strip():
        raise TexError("an equation is empty", "Write TeX in it, or delete it")
    if COMMENT.search(source):
        raise TexError(f"a % in the equation {short} begins a comment", r"Write \%")
    unknown = ENVIRONMENT.search(source)
    if unknown:
        fact = f"the equation {short} has the unknown environment '{unknown[1]}'"
        raise TexError(fact, "Use aligned, cases or a matrix")
    depth = 0
    for mark in re.findall(r"\\.|[{}]", source, re.DOTALL):
        depth += (mark == "{") - (mark == "}")
        if depth < 0:
            break
    if depth:
        what = "is not closed" if depth > 0 else "closes nothing"
        raise TexError(f"a brace in the equation {short} {what}", "Write as many { as }")


def _check(made: Element, source: str) -> None:
    """Raise what latex2mathml let pass."""
    for element in made.iter():
        text = html.unescape(element.text or "")
        if text.startswith("\\"):
            name = COMMAND.match(text)
            fact = f"the equation {_short(source)} has the unknown command {(name or [text])[0]}"
            raise TexError(fact, HINT)
        if text == "&" and element.tag == "mi":
            fact = f"an & in the equation {_short(source)} is outside rows"
            raise TexError(fact, r"Write \begin{aligned} around the rows, or \&")
        known = element.tag in TAGS and ATTRIBUTES.issuperset(element.attrib.keys() - {"xmlns"})
        if not known:
            what = ", ".join([element.tag, *sorted(set(element.attrib) - ATTRIBUTES - {"xmlns"})])
            raise TexError(f"the equation {_short(source)} asks for colours, links or styles"
                           f" ({what})", "Leave them out: pages have one look")  # fmt: skip
        if len(element) != ARITY.get(element.tag, len(element)):
            fact = f"a part is missing in the equation {_short(source)}"
            raise TexError(fact, "Give the command all its arguments")


def _copy(element: Element) -> Element:
    """Return an element with names in one piece and functions applied."""
    copy = Element(element.tag, dict(element.attrib))
    copy.text = html.unescape(element.text) if element.text else None
    parts = [_copy(child) for child in element if not _is_nothing(child)]
    if element.tag in ("msub", "msubsup"):
        parts[1] = _named(parts[1])
        for sign in parts[1].iter("mo"):
            # As close as TeX sets it: `t-1` is one index.
            sign.attrib |= {"lspace": "0em", "rspace": "0em"}
    for number, part in enumerate(parts):
        copy.append(part)
        after = parts[number + 1] if number + 1 < len(parts) else None
        if after is not None and _is_function(part) and after.text == "(":
            SubElement(copy, "mo").text = APPLIED
    return copy


def _is_nothing(element: Element) -> bool:
    return element.tag == "mi" and not element.text and not len(element)


def _is_function(element: Element) -> bool:
    if element.tag == "mo" and element.text in FUNCTIONS:
        element.tag = "mi"
    return element.tag == "mi" and element.text in FUNCTIONS


def _named(part: Element) -> Element:
    """Return a subscript of several letters as one name: the `ih` of `W_{ih}` is no product."""
    letters = [each for each in part.iter() if each.tag != "mrow"]
    words = "".join(each.text or "" for each in letters)
    if len(letters) > 1 and words.isalpha() and all(each.tag == "mi" for each in letters):
        name = Element("mi")
        name.text = words
        return name
    return part


def _words(element: Element) -> str:
    """Return the text of an equation, as one reads it."""
    text = re.sub(r"\s+", " ", "".join(_texts(element))).strip()
    return re.sub(r"(?<=[(\[]) | (?=[)\],%])", "", text)


def _texts(element: Element) -> Iterator[str]:
    apart = element.tag not in ("mi", "mtext")
    yield " " if apart else ""
    yield (element.text or "").replace(APPLIED, "").replace("\u00a0", " ")
    for child in element:
        yield from _texts(child)
    yield " " if apart else ""


def _short(source: str) -> str:
    one = " ".join(source.split())
    return f"'{one if len(one) < 60 else one[:57] + '...'}'"


def _why(error: Exception) -> str:
    """Return in words what latex2mathml says by the name of its error."""
    name = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", type(error).__name__).removesuffix(" Error")
    return "something is missing" if name == "No Available Tokens" else name.lower()
