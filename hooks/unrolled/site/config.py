"""`mkdocs.yml` as MkDocs reads it, without loading its theme, extensions or plugins.

A check or a page by itself needs to know only what the settings say, and loading takes longer than that.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import ConfigurationError
from mkdocs.utils.yaml import get_yaml_loader, yaml_load

LOADED = ("theme", "hooks", "extra_javascript", "watch", "plugins", "markdown_extensions")
"""Settings that MkDocs checks by loading what they name."""


@dataclass(frozen=True)
class Read:
    """What a site's settings say."""

    config: MkDocsConfig
    """Without theme, extensions and plugins."""
    plugins: Mapping[str, Mapping[str, object]]
    """The options of each plugin, by its name."""


def load(file: Path) -> Read:
    """Read a site's settings.

    Raises:
        OSError: The file cannot be read.
        mkdocs.exceptions.ConfigurationError: It is not what MkDocs can read.
    """
    config = _empty(file)
    with file.open("rb") as stream:
        # MkDocs' own loader: it follows INHERIT and reads the environment.
        loader: Any = get_yaml_loader(config=config)
        said = cast(object, yaml_load(stream, loader))
    if not isinstance(said, dict):
        raise ConfigurationError("it is not a mapping of names to values")
    given = cast(dict[str, object], said)
    _validate(config, {name: value for name, value in given.items() if name not in LOADED})
    return Read(config, dict(_named(given.get("plugins"))))


def default(root: Path, docs: Path) -> MkDocsConfig:
    """Return the settings of a folder of pages without an `mkdocs.yml`."""
    config = _empty(root / "mkdocs.yml")
    config.docs_dir, config.site_dir = str(docs), str(root / "site")
    config.use_directory_urls = True
    return config


def _empty(file: Path) -> MkDocsConfig:
    return cast(MkDocsConfig, MkDocsConfig(str(file.resolve())))


def _validate(config: MkDocsConfig, given: dict[str, object]) -> None:
    config.load_dict(given | {"plugins": []})
    failed, _ = config.validate()
    if failed:
        raise ConfigurationError("; ".join(f"{name}: {error}" for name, error in failed))
    if not config.repo_url:
        config.edit_uri = None  # Else MkDocs finds fault with each page's "edit/…", which leads nowhere.


def _named(entries: object) -> Iterator[tuple[str, Mapping[str, object]]]:
    """Yield names and options from a list of names, each alone or with its options, or a mapping."""
    items = [entries] if isinstance(entries, dict) else cast(list[object], entries or [])
    for item in items:
        for name, options in cast(dict[str, Any], item if isinstance(item, dict) else {item: {}}).items():
            yield str(name), options or {}
