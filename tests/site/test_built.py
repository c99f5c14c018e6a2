"""The fixture site as built: what its tables link is there, what its pages load is there."""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Iterator
from pathlib import Path

import pytest


def read(built: Path, name: str) -> str:
    """Return the HTML of a page at an address."""
    return (built / name / "index.html").read_text("utf-8")


def hrefs(content: str) -> Iterator[str]:
    return (html.unescape(href) for href in re.findall(r'<a [^>]*?href="([^"]*)"', content))


PLACES = {
    "a hub": ("lists", "quiz-hub"),
    "home": ("", "quiz-topics"),
    "the review": ("review", "quiz-review"),
}


@pytest.mark.parametrize(("name", "tag"), PLACES.values(), ids=PLACES.keys())
def test_what_a_built_table_or_list_links_is_there(
    name: str, tag: str, built_fixture: Path
) -> None:
    """Pages, and on them the items."""
    (part,) = re.findall(rf"<{tag}\b.*?</{tag}>", read(built_fixture, name), re.DOTALL)
    links = list(hrefs(part))
    assert len(links) >= 2
    for link in links:
        target, _, anchor = link.partition("#")
        content = read(built_fixture, posixpath.normpath(posixpath.join(name, target)))
        assert not anchor or f' id="{anchor}"' in content


def test_home_lists_the_topics_in_the_order_of_the_navigation(built_fixture: Path) -> None:
    assert re.findall(r'<tr [^>]*data-topic="(\w+)"', read(built_fixture, "")) == ["sets", "lists"]


def test_what_a_built_question_says_to_read_is_there(built_fixture: Path) -> None:
    links = set(
        re.findall(
            r'class="question__read">Read again: <a href="([^"]*)">',
            read(built_fixture, "lists/test"),
        )
    )
    assert "../learn/#the-len-of-a-list" in links
    lesson = read(built_fixture, "lists/learn")
    for link in links:
        assert f' id="{link.removeprefix("../learn/#")}"' in lesson


@pytest.mark.parametrize(
    "name", ["", "lists", "lists/recap", "lists/test", "lists/experiment", "review"]
)
def test_what_a_built_page_loads_is_there(name: str, built_fixture: Path) -> None:
    sources = re.findall(r'src="([^"]*assets/quiz/[^"]*)"', read(built_fixture, name))
    assert sources
    for source in sources:
        assert (built_fixture / posixpath.normpath(posixpath.join(name, source))).is_file()


def test_a_pages_contents_list_sections_and_no_questions(built_fixture: Path) -> None:
    contents = re.findall(
        r'<a href="#([^"]*)" class="md-nav__link">', read(built_fixture, "lists/learn")
    )
    assert {"slices", "order", "copies", "a-picture"} <= set(contents)
    assert not [anchor for anchor in contents if anchor.startswith("lists-learn")]
