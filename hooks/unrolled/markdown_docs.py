"""The pages' cells under pytest, through the same engine and cache: `pytest --markdown-docs --markdown-docs-syntax=superfences docs`.

pytest loads this module through an entry point. With `--markdown-docs` it gives pytest-markdown-docs our parser, so that both see the same
fences, and a runner, so that `raises`, `hidden`, `continuation` and claims mean what they mean in a build and no predecessor runs twice.
"""

from pathlib import Path
from typing import Any

import pytest


@pytest.hookimpl(tryfirst=True, optionalhook=True)
def pytest_markdown_docs_markdown_it() -> Any:
    """Return the parser that the plan uses."""
    from unrolled import source

    return source.parser()


def pytest_configure(config: pytest.Config) -> None:
    """Register the runner when cells are asked for."""
    if config.getoption("markdowndocs", False):
        _register(config)


def _register(config: pytest.Config) -> None:
    from pytest_markdown_docs._runners import DefaultRunner, register_runner
    from pytest_markdown_docs.definitions import FenceTestDefinition

    from unrolled import judge, plan, problem, site
    from unrolled.engine import Engine
    from unrolled.page import Page

    engines: dict[Path, Engine] = {}
    pages: dict[Path, Page] = {}

    def close() -> None:
        for engine in engines.values():
            engine.close()

    config.add_cleanup(close)

    def planned(path: Path) -> tuple[Page, Engine]:
        root = next((folder for folder in path.parents if (folder / "mkdocs.yml").exists()), config.rootpath)
        if path not in pages:
            pages[path] = plan.read_page(path, root)
            engines.setdefault(root, site.Site(root, root).engine()).run([pages[path]])
        return pages[path], engines[root]

    class Runner(DefaultRunner):
        """Asks the engine what the cell gave."""

        def runtest(self, test: FenceTestDefinition, args: dict[str, Any], *, asyncio_runner: Any = None) -> None:
            """Fail with the problems of the cell, if it has any."""
            if test.source_path.suffix != ".md":
                super().runtest(test, args, asyncio_runner=asyncio_runner)
                return
            page, engine = planned(test.source_path.resolve())
            cell = next((c for c in page.cells if c.line == test.start_line), None)
            if cell is None:
                raise CellError(f"{page.path}:{test.start_line}: pytest-markdown-docs sees a cell that the plan does not hold")
            lines = {*range(cell.line, cell.end + 1), *(claim.line for claim in cell.claims)}
            found = [p for p in (*page.problems, *judge.problems(page, engine)) if p.line in lines]
            if found:
                raise CellError(problem.listing(found))
            if page.chain_of(cell) and engine.output(cell, page) is None:
                raise CellError(f"{page.path}:{cell.line}: the cell was not run, since one before it failed. Mend that one first.")

        def repr_failure(self, test: FenceTestDefinition, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> str:
            """Return the problems as they are."""
            if isinstance(excinfo.value, CellError):
                return str(excinfo.value)
            return super().repr_failure(test, excinfo, style)

    register_runner(default=True)(Runner)


class CellError(Exception):
    """A cell does not do what its page says; the message holds the problems."""
