"""The blocks that pymdownx brings: what their first line and their options may say.

It shows a block that it does not take as text, without a word.
"""

from __future__ import annotations

import functools
import importlib
import re
from collections.abc import Callable, Collection, Mapping
from typing import Any

from unrolled.read.blocked import ATTRIBUTE, ELEMENT

ADMONITIONS = ("note", "attention", "caution", "danger", "error", "tip", "warning", "important")
"""Admonitions that pymdownx brings, but for "hint", which is the name of a question's hints."""
_CLASSES = {
    "tab": "Tab",
    "admonition": "Admonition",
    "details": "Details",
    "html": "HTML",
    "caption": "Caption",
}
"""The blocks that take options, each in a module of its name, and the names of their classes."""
_PLAIN = ("define", "figure-caption", "table-caption", *ADMONITIONS)
"""Those that take no options of their own."""
PYMDOWN = (*_CLASSES, *_PLAIN)
_BOOLEAN = "Write true or false"
_WORD = "Write a word of letters, digits and hyphens"
_REMEDIES = {
    "open": _BOOLEAN,
    "new": _BOOLEAN,
    "select": _BOOLEAN,
    "type": _WORD,
    "attrs": "Write one name: value a line beneath it, indented by four spaces more",
}
Fault = tuple[str, str, str]
"""The option that is wrong, empty for the block's first line; fact and remedy."""


def options(name: str) -> Collection[str]:
    """Return the options that such a block takes."""
    return (*_spec(name), "attrs")


def fault(name: str, argument: str, values: Mapping[str, object]) -> Fault | None:
    """Return why pymdownx would not take a block, or the page's policy not what it becomes."""
    needs = _class(name).ARGUMENT if name in _CLASSES else None
    if needs and not argument:
        what = "an element" if name == "html" else "a title"
        example = "div" if name == "html" else "Title"
        return "", f"a block '{name}' needs {what}", f"Write /// {name} | {example}"
    attributes = _module("block").type_html_attribute_dict
    spec = {**_spec(name), "attrs": ({}, attributes)}
    for option, value in values.items():
        validate: Callable[[Any], Any] | None = spec[option][1] if option in spec else None
        if validate and not _takes(validate, value):
            shown = str(value)[:40]
            return option, f"the option '{option}' of '{name}' is '{shown}'", _remedy(option)
    return _element(argument, values) if name == "html" else _attributes(values.get("attrs"))


def _spec(name: str) -> dict[str, Any]:
    return dict(_class(name).OPTIONS) if name in _CLASSES else {}


def _class(name: str) -> Any:
    return getattr(_module(name), _CLASSES[name])


@functools.cache
def _module(name: str) -> Any:
    """Return a module of pymdownx's blocks: not imported before, since they bring an HTML parser.

    A check of one page, with all plans at hand, needs none.
    """
    return importlib.import_module(f"pymdownx.blocks.{name}")


def _remedy(option: str) -> str:
    if option == "markdown":
        return f"Use one of: {', '.join(sorted(_module('html').VALID_MODES))}"
    return _REMEDIES[option]


def _takes(validate: Callable[[Any], Any], value: object) -> bool:
    try:
        validate(value)
    except Exception:  # noqa: BLE001 - whatever it raises, pymdownx does not take the value
        return False
    return True


def _element(argument: str, values: Mapping[str, object]) -> Fault | None:
    try:
        tag, attributes = _module("html").parse_selectors(argument)
    except (ValueError, TypeError, AttributeError):
        tag, attributes = None, {}
    if not tag:
        return "", f"'{argument}' is no element", "Write its name: /// html | div.wide"
    if re.match(rf"{ELEMENT}$", tag, re.IGNORECASE):
        return "", f"the page's policy keeps '<{tag}' from working", "Use another element"
    return _attributes(attributes, "") or _attributes(values.get("attrs"))


def _attributes(given: object, option: str = "attrs") -> Fault | None:
    """Return the first attribute that the page's policy keeps from working."""
    for each in given if isinstance(given, dict) else ():
        if re.match(rf"{ATTRIBUTE}$", str(each), re.IGNORECASE):
            remedy = "Give it a class, and that its style in a stylesheet of the project"
            return option, f"the page's policy keeps '{each}=' from working", remedy
    return None
