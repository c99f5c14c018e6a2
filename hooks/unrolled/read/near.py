"""Remedies for a word that is not one of those that are known."""

import difflib
import posixpath
from collections.abc import Iterable


def near(word: str, known: Iterable[str], otherwise: str = "") -> str:
    """Return the remedy.

    The known word that was probably meant, else `otherwise`, else all that are known.
    """
    words = list(known)
    found = near_word(word, words)
    return f"Did you mean '{found}'?" if found else otherwise or f"Use one of: {', '.join(words)}"


ALIKE = 0.65
"""How alike both the folders and the names of two paths must be, from 0 to 1."""


def near_path(wrong: str, paths: Iterable[str]) -> str:
    """Return the path that is most like a wrong one, or the only one with its name, or nothing."""
    known = list(paths)
    best = max(known, key=lambda name: _alike(wrong, name), default="")
    if best and _alike(wrong, best) >= ALIKE:
        return best
    same = [name for name in known if posixpath.basename(name) == posixpath.basename(wrong)]
    return same[0] if len(same) == 1 else ""


def near_word(wrong: str, words: Iterable[str], alike: float = 0.6) -> str:
    """Return the word that is most like a wrong one and at least this alike, or nothing."""
    return next(iter(difflib.get_close_matches(wrong, sorted(words), 1, alike)), "")


def _alike(one: str, other: str) -> float:
    """Return how alike two paths are; the endings of files, most of them the same, do not count."""
    parts, others = (posixpath.split(posixpath.splitext(name)[0]) for name in (one, other))
    pairs = zip(parts, others, strict=True)
    return min(difflib.SequenceMatcher(None, *pair).ratio() for pair in pairs)
