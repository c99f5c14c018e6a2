"""From a page's Markdown to its problems and its HTML, through the public seam.

Plan, engine, proofs and the Markdown extension.
"""

import functools
import html
import re
from dataclasses import dataclass
from typing import Any

from markdown import Markdown
from mkdocs.config import load_config
from mkdocs.utils import meta

from support.headings import headings
from support.paths import PROJECT
from unrolled.blocks import KINDS
from unrolled.model.page import Page
from unrolled.model.problem import Problem
from unrolled.read import plan
from unrolled.render.extension import Provider
from unrolled.render.rendering import Rendering
from unrolled.run.engine import Engine
from unrolled.site.check import prove
from unrolled.site.library import Library
from unrolled.site.place import Site

PANE = re.compile(
    r'<div class="cell-output cell-output--(\w+)">.*?<pre'
    r' class="no-copy"><code[^>]*>(.*?)</code></pre></div>',
    re.DOTALL,
)


def cell(code: str, options: str = "") -> str:
    """Return a fence with this code; `options` as they stand in its braces."""
    return f"```{{.python {options}}}\n{code}\n```\n" if options else f"```python\n{code}\n```\n"


def planned(text: str, path: str = "page.md") -> Page:
    """Return the plan of a page."""
    return plan.plan(path, text, KINDS)


def form(text: str) -> list[str]:
    """Return the problems of a page's form, as printed; nothing is run."""
    return [str(problem) for problem in planned(text).problems]


@dataclass
class Known:
    """Gives the Markdown extension one page, run and proved."""

    page: Rendering

    def rendering(self, text: str) -> Rendering:  # noqa: ARG002 - it has one page alone
        """Return what is needed to render it."""
        return self.page


def convert(text: str, engine: Engine) -> tuple[str, list[Problem]]:
    """Return a page's HTML, by the project's extensions, and all that is wrong with it."""
    page = planned(text)
    (ran,), found = prove([page], engine)
    rendering = Rendering(ran=ran, headings=headings(page, [page]), known=found)
    content = to_html(text, Known(rendering))
    return content, sorted(set(rendering.problems))


def problems(text: str, engine: Engine) -> list[str]:
    """Return all that is wrong with a page, as printed, sorted."""
    return [str(problem) for problem in convert(text, engine)[1]]


def render(text: str, engine: Engine) -> str:
    """Return a page's HTML by the extension alone, without a build.

    It plans and runs the text itself.
    """
    return to_html(text, Library(Site(PROJECT / "nowhere", PROJECT / "nowhere" / "docs"), engine))


def panes(text: str, engine: Engine) -> list[tuple[str, str]]:
    """Return what a page shows beneath its cells, in order.

    The kind of each pane (text, warning, error) and its text.
    """
    return panes_of(render(text, engine))


def panes_of(content: str) -> list[tuple[str, str]]:
    """Return the panes in a page's HTML."""
    return [(kind, html.unescape(shown)) for kind, shown in PANE.findall(content)]


def panes_and_problems(text: str, engine: Engine) -> tuple[list[tuple[str, str]], list[str]]:
    """Return what a page shows beneath its cells, and what is wrong with it.

    What fails is run once.
    """
    content, found = convert(text, engine)
    return panes_of(content), [str(problem) for problem in found]


def output(code: str, engine: Engine, options: str = "") -> str:
    """Return what one cell shows in its text pane, or an empty string.

    Any problem fails the test.
    """
    found, wrong = panes_and_problems(cell(code, options), engine)
    assert wrong == []
    return "\n".join(text for kind, text in found if kind == "text")


def places(found: list[str]) -> list[int]:
    """Return the lines that problems name."""
    return [int(problem.split(":")[1]) for problem in found]


def to_html(text: str, provider: Provider) -> str:
    """Return the HTML of a page without its front matter, by the project's extensions."""
    names, settings = _extensions()
    body, _ = meta.get_data(text)
    configs = {**settings, "unrolled": {"provider": provider}}
    return Markdown(extensions=names, extension_configs=configs).convert(body)


@functools.cache
def _extensions() -> tuple[list[str], dict[str, Any]]:
    """Return the Markdown extensions of the project's mkdocs.yml, in order, and their settings."""
    config = load_config(str(PROJECT / "mkdocs.yml"))
    names: list[str] = list(config.markdown_extensions)
    return names, dict(config.mdx_configs)
