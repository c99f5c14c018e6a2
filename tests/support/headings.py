"""The headings that a page's items say to read, among pages that are no site on a disk."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from support.paths import PROJECT
from unrolled.model.page import Page
from unrolled.site import config
from unrolled.site.config import Config
from unrolled.site.links import dry
from unrolled.site.links.addresses import Docs
from unrolled.site.links.faults import titles, web

DOCS = "docs"


def headings(page: Page, pages: Sequence[Page]) -> Mapping[str, str]:
    """Return the headings as HTML, by link as written, as the build of the project finds them."""
    if not any(item.block.option("read") for item in page.items):
        return {}
    read = _settings()
    published = Files([_file(each, read.mkdocs) for each in pages])
    outlines = {each.path: dry.outline(each, read.mkdocs) for each in pages}
    return titles(page, web(pages, outlines, Docs(DOCS, read, published)))


@functools.cache
def _settings() -> Config:
    return config.load(PROJECT / "mkdocs.yml")


def _file(page: Page, settings: MkDocsConfig) -> File:
    name = page.path.removeprefix(f"{DOCS}/")
    return File(name, str(PROJECT / DOCS), settings.site_dir, settings.use_directory_urls)
