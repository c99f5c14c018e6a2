"""The pages of a site with their runs, for whoever renders them: MkDocs' build, or Python-Markdown by itself."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePosixPath

from unrolled.blocks import KINDS
from unrolled.blocks.headings import headings
from unrolled.model.page import Page
from unrolled.model.problem import Problem
from unrolled.model.runs import PageRuns
from unrolled.prove import page as proofs
from unrolled.read import front_matter, plan
from unrolled.render.rendering import Rendering
from unrolled.run.engine import Engine
from unrolled.site.check import prove
from unrolled.site.good import LastGood
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
        """All that is wrong with the site, but for what rendering finds."""

    def load(self) -> list[Problem]:
        """Plan, run and prove all pages; return what is wrong."""
        pages = self._site.read()
        ran, self.problems = prove(pages, self._engine)
        self._ran = {each.page.path: each for each in ran}
        for each in ran:
            self._good.keep(each, self.problems)
        return self.problems

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
            headings=headings(ran.page, [each.page for each in site]),
            known=known,
            good=self._good.of(ran.page),
            root=self._root(path),
            repository=self._repository,
        )

    def _planned(self, path: str, text: str) -> tuple[PageRuns, list[Problem]]:
        """Return a page with its runs, and what is wrong with it; planned anew where a plugin made it or changed its text."""
        ran = self._ran.get(path)
        if ran and _body(ran.page).strip("\n") == text.strip("\n"):
            return ran, [problem for problem in self.problems if problem.path == path]
        head = ran.page.text[: len(ran.page.text) - len(_body(ran.page))] if ran else ""
        page = plan.plan(path or "page.md", head + text, KINDS, ran.page.folder if ran else "")
        (again,) = self._engine.run([page])
        speaks = ran or page.cells or page.claims or page.items
        return again, list(proofs.problems(again)) if speaks else []

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
