"""The HTML of hubs, the home page's topics and the review page.

Plain tables and lists, with the items by which progress counts.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Sequence
from xml.etree.ElementTree import Element, SubElement

from unrolled.blocks import markup, topics
from unrolled.blocks.minutes import minutes
from unrolled.blocks.planned import Planned
from unrolled.model.item import Item
from unrolled.model.mode import Mode
from unrolled.model.page import Page

NO_SCRIPT = (
    "Progress is kept by JavaScript, which is off here. Every question, answer and reason is on the"
    " pages all the same."
)
BEGIN = (
    (Mode.LEARN, "New here? Start with ", ", about {} min."),
    (
        Mode.TEST,
        "Know it already? Take the ",
        ": about {} min, and a plain verdict on what to read.",
    ),
)
"""Where a hub says to begin."""
ROLES = {
    "table": "table",
    "thead": "rowgroup",
    "tbody": "rowgroup",
    "tr": "row",
    "th": "columnheader",
    "td": "cell",
}


class CourseBlock(Planned):
    """A block that lists pages of the site."""

    @property
    def pages(self) -> list[Page]:
        """All pages of the site, in the order of its navigation."""
        return [ran.page for ran in self.context.site]

    def link_to(self, page: Page) -> str:
        """Return the link from this page to another."""
        return posixpath.relpath(page.path, posixpath.dirname(self.context.page.path))


class ModesBlock(CourseBlock):
    """`/// modes`: a topic's modes, where to begin, and how far the reader is."""

    NAME = topics.FRONT

    def on_create(self, parent: Element) -> Element:
        """Make the table of the pages in this folder."""
        here = self.context.page
        pages = topics.of_topic(here, self.pages)
        hub = SubElement(parent, "quiz-hub", {"class": "hub", "data-topic": here.topic})
        by = {page.mode: page for page in pages}
        for mode, words, after in BEGIN:
            if mode in by:
                line = SubElement(hub, "p", {"class": f"hub__{mode}"})
                line.text = words
                link = SubElement(line, "a", {"href": self.link_to(by[mode])})
                link.text, link.tail = mode.label, after.format(minutes(by[mode]))
        body = markup.table(hub, ("Mode", "Minutes", "You leave able to"), name="modes")
        for page in pages:
            assert page.mode
            link = markup.link(self.link_to(page), page.mode.label)
            facts = {
                "data-mode": page.mode.value,
                "data-items": _items([page]),
                "data-read": _read([page]),
            }
            cells = (link, str(minutes(page)), markup.Inline(topics.outcome(page)))
            markup.row(body, cells, heads=True, attributes=facts)
        _name_parts(hub)
        return hub


class TopicsBlock(CourseBlock):
    """`/// topics`: all topics of the site, with badges and what is due."""

    NAME = "topics"

    def on_create(self, parent: Element) -> Element:
        """Make the table of all front pages of topics, in the order of the navigation."""
        pages = self.pages
        holder = SubElement(parent, "quiz-topics", {"class": "topics"})
        body = markup.table(holder, ("Topic", "You leave able to", "Minutes"), name="topics")
        for front in topics.fronts(pages):
            own = topics.of_topic(front, pages)
            # A test draws from its pool: its questions come back when they were missed, but nobody
            # has to do them all.
            facts = {
                "data-topic": front.topic,
                "data-items": _items(page for page in own if page.mode is not Mode.TEST),
                "data-drawn": _items(page for page in own if page.mode is Mode.TEST),
                "data-read": _read(own),
            }
            about = markup.Inline(
                topics.outcome(front) or front.front_matter.get("description", "")
            )
            link = markup.link(self.link_to(front), topics.title(front))
            in_all = str(sum(minutes(page) for page in own))
            markup.row(body, (link, about, in_all), heads=True, attributes=facts)
        _name_parts(holder)
        return holder


class ReviewBlock(CourseBlock):
    """`/// review`: what can come back, by topic, each a link to its place."""

    NAME = "review"

    def on_create(self, parent: Element) -> Element:
        """Make the lists of all questions and cards of the topics."""
        pages = self.pages
        ran = {each.page.path: each for each in self.context.site}
        holder = SubElement(parent, "quiz-review", {"class": "review"})
        for front in topics.fronts(pages):
            details = SubElement(holder, "details", {"class": "review__topic"})
            recurring = _recurring(topics.of_topic(front, pages))
            summary = f"{topics.title(front)}: {len(recurring)} questions and cards"
            SubElement(details, "summary").text = summary
            listed = SubElement(details, "ul")
            for page, item in recurring:
                digest = page.digest(item.block)
                facts = {
                    "href": f"{self.link_to(page)}#{item.id}",
                    "data-id": item.id,
                    "data-hash": digest,
                }
                if skill := getattr(item, "skill", None):
                    facts["data-skill"] = skill
                entry = SubElement(listed, "li")
                link = SubElement(entry, "a", facts)
                link.text, link.tail = (
                    ran[page.path].title(item),
                    f" ({page.mode.label if page.mode else page.path})",
                )
        return holder


class ProgressBlock(Planned):
    """`/// progress`: where the reader can take progress along, bring it in, and begin anew.

    Without JavaScript there is none.
    """

    NAME = "progress"

    def on_create(self, parent: Element) -> Element:
        """Make the place; the widget fills it."""
        holder = SubElement(parent, "quiz-progress", {"class": "progress"})
        SubElement(holder, "p", {"class": "progress__none"}).text = NO_SCRIPT
        return holder


def _name_parts(holder: Element) -> None:
    """Say what the parts of a table are: as cards, they are laid out as none."""
    for part in holder.iter():
        role = ROLES.get(part.tag)
        if role:
            part.set("role", "rowheader" if part.get("scope") == "row" else role)


def _recurring(pages: Sequence[Page]) -> list[tuple[Page, Item]]:
    """Return what can come back of these pages, cards first, each with its page."""
    return [
        (page, item)
        for page in pages
        for item in sorted(page.answerable, key=lambda item: item.block.name)
        if item.recurs
    ]


def _read(pages: Iterable[Page]) -> str:
    """Return the names of the modes that are read to their end."""
    return " ".join(page.mode for page in pages if page.mode and page.mode.is_read)


def _items(pages: Iterable[Page]) -> str:
    return " ".join(
        f"{item.id}:{page.digest(item.block)}" for page in pages for item in page.answerable
    )
