"""Where a site's things are: its pages, its records and its cache."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File

from unrolled.model.page import Page
from unrolled.run.engine import Engine
from unrolled.run.perturbation import Perturbation
from unrolled.site import config, docs, plans
from unrolled.site.config import Config
from unrolled.site.settings import DEFAULTS, Settings


@dataclass(frozen=True)
class Site:
    """Where things are."""

    root: Path
    """The folder of `mkdocs.yml`; problems name files relative to it."""
    docs: Path
    """The folder of the pages."""
    config: Config | None = field(default=None, compare=False)
    """What `mkdocs.yml` says; None for a folder of pages without one, whose links are not looked
    at."""

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

    @cached_property
    def mkdocs(self) -> MkDocsConfig:
        """What MkDocs goes by: what `mkdocs.yml` says, or what it takes for granted without one."""
        return self.config.mkdocs if self.config else config.default(self.root, self.docs)

    def engine(
        self, *, forgets: bool = True, perturbation: Perturbation = Perturbation.NONE
    ) -> Engine:
        """Return an engine for this site."""
        return Engine(
            self.root,
            self.cache,
            forgets=forgets,
            perturbation=perturbation,
            warmed=self.settings.warm,
            docs=self.docs,
            readable=(self.docs,),
        )

    def named(self, file: File) -> str:
        """Return what problems call a file of the folder."""
        return f"{self.docs_name}/{file.src_uri}"

    def files(self, *, drafts: bool = False) -> list[Path]:
        """Return the files of the pages that are published, sorted.

        With drafts, of those that are shown while serving.
        """
        return sorted(self.docs / file.src_uri for file in docs.pages(self.mkdocs, drafts=drafts))

    def read(self, *, drafts: bool = False) -> list[Page]:
        """Read and plan the pages that are published.

        With drafts, those that are shown while serving.
        """
        return plans.read(self.files(drafts=drafts), self.root, self.cache)


def load(file: Path) -> Site:
    """Return the site that an `mkdocs.yml` describes.

    Raises:
        OSError: The file cannot be read.
        mkdocs.exceptions.ConfigurationError: It is not what MkDocs can read, or the plugin's
        settings are wrong.
    """
    return of(config.load(file))


def of(read: Config) -> Site:
    """Return the site that a configuration describes."""
    root = Path(read.mkdocs.config_file_path or "mkdocs.yml").resolve().parent
    return Site(root, Path(read.mkdocs.docs_dir).resolve(), read)
