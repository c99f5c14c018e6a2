"""Build the site with MkDocs and with Zensical, and say which pages hold the same.

    make zensical

Zensical loads the theme and the Markdown extension, and no plugin of ours. It builds a copy of the
site in a temporary folder, with what the cache holds: no chain may be run a second time.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from benchmarks.environment import lent
from benchmarks.zensical.contents import Difference, compare

PROJECT = Path(__file__).resolve().parents[2]
CACHE = ".cache/unrolled"
ZENSICAL = "zensical==0.0.73"
"""Exact, since its form changes from one version to the next."""
COPIED = ("docs", "mkdocs.yml", "tests/recorded", CACHE)
THEIRS = {
    Difference.STRIPPED: "Zensical takes it out of the page once its search has heeded it",
    Difference.ADDED: "Zensical's theme puts it before what a page says",
    Difference.SCRIPT: "mkdocs-jupyter makes it, a plugin that Zensical does not load",
    Difference.TAKEN: "the plugin makes notebooks and decks, and Zensical loads none",
}
"""Differences that are Zensical's own doing."""


def main() -> int:
    """Build twice and compare; return 1 where something differs that should not."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder).resolve()
        mkdocs, copy = root / "by-mkdocs", root / "copy"
        _run(PROJECT, sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", str(mkdocs))
        for name in COPIED:
            _copy(PROJECT / name, copy / name)
        before = _outputs(copy)
        _run(copy, str(lent(PROJECT / ".cache", ZENSICAL)), "-m", "zensical", "build")
        faults = [*_again(_outputs(copy) - before), *_differing(mkdocs, copy / "site")]
    print("\n".join(faults) or "Zensical's pages hold what MkDocs' pages hold.")
    return 1 if faults else 0


def _again(outputs: set[str]) -> Iterator[str]:
    if outputs:
        yield f"Chains that were run a second time: {len(outputs)}."


def _differing(mkdocs: Path, other: Path) -> Iterator[str]:
    """Print each page that is equal; yield what is not, but for what is Zensical's own doing."""
    theirs: Counter[Difference] = Counter()
    for page, found in compare(mkdocs, other):
        theirs.update(kind for kind, _ in found if kind in THEIRS)
        ours = [(kind, what) for kind, what in found if kind not in THEIRS]
        if not ours:
            print(f"equal: {page}")
        yield from (f"{page}: {kind}: {what}" for kind, what in ours)
    for kind, count in theirs.items():
        print(f"{count} x {kind}: {THEIRS[kind]}")


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        shutil.copytree(source, target)
    elif source.exists():
        shutil.copy(source, target)


def _run(folder: Path, *command: str) -> None:
    subprocess.run(command, cwd=folder, check=True)


def _outputs(root: Path) -> set[str]:
    """Return the names of what the cache holds."""
    return {str(file.relative_to(root)) for file in (root / CACHE / "runs").rglob("*.json")}


if __name__ == "__main__":
    sys.exit(main())
