"""The pages of a site with their runs, for whoever renders them.

MkDocs' build, or Python-Markdown by itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath

from unrolled.blocks import KINDS
from unrolled.model.output import Run
from unrolled.model.page import Page
from unrolled.model.problem import Problem
from unrolled.model.runs import PageRuns
from unrolled.read import front_matter, plan
from unrolled.render.rendering import Rendering
from unrolled.run.engine import Engine
from unrolled.site import proved
from unrolled.site.check import comparison, differing, prove
from unrolled.site.good import LastGood
from unrolled.site.links.linked import linked
from unrolled.site.made import Made
from unrolled.site.place import Site


class Library:
    """Plans, runs and proves the pages of a site, and hands out what is needed to render one."""

    def __init__(self, site: Site, engine: Engine) -> None:
        """Begin without pages.

        Args:
            site: The site.
            engine: What runs its cells.
        """
        self._site = site
        self._engine = engine
        self._ran: dict[str, PageRuns] = {}
        self._good = LastGood()
        self.problems: list[Problem] = []
        """All that is wrong with the site, but for what rendering finds, and for the records."""
        self.differing: list[Problem] = []
        """Where pages differ from their records."""
        self._headings: Mapping[str, Mapping[str, str]] = {}

    def use(self, site: Site) -> None:
        """Go by other settings of the same site from now on."""
        self._site = site

    def has(self, path: str) -> bool:
        """Return whether a path is that of a page."""
        return path in self._ran

    def page(self, path: str) -> Page | None:
        """Return the plan of the page at a path; None where there is none."""
        ran = self._ran.get(path)
        return ran.page if ran else None

    @property
    def pages(self) -> list[Page]:
        """The plans of all pages, in the order of the navigation."""
        return [ran.page for ran in self._ran.values()]

    def load(self, *, drafts: bool = False) -> list[Problem]:
        """Plan, run and prove all pages, on demand drafts too; return what is wrong."""
        pages = self._site.read(drafts=drafts)
        ran, found = prove(pages, self._engine, made=Made(self._site.cache))
        hanging = linked(self._site, pages, pages)
        self._headings = hanging.headings
        self.problems = [*found, *hanging.problems]
        self.differing = self._differing(pages, ran)
        self._ran = {each.page.path: each for each in ran}
        for each in ran:
            self._good.keep(each, self.problems)
        return self.problems

    def _differing(self, pages: Sequence[Page], ran: Sequence[PageRuns]) -> list[Problem]:
        """Return where the pages differ from their records, if the site keeps any."""
        if not self._site.records.is_dir():
            return []
        return differing(self._site, pages, ran, comparison(self._engine))

    def order(self, paths: Sequence[str]) -> None:
        """Put the pages in the order of the navigation; those that it does not name come last."""
        places = {path: place for place, path in enumerate(paths)}
        self._ran = dict(
            sorted(self._ran.items(), key=lambda pair: places.get(pair[0], len(places)))
        )

    def rendering(self, text: str, path: str = "", url: str | None = None) -> Rendering:
        """Return what is needed to render a page.

        Args:
            text: The page, with or without its front matter.
            path: What problems call it; without one, the library knows a page of the site by its
                text.
            url: Its address on the site; without one, that which MkDocs gives to such a path.
        """
        path = self._path_of(text, path)
        ran, known = self._planned(path, text)
        site = tuple(self._ran.values()) or (ran,)
        return Rendering(
            ran=ran,
            site=site,
            headings=self._headings.get(ran.page.path, {}),
            known=known,
            good=self._good.of(ran.page),
            root="../" * (self._url(path) if url is None else url).count("/"),
            repository=self._site.mkdocs.repo_url or "",
        )

    def excerpt(self, text: str) -> Rendering:
        """Return what is needed to render what is no page by itself.

        A page shown on another, or a docstring, which is not run.
        """
        sought = text.strip()
        holders = (
            ran
            for ran in self._ran.values()
            if _is_excerpt(sought, front_matter.body(ran.page.text).strip())
        )
        ran = next(holders, None)
        if ran is None:
            page = plan.plan("", text, KINDS)
            ran = PageRuns(page, tuple(Run(()) for _ in page.all_chains))
        return Rendering(ran=ran, whole=False)

    def _planned(self, path: str, text: str) -> tuple[PageRuns, list[Problem]]:
        """Return a page with its runs, and what is wrong with it.

        Planned anew where its text is not that of its file.
        """
        ran = self._ran.get(path)
        if ran and _is(ran.page, text):
            about = {path} | (self._nowhere() if self._is_home(path) else set())
            return ran, [problem for problem in self.problems if problem.path in about]
        (again,) = self._engine.run(
            [plan.plan(path or "page.md", self._whole(ran, text), KINDS, self._folder(path))]
        )
        if ran:
            self._ran[path] = again
        speaks = ran or again.page.cells or again.page.claims or again.page.items
        return again, proved.problems([again]) if speaks else []

    @staticmethod
    def _whole(ran: PageRuns | None, text: str) -> str:
        """Return a page's text with the front matter that it had before."""
        before = ran.page.text if ran else ""
        head = before[: len(before) - len(front_matter.body(before))]
        return text if head and text.startswith(head) else head + text

    def _folder(self, path: str) -> str:
        """Return the folder whose data files a page's cells may read.

        Empty where no such folder is known.
        """
        folder = (self._site.root / path).parent
        return str(folder) if path and folder.is_dir() else ""

    def _is_home(self, path: str) -> bool:
        """Return whether a page is the front page, which also shows problems that have no page."""
        return path in (f"{self._site.docs_name}/index.md", f"{self._site.docs_name}/README.md")

    def _nowhere(self) -> set[str]:
        """Return the paths of problems that are of no page, such as the navigation's."""
        return {problem.path for problem in self.problems} - self._ran.keys()

    def _path_of(self, text: str, path: str) -> str:
        """Return the path of the page with this text: the one given, unless only another has it."""
        given = self._ran.get(path)
        if given and _is(given.page, text):
            return path
        return next((known for known, ran in self._ran.items() if _is(ran.page, text)), path)

    def _url(self, path: str) -> str:
        """Return a page's address on the site."""
        if not path:
            return ""
        page = PurePosixPath(path.removeprefix(f"{self._site.docs_name}/"))
        as_folder = self._site.mkdocs.use_directory_urls and page.stem not in ("index", "README")
        return f"{page.with_suffix('')}/" if as_folder else str(page)


def _is(page: Page, text: str) -> bool:
    """Return whether a text is that of a page, with or without its front matter."""
    sought = text.strip("\n")
    return sought in (front_matter.body(page.text).strip("\n"), page.text.strip("\n"))


def _is_excerpt(text: str, body: str) -> bool:
    """Return whether a text holds a page's body, or is the beginning of it."""
    return bool(text and body) and (body in text or body.startswith(text))
