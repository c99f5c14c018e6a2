"""The HTML of a page for other programs: without what only the page can use, links made whole."""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup, Comment, Tag

ONLY_HERE = ".claim__tick, .headerlink, script, link, style, .answer-key, quiz-proofs"
"""Elements that mean nothing outside of the page."""
ATTRIBUTES = ("id", "tabindex", "role", "aria-labelledby", "data-hash")
"""Attributes that only the page's own scripts and links use."""


def is_public(address: str) -> bool:
    """Return whether an address is one that others can open, and not that of a machine's own."""
    host = urlsplit(address).hostname or ""
    if host in ("", "localhost"):
        return False
    try:
        return not ip_address(host).is_loopback
    except ValueError:
        return True


def parsed(content: str) -> BeautifulSoup:
    """Return the HTML of a page as a tree."""
    return BeautifulSoup(content, "html.parser")


def clean(element: Tag, page: str) -> None:
    """Take out of an element what only its page can use, and lead its links to the site.

    Where the site has no address that others can open, the words of a link stay alone.

    Args:
        element: A part of the page.
        page: The address of the page; empty where the site has none.
    """
    for useless in element.select(ONLY_HERE):
        useless.decompose()
    for said in element.find_all(string=lambda text: isinstance(text, Comment)):
        said.extract()
    for link in element.select("a[href]"):
        address = urljoin(page, str(link["href"]))
        if is_public(address):
            link.attrs = {"href": address}
        else:
            link.unwrap()
    for each in element.find_all(True):
        if each.find_parent("svg") is None:
            for name in ATTRIBUTES:
                each.attrs.pop(name, None)
