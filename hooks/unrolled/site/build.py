"""A MkDocs build: prove all pages, give each to the renderer, and complete it.

While serving, problems only go on the page.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable, Sequence
from html import unescape

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from unrolled.model.problem import Problem, listing
from unrolled.render import loaded
from unrolled.render.rendering import Rendering
from unrolled.run.engine import Engine
from unrolled.site import assets, docs, place, policy, preview, scripts, settings
from unrolled.site import config as site_config
from unrolled.site.library import Library
from unrolled.site.log import count_warnings, leave_links_to_us
from unrolled.site.made import Made
from unrolled.site.searched import searchable
from unrolled.site.take import offline
from unrolled.site.take.along import Along

TEXT_EVENTS = ("page_read_source", "page_markdown")
"""Events at which a plugin can change a page's text."""
log = logging.getLogger("mkdocs.plugins.unrolled")


class Build:
    """What lasts from one event to the next, and while serving from one build to the next."""

    def __init__(self, *, serving: bool) -> None:
        """Fail on problems, or when serving show them."""
        self._serving = serving
        self._engine: Engine | None = None
        self._library: Library | None = None
        self._renderings: list[Rendering] = []
        self._page: tuple[str, str] | None = None
        self._along: Along | None = None
        self._told: set[Problem] = set()
        self._said = ""
        self._said_of_records = ""

    def configure(self, config: MkDocsConfig, given: dict[str, object]) -> None:
        """Add overrides, stylesheet and Markdown extension to MkDocs' settings, and read ours."""
        policy.keep(config)
        if str(assets.THEME) not in config.theme.dirs:
            config.theme.dirs.insert(0, str(assets.THEME))
        for sheet in (assets.FACE, assets.STYLES):
            if sheet not in config.extra_css:
                config.extra_css.insert(0, sheet)
        self._scripts = scripts.of_theme(tuple(config.theme.dirs))
        self._site = place.of(site_config.of(config, settings.read(given)))
        self._engine = self._engine or self._site.engine()
        self._library = self._library or Library(self._site, self._engine)
        self._library.use(self._site)
        self._text_is_final = not any(
            getattr(handler, "__self__", None) is not config.plugins.get(settings.PLUGIN)
            for event in TEXT_EVENTS
            for handler in config.plugins.events[event]
        )
        config.mdx_configs[settings.PLUGIN] = {"provider": self}
        if config.strict:
            count_warnings()

    def prove(self, config: MkDocsConfig) -> str:
        """Plan, run and prove all pages.

        Return the problems, or while serving report them and return nothing.
        """
        assert self._library
        problems = self._library.load(drafts=self._serving)
        self._renderings = []
        self._told = set()
        if not self._text_is_final:
            # Another plugin may yet change what a page says, or leave it out: each page is proved
            # as it is rendered.
            problems = [problem for problem in problems if not self._library.has(problem.path)]
        differing = self._library.differing
        if not self._serving:
            return self._fail_or_report([*problems, *differing])
        leave_links_to_us(config)
        self._tell(differing)
        return self._fail_or_report(problems)

    def _tell(self, differing: list[Problem]) -> None:
        """Say, once, which outputs differ from what is recorded: while one writes, they may."""
        text = "\n".join(f"{p.path}:{p.line}: {p.fact}" for p in sorted(set(differing)))
        if text and text != self._said_of_records:
            log.info("to be recorded, if they are right, by `unrolled accept`:\n%s", text)
        self._said_of_records = text

    def order(self, paths: Iterable[str]) -> None:
        """Take the order of the navigation, given as paths relative to the pages' folder."""
        assert self._library
        self._library.order([f"{self._site.docs_name}/{path}" for path in paths])
        self._along = Along(self._library.pages, Made(self._site.cache))

    def turn_to(self, path: str, url: str) -> None:
        """Say which page MkDocs renders next.

        Its path relative to the pages' folder, and its address.
        """
        self._page = (f"{self._site.docs_name}/{path}", url)

    def rendering(self, text: str) -> Rendering:
        """Return what is needed to render that page: the Markdown extension asks for it."""
        assert self._library
        # Once only: what is converted next, without MkDocs' word, is an excerpt that a plugin shows
        # elsewhere.
        page, self._page = self._page, None
        if page is None:
            return self._library.excerpt(text)
        rendering = self._library.rendering(text, *page)
        rendering.marks = True
        self._renderings.append(rendering)
        return rendering

    def close_docs(self, files: Files) -> None:
        """Leave out files that a symbolic link brings in from elsewhere, with a warning."""
        for file in docs.from_outside(files, self._site.docs):
            log.warning("%s:1: %s. %s.", self._site.named(file), *docs.OUTSIDE)
            files.remove(file)

    def add_files(self, files: Files, config: MkDocsConfig) -> None:
        """Add the question widget to the site's files."""
        for path, text in assets.widget():
            address = f"{loaded.FOLDER}/{path}"
            brought = files.get_file_from_path(address)
            if brought:
                files.remove(brought)  # The theme's, with comments and blanks.
            files.append(File.generated(config, address, content=text))
        before = File.generated(config, f"{loaded.FOLDER}/{assets.BEFORE}", content=self._before())
        files.append(before)
        offline.add(files, config, serving=self._serving)

    def _before(self) -> str:
        """Return by which hash each item is known, with the one by which it was known before."""
        assert self._library
        hashes = {
            item.id: [page.digest_of_text(item.block), page.digest(item.block)]
            for page in self._library.pages
            for item in page.answerable
        }
        return json.dumps(hashes, separators=(",", ":"))

    def preview(self, page: Page, files: Files, config: MkDocsConfig) -> None:
        """Draw what others show of a link to a page, and tell the theme where it is.

        Nobody sends links to a site that is served to write it.
        """
        if self._serving:
            return
        topic, _, _ = page.file.src_uri.rpartition("/")
        about = str(page.meta.get("description") or config.site_description or "")
        title = str(page.meta.get("title") or page.title or config.site_name)
        address = preview.address(page.file.src_uri)
        if not files.get_file_from_path(address):
            said = (str(config.site_name), topic, unescape(title), unescape(about))
            content = preview.drawn(Made(self._site.cache), *said)
            files.append(File.generated(config, address, content=content))
        page.meta["preview"] = address

    def take_in(self, path: str, url: str, content: str, config: MkDocsConfig) -> str:
        """Return a page's content with links to what readers can take along of it.

        Args:
            path: Relative to the pages' folder.
            url: Its address within the site.
            content: Its HTML, as the Markdown extensions made it.
            config: MkDocs' settings.
        """
        assert self._library
        page = self._library.page(f"{self._site.docs_name}/{path}")
        return self._along.page(page, content, url, config) if self._along and page else content

    def searchable(self, content: str) -> str:
        """Return what the search reads of a page's content, found once for the same content."""
        found: str = Made(self._site.cache).value(
            "searched", (content,), lambda: searchable(content)
        )
        return found

    def add_what_to_take(self, files: Files, config: MkDocsConfig) -> None:
        """Add what readers can take along to the site's files."""
        if self._along:
            self._along.add(files, config)

    def complete(self, page: str, root: str) -> str:
        """Return a whole page, as the theme made it, with the names it misses and its policy.

        Args:
            page: The page.
            root: The way from its address to the site's: `../../`.
        """
        page = page if self._serving else offline.with_head(page, root)
        return policy.with_policy(policy.named(page), self._scripts, serving=self._serving)

    def finish(self, config: MkDocsConfig) -> None:
        """Write what needs all files of the site, once they are there."""
        Made(self._site.cache).prune()
        if not self._serving:
            offline.finish(config)

    def rendering_problems(self) -> str:
        """Return what is wrong with the rendered pages; or report it, while serving."""
        found = [
            p for rendering in self._renderings for p in rendering.problems if p not in self._told
        ]
        return self._fail_or_report(found) if found or not self._text_is_final else ""

    def close(self) -> None:
        """End the processes."""
        if self._engine:
            self._engine.close()

    def _fail_or_report(self, problems: Sequence[Problem]) -> str:
        self._told.update(problems)
        text = listing(problems) if problems else ""
        if not self._serving:
            return f"\n{text}" if text else ""
        if text:
            log.error("the pages are not as stated:\n%s", text)
        elif self._said:
            log.info("all pages are as stated again")
        self._said = text
        return ""
