"""The files beneath the pages' folder as MkDocs publishes them, and which links it forbids."""

import logging
import posixpath
from dataclasses import dataclass
from enum import Enum
from functools import cached_property

from mkdocs.structure.files import File, Files

from unrolled.model.page import Page
from unrolled.site import docs
from unrolled.site.config import Config

GENERATED = (
    "404.html",
    "app.webmanifest",
    "assets/icon",
    "assets/images/favicon.png",
    "assets/javascripts/",
    "assets/offline.js",
    "assets/quiz/",
    "assets/stylesheets/",
    "assets/unrolled.css",
    "decks/",
    "notebooks/",
    "search/search_index.json",
    "sitemap.xml",
    "worker.js",
)
"""How the addresses begin that MkDocs, the theme and our build add to a site."""


class Rule(Enum):
    """Which setting beneath `validation: links:` says whether a fault counts."""

    NOT_FOUND = "not_found"
    UNRECOGNIZED = "unrecognized_links"
    ABSOLUTE = "absolute_links"
    ANCHORS = "anchors"


@dataclass(frozen=True)
class Docs:
    """A site's files and settings."""

    name: str
    """What problems call the folder of the pages."""
    config: Config
    files: Files

    @staticmethod
    def of(config: Config, name: str) -> "Docs":
        """Look at the folder; what MkDocs makes of conflicting files, it says at each build."""
        return Docs(name, config, docs.files(config.mkdocs))

    def counts(self, rule: Rule) -> bool:
        """Return whether the settings make a fault of what a rule is about."""
        return self.config.mkdocs.validation.links[rule.value] >= logging.WARNING

    def file(self, page: Page) -> File | None:
        """Return a page's file; None where MkDocs publishes none."""
        return self.published.get(page.path.removeprefix(f"{self.name}/"))

    @cached_property
    def published(self) -> dict[str, File]:
        """Return the files that are published, by their paths beneath the folder."""
        return {file.src_uri: file for file in self.files if file.inclusion.is_included()}

    @cached_property
    def withheld(self) -> set[str]:
        """Return the paths of the files that are not: hidden, excluded and drafts."""
        return {file.src_uri for file in self.files if not file.inclusion.is_included()}

    @cached_property
    def built(self) -> dict[str, File]:
        """Return the published files by their addresses on the site, without a slash at the end."""
        by_file = {file.dest_uri: file for file in self.published.values()}
        fronts = [uri for uri in by_file if posixpath.basename(uri) == "index.html"]
        return by_file | {posixpath.dirname(uri) or ".": by_file[uri] for uri in fronts}

    @cached_property
    def by_lower_case(self) -> dict[str, str]:
        """Return the paths of published files by what they are without capital letters."""
        return {uri.lower(): uri for uri in self.published}
