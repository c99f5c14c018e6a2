"""Where a site's things are: its pages, its records and its cache."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from mkdocs.utils import markdown_extensions

from unrolled.blocks import KINDS
from unrolled.model.page import Page
from unrolled.read import plan
from unrolled.run.engine import Engine
from unrolled.run.perturbation import Perturbation
from unrolled.site import config
from unrolled.site.config import Config
from unrolled.site.settings import DEFAULTS, Settings


@dataclass(frozen=True)
class Site:
    """Where things are."""

    root: Path
    """The folder of `mkdocs.yml`; problems name files relative to it."""
    docs: Path
    """The folder of the pages."""
    config: Config | None = None
    """What `mkdocs.yml` says; None for pages without one, whose links are not looked at."""

    @property
    def settings(self) -> Settings:
        """What it says of this plugin."""
        return self.config.own if self.config else DEFAULTS

    @property
    def cache(self) -> Path:
        """The folder of what can be made again."""
        return self.root / self.settings.cache

    @property
    def docs_name(self) -> str:
        """What problems call the folder of the pages."""
        inside = self.docs.is_relative_to(self.root)
        return self.docs.relative_to(self.root).as_posix() if inside else self.docs.as_posix()

    @property
    def records(self) -> Path:
        """The folder of the recorded outputs."""
        return self.root / self.settings.records

    def engine(self, *, forgets: bool = True, perturbation: Perturbation = Perturbation.NONE) -> Engine:
        """Return an engine for this site."""
        return Engine(
            self.root,
            self.cache,
            forgets=forgets,
            perturbation=perturbation,
            warmed=self.settings.warm,
        )

    def files(self) -> list[Path]:
        """Return the pages' files, sorted."""
        found = (file for file in self.docs.rglob("*") if file.suffix in markdown_extensions and file.is_file())
        return sorted(file for file in found if not _is_hidden(file.relative_to(self.docs)))

    def read(self) -> list[Page]:
        """Read and plan all pages."""
        return [plan.read_page(file, self.root, KINDS) for file in self.files()]


def _is_hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)


def load(file: Path) -> Site:
    """Return the site that an `mkdocs.yml` describes.

    Raises:
        OSError: The file cannot be read.
        mkdocs.exceptions.ConfigurationError: It is not what MkDocs can read, or the plugin's settings are wrong.
    """
    return of(config.load(file))


def of(read: Config) -> Site:
    """Return the site that a configuration describes."""
    root = Path(read.mkdocs.config_file_path or "mkdocs.yml").resolve().parent
    return Site(root, Path(read.mkdocs.docs_dir).resolve(), read)
