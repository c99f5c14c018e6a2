"""The inline scripts of a theme, as its own templates hold them.

Only these run on a page, by their hashes: whatever else comes into a page, by its text, its front
matter, the navigation or the settings, is none of them.
"""

from __future__ import annotations

import base64
import hashlib
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)
FILLED = re.compile(r"\{\{.*?\}\}", re.DOTALL)
"""What a template fills in."""
BASE = "base_url"
"""The one thing that may be filled in: the way to the site's own top."""
WAY = r"(?:\.\.?(?:/\.\.)*/?|/(?:[\w.-]+/)*)"
LOGIC = ("{%", "{#")


@dataclass(frozen=True)
class Scripts:
    """The inline scripts of a theme."""

    forms: tuple[re.Pattern[str], ...]

    def hashes(self, page: str) -> list[str]:
        """Return the hashes of those that a page holds, as a policy names them."""
        held = {script for script in INLINE.findall(page) if self._has(script)}
        return sorted(_hash(script) for script in held)

    def _has(self, script: str) -> bool:
        return any(form.fullmatch(script) for form in self.forms)


@lru_cache(maxsize=8)
def of_theme(folders: tuple[str, ...]) -> Scripts:
    """Return the scripts in the templates of these folders."""
    found = (
        script
        for template in _templates(folders)
        for script in INLINE.findall(template.read_text("utf-8", "replace"))
    )
    plain = {
        script
        for script in found
        if not any(mark in script for mark in LOGIC)
        and all(BASE in filled for filled in FILLED.findall(script))
    }
    return Scripts(tuple(re.compile(_form(script)) for script in sorted(plain)))


def _form(script: str) -> str:
    """Return the pattern of a script, whatever the way is that is filled in."""
    return WAY.join(map(re.escape, FILLED.split(script)))


def _templates(folders: Iterable[str]) -> Iterator[Path]:
    for folder in folders:
        for base, inside, names in os.walk(folder):
            inside[:] = [name for name in inside if not name.startswith(".")]  # The icons.
            yield from (Path(base, name) for name in names if name.endswith(".html"))


def _hash(script: str) -> str:
    digest = hashlib.sha256(script.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
