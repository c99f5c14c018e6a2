"""The HTML of a page for other programs: without what only the page can use, links made whole."""

from __future__ import annotations

from urllib.parse import urljoin

from bs4 import BeautifulSoup, Comment, Tag
from bs4.element import NavigableString

from unrolled.site.take.shown import is_public

ONLY_HERE = frozenset(("script", "link", "style", "quiz-proofs"))
"""Elements that mean nothing outside of the page, and others that do not, by their classes."""
ONLY_HERE_OF = frozenset(("claim__tick", "headerlink", "answer-key"))
CLAIM = frozenset(("claim",))
"""The class of what a claim shows: a number, or only a tick."""
TITLES = ("admonition-title", "cell__cause", "cell-output__label")
"""Classes of what is a title, and no heading."""
ATTRIBUTES = ("id", "tabindex", "role", "aria-labelledby", "data-hash")
"""Attributes that only the page's own scripts and links use."""


MAKER = BeautifulSoup("", "html.parser")
"""Makes elements."""


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
    for each in element.find_all(True):
        # Else it went with what is around it.
        if each.decomposed:
            continue
        if each.name in ONLY_HERE or _is_of(each, ONLY_HERE_OF):
            around = each.parent
            each.decompose()
            if around and _is_of(around, CLAIM) and not around.get_text(strip=True):
                _remove_word(around)
    if comments:
        for said in element.find_all(string=lambda text: isinstance(text, Comment)):
            said.extract()
    drawn = {id(each) for svg in element.find_all("svg") for each in svg.find_all(True)}
    for each in element.find_all(True):
        if each.name == "a" and each.has_attr("href"):
            address = urljoin(page, str(each["href"]))
            if not is_public(address):
                each.unwrap()
                continue
            each.attrs = {"href": address}
        elif id(each) not in drawn:
            for name in ATTRIBUTES:
                each.attrs.pop(name, None)


def _remove_word(element: Tag) -> None:
    """Take out an element that stood in a line as a word does.

    The space or the brackets around it go too.
    """
    before, after = element.previous_sibling, element.next_sibling
    element.decompose()
    if not isinstance(before, NavigableString):
        return
    text = str(before).rstrip()
    if text.endswith("(") and isinstance(after, NavigableString) and after.startswith(")"):
        text = text[:-1].rstrip()
        after.replace_with(str(after)[1:])
    before.replace_with(text)


def _is_of(element: Tag, classes: frozenset[str]) -> bool:
    """Return whether an element has one of these classes."""
    return not classes.isdisjoint(element.get_attribute_list("class"))


def untab(element: Tag) -> None:
    """Put what stands behind tabs one after the other, and make titles of notes bold."""
    for tabs in element.find_all(class_="tabbed-set"):
        labels = tabs.select(".tabbed-labels > label")
        for label, content in zip(labels, tabs.find_all(class_="tabbed-block"), strict=False):
            content.insert(0, title(label))
        for useless in tabs.select(".tabbed-labels, input"):
            useless.decompose()
    for said in element.find_all(class_=TITLES):
        said.replace_with(title(said))


def title(of: Tag) -> Tag:
    """Return a paragraph with what a title says, in bold; the title is left empty."""
    made, bold = (MAKER.new_tag(name) for name in ("p", "strong"))
    bold.extend([*of.contents])
    made.append(bold)
    return made
