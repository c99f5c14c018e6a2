"""Elements of a page's HTML. Parsing one shows that it is well-formed."""

import re
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from support.page import convert
from unrolled.run.engine import Engine


def parsed(name: str, content: str) -> Element:
    """Return the only element of this name."""
    (match,) = re.findall(rf"<{name}\b.*?</{name}>", content, re.DOTALL)
    return ElementTree.fromstring(match.replace("&para;", "¶"))  # noqa: S314 - the page is our own


def element(name: str, text: str, engine: Engine) -> Element:
    """Return the only element of this name on a page, with which nothing may be wrong."""
    content, found = convert(text, engine)
    assert found == []
    return parsed(name, content)


def only(parent: Element, path: str) -> Element:
    """Return the one element at a path."""
    (found,) = parent.findall(path)
    return found


def text_of(element: Element | None) -> str:
    """Return an element's text, spaces made one, without the theme's links in headings."""
    assert element is not None
    return " ".join("".join(element.itertext()).replace("¶", "").split())


def rows(parent: Element, name: str) -> list[list[str]]:
    """Return the texts of a table's cells, its head included.

    Nothing when there is no such table.
    """
    tables = parent.findall(f".//table[@data-table='{name}']")
    return [[text_of(entry) for entry in row] for table in tables for row in table.iter("tr")]
