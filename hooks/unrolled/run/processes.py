"""The processes that cells start: those that work are waited for.

Python does so at its end for those of `multiprocessing`, for all but daemons. Nobody waits for
those that wait for work themselves, as those of pools and managers do. Commands that a cell starts
and that print are waited for too: else what they print would be there or not, by chance.
"""

from __future__ import annotations

import contextlib
import faulthandler
import functools
import multiprocessing
import os
import re
import signal
import subprocess
import sys
import time
import weakref
from collections.abc import Iterable
from multiprocessing import connection, process
from pathlib import Path, PurePath
from typing import Any

from unrolled.model import filename
from unrolled.run import streams
from unrolled.run.threads import LONGEST

LIBRARIES = ("multiprocessing", "concurrent")
"""Packages whose own processes wait for work."""
WAITING = ("threading", "queue", "queues", "selectors", "connection", "synchronize")
"""Modules of the standard library in which a process waits for work."""
JOINING = ("join", "_shutdown", "_wait_for_tstate_lock")
"""Functions of theirs in which it waits for the end of a thread, which may work."""
POOLED = "_process_worker"
"""The function that the processes of other pools run, those of joblib say."""
ASK = int(getattr(signal, "SIGRTMIN", signal.SIGUSR2)) + 5
"""The signal at which a process writes down where it is."""
FRAME = re.compile(r'File "(.*)", line \d+ in (.+)')
EVERY = 0.05
"""Seconds from one look at them to the next."""


class Processes:
    """Knows the processes that cells started and that do their work."""

    def __init__(self, frames: Path) -> None:
        """Note, from now on, who starts processes.

        Args:
            frames: Where to let them write down where they are.
        """
        flags = os.O_CREAT | os.O_RDWR | os.O_APPEND
        self._frames = streams.high(os.open(frames, flags, 0o600))
        faulthandler.register(ASK, self._frames, all_threads=False)
        self._own: weakref.WeakSet[process.BaseProcess] = weakref.WeakSet()
        """Those of the running cell."""
        self._all: weakref.WeakSet[process.BaseProcess] = weakref.WeakSet()
        start = process.BaseProcess.start

        def noted(child: process.BaseProcess) -> None:
            works = not _is_of_library(getattr(child, "_target", None))
            start(child)
            if works and not child.daemon:
                self._own.add(child)
                self._all.add(child)

        process.BaseProcess.start = noted  # type: ignore[method-assign]
        self._commands: list[subprocess.Popen[Any]] = []
        """Those of the running cell that print where it does."""
        self._note_commands()

    def _note_commands(self) -> None:
        begin = subprocess.Popen.__init__

        @functools.wraps(begin)
        def noted(command: subprocess.Popen[Any], *args: Any, **options: Any) -> None:
            begin(command, *args, **options)
            given = {**dict(zip(("args", "", "", "", "stdout"), args, strict=False)), **options}
            if given.get("stdout") is None and filename.is_cell(
                sys._getframe(1).f_code.co_filename  # pyright: ignore[reportPrivateUsage] - there is no other way
            ):
                self._commands.append(command)

        subprocess.Popen.__init__ = noted  # type: ignore[method-assign]

    def begin(self) -> None:
        """Forget whose processes those of the cell before are."""
        self._own.clear()
        self._commands.clear()

    def settle(self, seconds: float, *, last: bool) -> None:
        """Wait for processes, so that what they print is shown at the cell that is running.

        Args:
            seconds: How long at most.
            last: Whether no cell follows: then those of all cells are waited for.
        """
        until = time.monotonic() + min(seconds, LONGEST)
        for command in self._commands:
            with contextlib.suppress(subprocess.TimeoutExpired):
                command.wait(max(until - time.monotonic(), 0))
        self._wait(self._all if last else self._own, seconds if last else min(seconds, LONGEST))

    def _wait(self, started: Iterable[process.BaseProcess], seconds: float) -> None:
        alive = set(multiprocessing.active_children())
        left = {child.sentinel: child for child in started if child in alive}
        deadline = time.monotonic() + seconds
        idle = 0
        # One look is not enough: a process may wait for a moment for what another is doing.
        while left and idle < 3 and time.monotonic() < deadline:
            for ended in connection.wait(list(left), EVERY):
                left.pop(int(ended)).join()  # pyright: ignore[reportArgumentType] - a sentinel is one
            idle = idle + 1 if all(map(self._is_idle, left.values())) else 0

    def _is_idle(self, child: process.BaseProcess) -> bool:
        """Return whether a process waits for another, as far as it can be asked."""
        # Others than forks do not know the signal, and would end at it.
        kind = getattr(child, "_start_method", None) or multiprocessing.get_start_method()
        if kind != "fork" or child.pid is None:
            return False
        with contextlib.suppress(OSError):
            os.ftruncate(self._frames, 0)
            os.kill(child.pid, ASK)
            asked = time.monotonic()
            while time.monotonic() < asked + EVERY:
                written = os.pread(self._frames, 4096, 0).decode("utf-8", "replace")
                frame = FRAME.search(written)
                if frame:
                    return PurePath(frame[1]).stem in WAITING and frame[2] not in JOINING
                time.sleep(0.001)
        return False


def _is_of_library(target: Any) -> bool:
    package = str(getattr(target, "__module__", "")).partition(".")[0]
    return package in LIBRARIES or getattr(target, "__name__", "") == POOLED
