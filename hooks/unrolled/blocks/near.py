"""Remedies for a word that is not one of those that are known."""

import difflib
from collections.abc import Iterable


def near(word: str, known: Iterable[str], otherwise: str = "") -> str:
    """Return the remedy: the known word that was probably meant, else `otherwise`, else all that are known."""
    words = list(known)
    found = difflib.get_close_matches(word, words, 1)
    return f"Did you mean '{found[0]}'?" if found else otherwise or f"Use one of: {', '.join(words)}"
