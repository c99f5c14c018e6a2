"""What a cell prints, wherever it prints it from."""

from __future__ import annotations

import ctypes
import io
import itertools
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from unrolled.model.output import LIMIT


class Streams:
    """Standard output and error, captured at the descriptors: C code and children are heard too."""

    def __init__(self, folder: Path) -> None:
        """Redirect descriptors 1 and 2 to files in the folder.

        Nothing waits in a buffer of Python's, so that what a child prints stands where it belongs.
        """
        self._paths = {1: folder / "stdout", 2: folder / "stderr"}
        flags = os.O_CREAT | os.O_RDWR | os.O_APPEND
        for number, path in self._paths.items():
            descriptor = os.open(path, flags, 0o600)
            os.dup2(descriptor, number)
            os.close(descriptor)
        sys.stdout, sys.stderr = _unbuffered(1), _unbuffered(2)
        self._own = (sys.stdout, sys.stderr)
        self._flush_c = ctypes.CDLL(None).fflush

    def mark(self) -> int:
        """Return how many bytes of standard output have come out."""
        self._flush()
        return os.fstat(1).st_size

    def take(self, marks: Sequence[int] = ()) -> tuple[list[str], str, bool]:
        """Return and forget what has come out.

        Standard output, cut at the marks; standard error; whether either was longer than what is
        kept.
        """
        self._flush()
        found: list[bytes] = []
        cut = False
        for number, path in self._paths.items():
            with path.open("rb") as stream:
                data = stream.read(LIMIT + 1)
            cut = cut or len(data) > LIMIT
            found.append(data[:LIMIT])
            os.ftruncate(number, 0)
        ends = [0, *marks, LIMIT]
        pieces = [found[0][start:end] for start, end in itertools.pairwise(ends)]
        return [_text(piece) for piece in pieces], _text(found[1]), cut

    def _flush(self) -> None:
        for stream in {*self._own, sys.stdout, sys.stderr}:
            try:
                stream.flush()
            except (OSError, ValueError, AttributeError):
                continue
        self._flush_c(None)


def _unbuffered(number: int) -> io.TextIOWrapper:
    raw = open(number, "wb", buffering=0, closefd=False)  # noqa: SIM115 - it stays open as long as the process
    return io.TextIOWrapper(raw, "utf-8", "backslashreplace", write_through=True)


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace")
