"""Where an address leads: to a published file and an anchor on it, or nowhere.

An address in Markdown names a file beneath the pages' folder, relative to the page, and MkDocs
turns it into the file's address on the site. One in raw HTML is left as it is, so that it must be
an address on the site.
"""

import logging
import posixpath
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import SplitResult, unquote, urlsplit

from mkdocs.structure.files import File
from mkdocs.utils import get_relative_url

from unrolled.read import near
from unrolled.site.links.addresses import GENERATED, Docs, Rule
from unrolled.site.links.outline import Link, Outline


@dataclass(frozen=True)
class Dead:
    """What is to be said of a link that leads nowhere."""

    rule: Rule
    fact: str
    """What is the case, without naming the link."""
    remedy: str
    target: str = ""
    """The file, beneath the pages' folder, that lacks the anchor or may be meant; empty without."""


@dataclass(frozen=True)
class Web:
    """The files of a site and the outlines of its pages, between which links lead."""

    docs: Docs
    outlines: Mapping[str, Outline]
    """By the pages' files beneath the pages' folder; without those that cannot be read."""

    def dead(self, link: Link, here: File) -> Dead | None:
        """Return what is wrong with where a page's link leads; None when it leads somewhere."""
        try:
            parts = urlsplit(link.address)
        except ValueError as error:
            return Dead(Rule.NOT_FOUND, f"cannot be read: {error}", "Fix the address")
        if parts.scheme or parts.netloc:
            return None
        if not parts.path:
            top = link.raw and parts.fragment == "top"  # Which every browser knows.
            return None if top else self._anchor(here.src_uri, parts.fragment, here)
        if link.address.startswith(("/", "\\")) and not self._from_docs(link):
            return self._absolute(parts, here)
        return self._raw(parts, here) if link.raw else self._markdown(parts, here)

    def uri(self, address: str, here: File) -> str:
        """Return which file beneath the pages' folder an address names, if it exists or not."""
        name = address.partition("#")[0]
        return _joined(here.src_uri, name) if name else here.src_uri

    def section(self, address: str, here: File) -> str | None:
        """Return the title, as HTML, of the section to which a page's address leads; or None."""
        name, _, anchor = address.partition("#")
        outline = self.outlines.get(self.uri(address, here))
        if outline is None:
            return None
        titles = dict(outline.sections)
        return titles.get(anchor) if anchor else next(iter(titles.values()), name)

    def near_section(self, address: str, here: File) -> str:
        """Return the address of a section with a name that is near, or nothing."""
        name, _, anchor = address.partition("#")
        uri = self.uri(address, here)
        outline = self.outlines.get(uri)
        if outline is None:
            meant = self._guess(name, here)[1]
            titles = dict(self.outlines[meant].sections) if meant in self.outlines else {}
            fits = anchor in titles or not anchor
            return f"{_relative(meant, here)}#{anchor}".rstrip("#") if meant and fits else ""
        elsewhere = [u for u, o in self.outlines.items() if u != uri and anchor in dict(o.sections)]
        if len(elsewhere) == 1:
            return f"{_relative(elsewhere[0], here)}#{anchor}"
        meant = near.near_word(anchor, dict(outline.sections))
        return f"{name}#{meant}" if meant else ""

    def _from_docs(self, link: Link) -> bool:
        """Return whether an absolute link begins at the pages' folder, by a level of its own."""
        level = self.docs.config.mkdocs.validation.links.absolute_links
        return not link.raw and level < logging.NOTSET

    def _markdown(self, parts: SplitResult, here: File) -> Dead | None:
        path = unquote(parts.path)
        uri = _joined("", path[1:]) if path.startswith("/") else _joined(here.src_uri, path)
        if uri in self.docs.published:
            return self._anchor(uri, parts.fragment, here)
        if uri.startswith(GENERATED):
            return None
        if uri in self.docs.withheld:
            remedy = "Publish it (see exclude_docs and draft_docs in mkdocs.yml), or link another"
            return Dead(Rule.NOT_FOUND, "leads to a file that is not published", remedy)
        rule = Rule.NOT_FOUND if posixpath.splitext(path)[1] else Rule.UNRECOGNIZED
        fact, meant = self._guess(path, here)
        remedy = f"Name a file beneath {self.docs.name}, relative to this page"
        if meant:
            remedy = f"Did you mean '{_relative(meant, here)}{_rest(parts)}'?"
        return Dead(rule, fact, remedy, meant)

    def _raw(self, parts: SplitResult, here: File) -> Dead | None:
        path = unquote(parts.path)
        at = _joined(here.dest_uri, path)
        if at.startswith(GENERATED):
            return None
        if at in self.docs.built:
            return self._anchor(self.docs.built[at].src_uri, parts.fragment, here)
        fact, meant = self._guess(path, here)
        if not meant:
            remedy = "Give its address on the built site, or write a Markdown link"
            return Dead(Rule.NOT_FOUND, fact, remedy)
        address = get_relative_url(self.docs.published[meant].url, here.url) + _rest(parts)
        fact = "is in HTML, where it is left as it is, and leads nowhere on the built site"
        remedy = f"Write '{address}', or a Markdown link to '{_relative(meant, here)}'"
        return Dead(Rule.NOT_FOUND, fact, remedy, meant)

    def _absolute(self, parts: SplitResult, here: File) -> Dead:
        remedy = "Write it relative to this page"
        meant = self._guess(f"/{unquote(parts.path).strip('/')}", here)[1]
        if meant:
            remedy = f"Write '{_relative(meant, here)}{_rest(parts)}'"
        fact = "is absolute, and leads elsewhere when the site lies beneath a folder"
        return Dead(Rule.ABSOLUTE, fact, remedy, meant)

    def _anchor(self, uri: str, anchor: str, here: File) -> Dead | None:
        outline = self.outlines.get(uri)
        if not anchor or outline is None or anchor in outline.anchors:
            return None
        if anchor.startswith("fnref:"):
            name = anchor.removeprefix("fnref:")
            remedy = f"Write [^{name}] where it belongs, or delete it"
            fact = "leads back from a footnote that nothing refers to"
            return Dead(Rule.ANCHORS, fact, remedy, uri)
        fact = f"leads nowhere: {self.docs.name}/{uri} has no anchor '#{anchor}'"
        remedy = f"Name one of its headings, or give one this id: ## Heading {{#{anchor}}}"
        meant = self._near_anchor(uri, anchor, here)
        return Dead(Rule.ANCHORS, fact, f"Did you mean '{meant}'?" if meant else remedy, uri)

    def _near_anchor(self, uri: str, anchor: str, here: File) -> str:
        """Return where the anchor is, if on one other page alone, or one with a near name."""
        elsewhere = [u for u, o in self.outlines.items() if anchor in o.anchors]
        if len(elsewhere) == 1:
            return f"{_relative(elsewhere[0], here, own='')}#{anchor}"
        meant = near.near_word(anchor, self.outlines[uri].anchors)
        return f"{_relative(uri, here, own='')}#{meant}" if meant else ""

    def _guess(self, path: str, here: File) -> tuple[str, str]:
        """Return what is the case with a path that leads nowhere, and which file may be meant."""
        published = self.docs.published
        for base in ("",) if path.startswith("/") else (here.src_uri, here.dest_uri):
            plain = _joined(base, path.lstrip("/")).removesuffix(".html")
            for uri in (plain, f"{plain}.md", f"{plain}/index.md", f"{plain}/README.md"):
                uri = posixpath.normpath(uri)
                if uri in published:
                    return "is an address on the built site, not the path of a file", uri
                if uri.lower() in self.docs.by_lower_case:
                    fact = "leads nowhere: a name's capital letters count"
                    return fact, self.docs.by_lower_case[uri.lower()]
        if _joined(here.src_uri, path).startswith("../"):
            return f"leads out of {self.docs.name}", ""
        meant = near.near_path(path, [_relative(uri, here) for uri in published])
        return "leads to no page and no file", _joined(here.src_uri, meant) if meant else ""


def _joined(base: str, path: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(base), path))


def _relative(uri: str, here: File, own: str | None = None) -> str:
    """Return how a page's Markdown names a file; `own` for the page itself, where it is given."""
    if own is not None and uri == here.src_uri:
        return own
    return posixpath.relpath(uri, posixpath.dirname(here.src_uri) or ".")


def _rest(parts: SplitResult) -> str:
    query = f"?{parts.query}" if parts.query else ""
    return query + (f"#{parts.fragment}" if parts.fragment else "")
