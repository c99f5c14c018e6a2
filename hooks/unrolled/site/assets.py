"""The files that every site gets: the widget's modules and styles, and the theme's parts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import rcssmin
import rjsmin

PACKAGE = Path(__file__).resolve().parent.parent
THEME = PACKAGE / "theme"
"""Overrides of the theme, and our stylesheet."""
STYLES = "assets/unrolled.css"


def widget() -> Iterator[tuple[str, str]]:
    """Yield the widget's files as they are shipped: the path of each beneath the widget's folder, and its text."""
    folder = _source()
    for file in sorted((*folder.rglob("*.js"), *folder.rglob("*.css"))):
        yield file.relative_to(folder).as_posix(), _compact(file)


def _source() -> Path:
    """Return the folder of the widget: in the package where it is installed, else in the checkout."""
    installed = PACKAGE / "quiz_js"
    return installed if installed.is_dir() else PACKAGE.parents[1] / "quiz_js"


def _compact(file: Path) -> str:
    """Return a file of the widget without its comments and blanks: they are two fifths of what readers would load."""
    text = file.read_text("utf-8")
    return str(rjsmin.jsmin(text) if file.suffix == ".js" else rcssmin.cssmin(text))
