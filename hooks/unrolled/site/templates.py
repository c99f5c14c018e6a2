"""The templates of the theme that pages ask for in their front matter."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, cast

from jinja2 import BaseLoader, TemplateNotFound
from mkdocs.theme import Theme

from unrolled.model.page import Page
from unrolled.model.problem import Problem
from unrolled.site import assets
from unrolled.site.config import Config

NAME = "template"
"""What the front matter calls it."""


def problems(config: Config, pages: Sequence[Page]) -> Iterator[Problem]:
    """Yield a problem for each page whose template there is not: MkDocs would end with it."""
    asking = [page for page in pages if NAME in page.front_matter]
    theme = _theme(config) if asking else None
    if theme is None:
        return
    env = theme.get_env()
    loader = cast(BaseLoader, env.loader)
    for page in asking:
        name = page.front_matter[NAME]
        try:
            loader.get_source(env, name if isinstance(name, str) else "")
        except TemplateNotFound:
            remedy = "Name a file of the theme or of its custom_dir, or delete the line"
            fact = f"the theme has no template '{name}'"
            yield Problem(page.path, _line(page), fact, remedy)


def _line(page: Page) -> int:
    asked = re.compile(rf"\s*[\"']?{NAME}[\"']?\s*:")
    return next((n for n, text in enumerate(page.lines, 1) if asked.match(text)), 1)


def _theme(config: Config) -> Theme | None:
    """Return the theme with which MkDocs builds, or would build; None where it is not there."""
    if not config.said:
        return config.mkdocs.theme
    said = config.said.get("theme") or "mkdocs"
    options: dict[str, Any] = {"name": said} if isinstance(said, str) else {**said}
    own = options.get("custom_dir")
    if own:
        folder = Path(config.mkdocs.config_file_path or "").parent
        options["custom_dir"] = str(folder / own)
    try:
        theme = Theme(**options)
    except (KeyError, OSError, TypeError, ValueError):
        return None  # MkDocs itself says what is wrong with it.
    theme.dirs.insert(0, str(assets.THEME))
    return theme
