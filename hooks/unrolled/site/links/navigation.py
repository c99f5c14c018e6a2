"""The navigation: lines that lead to nothing, and pages that no line names.

MkDocs and mkdocs-awesome-nav read the navigation here as they do in a build. Where the site has
none, MkDocs makes one of all pages, and nothing can be wrong with it.
"""

import contextlib
import hashlib
import importlib.metadata
import json
import logging
import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import yaml
from mkdocs.structure.files import InclusionLevel
from mkdocs.structure.nav import Link, Navigation, get_navigation
from mkdocs.structure.pages import Page

from unrolled.model.problem import Code, Problem
from unrolled.prove import typed
from unrolled.read import near
from unrolled.site.config import AWESOME
from unrolled.site.links.addresses import Docs
from unrolled.site.log import AWESOME_NAV, MKDOCS_NAV, heard

FILE = "navigation.sha256"
SETTINGS = "mkdocs.yml"
NO_MATCH = re.compile(r"The nav item '(?P<entry>.*)' doesn't match any .*\[(?P<file>.*)\]")
WHERE = re.compile(r"\[([^\[\]]+)\]$", re.MULTILINE)
LINE = re.compile(r"\bline (\d+)")


@dataclass(frozen=True)
class Source:
    """A file that says what the navigation is."""

    path: str
    """What problems call it."""
    base: str
    """The folder, beneath the pages' folder, from which its entries lead."""
    entries: tuple[tuple[str, int], ...]
    """What it names, each with its line."""
    text: str = ""
    """What it says; empty for MkDocs' own settings."""
    uri: str = ""
    """Its path beneath the pages' folder; empty for MkDocs' own settings."""


def problems(docs: Docs, root: Path, cache: Path) -> list[Problem]:
    """Return what is wrong with a site's navigation.

    Args:
        docs: The site's files and settings.
        root: The folder to which paths are relative.
        cache: The folder in which is kept for which files and settings nothing was wrong.
    """
    config, awesome = docs.config.mkdocs, docs.config.awesome
    if config.nav is None and awesome is None:
        return []
    known = cache / FILE
    digest = _digest(docs)
    with contextlib.suppress(OSError):
        if known.read_text("utf-8") == digest:
            return []
    with heard(MKDOCS_NAV), heard(AWESOME_NAV) as said:
        if awesome is None:
            nav = get_navigation(docs.files, config)
        else:
            # The plugin makes a navigation of its own, whatever it is given.
            nav = awesome.plugin().on_nav(Navigation([], []), config=config, files=docs.files)
    sources = [*_awesome_sources(docs), *_settings(docs, root)]
    # What MkDocs warns of is told by `nav`, with more about it.
    found = [
        *_orphans(docs, nav, sources),
        *_dead(docs, nav, sources),
        *_told(docs, said, sources),
        *_twice(docs, sources),
        *(_unread(sources) if awesome else ()),
        *_typed(root, sources),
    ]
    if not found:
        with contextlib.suppress(OSError):
            cache.mkdir(parents=True, exist_ok=True)
            known.write_text(digest, "utf-8")
    return found


def _typed(root: Path, sources: list[Source]) -> Iterator[Problem]:
    """Yield what only a run can give and somebody typed into a title."""
    for source in sources:
        text = source.text or (root / source.path).read_text("utf-8")
        yield from typed.in_navigation(source.path, text)


def _digest(docs: Docs) -> str:
    """Return a hash of all that a navigation depends on."""
    config = docs.config.mkdocs
    files = [[file.src_uri, file.inclusion.name] for file in docs.files]
    own = [[source.path, source.text] for source in _awesome_sources(docs)]
    levels = [config.nav, {**config.validation.nav}]
    version = importlib.metadata.version("mkdocs-awesome-nav")
    code = Path(__file__).read_text("utf-8")
    content = json.dumps([files, own, levels, version, code], sort_keys=True, default=str)
    return hashlib.sha256(content.encode()).hexdigest()


def _orphans(docs: Docs, nav: Navigation, sources: list[Source]) -> Iterator[Problem]:
    if docs.config.mkdocs.validation.nav.omitted_files < logging.WARNING:
        return
    named = {page.file.src_uri for page in nav.pages}
    for file in docs.files.documentation_pages(inclusion=InclusionLevel.is_in_nav):
        if file.src_uri not in named:
            remedy = "Name it there, or under not_in_nav in mkdocs.yml"
            if sources:
                source, entry = _lacking(sources, file.src_uri)
                unless = "or name it under not_in_nav in mkdocs.yml"
                remedy = f"Add '- {entry}' to {source.path}, {unless}"
            yield Problem(
                f"{docs.name}/{file.src_uri}",
                1,
                "no navigation names this page",
                remedy,
                code=Code.LINK,
            )


def _lacking(sources: list[Source], uri: str) -> tuple[Source, str]:
    """Return the file that does not name a page, or a folder around it, and what to name there."""
    while True:
        source = next((s for s in sources if s.base == posixpath.dirname(uri)), sources[0])
        entry = posixpath.relpath(uri, source.base or ".")
        if not source.base or all(value != entry for value, _ in source.entries):
            return source, entry
        uri = source.base


def _twice(docs: Docs, sources: list[Source]) -> Iterator[Problem]:
    """Yield a problem for each page that a file names twice: it stands in one place only."""
    for source in sources:
        first: dict[str, int] = {}
        for entry, line in source.entries:
            uri = posixpath.normpath(posixpath.join(source.base, entry))
            if uri in docs.published and first.setdefault(uri, line) != line:
                fact = f"the navigation names '{entry}' already, at line {first[uri]}"
                yield Problem(source.path, line, fact, "Delete one of the two", code=Code.LINK)


