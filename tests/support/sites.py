"""Sites in temporary folders, with their records and the engine that runs them."""

from collections.abc import Callable, Mapping
from pathlib import Path

from support.paths import PROJECT
from unrolled.run.engine import Engine
from unrolled.site.check import accept, check
from unrolled.site.place import Site

WriteSite = Callable[[Mapping[str, str | bytes]], Path]
"""Writes a site with these files beneath docs/ and returns its folder; called again, it adds to
them."""


def write(root: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write a site that inherits the project's settings.

    Files are named relative to its `docs/`.
    """
    (root / "docs").mkdir(parents=True, exist_ok=True)
    settings = f"INHERIT: {PROJECT / 'mkdocs.yml'}\ndocs_dir: docs\nsite_dir: site\n"
    (root / "mkdocs.yml").write_text(settings, "utf-8")
    for name, content in files.items():
        file = root / "docs" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)
    return root


def settings(root: Path, text: str) -> Path:
    """Add to a site's settings; return its folder."""
    with (root / "mkdocs.yml").open("a", encoding="utf-8") as to:
        to.write(text)
    return root


class Project:
    """A site with its records, run by an engine of the test's choice."""

    def __init__(self, write_site: WriteSite, engine: Engine) -> None:
        """Begin with an empty site."""
        self.write = write_site
        self.root = write_site({})
        self.engine = engine
        self.site = Site(self.root, self.root / "docs")
        self.record = self.root / "tests/recorded/page.txt"
        """The record of `page.md`."""

    def check(self, engine: Engine | None = None) -> list[str]:
        """Return what a check of the whole site says, by another engine if one is given."""
        pages = self.site.read()
        return [str(problem) for problem in check(self.site, pages, pages, engine or self.engine)]

    def accept(self) -> tuple[list[str], list[str]]:
        """Record the whole site; return the records that changed, and the problems."""
        pages = self.site.read()
        changed, found = accept(self.site, pages, pages, self.engine)
        return changed, [str(problem) for problem in found]

    def edit_record(self, old: str, new: str) -> None:
        """Change the record of `page.md`, in a text that it must hold once."""
        text = self.record.read_text("utf-8")
        assert text.count(old) == 1, text
        self.record.write_text(text.replace(old, new), "utf-8")
