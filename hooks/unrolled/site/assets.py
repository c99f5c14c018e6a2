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


INSTALLED = PACKAGE / "quiz_js"
WIDGET = INSTALLED if INSTALLED.is_dir() else PACKAGE.parents[1] / "quiz_js"
"""The widget: in the package where it is installed, else in the checkout."""


def widget() -> Iterator[tuple[str, str]]:
    """Yield the widget's files as they are shipped.

    Each one's path in the widget's folder, and its text.
    """
    for file in sorted((*WIDGET.rglob("*.js"), *WIDGET.rglob("*.css"))):
        yield file.relative_to(WIDGET).as_posix(), _compact(file)


def _compact(file: Path) -> str:
    """Return a file of the widget without its comments and blanks.

    They are two fifths of what readers would load.
    """
    text = file.read_text("utf-8")
    return str(rjsmin.jsmin(text) if file.suffix == ".js" else rcssmin.cssmin(text))
