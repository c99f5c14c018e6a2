"""Another machine, for a second run: its name, its processors, the order in which it lists files.

What a cell shows of them must be seen to change: whoever runs the page next has another one.
"""

from __future__ import annotations

import getpass
import os
import platform
import socket
from collections.abc import Callable, Iterator
from types import TracebackType
from typing import Any

NAME = "elsewhere"


def change() -> None:
    """Let this process find itself on a machine with another name and one more processor."""
    count = os.cpu_count
    os.cpu_count = lambda: (count() or 1) + 1
    system = os.uname()
    other = os.uname_result((system[0], NAME, f"0.{system[2]}", f"#0 {system[3]}", system[4]))
    os.uname = lambda: other
    socket.gethostname = lambda: NAME
    getpass.getuser = lambda: NAME
    # What `platform` found out before is found out anew.
    for cache in ("_uname_cache", "_platform_cache"):
        if hasattr(platform, cache):
            setattr(platform, cache, {} if cache == "_platform_cache" else None)
    _change_order()


def _change_order() -> None:
    """Let folders list what they hold in another order: systems give none."""
    listed: Callable[..., list[Any]] = os.listdir
    scanned: Callable[..., Any] = os.scandir

    def listdir(*args: Any, **options: Any) -> list[Any]:
        return listed(*args, **options)[::-1]

    def scandir(*args: Any, **options: Any) -> _Scanned:
        with scanned(*args, **options) as found:
            return _Scanned(iter([*found][::-1]))

    os.listdir, os.scandir = listdir, scandir  # type: ignore[assignment]


class _Scanned:
    """What `os.scandir` returns."""

    def __init__(self, found: Iterator[Any]) -> None:
        self._found = found

    def __iter__(self) -> Iterator[Any]:
        return self

    def __next__(self) -> Any:
        return next(self._found)

    def close(self) -> None:
        """Do nothing: what was open is closed."""

    def __enter__(self) -> Iterator[Any]:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
