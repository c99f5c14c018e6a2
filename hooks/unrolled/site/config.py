"""A site's configuration: `mkdocs.yml` as MkDocs reads it, without loading a theme or plugins.

What a check needs of them in most cases is what they say, and loading takes longer than the check.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import ConfigurationError
from mkdocs.utils.yaml import get_yaml_loader, yaml_load

from unrolled.site import settings
from unrolled.site.settings import DEFAULTS, Settings

BUILTIN = ("toc", "tables", "fenced_code")
"""Extensions that MkDocs always loads."""
LOADED = ("theme", "hooks", "extra_javascript", "watch", "plugins", "markdown_extensions")
"""Settings that MkDocs checks by loading what they name."""
AWESOME = "awesome-nav"


@dataclass(frozen=True)
class Awesome:
    """How mkdocs-awesome-nav, which makes the navigation, is set up."""

    filename: str
    """What its own settings in each folder are called."""
    plugin: Callable[[], Any]
    """Loads it."""


@dataclass(frozen=True)
class Config:
    """What `mkdocs.yml` says."""

    mkdocs: MkDocsConfig
    own: Settings = DEFAULTS
    """What it says of this plugin."""
    awesome: Awesome | None = None
    """None where another makes the navigation."""
    said: Mapping[str, Any] = field(default_factory=dict[str, Any])
    """The settings as they are written; none where MkDocs is building."""


def of(config: MkDocsConfig, own: Settings) -> Config:
    """Return the configuration with which MkDocs is building, and what it says of this plugin."""
    _complete(config)
    plugin: Any = config.plugins.get(AWESOME)
    return Config(config, own, Awesome(plugin.config.filename, lambda: plugin) if plugin else None)


def load(file: Path) -> Config:
    """Read the configuration of a site that is not being built.

    Raises:
        OSError: The file cannot be read.
        mkdocs.exceptions.ConfigurationError: It is not what MkDocs can read.
    """
    config = cast(MkDocsConfig, MkDocsConfig(str(file.resolve())))
    with file.open("rb") as stream:
        loader: Any = get_yaml_loader(config=config)
        read = cast(object, yaml_load(stream, loader))
    if not isinstance(read, dict):
        raise ConfigurationError("it is not a mapping of names to values")
    said = cast(dict[str, Any], read)
    kept = {name: value for name, value in said.items() if name not in LOADED}
    config.load_dict({**kept, "plugins": []})
    failed, _ = config.validate()
    if failed:
        raise ConfigurationError("; ".join(f"{name}: {error}" for name, error in failed))
    extensions = dict(_named(said.get("markdown_extensions")))
    config.markdown_extensions = list(dict.fromkeys((*BUILTIN, *extensions)))
    config.mdx_configs = {name: options for name, options in extensions.items() if options}
    _complete(config)
    plugins = dict(_named(said.get("plugins")))
    own = settings.read(plugins.get(settings.PLUGIN, {}))
    return Config(config, own, _awesome(plugins[AWESOME]) if AWESOME in plugins else None, said)


def default(root: Path, docs: Path) -> MkDocsConfig:
    """Return the settings of a folder of pages without an `mkdocs.yml`."""
    config = cast(MkDocsConfig, MkDocsConfig(str((root / "mkdocs.yml").resolve())))
    config.docs_dir, config.site_dir = str(docs), str(root / "site")
    config.use_directory_urls = True
    return config


def _complete(config: MkDocsConfig) -> None:
    """Add our Markdown extension, and leave out edit links that would lead nowhere."""
    names: list[str] = config.markdown_extensions
    if settings.PLUGIN not in names:
        names.append(settings.PLUGIN)
    if not config.repo_url:
        config.edit_uri = None  # Else MkDocs links each page to an "edit/…" that leads nowhere.


def _named(entries: object) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield names and options, as a list or a mapping of them says."""
    for entry in [entries] if isinstance(entries, dict) else cast(list[Any], entries or []):
        named = entry if isinstance(entry, dict) else {entry: None}
        for name, options in cast(dict[str, Any], named).items():
            yield str(name), options or {}


def _awesome(options: dict[str, Any]) -> Awesome:
    def plugin() -> Any:
        from mkdocs_awesome_nav.plugin import AwesomeNavPlugin

        made = AwesomeNavPlugin()
        failed, _ = made.load_config(options)
        if failed:
            raise ConfigurationError("; ".join(f"{AWESOME}: {error}" for _, error in failed))
        return made

    return Awesome(str(options.get("filename", ".nav.yml")), plugin)
