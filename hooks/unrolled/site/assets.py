"""The files that every site gets: the widget's modules and styles, and the theme's parts."""

from __future__ import annotations

from pathlib import Path

import rcssmin
import rjsmin

PACKAGE = Path(__file__).resolve().parent.parent
THEME = PACKAGE / "theme"
"""Overrides of the theme, and our stylesheet."""
STYLES = "assets/unrolled.css"


def widget() -> list[Path]:
    """Return the files of the widget: in the package where it is installed, else in the checkout."""
    installed = PACKAGE / "quiz_js"
    folder = installed if installed.is_dir() else PACKAGE.parents[1] / "quiz_js"
    return sorted(file for file in folder.iterdir() if file.suffix in (".js", ".css"))


def compact(file: Path) -> str:
    """Return a file of the widget without its comments and blanks: they are two fifths of what readers would load."""
    text = file.read_text("utf-8")
    return str(rjsmin.jsmin(text) if file.suffix == ".js" else rcssmin.cssmin(text))
