"""What stands on the pages of two builds, compared element by element."""

from __future__ import annotations

import enum
import posixpath
from collections.abc import Iterator
from difflib import SequenceMatcher
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

ADDRESSES = ("href", "src")
EXCLUDE = "data-search-exclude"
SKIP = "__skip"
"""The id of an anchor that Zensical's theme puts before the content."""
TAKEN = ("take-buttons", "take-along")
"""Classes of what offers notebooks and decks: the plugin makes the files and the links."""
SCRIPT = ".py"
SHOWN = 3
"""How many elements of a difference are shown."""
Node = tuple[str, tuple[tuple[str, str], ...]]
"""A tag with its attributes, or a text without any."""


class Difference(enum.StrEnum):
    """A kind of difference."""

    PAGE = "the page is missing"
    FILE = "an address leads nowhere"
    SCRIPT = "no page of a script"
    TAKEN = "without what can be taken along"
    STRIPPED = f"without {EXCLUDE}"
    ADDED = f"with an anchor {SKIP}"
    CONTENT = "the content differs"


Found = tuple[Difference, str]
"""A difference, and what differs."""


class Content(HTMLParser):
    """Reads what stands in a page's article; spaces between words count as one."""

    def __init__(self, site: Path, page: str) -> None:
        """Read a page of a site."""
        super().__init__()
        self._folder = posixpath.dirname(page)
        self._inside = False
        self._skipped = ""
        """The element that is skipped now."""
        self.taken = 0
        """How many lines offer what can be taken along."""
        self.nodes: list[Node] = []
        self.addresses: list[str] = []
        self.feed((site / page).read_text("utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element, its addresses as they resolve."""
        facts = {name: value or "" for name, value in attrs}
        if tag == "article" and "md-content__inner" in facts.get("class", ""):
            self._inside = True
        elif self._skipped or not self._inside:
            return
        elif tag == "nav" or facts.get("class") in TAKEN:
            # A theme's own way, or what the plugin offers.
            self._skipped = tag
            self.taken += tag != "nav"
        else:
            for name in ADDRESSES:
                if name in facts:
                    facts[name] = self._resolved(facts[name])
                    self.addresses.append(facts[name])
            self.nodes.append((tag, tuple(sorted(facts.items()))))

    def handle_endtag(self, tag: str) -> None:
        """Note the end of the article."""
        self._inside = self._inside and tag != "article"
        self._skipped = "" if tag == self._skipped else self._skipped

    def handle_data(self, data: str) -> None:
        """Note a text."""
        words = " ".join(data.split())
        if self._inside and words and not self._skipped:
            self.nodes.append((words, ()))

    def _resolved(self, address: str) -> str:
        parts = urlsplit(address)
        if parts.scheme or parts.netloc or not parts.path:
            return address
        path = posixpath.normpath(posixpath.join(self._folder, unquote(parts.path)))
        path = path.removesuffix(SCRIPT)
        return f"/{path}#{parts.fragment}" if parts.fragment else f"/{path}"


def compare(one: Path, other: Path) -> Iterator[tuple[str, list[Found]]]:
    """Yield each page of a build, with what differs from it in another."""
    for file in sorted(one.rglob("*.html")):
        page = file.relative_to(one).as_posix()
        yield page, list(_differences(page, one, other))


def _differences(page: str, one: Path, other: Path) -> Iterator[Found]:
    if not (other / page).is_file():
        is_script = (other / posixpath.dirname(page)).with_suffix(SCRIPT).is_file()
        yield Difference.SCRIPT if is_script else Difference.PAGE, page
        return
    here, there = Content(one, page), Content(other, page)
    yield from ((Difference.STRIPPED, EXCLUDE) for _ in range(_count(here) - _count(there)))
    yield from ((Difference.TAKEN, page) for _ in range(here.taken - there.taken))
    yield from ((Difference.ADDED, SKIP) for node in there.nodes if _is_skip(node))
    yield from _changed(_comparable(here), _comparable(there))
    for address in there.addresses:
        if address.startswith("/") and not _is_there(other, address):
            yield Difference.FILE, address


def _changed(here: list[Node], there: list[Node]) -> Iterator[Found]:
    if here == there:
        return
    for tag, a1, a2, b1, b2 in SequenceMatcher(None, here, there, autojunk=False).get_opcodes():
        if tag != "equal":
            what = f"{here[a1:a2][:SHOWN]} became {there[b1:b2][:SHOWN]}"
            yield Difference.CONTENT, what


def _comparable(content: Content) -> list[Node]:
    """Return what of a page both builds must have."""
    return [
        (name, tuple(fact for fact in facts if fact[0] != EXCLUDE))
        for name, facts in content.nodes
        if not _is_skip((name, facts))
    ]


def _is_skip(node: Node) -> bool:
    return ("id", SKIP) in node[1]


def _count(content: Content) -> int:
    return sum(name == EXCLUDE for _, facts in content.nodes for name, _ in facts)


def _is_there(site: Path, address: str) -> bool:
    file = site / address.partition("#")[0].lstrip("/")
    if file.with_name(file.name + SCRIPT).is_file():
        return True
    return file.is_file() or (file / "index.html").is_file()
