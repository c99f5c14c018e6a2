"""Decks of flashcards for Anki: one a topic, and one of all.

The ids of notes come from those of items, that of a deck from its topic's folder. So a newer deck,
imported, changes the words of the notes that a reader has, and keeps when each is due.
"""

from __future__ import annotations

import hashlib
import io
import json
import tempfile
import warnings
import zipfile
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from urllib.parse import urljoin

import genanki
from bs4 import Tag

from unrolled.blocks import BY_NAME
from unrolled.blocks.topics import fronts, of_topic, title
from unrolled.model.item import Item
from unrolled.model.mode import Mode
from unrolled.model.page import Page
from unrolled.site.made import Made
from unrolled.site.take.content import clean, is_public, parsed
from unrolled.site.take.text import of_package

FOLDER = "decks"
"""Where the decks are on the site."""
ALL = "unrolled"
"""The name of the deck of all topics."""
NAMESPACE = "unrolled"
"""Begins whatever an id is made of, so that it is no other project's."""
MODEL = 1_637_202_611
"""The id of the notes' type. Another would part readers from their history."""
FIELDS = ("Id", "Front", "Back", "Source")
"""Of a note. Adding or removing one would do the same."""
POOL = "Test"
"""The part of a topic's deck with the questions of its test, which a reader may want to leave."""

ReadFile = Callable[[str], bytes | None]
"""Returns what is at a path of the site; None where nothing is."""


@dataclass(frozen=True)
class Shown:
    """A page as the site shows it."""

    page: Page
    content: str
    """Its HTML."""
    url: str
    """Its address within the site."""

    @property
    def texts(self) -> tuple[str, ...]:
        """All that is made of it depends on these, and on the files that it shows or reads."""
        return (self.page.path, self.page.text, self.url, self.content)


@dataclass(frozen=True)
class Media:
    """A picture that notes show."""

    name: str
    """Unique in a reader's collection."""
    content: bytes


class _Note(genanki.Note):
    """A note that is known by its item alone, whatever it says."""

    @property
    def guid(self) -> str:
        """The same for the same item, always."""
        return str(genanki.guid_for(NAMESPACE, (self.fields or [""])[0]))

    @guid.setter
    def guid(self, val: object) -> None:
        """Take no other."""


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
    media: dict[str, Media] = {}
    every: list[genanki.Deck] = []
    names = of_topics(order)
    for front in fronts(order):
        if _folder(front) not in names:
            continue
        pages = [shown[page.path] for page in of_topic(front, order) if page.path in shown]
        own: dict[str, Media] = {}
        decks = [*_decks(front, pages, notes, own)]
        every += decks
        media |= own
        yield f"{FOLDER}/{names[_folder(front)]}.apkg", _package(decks, own, made)
    if every:
        yield f"{FOLDER}/{ALL}.apkg", _package(every, media, made)


def _decks(
    front: Page, pages: Sequence[Shown], notes: _Notes, media: dict[str, Media]
) -> Iterator[genanki.Deck]:
    """Yield the deck of a topic, and that with its test's questions."""
    name = f"Unrolled::{title(front)}"
    parts = (
        (name, "", [each for each in pages if each.page.mode is not Mode.TEST]),
        (f"{name}::{POOL}", POOL, [each for each in pages if each.page.mode is Mode.TEST]),
    )
    for called, part, held in parts:
        deck = genanki.Deck(_number(f"{front.topic}/{part}"), called)
        for each in held:
            for note in notes.of(each, media):
                deck.add_note(note)
        if deck.notes:
            yield deck


