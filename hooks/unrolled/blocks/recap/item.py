"""What a recap holds: flashcards, and prompts to answer in one's own words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from unrolled.model.item import Item


@dataclass(frozen=True)
class Card(Item):
    """A `/// card` block: a flashcard, whose front is its title."""

    recurs: ClassVar[bool] = True

    @property
    def takes(self) -> int:
        """Seconds that a reader takes to recall and to turn it."""
        return 20


@dataclass(frozen=True)
class Explain(Item):
    """A `/// explain` block.

    A prompt to answer in one's own words, and the concepts that a good answer names.
    """

    concepts: tuple[str, ...]
    """Each as written."""
    lists: tuple[str, ...]
    """The kinds of the lists that hold them: `bullet` or `ordered`; it should be one."""

    @property
    def takes(self) -> int:
        """Seconds that a reader takes to write it down and compare."""
        return 120
