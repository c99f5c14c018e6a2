"""What the site's search reads of a page: without what tells an answer.

The theme's own way to leave an element out ends with the first element of the same name within it.
"""

from __future__ import annotations

from html.parser import HTMLParser

from unrolled.model.search import OUT_OF_SEARCH

VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr")
)
"""Elements that have no end."""


def searchable(content: str) -> str:
    """Return a page's content without the elements that bear the attribute."""
    reader = _Reader()
    reader.feed(content)
    reader.close()
    return "".join(reader.kept)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.kept: list[str] = []
        self._within = ""
        """The name of the element that is left out; empty outside of one."""
        self._depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._within:
            self._depth += tag == self._within
        elif tag not in VOID and OUT_OF_SEARCH in dict(attrs):
            self._within, self._depth = tag, 1
        else:
            self._keep(self.get_starttag_text() or "")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self._keep(self.get_starttag_text() or "")

    def handle_endtag(self, tag: str) -> None:
        if not self._within:
            self._keep(f"</{tag}>")
        elif tag == self._within:
            self._depth -= 1
            if not self._depth:
                self._within = ""

    def handle_data(self, data: str) -> None:
        self._keep(data)

    def handle_entityref(self, name: str) -> None:
        self._keep(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self._keep(f"&#{name};")

    def _keep(self, text: str) -> None:
        if not self._within:
            self.kept.append(text)
