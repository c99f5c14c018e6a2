"""The MkDocs plugin: hands MkDocs' events to a `Build`, a line or two each.

This is a plugin rather than a file under `hooks:`, because MkDocs looks for those beside the
*inheriting* `mkdocs.yml`: a site elsewhere that says only `INHERIT: …/mkdocs.yml` would not find
it. The package's entry point finds it from anywhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Literal
from urllib.parse import urlsplit

from mkdocs.config import base
from mkdocs.config import config_options as option
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from unrolled.model.mode import Mode
from unrolled.model.search import BOOSTS
from unrolled.read import script
from unrolled.site import docs, policy
from unrolled.site.build import Build
from unrolled.site.settings import Settings


class PluginConfig(base.Config):
    """The settings that `mkdocs.yml` can give; `Settings` says what each is."""

    records = option.Type(str, default=Settings.records)
    cache = option.Type(str, default=Settings.cache)
    warm = option.ListOfItems(option.Type(str), default=[])


class Unrolled(BasePlugin[PluginConfig]):
    """Hands MkDocs' events to a `Build`."""

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Begin; MkDocs keeps this object while it serves."""
        self._build = Build(serving=command == "serve")

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Add our files and our Markdown extension."""
        self._build.configure(config, dict(self.config))
        return config

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Run and prove all pages, before MkDocs empties the site's folder."""
        self._fail(self._build.prove(config))

    @event_priority(100)
    def _before_others(self, files: Files, *, config: MkDocsConfig) -> None:
        """Keep out what does not belong to the site, before other plugins see it."""
        self._build.close_docs(files)

    @event_priority(-1000)
    def _after_others(self, files: Files, *, config: MkDocsConfig) -> None:
        """Add the widget's files, when plugins that want a file of the pages' folder are done."""
        self._build.add_files(files, config)

    on_files = CombinedEvent(_before_others, _after_others)

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> None:
        """Take the order of the pages, and have their titles shown as text."""
        for item in _items(nav.items):
            if "title" in vars(item):
                item.title = policy.escaped(item.title)
        self._build.order(page.file.src_uri for page in nav.pages)

    @event_priority(-100)
    def on_pre_page(self, page: Page, *, config: MkDocsConfig, files: Files) -> Page:
        """Render a page that is a script as any other, and not as mkdocs-jupyter would.

        Its own styles weigh more than the page, and it knows nothing of runs, claims and
        questions.
        """
        if docs.is_script(page.file):
            vars(page).pop("render", None)
        return page

    def on_page_read_source(self, *, page: Page, config: MkDocsConfig) -> str | None:
        """Return the Markdown that a page stands for, where it is a script."""
        if not docs.is_script(page.file):
            return None
        return script.markdown(page.file.content_string)

    @event_priority(-100)
    def on_page_markdown(
        self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files
    ) -> None:
        """Tell the Markdown extension which page comes next."""
        page.meta = {name: policy.escaped(value) for name, value in page.meta.items()}
        mode = Mode.of(page.file.src_uri)
        if mode and mode in BOOSTS and "search" not in page.meta:
            page.meta["search"] = {"boost": BOOSTS[mode]}
        self._build.turn_to(page.file.src_uri, page.url)

    @event_priority(-100)
    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Draw what others show of a link to the page, and offer what readers can take along.

        Its title is known only now.
        """
        self._build.preview(page, files, config)
        return self._build.take_in(page.file.src_uri, page.url, html, config)

    @event_priority(100)
    def _before_search(
        self, context: Any, *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> None:
        """Let the search read what tells no answer."""
        self._content = page.content
        page.content = self._build.searchable(page.content or "")

    @event_priority(-100)
    def _after_search(
        self, context: Any, *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> None:
        """Give the page all of its content again."""
        page.content = self._content

    on_page_context = CombinedEvent(_before_search, _after_search)

    def on_env(self, env: Any, *, config: MkDocsConfig, files: Files) -> None:
        """Fail with what rendering found; else add what readers can take along."""
        self._fail(self._build.rendering_problems())
        self._build.add_what_to_take(files, config)

    @event_priority(-100)
    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """Name what the theme leaves unnamed, and state the policy of the finished page."""
        return self._build.complete(output, "../" * page.url.count("/"))

    @event_priority(-100)
    def on_post_template(
        self, output_content: str, *, template_name: str, config: MkDocsConfig
    ) -> str:
        """Do the same for pages that the theme brings, such as 404.html."""
        return (
            self._build.complete(output_content, urlsplit(config.site_url or "/").path)
            if template_name.endswith(".html")
            else output_content
        )

    @event_priority(-1000)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Finish what needs all files of the site, those of other plugins too."""
        self._build.finish(config)

    def on_shutdown(self) -> None:
        """End the processes."""
        self._build.close()

    def _fail(self, problems: str) -> None:
        if problems:
            raise PluginError(problems)


def _items(items: Iterable[Any]) -> Iterator[Any]:
    """Yield all items of a navigation."""
    for item in items:
        yield item
        yield from _items(item.children or ())
