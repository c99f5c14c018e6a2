"""Python-Markdown with the project's extensions, and nothing else.

It gives what MkDocs puts in a page's content.
"""

from __future__ import annotations

import functools
import logging
import posixpath
import re
from collections import Counter
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from markdown import Markdown

from support.fixture import files
from support.paths import SITE
from support.sites import WriteSite
from unrolled.site import config

ARTICLE = re.compile(r'<article class="md-content__inner md-typeset">(.*?)</article>', re.DOTALL)
ADDRESSED = re.compile(r'( (?:href|src)=")([^"]*)"')
TAKEN = re.compile(r'<p class="take-(?:buttons|along)".*?</p>\n?', re.DOTALL)
WITHOUT = re.compile(r"\A---\n.*?^---\n", re.DOTALL | re.MULTILINE)
PARTS = {
    "outputs": re.compile(r'<div class="cell-output.*?</div>', re.DOTALL),
    "figures": re.compile(r'<[^<>]* class="cell-figure.*?</', re.DOTALL),
    "assets": re.compile(r"<script\b[^>]*>|<link\b[^>]*>"),
    "keys": re.compile(r'<section class="answer-key".*?</section>', re.DOTALL),
    "elements": re.compile(r"<quiz-[^>]*>"),
    "code that the keyboard reaches": re.compile(r'<code[^>]* tabindex="0"[^>]*>'),
}
"""What a page must have whichever other extensions its site asks for."""


def url(name: str) -> str:
    """Return the address of a page, given its file's path beneath the folder of the pages."""
    stem = name.removesuffix(".md").removesuffix(".py").removesuffix("index")
    return stem if not stem or stem.endswith("/") else f"{stem}/"


def comparable(name: str, content: str) -> str:
    """Return a page's content with its addresses as they stand from the site's root.

    MkDocs makes addresses of links to files, which Python-Markdown leaves as they are written.
    """

    def absolute(match: re.Match[str]) -> str:
        to = urlsplit(match[2])
        if to.scheme or not to.path:
            return match[0]
        of_file = to.path.endswith((".md", ".py"))
        folder = posixpath.dirname(name if of_file else url(name))
        path = posixpath.normpath(posixpath.join("/", folder, to.path))
        path = f"/{url(path[1:])}".rstrip("/") if of_file else path
        return f'{match[1]}{path or "/"}#{to.fragment}"'

    return ADDRESSED.sub(absolute, content).strip()


@functools.cache
def alone(name: str) -> str:
    """Return a page's content by the extensions that the site's settings name."""
    read = config.load(SITE / "mkdocs.yml").mkdocs
    options = {**read.mdx_configs, "unrolled": {"config": str(SITE / "mkdocs.yml")}}
    md = Markdown(extensions=list(read.markdown_extensions), extension_configs=options)
    return md.convert(WITHOUT.sub("", files()[name]))


def by_mkdocs(name: str, built: Path) -> str:
    """Return what MkDocs has put in a page's content, but for what readers can take along.

    That is of the site and not of the page.
    """
    (content,) = ARTICLE.findall((built / url(name) / "index.html").read_text("utf-8"))
    return TAKEN.sub("", content)


@pytest.mark.parametrize("name", files())
def test_a_page_is_what_mkdocs_makes_of_it(name: str, built_fixture: Path) -> None:
    assert comparable(name, alone(name)) == comparable(name, by_mkdocs(name, built_fixture))


@pytest.mark.parametrize("name", files())
def test_our_extension_by_itself_gives_all_of_ours(name: str, built_fixture: Path) -> None:
    """Without those that it rests on, and with the front matter, which is no concern of theirs."""
    settings = {"unrolled": {"config": str(SITE / "mkdocs.yml")}}
    own = Markdown(extensions=["unrolled"], extension_configs=settings).convert(files()[name])
    content = by_mkdocs(name, built_fixture)
    for part, pattern in PARTS.items():
        assert Counter(pattern.findall(own)) == Counter(pattern.findall(content)), part


@pytest.mark.parametrize("part", PARTS)
def test_the_pages_have_what_is_compared(part: str, built_fixture: Path) -> None:
    assert any(PARTS[part].search(by_mkdocs(name, built_fixture)) for name in files())


@pytest.mark.usefixtures("lent")
def test_a_page_with_a_problem_says_so_and_so_does_the_log(
    write_site: WriteSite, caplog: pytest.LogCaptureFixture
) -> None:
    text = "# Page\n\n```python\n1 / 0\n```\n"
    settings = {"unrolled": {"config": str(write_site({"page.md": text}) / "mkdocs.yml")}}
    with caplog.at_level(logging.ERROR, "unrolled"):
        shown = Markdown(extensions=["unrolled"], extension_configs=settings).convert(text)
    assert re.search(r'</h1>\s*<div class="page-problems" role="alert">', shown)
    for told in (shown, caplog.text):
        assert "docs/page.md:4: the cell raises ZeroDivisionError" in told
