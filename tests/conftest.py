"""What the tests share: one engine, sites in temporary folders, and the way from Markdown to problems and HTML."""

import functools
import html
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from markdown import Markdown
from mkdocs.config import load_config
from mkdocs.utils import meta

from unrolled.read import plan
from unrolled.site import site
from unrolled.run.engine import Engine
from unrolled.model.problem import Problem
from unrolled.render.extension import Rendering

pytest_plugins = ["pages"]
WriteSite = Callable[[dict[str, str | bytes]], Path]
PROJECT = Path(__file__).resolve().parent.parent
PANE = re.compile(
    r'<div class="cell-output cell-output--(\w+)">.*?<pre class="no-copy"><code class="no-copy">(.*?)</code></pre></div>', re.DOTALL
)


@pytest.fixture(scope="session")
def engine_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The cache folder of the shared engine."""
    return tmp_path_factory.mktemp("root").resolve() / ".cache"


@pytest.fixture(scope="session")
def engine(engine_cache: Path) -> Iterator[Engine]:
    """An engine that all tests share, since its fork server takes seconds to start."""
    shared = Engine(engine_cache.parent, engine_cache)
    yield shared
    shared.close()


@pytest.fixture
def write_site(tmp_path: Path) -> WriteSite:
    """Return a function that writes a site with these files beneath docs/ and returns its folder; called again, it adds to them."""
    root = tmp_path.resolve() / "site"

    def write(files: dict[str, str | bytes]) -> Path:
        (root / "docs").mkdir(parents=True, exist_ok=True)
        (root / "mkdocs.yml").write_text(f"INHERIT: {PROJECT / 'mkdocs.yml'}\ndocs_dir: docs\nsite_dir: site\n", "utf-8")
        for name, content in files.items():
            file = root / "docs" / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content.encode() if isinstance(content, str) else content)
        return root

    return write


def cell(code: str, options: str = "") -> str:
    """Return a fence with this code; `options` as they stand in its braces."""
    return f"```{{.python {options}}}\n{code}\n```\n" if options else f"```python\n{code}\n```\n"


def form(text: str) -> list[str]:
    """Return the problems of a page's form, as printed; nothing is run."""
    return [str(p) for p in plan.plan("page.md", text).problems]


def convert(text: str, engine: Engine) -> tuple[str, list[Problem]]:
    """Return a page's HTML, by the extensions of the project's mkdocs.yml, and all that is wrong with it, rendering included."""
    page = plan.plan("page.md", text)
    found = site.prove([page], engine)
    rendering = Rendering(page, engine, {}, found)
    names, settings = _extensions()
    body, _ = meta.get_data(text)
    content = Markdown(extensions=names, extension_configs={**settings, "unrolled": {"rendering": rendering}}).convert(body)
    return content, sorted(set(rendering.problems))


def problems(text: str, engine: Engine) -> list[str]:
    """Return all that is wrong with a page, as printed, sorted."""
    return [str(p) for p in convert(text, engine)[1]]


def render(text: str, engine: Engine) -> str:
    """Return a page's HTML by the extension alone, without a build: it plans and runs the text itself."""
    names, settings = _extensions()
    body, _ = meta.get_data(text)
    return Markdown(extensions=names, extension_configs={**settings, "unrolled": {"engine": engine}}).convert(body)


def panes(text: str, engine: Engine) -> list[tuple[str, str]]:
    """Return what a page shows beneath its cells, in order: the kind of each pane (text, warning, error) and its text."""
    return [(kind, html.unescape(shown)) for kind, shown in PANE.findall(render(text, engine))]


def output(code: str, engine: Engine, options: str = "") -> str:
    """Return what one cell shows in its text pane, or an empty string; any problem fails the test."""
    assert problems(cell(code, options), engine) == []
    return "\n".join(text for kind, text in panes(cell(code, options), engine) if kind == "text")


def places(found: list[str]) -> list[int]:
    """Return the lines that problems name."""
    return [int(p.split(":")[1]) for p in found]


@functools.cache
def _extensions() -> tuple[list[str], dict[str, Any]]:
    """Return the Markdown extensions of the project's mkdocs.yml, in its order, and their settings."""
    config = load_config(str(PROJECT / "mkdocs.yml"))
    names: list[str] = list(config.markdown_extensions)
    return names, dict(config.mdx_configs)
