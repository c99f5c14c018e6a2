"""Where a site's things are: its pages, its records and its cache."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import cast

from mkdocs.exceptions import ConfigurationError
from mkdocs.utils import markdown_extensions
from mkdocs.utils.yaml import get_yaml_loader, yaml_load

from unrolled.blocks import KINDS
from unrolled.model.page import Page
from unrolled.read import plan
from unrolled.run.engine import Engine
from unrolled.run.perturbation import Perturbation
from unrolled.site import settings
from unrolled.site.settings import DEFAULTS, Settings


@dataclass(frozen=True)
class Site:
    """Where things are."""

    root: Path
    """The folder of `mkdocs.yml`; problems name files relative to it."""
    docs: Path
    """The folder of the pages."""
    settings: Settings = DEFAULTS

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
            self.root / self.settings.cache,
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


def load(config: Path) -> Site:
    """Return the site that an `mkdocs.yml` describes.

    Raises:
        OSError: The file cannot be read.
        mkdocs.exceptions.ConfigurationError: It is not what MkDocs can read, or the plugin's settings are wrong.
    """
    with config.open("rb") as stream:
        # MkDocs' own loader: it follows INHERIT and reads the environment.
        read = cast(object, yaml_load(stream, get_yaml_loader()))  # pyright: ignore[reportArgumentType]
    if not isinstance(read, dict):
        raise ConfigurationError("it is not a mapping of names to values")
    given = cast(dict[str, object], read)
    root = config.resolve().parent
    docs = (root / str(given.get("docs_dir", "docs"))).resolve()
    return Site(root, docs, settings.read(settings.of_plugins(given.get("plugins"))))
