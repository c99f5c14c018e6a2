"""Fresh numbers: which integers of a question change, and the combinations that are tried."""

from __future__ import annotations

import itertools
import random
import re
from collections.abc import Mapping
from dataclasses import dataclass

DRAWN = 14
"""Combinations that are tried."""
MOST = 12
"""Combinations that a page carries at most."""
FEWEST = 3
"""Combinations that must hold at least: with fewer, readers meet the same numbers again soon."""
NUMBER = re.compile(r"(?<![\w.])(?<!\de[-+])\d+(?!\w|\.\d)")
"""An integer by itself, in code or in text: neither `h_0` nor `0.5` nor `1e-5`."""


@dataclass(frozen=True)
class Vary:
    """The option `vary` of a question, read."""

    alternatives: tuple[tuple[int, tuple[int, ...]], ...]
    """Integers of the question's code, each with those that can stand in its place."""

    @staticmethod
    def read(value: object) -> Vary | None:
        """Read the option; None for what is not a mapping of integers to lists of integers."""
        if not isinstance(value, dict) or not value:
            return None
        found: list[tuple[int, tuple[int, ...]]] = []
        for base, others in value.items():
            if type(base) is not int or not isinstance(others, list) or not others:
                return None
            if any(type(other) is not int or other < 0 for other in others):
                return None
            found.append((base, tuple(others)))
        return Vary(tuple(found))

    @property
    def base(self) -> tuple[int, ...]:
        """The integers as they stand in the page."""
        return tuple(base for base, _ in self.alternatives)

    def combinations(self, seed: str) -> list[tuple[int, ...]]:
        """Return the combinations to try, the same for the same seed; never the page's own."""
        values = [(base, *others) for base, others in self.alternatives]
        every = [each for each in itertools.product(*values) if each != self.base]
        # S311: nothing secret is drawn; the same question must give the same combinations.
        return random.Random(seed).sample(every, min(DRAWN, len(every)))  # noqa: S311

    def to(self, combination: tuple[int, ...]) -> dict[str, str]:
        """Return what each integer becomes, as text."""
        pairs = zip(self.base, combination, strict=True)
        return {str(base): str(other) for base, other in pairs}


def renumbered(text: str, to: Mapping[str, str]) -> str:
    """Return a text with other integers, all put in at once. The widget does the same."""
    return NUMBER.sub(lambda found: to.get(found[0], found[0]), text)
