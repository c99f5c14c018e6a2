"""The pages' cells under pytest, through the same engine and cache.

`pytest --markdown-docs --markdown-docs-syntax=superfences docs`.

pytest loads this module through an entry point. With `--markdown-docs` it gives pytest-markdown-
docs our parser, so that both see the same fences, and a runner, so that `raises`, `hidden`,
`continuation` and claims mean what they mean in a build and no predecessor runs twice.
"""

from pathlib import Path
from typing import Any

import pytest


@pytest.hookimpl(tryfirst=True, optionalhook=True)
def pytest_markdown_docs_markdown_it() -> Any:
    """Return the parser that the plan uses."""
    from unrolled.read import tokens

    return tokens.parser()


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leave out pages that are scripts: in search of docstrings, pytest would import and run them.

    `unrolled check` runs their cells.
    """
    from unrolled.model.mode import SCRIPT

    is_script = collection_path.name == SCRIPT and config.getoption("markdowndocs", False)
    return True if is_script else None


def pytest_configure(config: pytest.Config) -> None:
    """Register the runner when cells are asked for."""
    if config.getoption("markdowndocs", False):
        from unrolled.testing import runner

        runner.register(config)
