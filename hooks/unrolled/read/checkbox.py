"""The checkbox at the start of a list item: it makes the item an option, right or wrong."""

from __future__ import annotations

import re

CHECKBOX = re.compile(r"\s*\[(?P<mark>[ xX])\](?:\s+|$)")
"""It is matched at the start of an item's first text."""


def without(text: str) -> str:
    """Return an item's text without its checkbox, if it begins with one."""
    found = CHECKBOX.match(text)
    return text[found.end() :] if found else text
