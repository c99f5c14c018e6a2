"""Text that a cell gave, made fit for a page: without the machine's paths and addresses."""

from __future__ import annotations

import os
import pwd
import re
import site
import sys
import traceback
from collections import deque
from pathlib import Path
from typing import Any

from unrolled.model.output import LIMIT
from unrolled.run.refused import Refused
from unrolled.run.terminal import settled

ADDRESS = re.compile(r"(?<=\bat )0x[0-9a-f]+\b")
INTERNAL = re.compile(r"(?<!\s)\s*\(Triggered internally at [^)\n]*\)\.?")
"""Where in torch's own C++ sources a warning was raised: of no use to a reader, and different in
each build of torch."""
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
FRAMES = 50
"""Frames of an exception that are told: the last ones."""
_paths: list[tuple[str, str]] = []


def clean(text: str) -> str:
    """Return the text as a terminal would leave it, without machine paths and addresses.

    Control characters are shown by their codes: Python-Markdown takes some of them for places where
    it put things aside.
    """
    text = text.encode("utf-8", "backslashreplace").decode("utf-8")
    text = INTERNAL.sub("", settled(text))
    text = CONTROL.sub(lambda match: f"\\x{ord(match[0]):02x}", text)
    for prefix, instead in _paths:
        text = text.replace(prefix, instead)
    return ADDRESS.sub("0x…", text)


def hide_paths(work: Path, tree: Path, root: Path) -> None:
    """Decide, before a cell can change anything, which paths `clean` replaces.

    Those of this chain (where it runs, and the folder that is its own), this project and this
    Python.
    """
    packages = {
        Path(p) for p in [*site.getsitepackages(), *sys.path] if p.endswith("site-packages")
    }
    machine = {
        Path(sys.prefix),
        Path(sys.base_prefix),
        root,
        tree,
        tree.parent,
        Path(pwd.getpwuid(os.getuid()).pw_dir),
    }
    searched = {Path(p) for p in sys.path if p}
    machine |= {p for p in searched if not any(map(p.is_relative_to, machine | packages))}
    machine -= {work}
    pairs = {(work, "."), *((p, "site-packages") for p in packages), *((p, "…") for p in machine)}
    pairs |= {(path.resolve(), instead) for path, instead in pairs}
    usable = [(str(path), instead) for path, instead in pairs if len(path.parts) > 1]
    _paths[:] = sorted(usable, key=lambda pair: -len(pair[0]))


def exception(
    error: BaseException, sources: dict[str, list[str]], *, promised: bool = False
) -> dict[str, Any]:
    """Describe an exception for the page.

    Args:
        error: What the cell raised.
        sources: The lines of the chain's cells, by the file name each was compiled under.
        promised: Whether readers see it; else it is told what it comes from, if that is ours.

    Returns:
        `type`, `types` (its bases too), `message`, `trace` (the frames in cells: file name, line,
        source line), `text`, as shown, and `remedy`, if it is one of ours.
    """
    frames: deque[tuple[str, int, str]] = deque(maxlen=FRAMES)
    for frame, line in traceback.walk_tb(error.__traceback__):
        name = frame.f_code.co_filename
        if name in sources:
            frames.append(
                (
                    name,
                    line,
                    sources[name][line - 1].strip() if 0 < line <= len(sources[name]) else "",
                )
            )
    if isinstance(error, SyntaxError) and error.filename in sources and error.lineno:
        frames.append((error.filename, error.lineno, (error.text or "").strip()))
    if not promised:
        error = _refused(error) or error
    message = clean(_message(error)[:LIMIT])
    kind = type(error).__name__
    return {
        "type": kind,
        "types": [base.__name__ for base in type(error).__mro__],
        "message": message,
        "trace": list(frames),
        "text": "\n".join([f"{kind}: {message}" if message else kind, *_notes(error)]),
        "remedy": getattr(error, "remedy", "") if isinstance(error, Refused) else "",
    }


def _refused(error: BaseException) -> Refused | None:
    """Return what of ours an exception comes from, where a library has put its own around it."""
    seen: BaseException | None = error
    for _ in range(FRAMES):
        if seen is None or isinstance(seen, Refused):
            return seen
        seen = seen.__cause__ or seen.__context__
    return None


def _message(error: BaseException) -> str:
    if isinstance(error, SyntaxError):
        return error.msg or ""
    try:
        return str(error)
    except BaseException as second:  # noqa: BLE001 - a broken __str__ must not take the run down
        return f"<the message cannot be shown: {type(second).__name__}>"


def _notes(error: BaseException) -> list[str]:
    """Return what was added to an exception, as text; nothing where that is broken."""
    try:
        return [clean(str(note)[:LIMIT]) for note in getattr(error, "__notes__", ())]
    except BaseException:  # noqa: BLE001 - as above
        return []
