"""What a cell prints, wherever it prints it from."""

from __future__ import annotations

import ctypes
import fcntl
import os
import sys
from pathlib import Path

from unrolled.model.output import LIMIT
from unrolled.run.channel import HIGH


class Streams:
    """Standard output and error, captured at the descriptors: C code and children are heard too."""

    def __init__(self, folder: Path) -> None:
        """Redirect descriptors 1 and 2 to files in the folder."""
        paths = {1: folder / "stdout", 2: folder / "stderr"}
        flags = os.O_CREAT | os.O_RDWR | os.O_APPEND
        self._files = {number: _high(os.open(path, flags, 0o600)) for number, path in paths.items()}
        """What a cell closes or leads elsewhere is as it was for the next."""
        self._restore()
        odd = "backslashreplace"
        sys.stdout = open(1, "w", encoding="utf-8", errors=odd, closefd=False)  # noqa: SIM115
        sys.stderr = open(2, "w", 1, encoding="utf-8", errors=odd, closefd=False)  # noqa: SIM115
        self._own = (sys.stdout, sys.stderr)

    def take(self) -> tuple[str, str, bool]:
        """Return and forget what has come out.

        Standard output, standard error, and whether either was cut.
        """
        self._restore()
        for stream in {*self._own, sys.stdout, sys.stderr}:
            try:
                stream.flush()
            except (OSError, ValueError, AttributeError):
                continue
        ctypes.CDLL(None).fflush(None)
        texts: list[str] = []
        cut = False
        for file in self._files.values():
            data = os.pread(file, LIMIT + 1, 0)
            cut = cut or len(data) > LIMIT
            texts.append(data[:LIMIT].decode("utf-8", "replace"))
            os.ftruncate(file, 0)
        return texts[0], texts[1], cut

    def _restore(self) -> None:
        for number, file in self._files.items():
            os.dup2(file, number)


def _high(descriptor: int) -> int:
    """Move a descriptor to where loops that close the low ones do not come."""
    moved = fcntl.fcntl(descriptor, fcntl.F_DUPFD_CLOEXEC, HIGH)
    os.close(descriptor)
    return moved
