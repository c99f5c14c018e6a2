"""A page rendered without its runs: its anchors, sections and links, and what rendering finds."""

import html
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from xml.etree import ElementTree

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor
from markdown.util import AMP_SUBSTITUTE
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.utils import meta

from unrolled.model.page import Page
from unrolled.model.runs import PageRuns
from unrolled.render.rendering import Rendering
from unrolled.site.links.outline import Link, Outline

LINKED = {"a": "href", "img": "src"}
"""The elements that Markdown makes of links, and the attributes that hold the addresses."""
ADDRESSES = ("href", "src", "poster")
HEADING = re.compile(r"<h([1-6])\b([^>]*)>(.*?)</h\1>", re.DOTALL)
IDENTIFIER = re.compile(r'\bid="([^"]*)"')
LINK_MARKS = re.compile(r'<a class="headerlink"[^>]*>.*?</a>|</?a\b[^>]*>', re.DOTALL)
LITERAL = ("code", "pre", "script", "style", "math", "svg")
UNLINKED = re.compile(r"(?<![\w\]])\[[^\[\]]+\]\[[^\[\]]*\]|<[^\s<>@:\"'=]+\.md(?:#[^\s<>]*)?>")


def outline(page: Page, config: MkDocsConfig) -> Outline:
    """Render a page by a site's own extensions and settings, and return what links care for."""
    rendering = Rendering(PageRuns.idle(page), is_dry=True)
    highlight = {**config.mdx_configs.get("pymdownx.highlight", {}), "use_pygments": False}
    own = {"pymdownx.highlight": highlight, "unrolled": {"provider": _Given(rendering)}}
    options = {**config.mdx_configs, **own}
    renderer = Markdown(extensions=config.markdown_extensions, extension_configs=options)
    taken = _Links(renderer)
    # Where MkDocs looks, once all is in its place and no backslash is left.
    renderer.treeprocessors.register(taken, "unrolled_links", -1)
    content = renderer.convert(meta.get_data(page.text)[0])
    seen = _Elements()
    seen.feed(content)
    seen.close()
    elsewhere = [a for a in taken.found if not (a.startswith("#") and a[1:] in seen.anchors)]
    links = (*map(Link, elsewhere), *(Link(address, raw=True) for address in seen.addresses))
    return Outline(
        anchors=frozenset(seen.anchors),
        sections=tuple(_sections(page, content)),
        links=tuple(dict.fromkeys(links)),
        unlinked=tuple(dict.fromkeys(seen.unlinked)),
        problems=tuple(sorted(set(rendering.problems))),
    )


class _Given:
    """Who knows one page."""

    def __init__(self, rendering: Rendering) -> None:
        """Know it."""
        self._rendering = rendering

    def rendering(self, text: str) -> Rendering:  # noqa: ARG002 - whatever the text
        """Return what is needed to render it."""
        return self._rendering


def _sections(page: Page, content: str) -> Iterator[tuple[str, str]]:
    """Yield the anchors and titles of a page's headings; those of items are no sections."""
    own = {f"{item.id}-title" for item in page.items if item.id}
    for _, attributes, inner in HEADING.findall(content):
        anchor = IDENTIFIER.search(attributes)
        if anchor and html.unescape(anchor[1]) not in own:
            yield html.unescape(anchor[1]), LINK_MARKS.sub("", inner).strip()


class _Links(Treeprocessor):
    """Takes the addresses out of a rendered page, so that those which are left are raw HTML's."""

    def __init__(self, md: Markdown) -> None:
        """Belong to a converter."""
        super().__init__(md)
        self.found: list[str] = []

    def run(self, root: ElementTree.Element) -> None:
        """Take them."""
        for element in root.iter():
            name = LINKED.get(str(element.tag))
            address = element.attrib.pop(name, "") if name else ""
            # Markdown writes mail addresses with signs of its own.
            if address and AMP_SUBSTITUTE not in address:
                self.found.append(address)


class _Elements(HTMLParser):
    """Reads a page's HTML: ids, raw addresses, and what should be a link and is none."""

    def __init__(self) -> None:
        """Begin with nothing."""
        super().__init__()
        self.anchors: list[str] = []
        self.addresses: list[str] = []
        self.unlinked: list[str] = []
        self._literal = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what the element is called and where it leads."""
        self._literal += tag in LITERAL
        self.unlinked += UNLINKED.findall(self.get_starttag_text() or "")
        for name, value in attrs:
            if name == "id" or (tag, name) == ("a", "name"):
                self.anchors.append(value or "")
            elif name in ADDRESSES:
                self.addresses.append(value or "")
            elif name == "srcset":
                pictures = (part.split() for part in (value or "").split(","))
                self.addresses += [words[0] for words in pictures if words]

    def handle_endtag(self, tag: str) -> None:
        """Come out of code."""
        self._literal -= tag in LITERAL and self._literal > 0

    def handle_data(self, data: str) -> None:
        """Look for what should be a link in the text."""
        if not self._literal:
            self.unlinked += UNLINKED.findall(data)
