"""Decks of flashcards for Anki: one a topic, and one of all."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple

from unrolled.blocks import BY_NAME
from unrolled.blocks.topics import fronts, of_topic, title
from unrolled.model.item import Item
from unrolled.model.mode import Mode
from unrolled.model.page import Page
from unrolled.site.made import Made
from unrolled.site.take.deck import Deck, Note, Picture
from unrolled.site.take.pictures import ReadFile, pictures
from unrolled.site.take.shown import Shown

FOLDER = "decks"
"""Where the decks are on the site."""
ALL = "unrolled"
"""The name of the deck of all topics."""
POOL = "Test"
"""The part of a topic's deck with the questions of its test, which a reader may want to leave."""


def of_topics(pages: Iterable[Page]) -> dict[str, str]:
    """Return the names of the decks that a site has, by the folder of the topic's pages."""
    pages = list(pages)
    return {
        _folder(front): f"unrolled-{front.topic}"
        for front in fronts(pages)
        if any(_taken(page) for page in of_topic(front, pages))
    }


def count(pages: Iterable[Page]) -> int:
    """Return how many notes a deck of these pages holds."""
    return sum(len(_taken(page)) for page in pages)


def build(
    shown: Mapping[str, Shown], order: Sequence[Page], site: str, read: ReadFile, made: Made
) -> Iterator[tuple[str, bytes]]:
    """Yield each deck's path on the site, and its package.

    Args:
        shown: The pages, by their paths.
        order: The same pages, in the order of the navigation.
        site: The site's address.
        read: What is on the site.
        made: What earlier builds made.
    """
    notes = _Notes(site, read, made)
    media: dict[str, Picture] = {}
    every: list[Deck] = []
    names = of_topics(order)
    for front in fronts(order):
        if _folder(front) not in names:
            continue
        pages = [shown[page.path] for page in of_topic(front, order) if page.path in shown]
        own: dict[str, Picture] = {}
        decks = [*_decks(front, pages, notes, own)]
        every += decks
        media |= own
        yield f"{FOLDER}/{names[_folder(front)]}.apkg", _package(decks, own, made)
    if every:
        yield f"{FOLDER}/{ALL}.apkg", _package(every, media, made)


def _decks(
    front: Page, pages: Sequence[Shown], notes: _Notes, media: dict[str, Picture]
) -> Iterator[Deck]:
    """Yield the deck of a topic, and that with its test's questions."""
    name = f"Unrolled::{title(front)}"
    parts = (
        (name, "", [each for each in pages if each.page.mode is not Mode.TEST]),
        (f"{name}::{POOL}", POOL, [each for each in pages if each.page.mode is Mode.TEST]),
    )
    for called, part, held in parts:
        found = [note for each in held for note in notes.of(each, media)]
        if found:
            yield Deck(f"{front.topic}/{part}", called, found)


class _Notes:
    """Makes the notes of pages."""

    def __init__(self, site: str, read: ReadFile, made: Made) -> None:
        """Go by a site's address and files, and by what earlier builds made."""
        self._site = site
        self._read = read
        self._made = made

    def of(self, shown: Shown, media: dict[str, Picture]) -> Iterator[Note]:
        """Yield the notes of a page, in its order, and add the pictures that they show."""
        taken = _taken(shown.page)
        if not taken:
            return
        found = pictures(shown, self._read)
        names = {path: each.name for path, each in found.items()}

        def write() -> list[Note]:
            from unrolled.site.take import notes  # When one is to be made: its library is slow.

            return notes.written(shown, taken, names, shown.address(self._site))

        of = (*shown.texts, self._site, *names, *names.values())
        for fields, tags in self._made.value("notes", of, write):
            said = "".join(fields)
            media |= {each.name: each for each in found.values() if each.name in said}
            yield fields, tags


def _taken(page: Page) -> list[Item]:
    """Return the items of a page that decks hold."""
    return [
        item
        for item in page.answerable
        if item.recurs and item.id and BY_NAME[item.block.name].faces
    ]


def _package(decks: Sequence[Deck], media: Mapping[str, Picture], made: Made) -> bytes:
    """Return a package as Anki imports it, made once for the same notes.

    It holds the time at which it was made, by which Anki knows what is newer.
    """

    def write() -> str:
        from unrolled.site.take import package  # When one is to be made: its library is slow.

        return b64encode(package.written(decks, media.values())).decode()

    of = (json.dumps([astuple(deck) for deck in decks]), *media)
    return b64decode(made.value("deck", of, write))


def _folder(front: Page) -> str:
    return front.path.rpartition("/")[0]
