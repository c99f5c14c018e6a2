"""What a page loads of the question widget: nothing where there is nothing to answer."""

import html
from collections.abc import Iterator
from pathlib import Path

import rcssmin
import rjsmin
from mkdocs.utils import get_relative_url

from unrolled import source
from unrolled.page import Page
from unrolled.question import letters

SOURCE = Path(__file__).resolve().parents[2] / "quiz_js"
FOLDER = "assets/quiz"
BY_BLOCK = {
    "question": "question", "card": "card", "explain": "explain", "experiment": "experiment",
    "modes": "hub", "topics": "hub", "review": "review", "progress": "progress",
}  # fmt: skip
BY_MODE = ("learn", "practice", "challenge", "test")
"""Modes with an element of their own, which stands at the end of the page and takes its items in hand."""


def markup(page: Page, url: str, repository: str) -> str:
    """Return what to put at the end of a page's content: the mode's element, and the widget's stylesheet and modules.

    In the content, not in the head, so that instant navigation brings them along, and only to pages that need them.

    Args:
        page: The page.
        url: Its address on the site.
        repository: Where problems of a question can be reported; may be empty.
    """
    modules = list(dict.fromkeys(_modules(page)))
    if not modules:
        return ""
    mode = page.mode if page.mode in BY_MODE and page.questions else ""
    element = f'<quiz-{mode} data-topic="{html.escape(page.topic)}"></quiz-{mode}>' if mode else ""
    style = f'<link rel="stylesheet" href="{_at("quiz.css", url)}" data-repository="{html.escape(repository or "")}">'
    scripts = "".join(f'<script type="module" src="{_at(f"{name}.js", url)}"></script>' for name in modules)
    return _key(page) + element + style + scripts


def compact(file: Path) -> str:
    """Return a file of the widget without its comments and blanks: they are two fifths of what readers would load."""
    text = file.read_text("utf-8")
    return str(rjsmin.jsmin(text) if file.suffix == ".js" else rcssmin.cssmin(text))


def _key(page: Page) -> str:
    """Return the key of a page's questions, which only print shows; the widget keeps its letters in step with the order shown."""
    keys = ((html.escape(source.plain(item.title)), item.id, ", ".join(letters(item))) for item in page.questions)
    lines = "".join(f'<li>{title} <strong id="{name}-key">{key}</strong></li>' for title, name, key in keys)
    return f'<section class="answer-key" data-search-exclude><p>Key</p><ol>{lines}</ol></section>' if lines else ""


def _modules(page: Page) -> Iterator[str]:
    for block in page.blocks:
        if block.name in BY_BLOCK:
            yield BY_BLOCK[block.name]
    if page.mode in BY_MODE and page.questions:
        yield page.mode


def _at(name: str, url: str) -> str:
    return get_relative_url(f"{FOLDER}/{name}", url)
