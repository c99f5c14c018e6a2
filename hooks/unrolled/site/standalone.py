"""The Markdown extension as everyone loads it by name: it finds the site by itself, unless a build gives it the pages.

Python-Markdown alone, MkDocs and Zensical so give the same page.
"""

from __future__ import annotations

import atexit
import functools
from pathlib import Path
from typing import Any

from unrolled.render.extension import Provider, UnrolledExtension
from unrolled.site.library import Library
from unrolled.site.place import load


class SiteExtension(UnrolledExtension):
    """The extension `unrolled`.

    Configuration: `config`, the site's `mkdocs.yml` (here, unless it says otherwise), and `path`, the page's path relative to it, for
    text that is no page of the site as it stands; or `provider`, which a build gives.
    """

    def __init__(self, **configs: Any) -> None:
        """Take the configuration."""
        self._mkdocs = Path(str(configs.pop("config", "mkdocs.yml"))).resolve()
        self._path = str(configs.pop("path", ""))
        super().__init__(**configs)

    def provider(self) -> Provider:
        """Return who knows the pages: a build, or the site that `config` describes."""
        if self.getConfig("provider"):
            return super().provider()
        library = _library(self._mkdocs)
        library.turn_to(self._path)
        return library


@functools.cache
def _library(config: Path) -> Library:
    """Return the pages of a site, run and proved once a process."""
    site = load(config)
    engine = site.engine()
    atexit.register(engine.close)
    library = Library(site, engine)
    library.load()
    return library
