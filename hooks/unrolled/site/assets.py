"""The files that every site gets: the widget's modules and styles, and the theme's parts."""

from __future__ import annotations

import os
import re
import string
from collections.abc import Iterator
from pathlib import Path

import rcssmin
import rjsmin

from unrolled.render import loaded
from unrolled.site import bundle

PRIVATE = re.compile(r"\bthis\.#(\w+)")
PACKAGE = Path(__file__).resolve().parent.parent
THEME = PACKAGE / "theme"
"""Overrides of Material's parts, our stylesheet and the widget: a theme, and added to any other."""
STYLES = "assets/unrolled.css"
FACE = "assets/face.css"
"""What the site looks like on Material: left out of a theme that is none of Material's."""
BEFORE = "before.json"
"""Tells the widget once by which hashes a reader's progress knew the items before."""
BROUGHT = THEME / loaded.FOLDER
"""The widget as the theme brings it."""
APART = PACKAGE.parents[1] / "quiz_js"
WIDGET = APART if APART.is_dir() else BROUGHT
"""The widget's source: where the package is installed, what the theme brings."""


def widget() -> Iterator[tuple[str, str]]:
    """Yield the widget's files as they are shipped.

    Each one's path in the widget's folder, and its text.
    """
    files = sorted((*WIDGET.rglob("*.js"), *WIDGET.rglob("*.css")))
    texts = {file.relative_to(WIDGET).as_posix(): file.read_text("utf-8") for file in files}
    scripts = {path: text for path, text in texts.items() if path.endswith(".js")}
    for path, text in sorted((texts | bundle.joined(scripts)).items()):
        yield path, _compact(path, text)


def complete_theme() -> None:
    """Put the widget among the theme's files, where a checkout keeps it apart.

    MkDocs' plugin adds it to any site by itself. Zensical knows no plugin of ours: it takes what a
    theme brings, and follows no link.
    """
    if WIDGET == BROUGHT:
        return
    shipped = {BROUGHT / path: text for path, text in widget()}
    for file in {file for file in BROUGHT.rglob("[!.]*.*") if file.is_file()} - shipped.keys():
        file.unlink(missing_ok=True)
    for file, text in shipped.items():
        if not file.is_file() or file.read_text("utf-8") != text:
            file.parent.mkdir(parents=True, exist_ok=True)
            # In one step: others may be building a site by the theme.
            new = file.with_name(f".{file.name}.{os.getpid()}")
            new.write_text(text, "utf-8")
            new.replace(file)


def _compact(path: str, text: str) -> str:
    """Return a file of the widget without its comments and blanks.

    They are two fifths of what readers would load.
    """
    if path.endswith(".css"):
        return str(rcssmin.cssmin(text))
    return _with_short_names(str(rjsmin.jsmin(text)))


def _with_short_names(script: str) -> str:
    """Return a script whose private names, which nobody else uses, are short."""
    names = dict.fromkeys(PRIVATE.findall(script))
    short = {name: f"#{letter}" for name, letter in zip(names, string.ascii_letters, strict=False)}
    return re.sub(r"#(\w+)", lambda found: short.get(found[1], found[0]), script)
