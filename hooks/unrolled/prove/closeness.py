"""When two outputs are as good as equal.

Word for word, and number by number within what may differ.
"""

from __future__ import annotations

import enum
import re

NUMBER = re.compile(r"-?\d+\.\d*(?:[eE][-+]?\d+)?|-?\d+[eE][-+]?\d+|-?\d+")
LAST_PLACE = 1.001
"""How many units in the last printed place two numbers may differ by: one, as rounding does, and
what floats add to it."""


class Comparison(enum.Enum):
    """How strictly numbers are held to the record; the value is what the check says of it."""

    SAME = "numbers compared to the last printed place"
    """The machine gives the recorded bits."""
    PERTURBED = (
        "numbers compared to the last printed place, those of what trains by targets, checks and"
        " asserts alone"
    )
    """Something was changed that may change what trains, and nothing else."""
    OTHER = (
        "another processor: numbers compared within 1 %, those of what trains by targets, checks"
        " and asserts alone"
    )
    """Another architecture, whose BLAS adds in another order."""

    @property
    def relative(self) -> float:
        """By how much of itself a number that is not whole may differ."""
        return 1e-2 if self is Comparison.OTHER else 1e-4


def close(
    old: str,
    new: str,
    comparison: Comparison = Comparison.SAME,
    *,
    trained: bool = False,
) -> bool:
    """Return whether two outputs are as good as equal.

    Args:
        old: What is recorded.
        new: What a run gave.
        comparison: How strictly numbers that are not whole are compared; elsewhere, those of what
            trains are not.
        trained: Whether the run had trained something.
    """
    if old == new:
        return True
    if words(old) != words(new):
        return False
    if trained and comparison is not Comparison.SAME:
        return True
    pairs = zip(NUMBER.findall(old), NUMBER.findall(new), strict=False)
    return all(_near(a, b, comparison) for a, b in pairs)


def words(text: str) -> str:
    """Return a text with a mark in place of each number."""
    # The minus sign belongs to the number, and -0.0000 is as good as 0.0000; columns may be padded
    # for it.
    return re.sub(r"[ ]+", " ", NUMBER.sub(" # ", text))


def _near(old: str, new: str, comparison: Comparison) -> bool:
    if old == new:
        return True
    if not (_is_float(old) and _is_float(new)):
        return False
    a, b = float(old), float(new)
    return abs(a - b) <= max(
        LAST_PLACE * min(_unit(old), _unit(new)), comparison.relative * max(abs(a), abs(b))
    )


def _is_float(number: str) -> bool:
    return any(c in number for c in ".eE")


def _unit(number: str) -> float:
    """Return what one step in the last printed place of a number is worth.

    Nothing for `2.`, which is how torch prints a whole number.
    """
    mantissa, _, exponent = number.lower().partition("e")
    places = len(mantissa.partition(".")[2])
    return 10.0 ** (int(exponent or 0) - places) if places or exponent else 0.0
