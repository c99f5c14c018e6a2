"""Reading packages of flashcards back, as Anki keeps them: a zip with a database in it."""

from __future__ import annotations

import json
import sqlite3
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Note:
    """A note of a package."""

    guid: str
    """By this alone Anki knows it again."""
    model: int
    deck: int
    item: str
    front: str
    back: str
    source: str
    tags: tuple[str, ...]


@dataclass(frozen=True)
class Package:
    """What a package holds."""

    notes: dict[str, Note]
    """By the ids of their items."""
    decks: dict[int, str]
    """Names by ids."""
    media: tuple[str, ...]


def read(file: Path) -> Package:
    """Read a package."""
    with zipfile.ZipFile(file) as held, tempfile.TemporaryDirectory() as folder:
        base = Path(held.extract("collection.anki2", folder))
        names = json.loads(held.read("media"))
        connection = sqlite3.connect(base)
        rows = connection.execute(
            "select guid, mid, flds, tags, (select did from cards where nid = notes.id) from notes"
        ).fetchall()
        (decks,) = connection.execute("select decks from col").fetchone()
        connection.close()
    notes = [
        Note(guid, model, deck, *fields.split("\x1f"), tuple(tags.split()))
        for guid, model, fields, tags, deck in rows
    ]
    return Package(
        {note.item: note for note in notes},
        {int(number): deck["name"] for number, deck in json.loads(decks).items()},
        tuple(sorted(names.values())),
    )
