"""The order of the pages in the navigation, where no build tells it.

As MkDocs reads `nav`, or mkdocs-awesome-nav its own files.
"""

from __future__ import annotations

from mkdocs.structure.nav import Navigation, get_navigation

from unrolled.site import docs
from unrolled.site.config import Config
from unrolled.site.log import AWESOME_NAV, MKDOCS_NAV, heard


def order(config: Config) -> list[str]:
    """Return the paths of the pages, relative to their folder, in the order of the navigation.

    Raises:
        mkdocs.exceptions.ConfigurationError: The options of the plugin that makes the navigation
        are wrong.
    """
    files = docs.files(config.mkdocs)
    with heard(MKDOCS_NAV, AWESOME_NAV):
        if config.awesome:
            # The plugin makes a navigation of its own, whatever it is given.
            nav = config.awesome.plugin().on_nav(
                Navigation([], []), config=config.mkdocs, files=files
            )
        else:
            nav = get_navigation(files, config.mkdocs)
    return [page.file.src_uri for page in nav.pages]
