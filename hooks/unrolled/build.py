"""A MkDocs build: plan all pages, run what is stale, prove, and give each page to the renderer. While serving, problems go on the page."""

import difflib
import html
import logging
import re
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.toc import AnchorLink

from unrolled import plan, policy, site, widget
from unrolled.engine import Engine
from unrolled.output import Output
from unrolled.page import Page
from unrolled.problem import Problem, listing
from unrolled.render.extension import Rendering

NAMED = {
    'data-md-component="search" role="dialog"': "Search",
    'data-md-component="progress" role="progressbar"': "Loading the page",
}
"""Parts of Material that screen readers meet without a name, and the name to give them."""
THEME = Path(__file__).parent / "theme"
STYLES = "assets/unrolled.css"
REACHED = re.compile(r"<pre[^>]*>(?:<span></span>)?<code(?![^>]*tabindex)")
"""Code, which the keyboard must reach to scroll it; the theme, where it runs, sees to it only once the code is in sight."""
log = logging.getLogger("mkdocs.plugins.unrolled")


class Build:
    """What lasts from one event to the next, and while serving from one build to the next."""

    def __init__(self, *, serving: bool) -> None:
        """Fail on problems, or when serving show them."""
        self._serving = serving
        self._engine: Engine | None = None
        self._pages: dict[str, Page] = {}
        self._problems: list[Problem] = []
        self._rendering: Rendering | None = None
        self._found: list[Problem] = []
        self._good: dict[str, tuple[Page, dict[int, Output]]] = {}
        self._said = ""

    def configure(self, config: MkDocsConfig) -> None:
        """Add the theme's overrides, our stylesheet and the Markdown extension to MkDocs' settings."""
        self._site = site.Site(Path(config.config_file_path or "mkdocs.yml").resolve().parent, Path(config.docs_dir).resolve())
        config.theme.dirs.insert(0, str(THEME))
        if STYLES not in config.extra_css:
            config.extra_css.insert(0, STYLES)
        if "unrolled" not in config.markdown_extensions:
            config.markdown_extensions.append("unrolled")
        if not config.repo_url:
            config.edit_uri = None  # Else MkDocs links each page to an "edit/…" that leads nowhere.
        self._repository = config.repo_url or ""
        self._engine = self._engine or self._site.engine()

    def prove(self) -> str:
        """Plan, run and prove all pages; return the problems, or while serving report them and return nothing."""
        assert self._engine
        pages = site.read(self._site)
        self._problems = site.prove(pages, self._engine)
        self._pages = {str((self._site.root / page.path).resolve()): page for page in pages}
        self._found = []
        for page in pages:
            self._keep_good(page)
        if not self._serving:
            return "\n" + listing(self._problems) if self._problems else ""
        self._report(self._problems)
        return ""

    def begin_page(self, file: str, markdown: str, config: MkDocsConfig) -> None:
        """Give the Markdown extension the plan and the runs of the page that MkDocs renders next."""
        assert self._engine
        page = self._pages.get(str(Path(file).resolve()))
        problems = [p for p in self._problems if page and p.path == page.path]
        if page is None:
            page = plan.plan(file, markdown)
            problems.append(Problem(file, 1, "this page was not proved", "Keep it in the pages' own folder, not behind a link or a plugin"))
        self._rendering = Rendering(page, self._engine, self._last_good(page), problems, list(self._pages.values()))
        config.mdx_configs["unrolled"] = {"rendering": self._rendering}

    @staticmethod
    def add_files(files: Files, config: MkDocsConfig) -> None:
        """Add the question widget to the site's files, as it is written."""
        for file in sorted(widget.SOURCE.iterdir()):
            files.append(File.generated(config, f"{widget.FOLDER}/{file.name}", content=widget.compact(file)))

    def end_page(self, content: str, url: str) -> str:
        """Load the widget where there are questions, collect what rendering found, and while serving put it on top of the page."""
        assert self._rendering
        content = REACHED.sub(r'\g<0> tabindex="0"', content)
        content += widget.markup(self._rendering.page, url, self._repository)
        found = self._rendering.problems
        self._found += [p for p in found if p not in self._problems]
        if not (self._serving and found):
            return content
        items = "".join(f"<li><pre>{html.escape(str(p))}</pre></li>" for p in sorted(set(found)))
        box = f'<div class="page-problems" role="alert"><p>This page is not as stated:</p><ul>{items}</ul></div>'
        return re.sub(r"(</h1>|\A(?!.*</h1>))", lambda m: m.group(0) + box, content, count=1, flags=re.DOTALL)

    def shorten(self, contents: list[AnchorLink]) -> None:
        """Leave questions out of a page's table of contents, which lists sections: the theme asks for the place of each entry."""
        assert self._rendering
        titles = {f"{item.id}-title" for item in self._rendering.page.questions}
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
        if not self._found:
            return ""
        if not self._serving:
            return "\n" + listing(self._found)
        self._report(self._found)
        return ""

    def close(self) -> None:
        """End the processes."""
        if self._engine:
            self._engine.close()

    def _report(self, problems: list[Problem]) -> None:
        text = listing(problems) if problems else ""
        if text:
            log.error("the pages are not as stated:\n%s", text)
        elif self._said:
            log.info("all pages are as stated again")
        self._said = text

    def _keep_good(self, page: Page) -> None:
        """Remember the outputs of each cell that is well, and what the others gave when last they were."""
        assert self._engine
        kept = self._last_good(page)
        wrong = {cell.index for cell in page.cells for p in self._problems if p.path == page.path and cell.line <= p.line <= cell.end}
        for chain in page.chains:
            outputs = self._engine.result(chain, page).outputs
            kept |= {c.index: o for c, o in zip(chain.cells, outputs, strict=False) if c.index not in wrong}
        self._good[page.path] = (page, kept)

    def _last_good(self, page: Page) -> dict[int, Output]:
        """Return the good outputs of the page as it was before, by the cells' places as they are now."""
        before, outputs = self._good.get(page.path, (page, {}))
        matcher = difflib.SequenceMatcher(None, [c.code for c in before.cells], [c.code for c in page.cells], autojunk=False)
        moved = {
            old: new
            for tag, a1, a2, b1, b2 in matcher.get_opcodes()
            if tag in ("equal", "replace")
            for old, new in zip(range(a1, a2), range(b1, b2), strict=False)
        }
        return {moved[index]: output for index, output in outputs.items() if index in moved}
