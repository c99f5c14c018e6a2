"""Numbers in words."""

from __future__ import annotations

import re
from collections.abc import Iterator

UNITS = (
    "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
VALUES = {word: n for n, word in enumerate(UNITS, 2)} | {
    word: 10 * n for n, word in enumerate(TENS, 2)
}
LARGE = {"dozen": 12, "hundred": 100, "thousand": 1000, "million": 1_000_000}
ONE = rf"(?:{'|'.join((*TENS, *UNITS, *LARGE))})"
WORDS = rf"(?:(?:a |one |some )?{ONE}(?:[- ]{ONE}|-one)*)"
"""A number in words, as a pattern: two at least, or one with a large word."""


def read(text: str) -> Iterator[int]:
    """Yield the numbers that stand in words in a text."""
    for found in re.finditer(rf"\b{WORDS}\b", text, re.IGNORECASE):
        yield _value(found[0].lower())


def _value(said: str) -> int:
    whole, part = 0, 0
    for word in re.split(r"[- ]", said):
        if word in LARGE:
            part = max(part, 1) * LARGE[word]
            whole, part = (whole + part, 0) if LARGE[word] > 100 else (whole, part)
        else:
            part += VALUES.get(word, int(word == "one"))
    return whole + part
