"""The order of the pages in the navigation, where no build tells it: as MkDocs reads `nav`, or mkdocs-awesome-nav its own files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import ConfigurationError
from mkdocs.structure.nav import Navigation, get_navigation

from unrolled.site import docs, log

AWESOME = "awesome-nav"


def order(config: MkDocsConfig, plugins: Mapping[str, Mapping[str, object]]) -> list[str]:
    """Return the paths of the pages, relative to their folder, in the order of the navigation.

    Args:
        config: The site's settings.
        plugins: The options of its plugins. Of those that make a navigation, mkdocs-awesome-nav is asked.

    Raises:
        mkdocs.exceptions.ConfigurationError: The plugin's options are wrong.
    """
    files = docs.files(config)
    with log.silent(log.NAV, log.AWESOME):
        if AWESOME in plugins:
            # The plugin makes a navigation of its own, whatever it is given.
            nav = _awesome(plugins[AWESOME]).on_nav(Navigation([], []), config=config, files=files)
        else:
            nav = get_navigation(files, config)
    return [page.file.src_uri for page in nav.pages]


def _awesome(options: Mapping[str, object]) -> Any:
    from mkdocs_awesome_nav.plugin import AwesomeNavPlugin

    plugin = AwesomeNavPlugin()
    failed, _ = plugin.load_config(dict(options))
    if failed:
        raise ConfigurationError("; ".join(f"{AWESOME}: {error}" for _, error in failed))
    return plugin
