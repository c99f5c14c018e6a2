"""The picture that others show of a link to a page: its title on the site's colours."""

from __future__ import annotations

from base64 import b64decode, b64encode
from pathlib import PurePosixPath

from unrolled.site.made import Made

FOLDER = "assets/previews"


def address(page: str) -> str:
    """Return where the picture of a page lies on the site, given its path."""
    return f"{FOLDER}/{PurePosixPath(page).with_suffix('').as_posix().replace('/', '-')}.png"


def drawn(made: Made, site: str, topic: str, title: str, about: str) -> bytes:
    """Return a picture as PNG, drawn once for the same words.

    Args:
        made: What earlier builds made.
        site: The site's name.
        topic: The folder of the page's topic, which gives the colour.
        title: The page's.
        about: What the page says of itself; as much of it as fits is shown.
    """
    said = (site, topic, title, about)

    def draw() -> str:
        from unrolled.site import drawing  # When one is to be drawn: its library is slow.

        return b64encode(drawing.png(*said)).decode()

    return b64decode(made.value("preview", said, draw))
