"""Links that lead nowhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from markdown_it.token import Token

from unrolled.model.problem import Code, Problem

ADDRESSES = {"link_open": "href", "image": "src"}
"""The attribute of a link and of an image that says where it leads."""


def problems(path: str, stream: Sequence[Token]) -> Iterator[Problem]:
    """Yield a problem for each link or image without an address, at its line."""
    for token in stream:
        line = token.map[0] + 1 if token.map else 1
        for part in token.children or () if token.type == "inline" else ():
            name = ADDRESSES.get(part.type)
            if name and _is_nothing(str(part.attrs.get(name, ""))):
                fact = "this link leads nowhere" if name == "href" else "this image has no address"
                remedy = "Write an address between its round brackets"
                yield Problem(path, line, fact, remedy, code=Code.MARKDOWN)
            line += part.type in ("softbreak", "hardbreak")


def _is_nothing(address: str) -> bool:
    """Return whether an address is empty, or a scheme of the web without a host."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return False
    return not address.strip() or (parts.scheme in ("http", "https") and not parts.netloc)
