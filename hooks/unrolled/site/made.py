"""What is made of a page's HTML or text, at some cost, and kept until that or the code changes."""

from __future__ import annotations

import functools
import hashlib
import importlib.metadata
import json
import platform
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from unrolled.run.entries import Entries

FOLDER = "made"
"""Within the folder of what can be made again."""
LIBRARIES = (
    "beautifulsoup4",
    "genanki",
    "markdown",
    "markdown-it-py",
    "markdownify",
    "matplotlib",
    "nbformat",
    "pillow",
    "pymdown-extensions",
)
"""Those that make it."""


class Made:
    """Keeps values that JSON can hold, under a hash of all that they are made of."""

    def __init__(self, cache: Path) -> None:
        """Keep them in the folder of what can be made again."""
        self._entries = Entries(cache / FOLDER)

    def value(self, kind: str, of: Sequence[str], make: Callable[[], Any]) -> Any:
        """Return what is made of some texts: as it was made before, else by making it.

        Args:
            kind: What it is, in a word.
            of: Everything that it depends on, but for our code and the libraries.
            make: Makes it; what it returns is what JSON can hold.
        """
        said = json.dumps([_engine(), kind, *of])
        name = hashlib.sha256(said.encode()).hexdigest()
        kept = self._entries.get(name)
        if kept is not None:
            self._entries.touch(name)
            return json.loads(kept)
        made = make()
        self._entries.put(name, json.dumps(made))
        return made

    def prune(self) -> None:
        """Delete what was of no use for a month."""
        self._entries.prune()


@functools.cache
def _engine() -> str:
    """Return a hash of the code that makes things: ours, Python, and the libraries' versions."""
    code = hashlib.sha256(platform.python_version().encode())
    package = Path(__file__).resolve().parents[1]
    for file in sorted((*package.rglob("*.py"), *package.glob("site/take/*.css"))):
        code.update(file.name.encode() + b"\0" + file.read_bytes())
    for library in LIBRARIES:
        code.update(importlib.metadata.version(library).encode() + b"\0")
    return code.hexdigest()
