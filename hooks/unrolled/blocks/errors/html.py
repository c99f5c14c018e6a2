"""The HTML of the error finder, complete without JavaScript: every entry is there, and opens."""

from __future__ import annotations

import json
from xml.etree.ElementTree import Element, SubElement

from markdown.util import AtomicString

from unrolled.blocks.errors.item import Entry, message
from unrolled.blocks.errors.pattern import pattern
from unrolled.blocks.planned import Planned

OLDER = "Older versions said"
GPU = "Reported from a GPU"


class ErrorsBlock(Planned):
    """`/// errors | cause`: one cause of one message."""

    NAME = "errors"

    def on_markdown(self) -> str:
        """Parse the content as blocks."""
        return "block"

    def on_create(self, parent: Element) -> Element:
        """Make the entry, with the message that the run gave."""
        item = self.item(Entry)
        said = message(item, self.context.ran) if item else ""
        others = (*item.older, *item.gpu) if item else ()
        facts = {
            "class": "errors__entry",
            "id": self.planned.option("id"),
            "data-patterns": json.dumps([*map(pattern, dict.fromkeys((said, *others)))]),
        }
        details = SubElement(parent, "details", facts)
        summary = SubElement(details, "summary")
        SubElement(summary, "span", {"class": "errors__cause"}).text = headed(self.argument)
        SubElement(summary, "code", {"class": "errors__message"}).text = AtomicString(_short(said))
        self._body = SubElement(details, "div", {"class": "errors__body"})
        return details

    def on_add(self, block: Element) -> Element:  # noqa: ARG002 - pymdownx passes it
        """Put the content behind the summary."""
        return self._body

    def on_end(self, block: Element) -> None:  # noqa: ARG002 - pymdownx passes it
        """Say what others are told, what else gives the message, and where to read on."""
        item = self.item(Entry)
        if item is None:
            return
        for words, wordings in ((OLDER, item.older), (GPU, item.gpu)):
            for wording in wordings:
                line = SubElement(self._body, "p", {"class": "errors__older"})
                line.text = f"{words}, which is not run here: "
                SubElement(line, "code").text = AtomicString(wording)
        others = self._others(item)
        if others:
            line = SubElement(self._body, "p", {"class": "errors__others"})
            line.text = "Other causes of the same message:"
            for other in others:
                link = SubElement(line, "a", {"href": f"#{other.id}"})
                link.text = other.title
        if item.see:
            line = SubElement(self._body, "p", {"class": "errors__see"})
            SubElement(line, "a", {"href": item.see}).text = "More about it in the debug clinic"

    def _others(self, item: Entry) -> list[Entry]:
        """Return the page's other entries whose message has the same wording."""
        ran = self.context.ran
        own = pattern(message(item, ran))
        entries = self.context.page.of(Entry)
        return [e for e in entries if e is not item and pattern(message(e, ran)) == own]


class FinderBlock(Planned):
    """`/// finder`: where the widget puts the box to paste into, and how many entries there are."""

    NAME = "finder"

    def on_create(self, parent: Element) -> Element:
        """Make the element and the count."""
        finder = SubElement(parent, "quiz-errors", {"class": "errors"})
        entries = self.context.page.of(Entry)
        run = sum(entry.raising is not None for entry in entries)
        count = _count(run, len(entries) - run)
        SubElement(finder, "p", {"class": "errors__count"}).text = count
        return finder


class UnreachableBlock(Planned):
    """`/// unreachable | message`: what torch could say and never does, and why."""

    NAME = "unreachable"

    def on_create(self, parent: Element) -> Element:
        """Make the message, with the reason after it."""
        around = SubElement(parent, "div", {"class": "errors__unreachable"})
        line = SubElement(around, "p")
        SubElement(line, "code").text = AtomicString(self.argument)
        SubElement(line, "span").text = " is not reachable, because:"
        return around


def headed(title: str) -> str:
    """Return a title with a capital, unless it begins with a name: `h_0`, `nn.RNN`, `cuDNN`."""
    first = title.split(" ", 1)[0]
    is_word = first.isalpha() and first.islower()
    return title[:1].upper() + title[1:] if is_word else title


def _short(said: str) -> str:
    """Return the first line of a message, and of a list of faults its first entry too."""
    lines = [line.strip() for line in said.splitlines()]
    return " ".join(lines[:2])


def _count(run: int, gpu: int) -> str:
    """Return how many causes the page holds, and what the build did with each."""
    causes = "1 cause" if run == 1 else f"{run} causes"
    said = (
        f"{causes}, run when this page was built: the code that raises, then the code that works."
    )
    if not gpu:
        return said
    more = "1 more is" if gpu == 1 else f"{gpu} more are"
    return f"{said} {more} raised only on a GPU: there, only the code that works was run."
