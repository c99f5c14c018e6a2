"""The Content-Security-Policy of a page: nothing but what the site itself serves, and the theme's own inline scripts by their hashes."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import ConfigurationError

INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)
HEAD = re.compile(r"<head\b[^>]*>")
POLICY = (
    "default-src 'self'; script-src 'self' {hashes}; style-src 'self'; img-src 'self' data:; "
    "object-src 'none'; base-uri 'none'; form-action 'none'"
)


def keep(config: MkDocsConfig) -> None:
    """Have nothing loaded that the policy does not let in: leave out what the theme would bring without being asked.

    Raises:
        ConfigurationError: The site asks for it; the message names all of it.
    """
    faults = list(_refused(config))
    if faults:
        raise ConfigurationError("; ".join(faults))
    if "font" in config.theme and not _asks_for_font(config):
        config.theme["font"] = False


def with_policy(page: str, content: str = "") -> str:
    """Return a whole page that states its policy, first thing in its head: a host of static files can seldom send headers.

    Args:
        page: The HTML, as the theme made it.
        content: What of it comes from the page's Markdown: a script in there is not the theme's, and not let in.
    """
    theirs = set(INLINE.findall(content))
    # Where another plugin changed the content, its scripts are told by what they say.
    scripts = (script for script in INLINE.findall(page.replace(content, "")) if script not in theirs or content in page)
    hashes = (base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in scripts)
    policy = POLICY.format(hashes=" ".join(sorted({f"'sha256-{digest}'" for digest in hashes})))
    tag = f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    return HEAD.sub(lambda head: head[0] + tag, page, count=1)


def _refused(config: MkDocsConfig) -> Iterator[str]:
    """Yield what a site asks for and pages would not load."""
    remedy = "which the pages' policy does not let in. Put a copy beneath the pages' folder and name that"
    for setting in ("extra_javascript", "extra_css"):
        entries: list[Any] = config[setting]
        for entry in entries:
            address = str(getattr(entry, "path", entry))
            if urlsplit(address).netloc:
                yield f"{setting} names {address}, {remedy}"
    if _asks_for_font(config):
        yield "theme names a 'font', which would come from another host, and pages' policy lets none in. Say font: false"


def _asks_for_font(config: MkDocsConfig) -> bool:
    """Return whether a site itself, and not its theme, asks for fonts."""
    user_configs: Any = config.user_configs
    said = [given.get("theme") for given in user_configs]
    return any(isinstance(theme, dict) and theme.get("font") for theme in said)
