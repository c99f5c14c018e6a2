"""What a cell prints, wherever it prints it from."""

from __future__ import annotations

import contextlib
import ctypes
import fcntl
import io
import itertools
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from unrolled.model.output import LIMIT
from unrolled.run.channel import HIGH

UNBUFFERED = 2
"""`_IONBF` of the C library."""


class Streams:
    """Standard output and error, captured at the descriptors: C code and children are heard too."""

    def __init__(self, folder: Path) -> None:
        """Redirect descriptors 1 and 2 to files in the folder.

        Nothing waits in a buffer of Python's, so that what a child prints stands where it belongs.
        """
        paths = {1: folder / "stdout", 2: folder / "stderr"}
        flags = os.O_CREAT | os.O_RDWR | os.O_APPEND
        self._files = {number: high(os.open(path, flags, 0o600)) for number, path in paths.items()}
        """What a cell closes or leads elsewhere is as it was for the next."""
        self._restore()
        library = ctypes.CDLL(None)
        _unbuffer_c(library)
        sys.stdout, sys.stderr = _unbuffered(1), _unbuffered(2)
        self._own = (sys.stdout, sys.stderr)
        self._flush_c = library.fflush

    def mark(self) -> int:
        """Return how many bytes of standard output have come out."""
        self._flush()
        return os.fstat(self._files[1]).st_size

    def take(self, marks: Sequence[int] = ()) -> tuple[list[str], str, bool]:
        """Return and forget what has come out.

        Standard output, cut at the marks; standard error; whether either was longer than what is
        kept.
        """
        self._flush()
        self._restore()
        self._flush()
        found: list[bytes] = []
        cut = False
        for file in self._files.values():
            data = os.pread(file, LIMIT + 1, 0)
            cut = cut or len(data) > LIMIT
            found.append(data[:LIMIT])
            os.ftruncate(file, 0)
        ends = [0, *marks, LIMIT]
        pieces = [found[0][start:end] for start, end in itertools.pairwise(ends)]
        return [_text(piece) for piece in pieces], _text(found[1]), cut

    def _restore(self) -> None:
        for number, file in self._files.items():
            os.dup2(file, number)

    def _flush(self) -> None:
        for stream in {*self._own, sys.stdout, sys.stderr}:
            try:
                stream.flush()
            except (OSError, ValueError, AttributeError):
                continue
        self._flush_c(None)


def high(descriptor: int) -> int:
    """Move a descriptor to where loops that close the low ones do not come."""
    moved = fcntl.fcntl(descriptor, fcntl.F_DUPFD_CLOEXEC, HIGH)
    os.close(descriptor)
    return moved


def _unbuffered(number: int) -> io.TextIOWrapper:
    raw = open(number, "wb", buffering=0, closefd=False)  # noqa: SIM115 - it stays open as long as the process
    return io.TextIOWrapper(raw, "utf-8", "backslashreplace", write_through=True)


def _unbuffer_c(library: ctypes.CDLL) -> None:
    """Let the C library write at once, so that what C code prints stands where it belongs."""
    for names in (("stdout", "__stdoutp"), ("stderr", "__stderrp")):
        for name in names:
            with contextlib.suppress(ValueError):
                stream = ctypes.c_void_p.in_dll(library, name)
                library.setvbuf(stream, None, UNBUFFERED, ctypes.c_size_t(0))


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace")
