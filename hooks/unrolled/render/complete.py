"""The end of a page's conversion.

Nothing is missing or doubled, problems are said, keys reach all code, the widget is loaded.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Any
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.postprocessors import Postprocessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import HTML_PLACEHOLDER_RE, AtomicString

from unrolled.model.problem import Problem
from unrolled.read.pymdown import PYMDOWN
from unrolled.render import fences, listing, loaded, unmade
from unrolled.render.rendering import Rendering

NO_LINKS = ("a", "h1", "h2", "h3", "h4", "h5", "h6", "label", "summary", "button")
TABS = "__tabbed_"
"""How the ids of tabs begin; the two extensions that make tabs both count from 1."""
ALIGNED = re.compile(r"text-align:\s*(left|center|right);?")
"""What Python-Markdown writes for the colons beneath a table's head."""
REACHED = re.compile(r"<pre[^>]*>(?:<span></span>)?<code(?![^>]*tabindex)")
"""Code, which the keyboard must reach to scroll it; the theme, where it runs, sees to it only once
the code is in sight."""

PIECE = re.compile(r"<(?P<tag>/?(?:t[dh]|code))\b[^>]*>|[^<]+")
"""What opens or closes a cell of a table, or code; or text."""
LONG = re.compile(r"\S{12,}")
"""What may be too wide for a cell; `h_n` never is."""
PART = re.compile(
    r"(?<=\w\.)(?=[A-Za-z_])|(?<=[a-z0-9]_)(?=\w)|(?<=[\w)\]}][(\[{,=])(?=[\w'\"&(\[{-])"
)
"""Behind what a name or a call may go on in the next line: dots, underscores, brackets, commas."""


class UniqueIds(Treeprocessor):
    """Sees to it that no two elements have the same id.

    It comes last, when headings have their anchors.
    """

    def __init__(self, md: Markdown, current: Callable[[], Rendering]) -> None:
        """Belong to a converter."""
        super().__init__(md)
        self._current = current

    def run(self, root: Element) -> None:
        """Report each id that two elements have, at the line that asks for it."""
        rendering = self._current()
        count = Counter(element.get("id") for element in root.iter() if element.get("id"))
        if any(times > 1 and str(name).startswith(TABS) for name, times in count.items()):
            count = Counter({n: times for n, times in count.items() if not str(n).startswith(TABS)})
            fact = "tabs of two kinds are on this page, and would get mixed up"
            rendering.report(
                fact, "Write all as /// tab, or all as ===", rendering.line_of("/ tab |")
            )
        for name in (name for name, times in count.items() if name and times > 1):
            base = re.escape(re.sub("-(?:title|name)$", "", name))
            asked = re.compile(rf"#{re.escape(name)}\b|^\s+id: {base}\s*$")
            line = next(
                (n for n, text in enumerate(rendering.page.lines, 1) if asked.search(text)), 1
            )
            rendering.report(
                f"two elements of the page have the id '{name}'", "Give one of them another", line
            )


class Aligned(Treeprocessor):
    """Aligns the columns of tables without `style`, which the page's policy keeps from working."""

    def run(self, root: Element) -> None:
        """Say it by an attribute that needs no style."""
        for cell in (*root.iter("th"), *root.iter("td")):
            match = ALIGNED.fullmatch(cell.get("style", ""))
            if match:
                del cell.attrib["style"]
                cell.set("align", match[1])


class Load(Treeprocessor):
    """Ends a page.

    Reports what is missing, says what is wrong with the page, and adds what it loads.
    """

    def __init__(self, md: Markdown, current: Callable[[], Rendering]) -> None:
        """Belong to a converter."""
        super().__init__(md)
        self._current = current

    def run(self, root: Element) -> None:
        """Add to the page, and leave its questions out of the table of contents."""
        rendering = self._current()
        titles = {f"{item.id}-title" for item in rendering.page.items if item.printed_key}
        contents: list[dict[str, Any]] = getattr(self.md, "toc_tokens", [])
        contents[:] = _without(titles, contents)
        _without_ticks(root)
        if not rendering.whole:
            return
        _report_missing(rendering, self.md)
        _report_unplanned(rendering, self.md, root)
        unmade.report(rendering, self.md, root)
        if rendering.is_dry:
            return
        has_proofs = listing.has_proofs(rendering.page)
        title = root.find("h1")
        beneath = 0 if title is None else [*root].index(title) + 1
        if loaded.has_predictions(rendering.page):
            root.insert(beneath, Element("div", {"class": "predict"}))
        if rendering.problems:
            root.insert(beneath, _box(rendering.problems))
            rendering.told(rendering.problems)
        root[:0] = loaded.styles(rendering.page, rendering.root, rendering.repository)
        markup = loaded.markup(rendering.ran, rendering.root, has_proofs=has_proofs)
        if markup:
            SubElement(root, "p").text = self.md.htmlStash.store(markup)