def _unread(sources: list[Source]) -> Iterator[Problem]:
    """Yield a problem for each setting that mkdocs-awesome-nav passes over without a word."""
    # Only where the plugin is there.
    from mkdocs_awesome_nav.nav.config import ConfigModel

    for source in sources:
        top = _composed(source.text) if source.text else None
        for key, _ in top.value if isinstance(top, yaml.MappingNode) else ():
            if key.value not in ConfigModel.model_fields:
                fact = f"nothing reads '{key.value}' of the navigation"
                remedy = near.near(str(key.value), ConfigModel.model_fields)
                line = key.start_mark.line + 1
                yield Problem(source.path, line, fact, remedy, code=Code.LINK)


def _dead(docs: Docs, nav: Navigation, sources: list[Source]) -> Iterator[Problem]:
    """Yield a problem for each entry that MkDocs would publish as a link to nothing."""
    levels = docs.config.mkdocs.validation.nav
    for item in _flat(nav.items):
        url = item.url if isinstance(item, Link) else ""
        parts = urlsplit(url)
        if url and not (parts.scheme or parts.netloc):
            if url.startswith("/") and levels.absolute_links >= logging.WARNING:
                yield from _named(docs, url, sources, "which is an absolute address")
            elif not url.startswith("/") and levels.not_found >= logging.WARNING:
                yield from _named(docs, url, sources, "which does not exist")
        file = item.file if isinstance(item, Page) else None
        if file and file.inclusion.is_excluded() and levels.not_found >= logging.WARNING:
            yield from _named(docs, file.src_uri, sources, "which is not published")


def _told(docs: Docs, messages: list[str], sources: list[Source]) -> Iterator[Problem]:
    """Yield what mkdocs-awesome-nav warns of, the file and the line as it says them."""
    for message in dict.fromkeys(messages):
        match = NO_MATCH.search(message)
        if match:
            own = [s for s in sources if s.uri == match["file"]]
            yield from _named(docs, match["entry"], own or sources, "which matches nothing")
            continue
        fact, _, rest = message.removeprefix(f"{AWESOME}: ").partition("\n")
        where = WHERE.search(fact)
        path = f"{docs.name}/{where[1]}" if where else SETTINGS
        line = LINE.search(rest)
        fact = WHERE.sub("", fact).strip()
        remedy = "Fix what the navigation says there"
        yield Problem(path, int(line[1]) if line else 1, fact, remedy, rest, code=Code.LINK)


def _named(docs: Docs, entry: str, sources: list[Source], fact: str) -> Iterator[Problem]:
    """Yield a problem for each line with this entry that leads to no file."""
    fact = f"the navigation names '{entry}', {fact}"
    lines = [(s, line) for s in sources for value, line in s.entries if value == entry]
    for source, line in lines:
        if posixpath.normpath(posixpath.join(source.base, entry)) not in docs.published:
            yield Problem(
                source.path, line, fact, _remedy(docs, entry, source.base), code=Code.LINK
            )
    if not lines:
        path = sources[0].path if sources else SETTINGS
        yield Problem(path, 1, fact, _remedy(docs, entry, ""), code=Code.LINK)


def _remedy(docs: Docs, entry: str, base: str) -> str:
    pages = (uri for uri, file in docs.published.items() if file.is_documentation_page())
    names = [posixpath.relpath(uri, base or ".") for uri in pages]
    meant = near.near_path(entry, [*names, *filter(None, map(posixpath.dirname, names))])
    return f"Did you mean '{meant}'?" if meant else "Name a page or a folder of pages, or delete it"


def _flat(items: list[object]) -> Iterator[object]:
    for item in items:
        yield item
        yield from _flat(getattr(item, "children", None) or [])


def _awesome_sources(docs: Docs) -> Iterator[Source]:
    name = docs.config.awesome.filename if docs.config.awesome else ""
    for file in docs.files:
        if name and posixpath.basename(file.src_uri) == name:
            text, base = file.content_string, posixpath.dirname(file.src_uri)
            entries = tuple(_entries(_composed(text)))
            yield Source(f"{docs.name}/{file.src_uri}", base, entries, text, file.src_uri)


def _settings(docs: Docs, root: Path) -> Iterator[Source]:
    """Yield mkdocs.yml and the files that it inherits, where they hold a navigation."""
    if docs.config.mkdocs.nav is None:
        return
    file = Path(docs.config.mkdocs.config_file_path or SETTINGS).resolve()
    while file.is_file():
        top = _composed(file.read_text("utf-8"))
        named = dict(_pairs(top))
        if "nav" in named:
            path = file.relative_to(root) if file.is_relative_to(root) else file
            yield Source(path.as_posix(), "", tuple(_entries(named["nav"])))
        parent = named.get("INHERIT")
        if not isinstance(parent, yaml.ScalarNode):
            return
        file = (file.parent / parent.value).resolve()


def _composed(text: str) -> yaml.Node | None:
    """Return YAML as nodes, which know their lines; None for what cannot be read, as others say."""
    try:
        return yaml.compose(text, yaml.SafeLoader)
    except yaml.YAMLError:
        return None


def _pairs(node: yaml.Node | None) -> Iterator[tuple[str, yaml.Node]]:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield str(key.value), value


def _entries(node: yaml.Node | None) -> Iterator[tuple[str, int]]:
    """Yield each value beneath a node that is a single word, with its line."""
    if isinstance(node, yaml.ScalarNode):
        yield str(node.value), node.start_mark.line + 1
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            yield from _entries(value)
    else:
        for _, value in _pairs(node):
            yield from _entries(value)
