"""The data that a page's cells may read.

Every file of its folder but Markdown, what is hidden and what Python compiles. Cells get a copy
of their own. Those that look above their folder get all that lies beneath `docs/`.
"""

import hashlib
import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from unrolled.model.cell import Chain

ABOVE = re.compile(r"\.\.[/\\\\\"']|\.parents?\b|\bpardir\b")
"""Code that may look above its folder."""


@dataclass(frozen=True)
class Data:
    """A folder of data, and where in it a chain runs."""

    folder: str = ""
    """Absolute; empty for none."""
    at: str = "."
    """Relative to it."""


def seen_by(chain: Chain, page: str, docs: Path | None) -> Data:
    """Return the data that a chain may read.

    Args:
        chain: The chain.
        page: The folder of its page; empty for none.
        docs: The folder of all pages, where there is one.
    """
    looks_above = any(ABOVE.search(cell.code) for cell in chain.cells)
    if page and docs and looks_above and Path(page).is_relative_to(docs):
        return Data(str(docs), Path(page).relative_to(docs).as_posix())
    return Data(page)


def files(folder: Path) -> list[Path]:
    """Return the data files in a page's folder and the folders beneath it, sorted."""
    found = [file for file in folder.rglob("*") if file.suffix != ".md" and file.is_file()]
    return sorted(
        file
        for file in found
        if not any(p.startswith(".") or p == "__pycache__" for p in file.relative_to(folder).parts)
    )


def digest(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of each data file's content, by its path in the folder."""
    return {
        file.relative_to(folder).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in files(folder)
    }


def copy(folder: Path, into: Path) -> None:
    """Copy the data files, so that a cell can read them and can change none."""
    for file in files(folder):
        target = into / file.relative_to(folder)
        target.parent.mkdir(parents=True, exist_ok=True)
        if file.resolve().is_relative_to(folder.resolve()):
            shutil.copy(file, target)
        else:  # What a cell may not read, a link beside its page must not bring it.
            target.symlink_to(file.resolve())
