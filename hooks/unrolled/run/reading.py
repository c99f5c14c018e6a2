"""What cells read: noted where it is the project's, refused where it would be found empty."""

from __future__ import annotations

import hashlib
import os
import re
import sys
from pathlib import Path
from typing import Any

from unrolled.run.refused import Refused

LISTING = ("glob.glob", "pathlib.Path.glob", "pathlib.Path.rglob", "os.listdir", "os.scandir")
"""Events of Python at which a folder is looked into. One that is not there may look empty."""
WILD = re.compile(r"[*?\[].*", re.DOTALL)


def watch(tree: Path, root: Path) -> dict[str, str]:
    """Note, from now on, each file of the project that is read, with the hash of its content.

    What lies in `tree`, the chain's own folder, is accounted for. A relative path that leads out of
    it is refused where a folder is listed: it would be empty without a word.
    """
    opened: dict[str, str] = {}
    own = Path(__file__).resolve().parent.parent  # What of ours counts is in the cache's key.

    def hook(event: str, args: tuple[Any, ...]) -> None:
        if event == "open":
            _note(args, opened, tree, root, own)
        elif event in LISTING:
            _refuse_outside(args, tree)

    sys.addaudithook(hook)
    return opened


def _note(args: tuple[Any, ...], opened: dict[str, str], tree: Path, root: Path, own: Path) -> None:
    if not isinstance(args[0], str | bytes | os.PathLike):
        return
    if isinstance(args[1], str) and set(args[1]) & set("wax"):
        return
    path = Path(os.path.abspath(os.fsdecode(args[0])))  # noqa: PTH100 - links are followed by whoever reads, not here
    if not path.is_relative_to(root) or path.is_relative_to(tree) or path.is_relative_to(own):
        return
    if str(path) in opened:
        return
    hidden = any(
        part.startswith(".") or part == "__pycache__" for part in path.relative_to(root).parts
    )
    if not hidden and path.is_file():
        opened[str(path)] = ""
        opened[str(path)] = hashlib.sha256(path.read_bytes()).hexdigest()


def _refuse_outside(args: tuple[Any, ...], tree: Path) -> None:
    given = [os.fsdecode(arg) for arg in args[:2] if isinstance(arg, str | bytes | os.PathLike)]
    path = "/".join(given)
    if ".." not in Path(path).parts or Path(path).is_absolute():
        return
    if not Path(os.path.abspath(WILD.sub("", path) or ".")).is_relative_to(tree):  # noqa: PTH100 - as above
        raise Refused(
            f"'{path}' leads out of the folder of the pages, and there cells can read nothing",
            "Put the data beneath that folder, and name it relative to the page",
        )
