"""The Markdown extension as everyone loads it by name.

It finds the site by itself, unless a build gives it the pages.

Python-Markdown alone, MkDocs and Zensical so give the same page.
"""

from __future__ import annotations

import atexit
import logging
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from markdown import Markdown
from mkdocs.exceptions import ConfigurationError

from unrolled.model.problem import Problem, listing
from unrolled.render.extension import UnrolledExtension
from unrolled.render.rendering import Rendering
from unrolled.site.library import Library
from unrolled.site.order import order
from unrolled.site.place import Site, load

SETTINGS = "mkdocs.yml"
log = logging.getLogger("unrolled")


@dataclass(frozen=True)
class Where:
    """Which page a converter is at, as it says itself."""

    path: str = ""
    """Relative to the pages' folder; empty where it does not say."""
    url: str | None = None
    """Its address on the site."""
    root: Path | None = None
    """The folder of the site's settings."""
    docs: str = ""
    """The folder of its pages, relative to that."""


class SiteExtension(UnrolledExtension):
    """The extension `unrolled`.

    Configuration: `config`, the site's `mkdocs.yml` (here, unless it says otherwise), and `path`,
    the page's path relative to it, for text that is no page of the site as it stands; or
    `provider`, which a build gives.
    """

    def __init__(self, **configs: Any) -> None:
        """Take the configuration."""
        self._mkdocs = str(configs.pop("config", ""))
        self._path = str(configs.pop("path", ""))
        super().__init__(**configs)

    def rendering(self, md: Markdown, text: str) -> Rendering:
        """Return what a build gives, or what the site that `config` describes knows of the page."""
        if self.getConfig("provider"):
            return super().rendering(md, text)
        where = _where(md)
        return _shelf(self._mkdocs, where).rendering(text, self._path, where)


def _where(md: Markdown) -> Where:
    """Return what the converter knows of its page: Zensical tells extensions."""
    if "rendering_context" not in md.preprocessors:
        return Where()
    context: Any = md.preprocessors["rendering_context"]
    settings, path = context.config, context.page.path
    # It takes what a page links to as relative to the page's file, and makes addresses of it: so
    # the file's own place counts.
    return Where(path, path, Path(settings["root_dir"]), settings["docs_dir"])


class Shelf:
    """A site's library, its pages run and proved when the first is asked for.

    Converters may ask in several threads at once.
    """

    def __init__(self, site: Site) -> None:
        """Begin with nothing run."""
        self._site = site
        self._engine = site.engine()
        self._library = Library(site, self._engine)
        self._loaded = False
        self._lock = threading.RLock()
        self._said: set[Problem] = set()
        atexit.register(self._engine.close)

    def rendering(self, text: str, path: str, where: Where) -> Rendering:
        """Return what is needed to render a page, and say what is wrong with the site.

        Args:
            text: The page.
            path: Its path relative to the site's settings, if somebody names it.
            where: What the converter knows of it.
        """
        inside = f"{self._site.docs_name}/{where.path}" if where.path else ""
        with self._lock:
            if not self._loaded:
                self._load()
            rendering = self._library.rendering(text, path or inside, where.url)
        rendering.told = self._say
        return rendering

    def _load(self) -> None:
        self._loaded = True
        if self._site.docs.is_dir():
            self._say(self._library.load())
            names = order(self._site.config) if self._site.config else []
            self._library.order([f"{self._site.docs_name}/{name}" for name in names])

    def _say(self, problems: Iterable[Problem]) -> None:
        """Log problems, each once: nobody else makes a build of them."""
        with self._lock:
            new = set(problems) - self._said
            self._said |= new
        if new:
            log.error("the pages are not as stated:\n%s", listing(new))


_shelves: dict[Path, Shelf] = {}
_lock = threading.Lock()


def _shelf(named: str, where: Where) -> Shelf:
    """Return the pages of a site, run and proved once a process.

    Args:
        named: Its `mkdocs.yml`; empty where nobody named one.
        where: What the converter knows.

    Raises:
        ConfigurationError: It cannot be read.
    """
    root = where.root or Path.cwd()
    config = Path(named or root / SETTINGS).resolve()
    with _lock:
        if config not in _shelves:
            site = (
                _load(config)
                if named or config.exists()
                else Site(root, root / (where.docs or "docs"))
            )
            _shelves[config] = Shelf(site)
        return _shelves[config]


def _load(config: Path) -> Site:
    try:
        return load(config)
    except (OSError, ConfigurationError) as error:
        remedy = (
            "Name the site's mkdocs.yml with the option 'config' of the Markdown extension"
            " 'unrolled'"
        )
        raise ConfigurationError(f"{config}:1: it cannot be read: {error}. {remedy}.") from error
