"""The notes of a page, from its HTML."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from urllib.parse import urljoin

from unrolled.blocks import BY_NAME
from unrolled.model.item import Item
from unrolled.site.take.content import clean, parsed
from unrolled.site.take.deck import NAMESPACE, Note
from unrolled.site.take.shown import Shown


def written(
    shown: Shown, taken: Iterable[Item], names: Mapping[str, str], address: str
) -> list[Note]:
    """Return the fields and tags of each note.

    Args:
        shown: The page.
        taken: Its items that become notes.
        names: What pictures are called among the notes, by their paths on the site.
        address: Where others find the page; empty where they cannot.
    """
    page, by_id = shown.page, {item.id: item for item in taken}
    found: list[Note] = []
    for element in parsed(shown.content).select("[id]"):
        item = by_id.get(str(element.get("id")))
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
        found.append(([item.id, sides.front, sides.back, source], [*map(str, tags)]))
    return found
