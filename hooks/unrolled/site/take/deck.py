"""What a deck of flashcards holds: notes, and the pictures that they show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

NAMESPACE = "unrolled"
"""Begins whatever an id or a name is made of, so that it is no other project's."""

Note = tuple[Sequence[str], Sequence[str]]
"""The fields of a note, and its tags."""


@dataclass(frozen=True)
class Picture:
    """A picture that notes show."""

    name: str
    """Unique in a reader's collection."""
    content: bytes


@dataclass(frozen=True)
class Deck:
    """What a deck is called, and its notes."""

    id: str
    """Always the same for a topic: a newer deck keeps when each note is due."""
    name: str
    notes: Sequence[Note]
