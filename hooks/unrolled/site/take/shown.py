"""A page as the site shows it, and the address by which others can open it."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urljoin, urlsplit

from unrolled.model.page import Page


@dataclass(frozen=True)
class Shown:
    """A page as the site shows it."""

    page: Page
    content: str
    """Its HTML."""
    url: str
    """Its address within the site."""

    @property
    def texts(self) -> tuple[str, ...]:
        """All that is made of it depends on these, and on the files that it shows or reads."""
        return (self.page.path, self.page.text, self.url, self.content)

    def address(self, site: str) -> str:
        """Return where others find it, given the site's address; empty where they cannot."""
        return urljoin(site, self.url) if is_public(site) else ""


def is_public(address: str) -> bool:
    """Return whether an address is one that others can open, and not that of a machine's own."""
    host = urlsplit(address).hostname or ""
    if host in ("", "localhost"):
        return False
    try:
        return not ip_address(host).is_loopback
    except ValueError:
        return True
