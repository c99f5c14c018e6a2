"""The files beneath the pages' folder, as MkDocs publishes them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, get_files

from unrolled.model.mode import SCRIPT
from unrolled.site.log import FILES, heard

OUTSIDE = ("this link leads out of the folder, and is not published", "Put a copy in its place")
"""Fact and remedy."""


def files(config: MkDocsConfig) -> Files:
    """Return all files of the folder, but those that a link brings in from outside of it."""
    with heard(FILES):
        found = get_files(config)
    for file in from_outside(found, Path(config.docs_dir)):
        found.remove(file)
    return Files([_Script.of(file, config) if is_script(file) else file for file in found])


class _Script(File):
    """A page that is a script, as mkdocs-jupyter publishes it."""

    @staticmethod
    def of(file: File, config: MkDocsConfig) -> _Script:
        """Return the page that a file is."""
        return _Script(
            file.src_uri,
            file.src_dir,
            config.site_dir,
            config.use_directory_urls,
            inclusion=file.inclusion,
        )

    def is_documentation_page(self) -> bool:
        """Return that it is one, whatever its name ends in."""
        return True


def is_script(file: File) -> bool:
    """Return whether a file is a page that is a script."""
    return file.name == Path(SCRIPT).stem and file.src_uri.endswith(".py")


def outside(config: MkDocsConfig) -> list[File]:
    """Return the files of the folder that a link brings in from outside of it."""
    with heard(FILES):
        return from_outside(get_files(config), Path(config.docs_dir))


def pages(config: MkDocsConfig, *, drafts: bool = False) -> list[File]:
    """Return the pages that are published; with drafts, those that are shown while serving."""
    return [
        file
        for file in files(config)
        if file.is_documentation_page()
        and (file.inclusion.is_in_serve() if drafts else file.inclusion.is_included())
    ]


def from_outside(among: Iterable[File], docs: Path) -> list[File]:
    """Return the files that stand in the folder only by a symbolic link that leads out of it.

    Published, they would show whatever of the builder's machine such a link names.
    """
    whole = docs.resolve()
    return [
        file
        for file in among
        if file.src_dir
        and file.abs_src_path
        and Path(file.src_dir).resolve() == whole
        and not Path(file.abs_src_path).resolve().is_relative_to(whole)
    ]
