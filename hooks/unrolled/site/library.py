"""The pages of a site with their runs, for whoever renders them: MkDocs' build, or Python-Markdown by itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath

from unrolled.blocks import KINDS
from unrolled.model.page import Page
from unrolled.model.problem import Problem
from unrolled.model.runs import PageRuns
from unrolled.prove import page as proofs
from unrolled.read import front_matter, plan
from unrolled.render.rendering import Rendering
from unrolled.run.engine import Engine
from unrolled.site.check import comparison, differing, prove
from unrolled.site.good import LastGood
from unrolled.site.links.linked import linked
from unrolled.site.place import Site


class Library:
    """Plans, runs and proves the pages of a site, and hands out what is needed to render one."""

    def __init__(self, site: Site, engine: Engine, *, directories: bool = True, repository: str = "") -> None:
        """Begin without pages.

        Args:
            site: The site.
            engine: What runs its cells.
            directories: Whether `learn.md` becomes `learn/`, and not `learn.html`.
            repository: Where problems of a question can be reported.
        """
        self._site = site
        self._engine = engine
        self._directories = directories
        self._repository = repository
        self._ran: dict[str, PageRuns] = {}
        self._good = LastGood()
        self._current = ""
        self.problems: list[Problem] = []
        """All that is wrong with the site, but for what rendering finds, and for the records."""
        self.differing: list[Problem] = []
        """Where pages differ from their records."""
        self._headings: Mapping[str, Mapping[str, str]] = {}

    def load(self) -> list[Problem]:
        """Plan, run and prove all pages; return what is wrong."""
        pages = self._site.read()
        ran, proved = prove(pages, self._engine)
        hanging = linked(self._site, pages, pages)
        self._headings = hanging.headings
        self.problems = [*proved, *hanging.problems]
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
        self._ran = dict(sorted(self._ran.items(), key=lambda pair: places.get(pair[0], len(places))))

    def turn_to(self, path: str) -> None:
        """Say which page is rendered next; by itself, the library knows a page by its text."""
        self._current = path

    def rendering(self, text: str) -> Rendering:
        """Return what is needed to render a page, given its text without front matter."""
        path = self._current or self._known_by(text)
        ran, known = self._planned(path, text)
        site = tuple(self._ran.values()) or (ran,)
        return Rendering(
            ran=ran,
            site=site,
            headings=self._headings.get(ran.page.path, {}),
            known=known,
            good=self._good.of(ran.page),
            root=self._root(path),
            repository=self._repository,
        )

    def _planned(self, path: str, text: str) -> tuple[PageRuns, list[Problem]]:
        """Return a page with its runs, and what is wrong with it; planned anew where a plugin made it or changed its text."""
        ran = self._ran.get(path)
        if ran and _body(ran.page).strip("\n") == text.strip("\n"):
            about = {path} | (self._nowhere() if self._is_home(path) else set())
            return ran, [problem for problem in self.problems if problem.path in about]
        head = ran.page.text[: len(ran.page.text) - len(_body(ran.page))] if ran else ""
        page = plan.plan(path or "page.md", head + text, KINDS, ran.page.folder if ran else "")
        (again,) = self._engine.run([page])
        speaks = ran or page.cells or page.claims or page.items
        return again, list(proofs.problems(again)) if speaks else []

    def _is_home(self, path: str) -> bool:
        """Return whether a page is the site's front page, which also shows what is wrong with no page."""
        return path in (f"{self._site.docs_name}/index.md", f"{self._site.docs_name}/README.md")

    def _nowhere(self) -> set[str]:
        """Return the paths of problems that are of no page, such as the navigation's."""
        return {problem.path for problem in self.problems} - self._ran.keys()

    def _known_by(self, text: str) -> str:
        """Return the path of the page with this text; empty where there is none."""
        sought = text.strip()
        return next((path for path, ran in self._ran.items() if _body(ran.page).strip() == sought), "")

    def _root(self, path: str) -> str:
        """Return the way from a page's address to the site's."""
        inside = PurePosixPath(path.removeprefix(f"{self._site.docs_name}/"))
        depth = len(inside.parts) - 1
        if self._directories and inside.stem not in ("index", "README"):
            depth += 1
        return "../" * depth if path else ""


def _body(page: Page) -> str:
    """Return a page's text without its front matter."""
    match = front_matter.PATTERN.match(page.text)
    return page.text[match.end() :] if match else page.text
