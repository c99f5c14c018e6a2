"""The pictures of a page that a deck brings along."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import PurePosixPath
from urllib.parse import urljoin

from unrolled.site.take.deck import NAMESPACE, Picture
from unrolled.site.take.shown import Shown

ReadFile = Callable[[str], bytes | None]
"""Returns what is at a path of the site; None where nothing is."""


def pictures(shown: Shown, read: ReadFile) -> dict[str, Picture]:
    """Return the pictures of a page that are files of the site, by their paths there."""
    if "<img" not in shown.content:
        return {}
    from unrolled.site.take.content import parsed  # Where there are any: its library is slow.

    found: dict[str, Picture] = {}
    for picture in parsed(shown.content).select("img[src]"):
        path = urljoin(shown.url, str(picture["src"]))
        content = read(path)
        if content is not None:
            digest = hashlib.sha256(content).hexdigest()[:12]
            found[path] = Picture(f"{NAMESPACE}-{digest}{PurePosixPath(path).suffix}", content)
    return found