def _without_ticks(root: Element) -> None:
    """Take ticks out of what is a link or a button itself, or becomes one: options, titles, tabs.

    The proof stands at the end of the page all the same.
    """
    for around in root.iter():
        if around.tag in NO_LINKS or around.get("class") == "question__option":
            for claim in (each for each in around.iter("span") if len(each)):
                for tick in [each for each in claim if each.get("class") == "claim__tick"]:
                    claim.remove(tick)


def _report_unplanned(rendering: Rendering, md: Markdown, root: Element) -> None:
    """Report each cell that the page shows, and the plan does not hold."""
    if not rendering.unplanned:
        return
    shown = {
        md.htmlStash.rawHtmlBlocks[int(number)]
        for element in root.iter()
        for text in (element.text, element.tail)
        for number in HTML_PLACEHOLDER_RE.findall(text or "")
    }
    for cell in rendering.unplanned:
        if cell.markup not in shown:
            continue
        first = next((line for line in cell.code.split("\n") if line.strip()), "").strip()
        line = rendering.line_of(first) if first else 1
        if first and not any(first in text for text in rendering.page.lines):
            fact, remedy = f"a snippet holds a cell: {first}", "Write it in the page itself"
        else:
            fact = f"the renderer meets a cell that the plan does not hold: {first}"
            remedy = (
                "Indent it as its list, tab or note demands, with nothing but spaces before it, and"
                " keep it out of HTML comments"
            )
        rendering.report(fact, remedy, line)


def _report_missing(rendering: Rendering, md: Markdown) -> None:
    kept = fences.kept(md)
    for number, cell in enumerate(rendering.page.cells):
        if cell.line in rendering.rendered and number not in kept:
            fact = "the renderer takes this cell for indented code, and it would be lost"
            remedy = (
                "Indent it by four spaces for each list, tab or note around it; a definition wants"
                " def_list in markdown_extensions, a footnote wants footnotes"
            )
            rendering.report(fact, remedy, cell.line)
        elif cell.line not in rendering.rendered:
            remedy = (
                "Put the fence on lines of its own, indented by four spaces for each list or tab"
                " around it"
            )
            rendering.report("the renderer does not see this cell", remedy, cell.line)
    there: Any = md.parser.blockprocessors["blocks"]
    for block in rendering.page.blocks:
        if block.name in PYMDOWN and block.name not in there.blocks:
            fact = f"the site's Markdown has no block '{block.name}'"
            remedy = (
                "Add it to markdown_extensions in mkdocs.yml, beneath its pymdownx.blocks extension"
            )
            rendering.report(fact, remedy, block.line)


def _without(
    titles: Collection[str], contents: Iterable[dict[str, Any]]
) -> Iterator[dict[str, Any]]:
    """Yield the entries of a table of contents.

    In place of one with such a title, those beneath it.
    """
    for entry in contents:
        beneath = list(_without(titles, entry["children"]))
        if entry["id"] in titles:
            yield from beneath
        else:
            yield {**entry, "children": beneath}


def _box(problems: Iterable[Problem]) -> Element:
    """Return what a page says of what is wrong with it.

    A build fails with the same, but others publish the page all the same.
    """
    box = Element("div", {"class": "page-problems", "role": "alert"})
    SubElement(box, "p").text = AtomicString("This page is not as stated:")
    listed = SubElement(box, "ul")
    for problem in sorted(problems):
        SubElement(SubElement(listed, "li"), "pre").text = AtomicString(str(problem))
    return box


class Breaks(Postprocessor):
    """Lets code in a narrow cell of a table break where a name has parts, never within a word."""

    def run(self, text: str) -> str:
        """Return the HTML with places to break; what a reader copies has none of them."""
        within: dict[str, bool] = {}

        def piece(found: re.Match[str]) -> str:
            tag = found["tag"]
            if tag:
                within["code" if tag.endswith("code") else "cell"] = not tag.startswith("/")
            elif within.get("cell") and within.get("code"):
                return LONG.sub(lambda word: PART.sub("<wbr>", word[0]), found[0])
            return found[0]

        return PIECE.sub(piece, text) if "<t" in text else text


class Reach(Postprocessor):
    """Lets the keyboard reach all code.

    Python-Markdown gives it headings too, one by one, before the page.
    """

    def run(self, text: str) -> str:
        """Return the HTML with a place in the order of the Tab key for each block of code."""
        return REACHED.sub(r'\g<0> tabindex="0"', text)