class _Notes:
    """Makes the notes of pages."""

    def __init__(self, site: str, read: ReadFile, made: Made) -> None:
        """Go by a site's address and files, and by what earlier builds made."""
        self._site = site
        self._read = read
        self._made = made

    def of(self, shown: Shown, media: dict[str, Media]) -> Iterator[genanki.Note]:
        """Yield the notes of a page, in its order, and add the pictures that they show."""
        if not _taken(shown.page):
            return
        tree = parsed(shown.content) if "<img" in shown.content else None
        pictures = _pictures(tree, shown.url, self._read) if tree else {}
        names = {path: each.name for path, each in pictures.items()}
        of = (*shown.texts, self._site, *names, *names.values())
        for fields, tags in self._made.value("notes", of, lambda: self._written(shown, names)):
            said = "".join(fields)
            media |= {each.name: each for each in pictures.values() if each.name in said}
            yield _Note(model=_model(), fields=fields, tags=tags)

    def _written(self, shown: Shown, names: Mapping[str, str]) -> list[tuple[list[str], list[str]]]:
        """Return the fields and tags of each note.

        Args:
            shown: The page.
            names: What pictures are called among the notes, by their paths on the site.
        """
        address = urljoin(self._site, shown.url) if is_public(self._site) else ""
        page, taken = shown.page, {item.id: item for item in _taken(shown.page)}
        written: list[tuple[list[str], list[str]]] = []
        for element in parsed(shown.content).select("[id]"):
            item = taken.get(str(element.get("id")))
            if item is None or element.name != BY_NAME[item.block.name].element:
                continue
            for picture in element.select("img[src]"):
                path = urljoin(shown.url, str(picture["src"]))
                picture["src"] = names.get(path, str(picture["src"]))
            clean(element, address)
            faces = BY_NAME[item.block.name].faces
            assert faces
            sides = faces(element)
            source = f'<a href="{address}#{item.id}">{page.topic}</a>' if address else ""
            tags = [NAMESPACE, *(word for word in (page.topic, page.mode, item.block.name) if word)]
            written.append(([item.id, sides.front, sides.back, source], [*map(str, tags)]))
        return written


def _pictures(tree: Tag, url: str, read: ReadFile) -> dict[str, Media]:
    """Return the pictures of a page that are files of the site, by their paths there."""
    found: dict[str, Media] = {}
    for picture in tree.select("img[src]"):
        path = urljoin(url, str(picture["src"]))
        content = read(path)
        if content is not None:
            digest = hashlib.sha256(content).hexdigest()[:12]
            found[path] = Media(f"{NAMESPACE}-{digest}{PurePosixPath(path).suffix}", content)
    return found


def _taken(page: Page) -> list[Item]:
    """Return the items of a page that decks hold."""
    return [
        item
        for item in page.answerable
        if item.recurs and item.id and BY_NAME[item.block.name].faces
    ]


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


def _package(decks: Sequence[genanki.Deck], media: Mapping[str, Media], made: Made) -> bytes:
    """Return a package as Anki imports it, made once for the same notes.

    It holds the time at which it was made, by which Anki knows what is newer.
    """
    said = [[deck.name, [[note.fields, note.tags] for note in deck.notes]] for deck in decks]
    of = (json.dumps(said), *media)
    return b64decode(made.value("deck", of, lambda: b64encode(_written(decks, media)).decode()))


def _written(decks: Sequence[genanki.Deck], media: Mapping[str, Media]) -> bytes:
    """Write a package."""
    with tempfile.TemporaryDirectory() as folder:
        for each in media.values():
            Path(folder, each.name).write_bytes(each.content)
        package = genanki.Package([*decks], [str(Path(folder, name)) for name in sorted(media)])
        file = Path(folder, "deck.apkg")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # It takes pieces of code for tags.
            package.write_to_file(file)
        return _compressed(file)


def _compressed(file: Path) -> bytes:
    """Return a package a quarter as large: genanki leaves it as it is."""
    to = io.BytesIO()
    with zipfile.ZipFile(file) as loose, zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as tight:
        for name in loose.namelist():
            tight.writestr(name, loose.read(name))
    return to.getvalue()


def _folder(front: Page) -> str:
    return front.path.rpartition("/")[0]


def _number(name: str) -> int:
    """Return the id of a deck, as Anki wants it: a number, here always the same for a name."""
    digest = hashlib.sha256(f"{NAMESPACE}/{name}".encode()).digest()
    return (1 << 30) + int.from_bytes(digest[:4], "big") % (1 << 30)
