"""What a page says that the site's Markdown makes nothing of: readers would see its marks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from markdown import Markdown

from unrolled.blocks import BY_NAME
from unrolled.read.checkbox import CHECKBOX
from unrolled.read.pymdown import PYMDOWN
from unrolled.render.rendering import Rendering

SNIPPET = re.compile(r"[ \t>]*-+8<-+(?P<file>[ \t]+[\"'].*)?[ \t]*$")
"""How pymdownx.snippets is told to put in another file, or where a list of files begins or ends."""
BEGIN = re.compile(
    rf"^[ ]*/{{3,}}[ ]*(?:{'|'.join((*BY_NAME, *PYMDOWN))})[ ]*(?:\|.*)?$", re.MULTILINE
)


def report(rendering: Rendering, md: Markdown, root: Element) -> None:
    """Report it."""
    if "snippet" not in md.preprocessors:
        for number in _snippets(rendering):
            remedy = "Write it in the page itself, or add pymdownx.snippets to markdown_extensions"
            rendering.report("the site's Markdown takes in no other files", remedy, number)
    if not rendering.found:
        for item in _boxes(root):
            remedy = "Take the brackets away: only the options of a question have a checkbox"
            line = rendering.line_of(item)
            rendering.report("this checkbox would be shown as brackets", remedy, line)
        for mark in _markers(root):
            fact = "the renderer takes this block for text"
            remedy = "Check its title and its options, and put it below the quote or the table"
            rendering.report(fact, remedy, rendering.line_of(mark))


def _snippets(rendering: Rendering) -> Iterator[int]:
    page = rendering.page
    code = {n for each in (*page.fences, *page.cells) for n in range(each.line, each.end + 1)}
    begun = False
    for number, line in enumerate(page.lines, 1):
        found = SNIPPET.match(line) if "8<" in line and number not in code else None
        if found and (found["file"] or not begun):
            yield number
        begun = begun if found is None or found["file"] else not begun


def _markers(root: Element) -> Iterator[str]:
    """Yield the markers of blocks that are left in the text."""
    for element in root.iter():
        texts = (element.text, element.tail) if element.tag != "code" else (element.tail,)
        for text in texts:
            found = BEGIN.search(text) if text and "///" in text else None
            if found:
                yield found[0].strip()


def _boxes(root: Element) -> Iterator[str]:
    """Yield the first line of each item that begins with a checkbox."""
    for item in root.iter("li"):
        first = item[0] if len(item) and item[0].tag == "p" else item
        said = item.text if (item.text or "").strip() else first.text
        if CHECKBOX.match(said or ""):
            yield (said or "").strip().split("\n")[0]
