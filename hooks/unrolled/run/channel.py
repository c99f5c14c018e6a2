"""The channel of a chain: a pipe whose end for writing its own process alone holds.

A message is a line of JSON: `{"output": …}` after each cell, `{"end": …}` after the last, or
`{"fault": …}` when our own code failed. Whoever reads waits for nothing and keeps so much at most.
"""

from __future__ import annotations

import fcntl
import json
import os
import select
import time
from typing import Any

MOST = 16 << 20
"""Bytes that a chain may tell."""
CLOSED = 117
"""The exit status of a process whose channel a cell closed."""
FLOOD = "told"
"""What the server says of a chain that tells more."""
HIGH = 512
"""The least number of the channel's descriptor: loops that close the low ones pass it by."""


class Told:
    """The end for reading, and what has come out of it."""

    def __init__(self) -> None:
        """Make a pipe."""
        self.read_end, self.write_end = os.pipe()
        os.set_blocking(self.read_end, False)
        self._parts: list[bytes] = []
        self._size = 0
        self.is_over = False
        """Whether nothing more can come."""

    def fileno(self) -> int:
        """Return the descriptor to wait for."""
        return self.read_end

    def take(self) -> None:
        """Take what is there."""
        while not (self.is_over or self.is_flooded):
            try:
                part = os.read(self.read_end, 1 << 16)
            except BlockingIOError:
                return
            self._parts.append(part)
            self._size += len(part)
            self.is_over = not part

    @property
    def is_flooded(self) -> bool:
        """Whether more came than is kept."""
        return self._size > MOST

    def close(self) -> str:
        """Take the rest, close the pipe, and return all as text."""
        self.take()
        os.close(self.read_end)
        return b"".join(self._parts)[:MOST].decode("utf-8", "replace")


class Teller:
    """The end for writing, in the chain's process."""

    def __init__(self, descriptor: int) -> None:
        """Take over a descriptor."""
        self._descriptor = fcntl.fcntl(descriptor, fcntl.F_DUPFD_CLOEXEC, HIGH)
        os.close(descriptor)
        self._process = os.getpid()

    def tell(self, kind: str, content: Any) -> None:
        """Tell something; what a cell forked tells nothing, and ends.

        A process that cannot tell anything any more ends too.
        """
        if os.getpid() != self._process:
            os._exit(0)
        rest = memoryview(json.dumps({kind: content}).encode() + b"\n")
        try:
            while rest:
                rest = rest[os.write(self._descriptor, rest) :]
        except OSError:
            os._exit(CLOSED)


class SilenceError(Exception):
    """Nothing came in time."""


class Lines:
    """Lines from a descriptor, each with a deadline."""

    def __init__(self, descriptor: int) -> None:
        """Read from a pipe."""
        self._descriptor = descriptor
        self._rest = bytearray()
        self._lines: list[bytes] = []

    def next(self, deadline: float) -> bytes:
        """Return the next line, empty at the end.

        Args:
            deadline: When to give up, by the monotonic clock.

        Raises:
            SilenceError: No line came.
        """
        while not self._lines:
            left = deadline - time.monotonic()
            if left <= 0 or not select.select([self._descriptor], [], [], left)[0]:
                raise SilenceError
            part = os.read(self._descriptor, 1 << 20)
            if not part:
                return b""
            *ended, rest = part.split(b"\n")
            if ended:
                ended[0] = bytes(self._rest) + ended[0]
                self._rest.clear()
                self._lines = ended[::-1]
            self._rest += rest
        return self._lines.pop()
