"""Links: whether all to which pages link is there, anchors included, from their Markdown alone."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from mkdocs.structure.files import File

from unrolled.model.page import Page
from unrolled.model.problem import Code, Problem
from unrolled.read import tokens
from unrolled.site.links.addresses import Docs
from unrolled.site.links.outline import Link, Outline
from unrolled.site.links.target import Web

WRITTEN = r"(?:[(<]|\]:)\s*<?{}(?![^\s)>])"
"""How an address is written in Markdown: in a link, or where a reference is defined."""
IN_HTML = r"(?<![^\s=\"',]){}(?![^\s>\"',])"
"""How it is written in HTML."""
SPAN = re.compile(r"(`+)(?!`).*?(?<!`)\1(?!`)")


@dataclass(frozen=True)
class Fault:
    """A link that leads nowhere."""

    problem: Problem
    target: str = ""
    """The page that lacks the anchor or that may be meant; empty where there is none."""


def web(pages: Sequence[Page], outlines: Mapping[str, Outline], docs: Docs) -> Web:
    """Return what links lead between; a page that cannot be read may have any anchor."""
    files = {page.path: docs.file(page) for page in pages if page.text}
    return Web(docs, {file.src_uri: outlines[path] for path, file in files.items() if file})


def faults(pages: Sequence[Page], outlines: Mapping[str, Outline], among: Web) -> list[Fault]:
    """Return what is wrong with the links of pages; what is not published may link anything."""
    found: list[Fault] = []
    for page in pages:
        file = among.docs.file(page)
        if file:
            found += _dead(page, outlines[page.path], file, among)
            found += _unread(page, file, among)
            found += map(Fault, _unlinked(page, outlines[page.path]))
    return found


def titles(page: Page, among: Web) -> dict[str, str]:
    """Return the titles, as HTML, of the sections that a page's questions say to read, by link."""
    file = among.docs.file(page)
    links = {item.block.option("read") for item in page.items} - {""} if file else set[str]()
    found = {link: among.section(link, file) for link in links if file}
    return {link: title for link, title in found.items() if title}


def _dead(page: Page, outline: Outline, file: File, among: Web) -> Iterator[Fault]:
    for link in outline.links:
        dead = among.dead(link, file)
        if dead is None or not among.docs.counts(dead.rule):
            continue
        words = "the address" if link.raw else "the link"
        for line in _lines(page.text, link):
            fact = f"{words} '{link.address}' {dead.fact}"
            target = f"{among.docs.name}/{dead.target}" if dead.target else ""
            yield Fault(Problem(page.path, line, fact, dead.remedy, code=Code.LINK), target)


def _unread(page: Page, file: File, among: Web) -> Iterator[Fault]:
    """Yield a fault for each question whose section to read again does not exist."""
    for item in page.items:
        read = item.block.option("read")
        if not read or among.section(read, file) is not None:
            continue
        near = among.near_section(read, file)
        example = "Name a page and one of its headings: read: learn.md#by-hand"
        remedy = f"Did you mean '{near}'?" if near else example
        fact = f"{item.block.name} '{item.id}' says to read '{read}', which does not exist"
        uri = among.uri(read, file)
        uri = uri if uri in among.outlines or not near else among.uri(near, file)
        target = f"{among.docs.name}/{uri}"
        yield Fault(Problem(page.path, item.block.line, fact, remedy, code=Code.LINK), target)


def _unlinked(page: Page, outline: Outline) -> Iterator[Problem]:
    lines = _visible(page.text) if outline.unlinked else []
    for written in outline.unlinked:
        fact, remedy = (_bracketed if written.startswith("<") else _reference)(written)
        for line in _places(lines, re.escape(written)):
            yield Problem(page.path, line, fact, remedy, code=Code.LINK)


def _bracketed(written: str) -> tuple[str, str]:
    fact = f"'{written}' is not a link: only whole addresses can be written so"
    return fact, f"Write [text]({written[1:-1]})"


def _reference(written: str) -> tuple[str, str]:
    names = re.findall(r"\[([^\[\]]*)\]", written)
    name = next((name for name in reversed(names) if name), "")
    remedy = f"Add a line of its own, `[{name}]: learn.md`, or write [text](learn.md)"
    return f"the reference '{written}' has no definition", remedy


def _lines(text: str, link: Link) -> list[int]:
    """Return the lines of a page on which an address stands, out of code; the first when unseen."""
    if link.address.startswith("#fnref:"):
        return _places(text.split("\n"), rf"^\s*\[\^{re.escape(link.address[7:])}\]:") or [1]
    address = re.escape(link.address)
    lines = _visible(text)
    exact = _places(lines, (IN_HTML if link.raw else WRITTEN).format(address))
    return exact or _places(lines, address) or _places(text.split("\n"), address) or [1]


def _places(lines: list[str], pattern: str) -> list[int]:
    return [number for number, line in enumerate(lines, 1) if re.search(pattern, line)]


def _visible(text: str) -> list[str]:
    """Return a page's lines without its code."""
    lines = text.split("\n")
    for token in tokens.tokens(text):
        if token.type in ("fence", "code_block") and token.map:
            for number in range(*token.map):
                lines[number] = ""
    return [SPAN.sub("", line) for line in lines]
