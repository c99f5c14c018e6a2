"""Decks of flashcards for Anki: one a topic, and one of all.

The ids of notes come from those of items, that of a deck from its topic's folder. So a newer deck,
imported, changes the words of the notes that a reader has, and keeps when each is due.
"""

from __future__ import annotations

import hashlib
import io
import tempfile
import warnings
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from urllib.parse import urljoin

import genanki
from bs4 import Tag

from unrolled.blocks import BY_NAME
from unrolled.blocks.topics import fronts, of_topic, title
from unrolled.model.mode import Mode
from unrolled.model.page import Item, Page
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
    shown: Mapping[str, Shown], order: Sequence[Page], site: str, read: ReadFile
) -> Iterator[tuple[str, bytes]]:
    """Yield each deck's path on the site, and its package.

    Args:
        shown: The pages, by their paths.
        order: The same pages, in the order of the navigation.
        site: The site's address.
        read: What is on the site.
    """
    media: dict[str, Media] = {}
    every: list[genanki.Deck] = []
    names = of_topics(order)
    for front in fronts(order):
        if _folder(front) not in names:
            continue
        pages = [shown[page.path] for page in of_topic(front, order) if page.path in shown]
        own: dict[str, Media] = {}
        decks = [*_decks(front, pages, site, read, own)]
        every += decks
        media |= own
        yield f"{FOLDER}/{names[_folder(front)]}.apkg", _package(decks, own)
    if every:
        yield f"{FOLDER}/{ALL}.apkg", _package(every, media)


def _decks(
    front: Page, pages: Sequence[Shown], site: str, read: ReadFile, media: dict[str, Media]
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
            for note in _notes(each, site, read, media):
                deck.add_note(note)
        if deck.notes:
            yield deck


def _notes(
    shown: Shown, site: str, read: ReadFile, media: dict[str, Media]
) -> Iterator[genanki.Note]:
    """Yield the notes of a page, in its order."""
    address = urljoin(site, shown.url) if is_public(site) else ""
    page, taken = shown.page, {item.id: item for item in _taken(shown.page)}
    if not taken:
        return
    for element in parsed(shown.content).select("[id]"):
        item = taken.get(str(element.get("id")))
        if item is None or element.name != BY_NAME[item.block.name].element:
            continue
        media |= _pictures(element, shown.url, read)
        clean(element, address)
        faces = BY_NAME[item.block.name].faces
        assert faces
        sides = faces(element)
        source = f'<a href="{address}#{item.id}">{page.topic}</a>' if address else ""
        fields = [item.id, sides.front, sides.back, source]
        tags = [NAMESPACE, *(word for word in (page.topic, page.mode, item.block.name) if word)]
        yield _Note(model=_model(), fields=fields, tags=tags)


def _pictures(element: Tag, url: str, read: ReadFile) -> dict[str, Media]:
    """Return the pictures of an element that are files of the site, renamed as Anki keeps them."""
    found: dict[str, Media] = {}
    for picture in element.select("img[src]"):
        path = urljoin(url, str(picture["src"]))
        content = read(path)
        if content is not None:
            digest = hashlib.sha256(content).hexdigest()[:12]
            name = f"{NAMESPACE}-{digest}{PurePosixPath(path).suffix}"
            picture["src"] = name
            found[name] = Media(name, content)
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


def _package(decks: Sequence[genanki.Deck], media: Mapping[str, Media]) -> bytes:
    """Return a package as Anki imports it."""
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
