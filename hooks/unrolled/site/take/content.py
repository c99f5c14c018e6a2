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


def clean(element: Tag, page: str, *, comments: bool = True) -> None:
    """Take out of an element what only its page can use, and lead its links to the site.

    Where the site has no address that others can open, the words of a link stay alone.

    Args:
        element: A part of the page.
        page: The address of the page; empty where the site has none.
        comments: Whether they go too.
    """
    for useless in element.select(ONLY_HERE):
        useless.decompose()
    if comments:
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


def untab(element: Tag) -> None:
    """Put what stands behind tabs one after the other, and make titles of notes bold."""
    for tabs in element.select(".tabbed-set"):
        labels = tabs.select(".tabbed-labels > label")
        for label, content in zip(labels, tabs.select(".tabbed-block"), strict=False):
            content.insert(0, _title(label))
        for useless in tabs.select(".tabbed-labels, input"):
            useless.decompose()
    for title in element.select(".admonition-title, .cell__cause, .cell-output__label"):
        title.replace_with(_title(title))


def _title(of: Tag) -> Tag:
    made = parsed(f"<p><strong>{of.decode_contents()}</strong></p>").p
    assert made
    return made
