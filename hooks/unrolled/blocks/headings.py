"""The headings that the links of items lead to: what a question says to read again."""

from __future__ import annotations

from collections.abc import Sequence

from unrolled.model.page import Page
from unrolled.read import sections


def headings(page: Page, pages: Sequence[Page]) -> dict[str, str]:
    """Return, for each link of a page's items to a section, the heading it leads to; those that lead nowhere are left out."""
    links = {item.block.option("read") for item in page.items} - {""}
    found = {link: sections.target(page, link, pages) for link in links}
    return {link: target[1] for link, target in found.items() if target}
