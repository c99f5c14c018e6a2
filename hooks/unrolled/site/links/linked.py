"""How the pages of a site hang together.

What is wrong with links, anchors and the navigation, and what links lead to.
"""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from unrolled.model.page import Page
from unrolled.model.problem import Problem
from unrolled.prove import refuted, typed
from unrolled.read import plan
from unrolled.site import templates
from unrolled.site.links import faults, navigation, outlines
from unrolled.site.links.addresses import Docs
from unrolled.site.links.outline import Outline
from unrolled.site.place import Site


@dataclass(frozen=True)
class Linked:
    """How the pages of a site hang together."""

    problems: tuple[Problem, ...] = ()
    """What is wrong with links, anchors and the navigation, as the chosen pages go."""
    headings: Mapping[str, Mapping[str, str]] = field(default_factory=dict[str, Mapping[str, str]])
    """By page: the headings, as HTML, of what its items say to read, by the links as written."""


def linked(site: Site, pages: Sequence[Page], chosen: Sequence[Page]) -> Linked:
    """Follow all links of a site; nothing is run.

    Returns:
        What is wrong with the chosen pages, what other pages look for on them in vain, and what is
        wrong with the files that make their navigation.
    """
    if site.config is None:
        return Linked()
    every, paths = {page.path for page in pages}, {page.path for page in chosen}
    docs = Docs.of(site.config, site.docs_name)
    known = outlines.read(pages, site.config.mkdocs, site.cache)
    web = faults.web(pages, known, docs)
    dead = faults.faults(pages, known, web)
    found = [
        fault.problem for fault in dead if fault.problem.path in paths or fault.target in paths
    ]
    beside = [*navigation.problems(docs, site.root, site.cache), *_settings(site)]
    for problem in (*_rendered(pages, known), *beside):
        is_page = problem.path in every
        if problem.path in paths if is_page else paths == every or _governs(problem.path, paths):
            found.append(problem)
    false, unread = _refuted(site)
    found += [*unread, *refuted.problems(chosen, false)]
    found += templates.problems(site.config, chosen)
    return Linked(tuple(found), {page.path: faults.titles(page, web) for page in pages})


def _governs(file: str, paths: Collection[str]) -> bool:
    """Return whether a file of settings lies in a folder of one of the pages, or around it."""
    folder = posixpath.dirname(file)
    return any(not folder or path.startswith(f"{folder}/") for path in paths)


def _refuted(site: Site) -> tuple[tuple[refuted.Refuted, ...], tuple[Problem, ...]]:
    """Return the sentences that a site knows to be false, and why their list cannot be read."""
    file = site.records / refuted.FILE
    if not file.is_file():
        return (), ()
    path = file.relative_to(site.root) if file.is_relative_to(site.root) else file
    return refuted.load(path.as_posix(), file.read_bytes())


def _settings(site: Site) -> Iterator[Problem]:
    """Yield what is typed in the settings that each page shows."""
    assert site.config, "a site without settings has no pages to hang together"
    file = Path(site.config.mkdocs.config_file_path or "")
    if file.is_file():
        shown = {name: site.config.mkdocs.get(name) for name in typed.SETTINGS}
        within = file.is_relative_to(site.root)
        path = file.relative_to(site.root).as_posix() if within else file.as_posix()
        yield from typed.in_settings(path, file.read_text("utf-8"), shown)


def _rendered(pages: Sequence[Page], known: Mapping[str, Outline]) -> Iterator[Problem]:
    """Yield what rendering finds, but where it may only follow from what is said already."""
    said = {problem.path for problem in plan.shared_ids(pages)}
    for page in pages:
        if not page.problems and page.path not in said:
            yield from known[page.path].problems
