"""The fixture site as built.

The anchors that the check knows without a build are there, and every address leads somewhere.
"""

from __future__ import annotations

import posixpath
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest

from support.built import ORIGIN
from support.paths import SITE
from unrolled.site import place
from unrolled.site.links import outlines
from unrolled.site.links.addresses import Docs


class Names(HTMLParser):
    """Reads the ids of a page as built, and all addresses on it."""

    def __init__(self, text: str) -> None:
        """Read a page."""
        super().__init__()
        self.ids: set[str] = set()
        self.addresses: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note them."""
        for name, value in attrs:
            if name == "id" or (tag, name) == ("a", "name"):
                self.ids.add(value or "")
            elif name in ("href", "src"):
                self.addresses.add(value or "")


@pytest.fixture(scope="module")
def names(built_fixture: Path) -> dict[str, Names]:
    """All pages of the site as built, by their paths."""
    files = built_fixture.rglob("*.html")
    return {
        file.relative_to(built_fixture).as_posix(): Names(file.read_text("utf-8")) for file in files
    }


def test_every_anchor_that_the_check_knows_is_on_the_built_page(
    names: dict[str, Names], tmp_path: Path
) -> None:
    """What it takes for an anchor without building is one."""
    site = place.load(SITE / "mkdocs.yml")
    assert site.config
    pages = site.read()
    known = outlines.read(pages, site.mkdocs, tmp_path)
    docs = Docs.of(site.config, site.docs_name)
    for page in pages:
        file = docs.file(page)
        assert file and known[page.path].anchors
        assert known[page.path].anchors - names[file.dest_uri].ids == set(), page.path


def test_every_address_on_the_built_site_leads_somewhere(
    names: dict[str, Names], built_fixture: Path
) -> None:
    """Pages, files and anchors.

    Those of the theme, the widget and the lists that the build makes included.
    """
    dead: list[str] = []
    count = 0
    for path, page in names.items():
        for link in page.addresses:
            url = urlsplit(urljoin(f"{ORIGIN}{path}", link))
            if f"{url.scheme}://{url.netloc}/" != ORIGIN:
                continue
            count += 1
            target = posixpath.normpath(
                unquote(url.path).lstrip("/") + ("index.html" if url.path.endswith("/") else "")
            )
            there = target in names and (
                url.fragment in ("", "top") or url.fragment in names[target].ids
            )
            if not (there or (not url.fragment and (built_fixture / target).is_file())):
                dead.append(f"{path}: {link}")
    assert dead == []
    assert count > 500
