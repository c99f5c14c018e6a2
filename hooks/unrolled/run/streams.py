"""What a cell prints, wherever it prints it from."""

from __future__ import annotations

import ctypes
import os
import sys
from pathlib import Path

from unrolled.model.output import LIMIT


class Streams:
    """Standard output and error, captured at the descriptors: C code and children are heard too."""

    def __init__(self, folder: Path) -> None:
        """Redirect descriptors 1 and 2 to files in the folder."""
        self._paths = {1: folder / "stdout", 2: folder / "stderr"}
        flags = os.O_CREAT | os.O_RDWR | os.O_APPEND
        for number, path in self._paths.items():
            descriptor = os.open(path, flags, 0o600)
            os.dup2(descriptor, number)
            os.close(descriptor)
        odd = "backslashreplace"
        sys.stdout = open(1, "w", encoding="utf-8", errors=odd, closefd=False)  # noqa: SIM115
        sys.stderr = open(2, "w", 1, encoding="utf-8", errors=odd, closefd=False)  # noqa: SIM115
        self._own = (sys.stdout, sys.stderr)

    def take(self) -> tuple[str, str, bool]:
        """Return and forget what has come out.

        Standard output, standard error, and whether either was cut.
        """
        for stream in {*self._own, sys.stdout, sys.stderr}:
            try:
                stream.flush()
            except (OSError, ValueError, AttributeError):
                continue
        ctypes.CDLL(None).fflush(None)
        texts: list[str] = []
        cut = False
        for number, path in self._paths.items():
            data = path.open("rb").read(LIMIT + 1)
            cut = cut or len(data) > LIMIT
            texts.append(data[:LIMIT].decode("utf-8", "replace"))
            os.ftruncate(number, 0)
        return texts[0], texts[1], cut
