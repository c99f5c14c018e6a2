"""Elements that several kinds of block make: tables and their rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from xml.etree.ElementTree import Element, SubElement

from markdown.util import AtomicString


class Inline(str):
    """The text of a cell whose inline Markdown is rendered."""

    __slots__ = ()


def table(parent: Element, heads: Sequence[str], *, name: str = "", caption: str = "") -> Element:
    """Add a table and return its body. It has no class: the theme styles tables that have none."""
    found = SubElement(parent, "table", {"data-table": name} if name else {})
    if caption:
        SubElement(found, "caption").text = caption
    row = SubElement(SubElement(found, "thead"), "tr")
    for head in heads:
        SubElement(row, "th", {"scope": "col"}).text = head
    return SubElement(found, "tbody")


def row(
    body: Element,
    cells: Iterable[str | Element],
    *,
    heads: bool = False,
    attributes: dict[str, str] | None = None,
) -> Element:
    """Add a row and return it.

    Args:
        body: Of the table.
        cells: Texts, shown as they are unless they are `Inline`, or elements.
        heads: Whether the first cell names the row.
        attributes: Of the row.
    """
    made = SubElement(body, "tr", attributes or {})
    for position, content in enumerate(cells):
        is_head = heads and position == 0
        cell = SubElement(made, "th", {"scope": "row"}) if is_head else SubElement(made, "td")
        if isinstance(content, str):
            cell.text = content if isinstance(content, Inline) else AtomicString(content)
        else:
            cell.append(content)
    return made


def link(href: str, text: str) -> Element:
    """Return a link, for a cell of a table."""
    found = Element("a", {"href": href})
    found.text = text
    return found
