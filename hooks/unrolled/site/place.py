"""Where a site's things are: its pages, its records and its cache."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File

from unrolled.blocks import KINDS
from unrolled.model.page import Page
from unrolled.read import plan
from unrolled.run.engine import Engine
from unrolled.run.perturbation import Perturbation
from unrolled.site import config as mkdocs_config
from unrolled.site import docs, settings
from unrolled.site.settings import DEFAULTS, Settings


@dataclass(frozen=True)
class Site:
    """Where things are."""

    root: Path
    """The folder of `mkdocs.yml`; problems name files relative to it."""
    docs: Path
    """The folder of the pages."""
    settings: Settings = DEFAULTS
    config: MkDocsConfig | None = field(default=None, compare=False)
    """What `mkdocs.yml` says; None for a folder of pages without one."""
    plugins: Mapping[str, Mapping[str, object]] = field(default_factory=dict[str, Mapping[str, object]])
    """The options of all its plugins, where they are not loaded."""

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
        return self.config or mkdocs_config.default(self.root, self.docs)

    def engine(self, *, forgets: bool = True, perturbation: Perturbation = Perturbation.NONE) -> Engine:
        """Return an engine for this site."""
        return Engine(
            self.root,
            self.root / self.settings.cache,
            forgets=forgets,
            perturbation=perturbation,
            warmed=self.settings.warm,
        )

    def named(self, file: File) -> str:
        """Return what problems call a file of the folder."""
        return f"{self.docs_name}/{file.src_uri}"

    def files(self, *, drafts: bool = False) -> list[Path]:
        """Return the files of the pages that are published, sorted; with drafts, of those that are shown while serving."""
        return sorted(self.docs / file.src_uri for file in docs.pages(self.mkdocs, drafts=drafts))

    def read(self, *, drafts: bool = False) -> list[Page]:
        """Read and plan the pages that are published; with drafts, those that are shown while serving."""
        return [plan.read_page(file, self.root, KINDS) for file in self.files(drafts=drafts)]


def load(config: Path) -> Site:
    """Return the site that an `mkdocs.yml` describes.

    Raises:
        OSError: The file cannot be read.
        mkdocs.exceptions.ConfigurationError: It is not what MkDocs can read, or the plugin's settings are wrong.
    """
    read = mkdocs_config.load(config)
    ours = settings.read(read.plugins.get(settings.PLUGIN, {}))
    return of(read.config, ours, read.plugins)


def of(config: MkDocsConfig, ours: Settings, plugins: Mapping[str, Mapping[str, object]] | None = None) -> Site:
    """Return the site that MkDocs' settings describe."""
    root = Path(config.config_file_path or "mkdocs.yml").resolve().parent
    return Site(root, Path(config.docs_dir).resolve(), ours, config, plugins or {})
