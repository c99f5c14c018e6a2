"""The HTML of hubs, the home page's topics and the review page: plain tables and lists, with the items by which progress counts."""

import posixpath
from collections.abc import Iterable
from xml.etree import ElementTree as Tree

from unrolled import modes
from unrolled.page import Card, Page
from unrolled.render.block import Planned


class ModesBlock(Planned):
    """`/// modes`: a topic's modes, where to begin, and how far the reader is."""

    NAME = "modes"

    def on_create(self, parent: Tree.Element) -> Tree.Element:
        """Make the table of the pages in this folder."""
        here = self.rendering.page
        pages = modes.of_topic(here, self.rendering.site_pages)
        hub = Tree.SubElement(parent, "quiz-hub", {"class": "hub", "data-topic": here.topic})
        by = {page.mode: page for page in pages}
        for mode, words, after in (
            ("learn", "New here? Start with ", ", {} minutes."),
            ("test", "Know it already? Take the ", ": {} minutes, and a plain verdict on what to read."),
        ):
            if mode in by:
                line = Tree.SubElement(hub, "p", {"class": f"hub__{mode}"})
                line.text = words
                link = Tree.SubElement(line, "a", {"href": f"{mode}.md"})
                link.text, link.tail = modes.LABELS[mode], after.format(modes.minutes(by[mode]))
        body = _table(hub, "modes", ("Mode", "Minutes", "You leave able to"))
        for page in pages:
            facts = modes.facts(page)
            row = Tree.SubElement(body, "tr", {"data-mode": page.mode, "data-items": _items([page])})
            head = Tree.SubElement(row, "th", {"scope": "row"})
            Tree.SubElement(head, "a", {"href": f"{page.mode}.md"}).text = modes.LABELS[page.mode]
            Tree.SubElement(row, "td").text = str(modes.minutes(page))
            Tree.SubElement(row, "td").text = str(facts.get("outcome", ""))
        return hub


class TopicsBlock(Planned):
    """`/// topics`: all topics of the site, with badges and what is due."""

    NAME = "topics"

    def on_create(self, parent: Tree.Element) -> Tree.Element:
        """Make the table of all pages that hold `/// modes`, in the order of the folders in the block's argument."""
        here, pages = self.rendering.page, self.rendering.site_pages
        holder = Tree.SubElement(parent, "quiz-topics", {"class": "topics"})
        body = _table(holder, "topics", ("Topic", "You leave able to", "Minutes"))
        for hub in _ordered(modes.hubs(pages), self.planned.argument):
            own = modes.of_topic(hub, pages)
            facts = modes.facts(hub)
            # A test draws from its pool: its questions come back when they were missed, but nobody has to do them all.
            lists = {"data-items": _items(p for p in own if p.mode != "test"), "data-drawn": _items(p for p in own if p.mode == "test")}
            row = Tree.SubElement(body, "tr", {"data-topic": hub.topic, **lists})
            head = Tree.SubElement(row, "th", {"scope": "row"})
            Tree.SubElement(head, "a", {"href": _to(here, hub)}).text = str(facts.get("title", hub.topic))
            Tree.SubElement(row, "td").text = str(facts.get("outcome") or facts.get("description", ""))
            Tree.SubElement(row, "td").text = str(sum(modes.minutes(page) for page in own))
        return holder


class ReviewBlock(Planned):
    """`/// review`: what can come back, by topic, each a link to where it stands."""

    NAME = "review"

    def on_create(self, parent: Tree.Element) -> Tree.Element:
        """Make the lists of all questions and cards of the topics."""
        here, pages = self.rendering.page, self.rendering.site_pages
        holder = Tree.SubElement(parent, "quiz-review", {"class": "review"})
        for hub in _ordered(modes.hubs(pages), self.planned.argument):
            details = Tree.SubElement(holder, "details", {"class": "review__topic"})
            items = [(page, item) for page in modes.of_topic(hub, pages) for item in (*page.cards, *page.questions)]
            title = str(modes.facts(hub).get("title", hub.topic))
            Tree.SubElement(details, "summary").text = f"{title}: {len(items)} questions and cards"
            listed = Tree.SubElement(details, "ul")
            for page, item in items:
                words = item.front if isinstance(item, Card) else item.title
                facts = {"href": f"{_to(here, page)}#{item.id}", "data-id": item.id, "data-hash": page.digest(item.block)}
                entry = Tree.SubElement(listed, "li")
                Tree.SubElement(entry, "a", facts).text = words
                entry[0].tail = f" ({modes.LABELS[page.mode]})"
        return holder


class ProgressBlock(Planned):
    """`/// progress`: where the reader can take progress along, bring it in, and begin anew. Without JavaScript there is none."""

    NAME = "progress"

    def on_create(self, parent: Tree.Element) -> Tree.Element:
        """Make the place; the widget fills it."""
        holder = Tree.SubElement(parent, "quiz-progress", {"class": "progress"})
        noscript = Tree.SubElement(holder, "p", {"class": "progress__none"})
        noscript.text = "Progress is kept by JavaScript, which is off here. Every question, answer and reason is on the pages all the same."
        return holder


def _ordered(hubs: list[Page], order: str) -> list[Page]:
    """Return hubs in the order of their folders in a block's argument; others after them."""
    names = [name.strip() for name in order.split(",")]
    return sorted(hubs, key=lambda hub: (names.index(hub.topic) if hub.topic in names else len(names), hub.path))


def _items(pages: Iterable[Page]) -> str:
    return " ".join(f"{item.id}:{page.digest(item.block)}" for page in pages for item in page.items)


def _to(here: Page, page: Page) -> str:
    return posixpath.relpath(page.path, posixpath.dirname(here.path))


def _table(parent: Tree.Element, name: str, heads: tuple[str, ...]) -> Tree.Element:
    # No class: the theme styles tables that have none.
    table = Tree.SubElement(parent, "table", {"data-table": name})
    row = Tree.SubElement(Tree.SubElement(table, "thead"), "tr")
    for head in heads:
        Tree.SubElement(row, "th", {"scope": "col"}).text = head
    return Tree.SubElement(table, "tbody")


BLOCKS = (ModesBlock, TopicsBlock, ReviewBlock, ProgressBlock)
