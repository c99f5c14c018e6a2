"""Runs the cells that pytest-markdown-docs finds: each fails with the problems that it has."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pytest_markdown_docs._runners import DefaultRunner, register_runner
from pytest_markdown_docs.definitions import FenceTestDefinition

from unrolled.blocks import KINDS
from unrolled.model import problem
from unrolled.model.runs import PageRuns
from unrolled.prove import cells
from unrolled.read import plan
from unrolled.run.engine import Engine
from unrolled.site.place import load


class CellError(Exception):
    """A cell does not do what its page says; the message holds the problems."""


class Pages:
    """The pages that pytest names, each run once, by one engine a site."""

    def __init__(self, root: Path) -> None:
        """Take the folder of pages that lie in no site."""
        self._root = root
        self._engines: dict[Path, Engine] = {}
        self._ran: dict[Path, PageRuns] = {}

    def ran(self, path: Path) -> PageRuns:
        """Return a page with what its cells gave."""
        if path not in self._ran:
            sites = (folder for folder in path.parents if (folder / "mkdocs.yml").exists())
            root = next(sites, self._root)
            if root not in self._engines:
                self._engines[root] = load(root / "mkdocs.yml").engine()
            (self._ran[path],) = self._engines[root].run([plan.read_page(path, root, KINDS)])
        return self._ran[path]

    def close(self) -> None:
        """End the engines."""
        for engine in self._engines.values():
            engine.close()


def verify(each: PageRuns, line: int) -> None:
    """Raise what is wrong with the cell whose fence opens at a line.

    Raises:
        CellError: It has problems, or was not run.
    """
    page, cell = each.page, each.page.cell_at(line)
    if cell is None:
        fact = "pytest-markdown-docs sees a cell that the plan does not hold"
        raise CellError(f"{page.path}:{line}: {fact}")
    lines = {*range(cell.line, cell.end + 1), *(claim.line for claim in cell.claims)}
    found = [p for p in (*page.problems, *cells.problems(each)) if p.line in lines]
    if found:
        raise CellError(problem.listing(found))
    if page.chain_of(cell) and each.output(cell) is None:
        fact = "the cell was not run, since one before it failed. Fix that one first."
        raise CellError(f"{page.path}:{cell.line}: {fact}")


def register(config: pytest.Config) -> None:
    """Give pytest-markdown-docs a runner that asks the engine what each cell gave."""
    pages = Pages(config.rootpath)
    config.add_cleanup(pages.close)

    class Runner(DefaultRunner):
        """Fails with the problems of a cell; leaves fences that are not in Markdown as they are."""

        def runtest(
            self, test: FenceTestDefinition, args: dict[str, Any], *, asyncio_runner: Any = None
        ) -> None:
            """Fail with the problems of the cell, if it has any."""
            if test.source_path.suffix == ".md":
                verify(pages.ran(test.source_path.resolve()), test.start_line)
            else:
                super().runtest(test, args, asyncio_runner=asyncio_runner)

        def repr_failure(
            self,
            test: FenceTestDefinition,
            excinfo: pytest.ExceptionInfo[BaseException],
            style: Any = None,
        ) -> str:
            """Return the problems as they are."""
            if isinstance(excinfo.value, CellError):
                return str(excinfo.value)
            return super().repr_failure(test, excinfo, style)

    register_runner(default=True)(Runner)
