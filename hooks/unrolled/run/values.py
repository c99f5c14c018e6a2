"""The forms in which a value wants to be shown, as notebooks ask for them."""

from __future__ import annotations

import base64
import json
import re
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree

from IPython.utils.dir2 import get_real_method

from unrolled.model.output import ShownKind
from unrolled.run.plain import plain

METHODS = {
    "text/html": "_repr_html_",
    "text/markdown": "_repr_markdown_",
    "image/svg+xml": "_repr_svg_",
    "image/png": "_repr_png_",
    "image/jpeg": "_repr_jpeg_",
    "text/latex": "_repr_latex_",
    "application/json": "_repr_json_",
    "application/javascript": "_repr_javascript_",
}
"""A value's method for each form."""
KINDS = {
    "text/html": ShownKind.HTML,
    "text/markdown": ShownKind.MARKDOWN,
    "image/svg+xml": ShownKind.SVG,
    "image/png": ShownKind.PNG,
    "image/jpeg": ShownKind.JPEG,
    "text/latex": ShownKind.LATEX,
}
"""The forms that a page can show, the richest first."""
LIVE = re.compile(r"<(script|iframe|object|embed|audio|video|canvas)\b", re.IGNORECASE)
"""What HTML must hold none of to be shown on a page."""
CONTROLS = re.compile(r"<(input|button|select|form|textarea|progress|meter)\b", re.IGNORECASE)
"""What HTML without its scripts and styles does not make sense with."""
ELSEWHERE = re.compile(
    r"""<img\b[^<>]*?\bsrc\s*=\s*["']?(?!data:)(?P<html>[^"'\s<>]+)"""
    r"""|!\[[^\[\]]*\]\(\s*<?(?!data:)(?P<markdown>[^\s()<>]+)""",
    re.IGNORECASE,
)
"""An image that lies somewhere else than in the value."""
MUTE = re.compile(r"\s*(?:<.*>|[\w.]+\(id=.*|[\w.]+\(\.\.\.\))\s*", re.DOTALL)
"""A text that says of a value no more than its type."""
STYLE = re.compile(r"<style\b[^<>]*>[^<]*</style>\s*", re.IGNORECASE)
ATTRIBUTES = re.compile(r"<(\w+)\s[^<>]*>")
"""A tag with its attributes, such as the ids that a library draws anew each time."""
LARGEST = 1 << 20
"""Characters of a value's form that a page can show."""


@dataclass(frozen=True)
class Value:
    """A value in the form in which it is shown."""

    kind: ShownKind
    content: str
    text: str
    """The same as readable text, for records and comparisons."""


@dataclass(frozen=True)
class Unshown:
    """A value that a page cannot show."""

    what: str
    """What it is, and why not, in words."""


def form_of(value: Any) -> Value | Unshown:
    """Return a value in the richest form that a page can show."""
    bundle = _bundle(value)
    text = str(bundle["text/plain"]) if "text/plain" in bundle else plain(value)
    if "text/html" in bundle and LIVE.search(str(bundle["text/html"])):
        del bundle["text/html"]
        bundle["application/javascript"] = ""
    if (
        "text/html" in bundle
        and CONTROLS.search(str(bundle["text/html"]))
        and not MUTE.fullmatch(text)
    ):
        del bundle["text/html"]
    for name, kind in KINDS.items():
        if name in bundle:
            content = str(bundle[name])
            if kind is ShownKind.SVG and len(content) <= LARGEST:
                _check_drawing(content)
            elsewhere = ELSEWHERE.search(content) if not kind.is_picture else None
            if elsewhere:
                address = elsewhere["html"] or elsewhere["markdown"]
                return Unshown(f"the image '{address[:80]}', and pages load none from elsewhere")
            says_more = not kind.is_picture and MUTE.fullmatch(text)
            bare = ATTRIBUTES.sub(r"<\1>", STYLE.sub("", content))
            return Value(kind, content, bare if says_more else text)
    if "application/json" in bundle and MUTE.fullmatch(text):
        text = json.dumps(bundle["application/json"], indent=2, default=str)
    library = [name for name in bundle if "vnd." in name]
    if library or ("application/javascript" in bundle and MUTE.fullmatch(text)):
        return Unshown(scripted(_name(value)))
    return Value(ShownKind.TEXT, text, text)


def _bundle(value: Any) -> dict[str, Any]:
    """Return all forms that a value has, by their media types."""
    found: dict[str, Any] = {}
    for name, method in METHODS.items():
        ask = get_real_method(value, method)
        given = ask() if ask else None
        if given is not None:
            found[name] = given
    ask = get_real_method(value, "_repr_mimebundle_")
    given = ask(include=None, exclude=None) if ask else None
    if given is not None:
        found |= given[0] if isinstance(given, tuple) else given
    # Pictures come with their measures.
    forms = {name: form[0] if isinstance(form, tuple) else form for name, form in found.items()}
    return {name: _begin(form) for name, form in forms.items()}


def _check_drawing(svg: str) -> None:
    """Raise what is wrong with a drawing while its cell can still be named.

    Raises:
        ValueError: It is not well-formed, or declares entities.
    """
    if "<!ENTITY" in svg:
        raise ValueError("the figure declares entities")
    try:
        ElementTree.fromstring(svg)  # noqa: S314 - a cell can harm only itself
    except ElementTree.ParseError as error:
        raise ValueError(f"the figure is not well-formed: {error}") from error


def _begin(form: Any) -> Any:
    """Return a form as text, of one that no page can show so much that it can be seen."""
    if isinstance(form, bytes):
        form = base64.b64encode(form[: LARGEST + 1]).decode()
    return form[: LARGEST + 1] if isinstance(form, str) else form


def scripted(name: str) -> str:
    """Return what is said of a value of this type, which only a script can show."""
    return f"{name}, which needs a browser and scripts, and pages run none"


def _name(value: Any) -> str:
    library = type(value).__module__.partition(".")[0]
    name = type(value).__name__
    return name if library in ("__main__", "builtins") else f"{library} {name}"
