"""What of a rendered page does not depend on its runs: anchors, sections and links."""

from __future__ import annotations

from dataclasses import dataclass

from unrolled.model.problem import Problem


@dataclass(frozen=True)
class Link:
    """An address to which a page links, once however often it stands there."""

    address: str
    """As written."""
    raw: bool = False
    """Whether it stands in HTML, which MkDocs leaves as it is, and not in Markdown."""


@dataclass(frozen=True)
class Outline:
    """What of a rendered page does not depend on its runs."""

    anchors: frozenset[str] = frozenset()
    """The ids to which a link can lead."""
    sections: tuple[tuple[str, str], ...] = ()
    """Anchor and title, as HTML without links, of each heading but those of our own items."""
    links: tuple[Link, ...] = ()
    unlinked: tuple[str, ...] = ()
    """What looks like a link and became none: `[text][name]` without a definition, `<learn.md>`."""
    problems: tuple[Problem, ...] = ()
    """What rendering found."""
