"""Texts kept on disk, each under a name, written whole or not at all.

A damaged one is a miss, never an error.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import tempfile
import time
from pathlib import Path

KEPT_DAYS = 30


class Entries:
    """A folder of entries; each holds a checksum of its text."""

    def __init__(self, folder: Path) -> None:
        """Keep entries in `folder`."""
        self._folder = folder

    def get(self, name: str) -> str | None:
        """Return the text of an entry; None where it is missing or damaged."""
        try:
            entry = json.loads(self._file(name).read_bytes())
            text = entry["body"]
            whole = hashlib.sha256(text.encode()).hexdigest() == entry["sha256"]
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return None
        return text if whole else None

    def touch(self, name: str) -> None:
        """Note that an entry was of use."""
        with contextlib.suppress(OSError):
            os.utime(self._file(name))

    def put(self, name: str, text: str) -> None:
        """Keep a text. A disk that is full or read-only costs the cache, not the build."""
        entry = json.dumps({"sha256": hashlib.sha256(text.encode()).hexdigest(), "body": text})
        file = self._file(name)
        with contextlib.suppress(OSError):
            file.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(
                "w", dir=file.parent, delete=False, encoding="utf-8"
            ) as stream:
                stream.write(entry)
            Path(stream.name).replace(file)

    def prune(self) -> None:
        """Delete entries unused for a month, and what a killed build left half-written."""
        oldest = time.time() - KEPT_DAYS * 86400
        for file in self._folder.glob("??/*"):
            with contextlib.suppress(OSError):
                if file.stat().st_mtime < oldest:
                    file.unlink()

    def _file(self, name: str) -> Path:
        return self._folder / name[:2] / f"{name}.json"
