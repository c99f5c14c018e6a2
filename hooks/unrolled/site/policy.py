"""The Content-Security-Policy of a page.

Nothing but what the site itself serves, and the theme's own inline scripts by their hashes.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import ConfigurationError
from mkdocs.theme import Theme

from unrolled.model.problem import Problem, listing

INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)
HEAD = re.compile(r"<head\b[^>]*>")
SETTINGS = "mkdocs.yml"
POLICY = (
    "default-src 'self'; script-src 'self' {hashes}; style-src 'self'; img-src 'self' data:; "
    "object-src 'none'; base-uri 'none'; form-action 'none'"
)


def keep(config: MkDocsConfig) -> None:
    """Have nothing loaded that the policy does not let in.

    Leave out what the theme would bring without being asked.

    Raises:
        ConfigurationError: The site asks for it; the message names all of it.
    """
    faults = [
        Problem(SETTINGS, _line(config, word), fact, remedy)
        for word, fact, remedy in _refused(config)
    ]
    if faults:
        raise ConfigurationError(f"\n{listing(faults)}")
    if config.theme.get("font"):
        config.theme["font"] = False


def with_policy(page: str, content: str = "") -> str:
    """Return a whole page that states its policy, first thing in its head.

    A host of static files can seldom send headers.

    Args:
        page: The HTML, as the theme made it.
        content: What of it comes from the page's Markdown: a script in there is not the theme's,
            and not let in.
    """
    theirs = set(INLINE.findall(content))
    # Where another plugin changed the content, its scripts are told by what they say.
    scripts = (
        script
        for script in INLINE.findall(page.replace(content, ""))
        if script not in theirs or content in page
    )
    hashes = (
        base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in scripts
    )
    policy = POLICY.format(hashes=" ".join(sorted({f"'sha256-{digest}'" for digest in hashes})))
    tag = f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    return HEAD.sub(lambda head: head[0] + tag, page, count=1)


def _refused(config: MkDocsConfig) -> Iterator[tuple[str, str, str]]:
    """Yield what a site asks for and pages would not load.

    The word for it, the fact and the remedy.
    """
    policy = "and the pages' policy lets nothing in from another host"
    for setting in ("extra_javascript", "extra_css"):
        entries: list[Any] = config[setting]
        for entry in entries:
            address = str(getattr(entry, "path", entry))
            if urlsplit(address).netloc:
                remedy = "Put a copy beneath the folder of the pages, and name that"
                yield address, f"{setting} names {address}, {policy}", remedy
    if _asks_for_font(config):
        yield "font:", f"the theme is to load a font, {policy}", "Say font: false"


def _line(config: MkDocsConfig, word: str) -> int:
    """Return the line of the settings that holds a word; the first where another file says it."""
    text = Path(config.config_file_path or SETTINGS).read_text("utf-8")
    return next((number for number, line in enumerate(text.split("\n"), 1) if word in line), 1)


def _asks_for_font(config: MkDocsConfig) -> bool:
    """Return whether a site itself, and not its theme, asks for fonts."""
    font: Any = config.theme.get("font")
    return bool(font) and font != Theme(name=config.theme.name).get("font")
