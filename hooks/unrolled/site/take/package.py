"""A package of decks, as Anki imports it.

The ids of notes come from those of items, that of a deck from its topic's folder. So a newer deck,
imported, changes the words of the notes that a reader has, and keeps when each is due.
"""

from __future__ import annotations

import hashlib
import io
import tempfile
import warnings
import zipfile
from collections.abc import Iterable
from pathlib import Path

import genanki

from unrolled.site.take.deck import NAMESPACE, Deck, Picture
from unrolled.site.take.text import of_package

MODEL = 1_637_202_611
"""The id of the notes' type. Another would part readers from their history."""
FIELDS = ("Id", "Front", "Back", "Source")
"""Of a note. Adding or removing one would do the same."""


class _Note(genanki.Note):
    """A note that is known by its item alone, whatever it says."""

    @property
    def guid(self) -> str:
        """The same for the same item, always."""
        return str(genanki.guid_for(NAMESPACE, (self.fields or [""])[0]))

    @guid.setter
    def guid(self, val: object) -> None:
        """Take no other."""


def written(decks: Iterable[Deck], media: Iterable[Picture]) -> bytes:
    """Return a package of decks, with the pictures that their notes show."""
    media = list(media)
    with tempfile.TemporaryDirectory() as folder:
        for each in media:
            Path(folder, each.name).write_bytes(each.content)
        names = sorted(str(Path(folder, each.name)) for each in media)
        package = genanki.Package([_deck(each) for each in decks], names)
        file = Path(folder, "deck.apkg")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # It takes pieces of code for tags.
            package.write_to_file(file)
        return _compressed(file)


def _deck(deck: Deck) -> genanki.Deck:
    made = genanki.Deck(_number(deck.id), deck.name)
    for fields, tags in deck.notes:
        made.add_note(_Note(model=_model(), fields=[*fields], tags=[*tags]))
    return made


def _model() -> genanki.Model:
    """Return the type of the notes."""
    return genanki.Model(
        MODEL,
        "Unrolled",
        fields=[{"name": name} for name in FIELDS],
        templates=[
            {
                "name": "Card",
                "qfmt": "{{Front}}",
                "afmt": '{{FrontSide}}<hr id="answer">{{Back}}<p class="source">{{Source}}</p>',
            }
        ],
        css=of_package("deck.css"),
        sort_field_index=0,
    )


def _compressed(file: Path) -> bytes:
    """Return a package a quarter as large: genanki leaves it as it is."""
    to = io.BytesIO()
    with zipfile.ZipFile(file) as loose, zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as tight:
        for name in loose.namelist():
            tight.writestr(name, loose.read(name))
    return to.getvalue()


def _number(name: str) -> int:
    """Return the id of a deck, as Anki wants it: a number, here always the same for a name."""
    digest = hashlib.sha256(f"{NAMESPACE}/{name}".encode()).digest()
    return (1 << 30) + int.from_bytes(digest[:4], "big") % (1 << 30)
