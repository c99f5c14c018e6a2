"""A MkDocs build: prove all pages, give each to the renderer, and complete it. While serving, problems go on the page."""

from __future__ import annotations

import html
import logging
import re
from collections.abc import Iterable

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.toc import AnchorLink

from unrolled.model.problem import Problem, listing
from unrolled.render import loaded
from unrolled.render.rendering import Rendering
from unrolled.run.engine import Engine
from unrolled.site import assets, place, policy, settings
from unrolled.site import config as site_config
from unrolled.site.library import Library
from unrolled.site.links.log import count_warnings, leave_links_to_us

NAMED = {
    'data-md-component="search" role="dialog"': "Search",
    'data-md-component="progress" role="progressbar"': "Loading the page",
}
"""Parts of Material that screen readers meet without a name, and the name to give them."""
log = logging.getLogger("mkdocs.plugins.unrolled")


class Build:
    """What lasts from one event to the next, and while serving from one build to the next."""

    def __init__(self, *, serving: bool) -> None:
        """Fail on problems, or when serving show them."""
        self._serving = serving
        self._engine: Engine | None = None
        self._library: Library | None = None
        self._renderings: list[Rendering] = []
        self._said = ""
        self._told = ""

    def configure(self, config: MkDocsConfig, given: dict[str, object]) -> None:
        """Add the theme's overrides, our stylesheet and the Markdown extension to MkDocs' settings; read our own."""
        config.theme.dirs.insert(0, str(assets.THEME))
        if assets.STYLES not in config.extra_css:
            config.extra_css.insert(0, assets.STYLES)
        self._site = place.of(site_config.of(config, settings.read(given)))
        self._engine = self._engine or self._site.engine()
        self._library = self._library or Library(
            self._site, self._engine, directories=config.use_directory_urls, repository=config.repo_url or ""
        )
        config.mdx_configs[settings.PLUGIN] = {"provider": self}
        if config.strict:
            count_warnings()

    def prove(self, config: MkDocsConfig) -> str:
        """Plan, run and prove all pages; return the problems, or while serving report them and return nothing."""
        assert self._library
        problems = self._library.load()
        self._renderings = []
        if not self._serving:
            return self._fail_or_report([*problems, *self._library.differing])
        leave_links_to_us(config)
        self._tell(self._library.differing)
        return self._fail_or_report(problems)

    def _tell(self, differing: list[Problem]) -> None:
        """Say, once, which outputs differ from what is recorded: while one writes, they may."""
        text = "\n".join(f"{p.path}:{p.line}: {p.fact}" for p in sorted(set(differing)))
        if text and text != self._told:
            log.info("to be recorded, if they are right, by `unrolled accept`:\n%s", text)
        self._told = text

    def order(self, paths: Iterable[str]) -> None:
        """Take the order of the navigation, given as paths relative to the pages' folder."""
        assert self._library
        self._library.order([f"{self._site.docs_name}/{path}" for path in paths])

    def turn_to(self, path: str) -> None:
        """Say which page MkDocs renders next, by its path relative to the pages' folder."""
        assert self._library
        self._library.turn_to(f"{self._site.docs_name}/{path}")

    def rendering(self, text: str) -> Rendering:
        """Return what is needed to render that page: the Markdown extension asks for it."""
        assert self._library
        rendering = self._library.rendering(text)
        self._renderings.append(rendering)
        return rendering

    @staticmethod
    def add_files(files: Files, config: MkDocsConfig) -> None:
        """Add the question widget to the site's files."""
        for path, text in assets.widget():
            files.append(File.generated(config, f"{loaded.FOLDER}/{path}", content=text))

    def end_page(self, content: str) -> str:
        """Return a page's content, while serving with its problems on top."""
        problems = self._renderings[-1].problems if self._renderings else []
        if not (self._serving and problems):
            return content
        items = "".join(f"<li><pre>{html.escape(str(problem))}</pre></li>" for problem in sorted(set(problems)))
        box = f'<div class="page-problems" role="alert"><p>This page is not as stated:</p><ul>{items}</ul></div>'
        return re.sub(r"(</h1>|\A(?!.*</h1>))", lambda m: m.group(0) + box, content, count=1, flags=re.DOTALL)

    def shorten(self, contents: list[AnchorLink]) -> None:
        """Leave questions out of a page's table of contents, which lists sections: the theme asks for the place of each entry."""
        items = self._renderings[-1].page.items if self._renderings else ()
        titles = {f"{item.id}-title" for item in items if item.printed_key}
        for entry in contents:
            self.shorten(entry.children)
        contents[:] = [kept for entry in contents for kept in (entry.children if entry.id in titles else [entry])]

    def complete(self, page: str, content: str = "") -> str:
        """Return a whole page with names for those parts of the theme that have a role but none, and, when built, with its policy.

        Args:
            page: The HTML, as the theme made it.
            content: What of it comes from the page's Markdown.
        """
        for attributes, name in NAMED.items():
            page = page.replace(attributes, f'{attributes} aria-label="{name}"')
        # While serving, MkDocs adds a script of its own to each page.
        return page if self._serving else policy.with_policy(page, content)

    def rendering_problems(self) -> str:
        """Return what rendering found, or while serving report it and return nothing."""
        assert self._library
        known = set(self._library.problems)
        found = [p for rendering in self._renderings for p in rendering.problems if p not in known]
        return self._fail_or_report(found) if found else ""

    def close(self) -> None:
        """End the processes."""
        if self._engine:
            self._engine.close()

    def _fail_or_report(self, problems: list[Problem]) -> str:
        text = listing(problems) if problems else ""
        if not self._serving:
            return f"\n{text}" if text else ""
        if text:
            log.error("the pages are not as stated:\n%s", text)
        elif self._said:
            log.info("all pages are as stated again")
        self._said = text
        return ""
