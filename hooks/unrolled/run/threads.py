"""The threads that cells start: none is refused, and none that is idle is waited for."""

from __future__ import annotations

import sys
import threading
import time
import weakref
from collections.abc import Iterable
from pathlib import Path, PurePath
from types import FrameType, TracebackType

from unrolled.model import filename

LONGEST = 5.0
"""Seconds for which the threads of a cell that are at work are waited for."""
EVERY = 0.01
"""Seconds from one look at them to the next."""
WAITING = ("threading", "queue", "selectors", "connection", "thread", "process", "popen_fork")
"""Modules of the standard library in which a thread waits for others."""


class Threads:
    """Knows which cell started a thread, and what threads raise."""

    def __init__(self) -> None:
        """Note, from now on, who starts threads and what they raise."""
        self.cell = 0
        """Position of the cell that is running."""
        self._started: weakref.WeakKeyDictionary[threading.Thread, int] = (
            weakref.WeakKeyDictionary()
        )
        self._raised: list[tuple[int, BaseException]] = []
        start = threading.Thread.start

        def noted(thread: threading.Thread) -> None:
            # A thread that a thread starts belongs to the same cell.
            self._started[thread] = self._started.get(threading.current_thread(), self.cell)
            start(thread)

        threading.Thread.start = noted  # type: ignore[method-assign]
        threading.excepthook = self._thread_raised
        sys.unraisablehook = lambda args: self.add(
            args.exc_value or RuntimeError(str(args.err_msg)), args.exc_traceback
        )

    def _thread_raised(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_type is SystemExit:
            return
        cell = self._started.get(args.thread, self.cell) if args.thread else self.cell
        self._raised.append((cell, args.exc_value or args.exc_type()))

    def add(
        self,
        error: BaseException,
        trace: TracebackType | None = None,
        cell: int | None = None,
    ) -> None:
        """Note an error that nobody can catch, as that of a cell: else of the one that runs."""
        at = self.cell if cell is None else cell
        self._raised.append((at, error.with_traceback(trace) if trace else error))

    def take(self) -> BaseException | None:
        """Return and forget the first error in the threads of the cell that is running."""
        own = [error for cell, error in self._raised if cell == self.cell]
        self._raised = [(cell, error) for cell, error in self._raised if cell != self.cell]
        return own[0] if own else None

    def late(self) -> list[tuple[int, BaseException]]:
        """Return the errors that came when their cell had ended, with its position."""
        return list(self._raised)

    def settle(self, seconds: float) -> None:
        """Wait for the threads of the running cell that are still at work, but not for long.

        What they print and raise is the cell's. Daemons, and threads that wait for others, are not
        waited for: pools keep such threads.
        """
        deadline = time.monotonic() + min(seconds, LONGEST)
        idle = 0
        # One look is not enough: a thread may wait for a moment for what another is doing.
        while idle < 2 and time.monotonic() < deadline:
            own = [t for t, cell in list(self._started.items()) if cell == self.cell]
            working = [t for t in own if t.is_alive() and not t.daemon]
            if not working:
                return
            timed = any(isinstance(thread, threading.Timer) for thread in working)
            idle = 0 if timed or _any_at_work(working) else idle + 1
            working[0].join(EVERY)


def _any_at_work(threads: Iterable[threading.Thread]) -> bool:
    frames = sys._current_frames()  # pyright: ignore[reportPrivateUsage] - there is no other way
    return any(_is_at_work(t, frames[t.ident]) for t in threads if t.ident in frames)


def _is_at_work(thread: threading.Thread, frame: FrameType) -> bool:
    """Return whether a thread does something, and does not wait for another to do something."""
    module = PurePath(frame.f_code.co_filename).stem
    if module in WAITING and frame.f_code.co_name != "run":
        return False
    if frame.f_code.co_name == "run" and module == "threading":
        return not _waits_for_lock(thread)  # What it runs is written in C.
    caller: FrameType | None = frame
    while caller:
        if filename.is_cell(caller.f_code.co_filename):
            return True
        caller = caller.f_back
    return False


def _waits_for_lock(thread: threading.Thread) -> bool:
    """Return whether a thread waits in the kernel for a lock (Linux only; elsewhere, no)."""
    try:
        return "futex" in Path(f"/proc/self/task/{thread.native_id}/wchan").read_text("utf-8")
    except OSError:
        return False
