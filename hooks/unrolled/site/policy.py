"""The Content-Security-Policy of a page.

Nothing but what the site itself serves, and the theme's own inline scripts by their hashes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlsplit

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import ConfigurationError, PluginError
from mkdocs.theme import Theme

from unrolled.model.problem import Problem, listing
from unrolled.site.scripts import Scripts

HEAD = re.compile(r"<head\b[^>]*>")
SETTINGS = "mkdocs.yml"
POLICY = (
    "default-src 'self'; script-src {scripts}; style-src 'self'; img-src 'self' data:; "
    "object-src 'none'; base-uri 'none'; form-action 'none'"
)


NAMED = {
    "search": ('role="dialog"', "Search"),
    "progress": ('role="progressbar"', "Loading the page"),
}
"""Parts of Material without a name: what tells each, and the name to give it."""
ESCAPED = str.maketrans({"<": "&lt;", ">": "&gt;", '"': "&quot;"})
"""An ampersand stays: text may hold entities."""


def keep(config: MkDocsConfig) -> None:
    """Have nothing loaded that the policy does not let in.

    Leave out what the theme would bring without being asked.

    Raises:
        ConfigurationError: The site asks for it; the message names all of it.
    """
    faults = [
        Problem(SETTINGS, _line(Path(config.config_file_path or SETTINGS), word), fact, remedy)
        for word, fact, remedy in _refused(config, _asks_for_font(config))
    ]
    if faults:
        raise ConfigurationError(f"\n{listing(faults)}")
    if config.theme.get("font"):
        config.theme["font"] = False


def with_policy(page: str, scripts: Scripts, *, serving: bool = False) -> str:
    """Return a whole page that states its policy, first thing in its head.

    A host of static files can seldom send headers.

    Args:
        page: The HTML, as the theme made it.
        scripts: The theme's own, the only ones written into a page that run.
        serving: Whether MkDocs will add a script of its own, another in each answer, which no hash
            can name: then all written into the page run, and nothing else is different.

    Raises:
        PluginError: The page has no head.
    """
    let_in = ["'unsafe-inline'"] if serving else scripts.hashes(page)
    policy = POLICY.format(scripts=" ".join(["'self'", *let_in]))
    tag = f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    stated, count = HEAD.subn(lambda head: head[0] + tag, page, count=1)
    if not count:
        raise PluginError("a page of the theme has no <head>, so that no policy can be stated")
    return stated


def named(page: str) -> str:
    """Return a page with names for parts of the theme that screen readers meet without one.

    Raises:
        PluginError: The theme writes such a part in another way than this knows.
    """
    for part, (attributes, name) in NAMED.items():
        whole = f'data-md-component="{part}" {attributes}'
        # Around the content, where text of a page could look the same.
        first, last = page.find("<main"), page.rfind("</main>")
        first = first if first >= 0 else len(page)
        head, main, rest = page[:first], page[first : max(first, last)], page[max(first, last) :]
        if f'data-md-component="{part}"' in head + rest and whole not in head + rest:
            raise PluginError(f"the theme's '{part}' is not {whole}, and cannot be given a name")
        said = f'{whole} aria-label="{name}"'
        page = head.replace(whole, said) + main + rest.replace(whole, said)
    return page


def escaped(value: object) -> object:
    """Return a value of the front matter that a theme, which writes it as HTML, shows as text."""
    if isinstance(value, str):
        return value.translate(ESCAPED)
    if isinstance(value, list):
        return [escaped(each) for each in cast(list[object], value)]
    if isinstance(value, dict):
        return {key: escaped(each) for key, each in cast(dict[object, object], value).items()}
    return value


def problems(file: Path, said: Mapping[str, Any]) -> list[Problem]:
    """Return what a site's settings, as written, ask for and pages would not load."""
    theme = said.get("theme")
    font = cast(dict[str, Any], theme).get("font") if isinstance(theme, dict) else None
    return [
        Problem(SETTINGS, _line(file, word), fact, remedy)
        for word, fact, remedy in _refused(said, bool(font))
    ]


def _refused(config: Mapping[str, Any], font: bool) -> Iterator[tuple[str, str, str]]:
    """Yield what a site asks for and pages would not load.

    The word for it, the fact and the remedy.
    """
    policy = "and the pages' policy lets nothing in from another host"
    for setting in ("extra_javascript", "extra_css"):
        entries: list[Any] = config.get(setting) or []
        for entry in entries:
            named = entry.get("path", "") if isinstance(entry, dict) else entry
            address = str(getattr(entry, "path", named))
            if urlsplit(address).netloc:
                remedy = "Put a copy beneath the folder of the pages, and name that"
                yield address, f"{setting} names {address}, {policy}", remedy
    if font:
        yield "font:", f"the theme is to load a font, {policy}", "Say font: false"


def _line(file: Path, word: str) -> int:
    """Return the line of the settings that holds a word; the first where another file says it."""
    text = file.read_text("utf-8")
    return next((number for number, line in enumerate(text.split("\n"), 1) if word in line), 1)


def _asks_for_font(config: MkDocsConfig) -> bool:
    """Return whether a site itself, and not its theme, asks for fonts."""
    font: Any = config.theme.get("font")
    return bool(font) and font != Theme(name=config.theme.name).get("font")
