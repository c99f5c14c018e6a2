"""A card of a recap as a flashcard of a deck: its two sides are there already."""

from __future__ import annotations

from typing import TYPE_CHECKING

from unrolled.model.kind import Faces

if TYPE_CHECKING:
    from bs4 import Tag


def faces(card: Tag) -> Faces:
    """Return the two sides of a card's element."""
    front, back = card.select_one(".card__front"), card.select_one(".card__back")
    assert front and back, "every card has two sides"
    return Faces(f"<p>{front.decode_contents()}</p>", back.decode_contents())
