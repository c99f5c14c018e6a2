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
    from unrolled.read import tokens

    return tokens.parser()


def pytest_configure(config: pytest.Config) -> None:
    """Register the runner when cells are asked for."""
    if config.getoption("markdowndocs", False):
        _register(config)


def _register(config: pytest.Config) -> None:
    from pytest_markdown_docs._runners import DefaultRunner, register_runner
    from pytest_markdown_docs.definitions import FenceTestDefinition

    from unrolled.blocks import KINDS
    from unrolled.model import problem
    from unrolled.model.runs import PageRuns
    from unrolled.prove import cells
    from unrolled.read import plan
    from unrolled.run.engine import Engine
    from unrolled.site.place import load

    engines: dict[Path, Engine] = {}
    pages: dict[Path, PageRuns] = {}

    def close() -> None:
        for engine in engines.values():
            engine.close()

    config.add_cleanup(close)

    def ran(path: Path) -> PageRuns:
        root = next((folder for folder in path.parents if (folder / "mkdocs.yml").exists()), config.rootpath)
        if path not in pages:
            if root not in engines:
                engines[root] = load(root / "mkdocs.yml").engine()
            (pages[path],) = engines[root].run([plan.read_page(path, root, KINDS)])
        return pages[path]

    class Runner(DefaultRunner):
        """Asks the engine what the cell gave."""

        def runtest(self, test: FenceTestDefinition, args: dict[str, Any], *, asyncio_runner: Any = None) -> None:
            """Fail with the problems of the cell, if it has any."""
            if test.source_path.suffix != ".md":
                super().runtest(test, args, asyncio_runner=asyncio_runner)
                return
            each = ran(test.source_path.resolve())
            page, cell = each.page, each.page.cell_at(test.start_line)
            if cell is None:
                fact = "pytest-markdown-docs sees a cell that the plan does not hold"
                raise CellError(f"{page.path}:{test.start_line}: {fact}")
            lines = {*range(cell.line, cell.end + 1), *(claim.line for claim in cell.claims)}
            found = [p for p in (*page.problems, *cells.problems(each)) if p.line in lines]
            if found:
                raise CellError(problem.listing(found))
            if page.chain_of(cell) and each.output(cell) is None:
                fact = "the cell was not run, since one before it failed. Fix that one first."
                raise CellError(f"{page.path}:{cell.line}: {fact}")

        def repr_failure(self, test: FenceTestDefinition, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> str:
            """Return the problems as they are."""
            if isinstance(excinfo.value, CellError):
                return str(excinfo.value)
            return super().repr_failure(test, excinfo, style)

    register_runner(default=True)(Runner)


class CellError(Exception):
    """A cell does not do what its page says; the message holds the problems."""
