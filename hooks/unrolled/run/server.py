"""The fork server: a process of its own that imports torch once and forks a child for each chain.

It reads jobs from standard input, a JSON object a line, and answers on standard output, a line an
event: `{"id": 3, "event": "start"}`; `{"id": 3, "event": "end", "how": "exit 0", "told": …,
"trace": …}`, with what the chain told and the tracebacks that it left.
`multiprocessing`'s own fork server would import the caller's main module (all of MkDocs) again in
each child, and lets a child that dies take others along. When standard input closes, everything is
killed and the server ends, removing its working directory, which is the session's folder.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import json
import os
import select
import signal
import sys
import tempfile
import time
from collections import deque
from collections.abc import Container
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, TextIO

from unrolled.run import channel, child, folders, kernel, limits, patience, shared_memory

GRACE = 5.0
"""Seconds after the sum of its timeouts at which a chain is killed whatever it does."""
TRACE = 1 << 16
"""Bytes of a traceback that are read."""
PRELOADED = ("matplotlib", "optim")
"""Words that, standing in a chain's code, make the server pay the cost of the library's first use
once, before forking."""


def main() -> None:
    """Serve jobs until standard input closes."""
    answers = os.fdopen(os.dup(1), "w", buffering=1)
    os.dup2(2, 1)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # The builder decides when all ends.
    try:
        _warm(sys.argv[2:])
        _adopt_orphans()
        Server(slots=int(sys.argv[1]), answers=answers).serve()
    finally:
        folders.remove(Path.cwd())  # The builder's end may have been too sudden to do it.
        with contextlib.suppress(OSError):
            answers.close()


@dataclass(frozen=True)
class Running:
    """A chain that runs."""

    job: int
    folder: Path
    deadline: float
    """When it is killed whatever it does, by the monotonic clock."""
    told: channel.Told
    trace: BinaryIO
    shared: frozenset[str]
    """What lay in the shared memory before it."""


@dataclass(frozen=True)
class Over:
    """A chain that ended."""

    job: int
    how: str
    """`exit 0`, `signal SIGSEGV`, `timeout`, `told`, `limit more than 100 processes`."""
    told: str
    trace: str


class Server:
    """Forks a process for each job, and says when it starts and how it ends."""

    def __init__(self, *, slots: int, answers: TextIO) -> None:
        """Run so many jobs at once, and answer on this stream."""
        self._slots = slots
        self._answers = answers
        self._waiting: deque[dict[str, Any]] = deque()
        self._running: dict[int, Running] = {}
        """By process."""
        self._preloaded: set[str] = set()
        self._pending = bytearray()
        self._wake = _wake_on_death()
        self._watched = time.monotonic()

    def serve(self) -> None:
        """Work until standard input closes or nobody hears; then kill what still runs."""
        try:
            while True:
                self._fork()
                if not self._listen():
                    break
                for over in [*self._reap(), *self._watch()]:
                    self._say(
                        id=over.job, event="end", how=over.how, told=over.told, trace=over.trace
                    )
        except BrokenPipeError:
            pass
        finally:
            for pid in self._running:
                _kill(pid)
            _kill_orphans(())

    def _say(self, **event: Any) -> None:
        self._answers.write(json.dumps(event) + "\n")
        self._answers.flush()

    def _fork(self) -> None:
        """Start waiting jobs while there are slots."""
        while self._waiting and len(self._running) < self._slots:
            job = patience.granted(self._waiting.popleft())
            _preload(job["preload"], self._preloaded)
            self._say(id=job["id"], event="start", seconds=job["seconds"])
            told = channel.Told()
            trace = tempfile.TemporaryFile(dir=Path.cwd())  # noqa: SIM115 - open as long as the chain
            server, shared = os.getpid(), shared_memory.names()
            pid = os.fork()
            if pid == 0:
                child.become(job, told.write_end, trace.fileno(), server)
            os.close(told.write_end)
            deadline = time.monotonic() + job["seconds"] + GRACE
            self._running[pid] = Running(
                job["id"], Path(job["folder"]), deadline, told, trace, shared
            )

    def _listen(self) -> bool:
        """Wait for a job, a message, a death or a deadline.

        Return whether standard input is still open.
        """
        until = [run.deadline for run in self._running.values()]
        if self._running and kernel.IS_LINUX:
            until.append(self._watched + limits.EVERY)
        timeout = max(0.0, min(until) - time.monotonic()) if until else None
        talking = [run.told for run in self._running.values() if not run.told.is_over]
        ready, _, _ = select.select([0, self._wake, *talking], [], [], timeout)
        if self._wake in ready:
            with contextlib.suppress(BlockingIOError):
                os.read(self._wake, 4096)
        for told in talking:
            if told in ready:
                told.take()
        return self._hear() if 0 in ready else True

    def _hear(self) -> bool:
        """Take jobs from standard input; return whether it is still open."""
        data = os.read(0, 1 << 20)
        if not data:
            return False
        if b"\n" in data:
            *lines, rest = (bytes(self._pending) + data).split(b"\n")
            self._waiting.extend(json.loads(line) for line in lines)
            self._pending = bytearray(rest)
        else:
            self._pending += data
        return True

    def _reap(self) -> list[Over]:
        """Return the jobs that are over; those past their deadline, or too loud, are killed."""
        over: list[Over] = []
        for pid, run in list(self._running.items()):
            done, status = os.waitpid(pid, os.WNOHANG)
            if done:
                over.append(self._end(pid, _how(status)))
            elif run.told.is_flooded:
                over.append(self._stop(pid, channel.FLOOD))
            elif time.monotonic() > run.deadline:
                over.append(self._stop(pid, "timeout"))
        return over

    def _watch(self) -> list[Over]:
        """Kill the chains that take too much of the machine; return them."""
        if not self._running or time.monotonic() < self._watched + limits.EVERY:
            return []
        over: list[Over] = []
        listed = limits.processes()
        for pid, run in list(self._running.items()) if listed else ():
            much = limits.exceeded(pid, run.folder, listed)
            if much:
                over.append(self._stop(pid, f"limit {much}"))
        self._watched = time.monotonic()
        return over

    def _stop(self, pid: int, how: str) -> Over:
        """Kill a chain that still runs."""
        _kill(pid)
        os.waitpid(pid, 0)
        return self._end(pid, how)

    def _end(self, pid: int, how: str) -> Over:
        """Kill what an ended chain has left running, and return what it gave."""
        _kill(pid)
        run = self._running.pop(pid)
        _kill_orphans(self._running)
        shared_memory.sweep(run.shared)
        told = run.told.close()
        trace = os.pread(run.trace.fileno(), TRACE, 0).decode("utf-8", "replace")
        run.trace.close()
        return Over(run.job, channel.FLOOD if run.told.is_flooded else how, told, trace)


def _wake_on_death() -> int:
    """Return a descriptor that can be read whenever a child has ended."""
    wake_read, wake_write = os.pipe()
    os.set_blocking(wake_read, False)
    os.set_blocking(wake_write, False)
    signal.set_wakeup_fd(wake_write)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    return wake_read


def _how(status: int) -> str:
    """Return how a process ended: `exit 0`, `signal SIGSEGV`, `signal 40` of those without name."""
    code = os.waitstatus_to_exitcode(status)
    if code >= 0:
        return f"exit {code}"
    names = {known.value: known.name for known in signal.Signals}
    return f"signal {names.get(-code, -code)}"


def _adopt_orphans() -> None:
    """Become the parent of processes that a chain leaves behind, to find them (Linux only)."""
    if kernel.IS_LINUX:
        with contextlib.suppress(OSError):
            kernel.control(kernel.PR_SET_CHILD_SUBREAPER, 1)


def _kill_orphans(running: Container[int]) -> None:
    """Kill and bury every child that is no chain's own process.

    What a chain starts stays beneath it while it lives.
    """
    listed = Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children")
    while True:
        try:
            children = [int(pid) for pid in listed.read_text().split()]
        except OSError:  # Another system, or a server in a cell, which may not look around.
            return
        strays = [pid for pid in children if pid not in running]
        for pid in strays:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        for pid in strays:
            with contextlib.suppress(ChildProcessError):
                os.waitpid(pid, 0)
        if not strays:
            return


def _kill(pid: int) -> None:
    """Kill a chain's whole process group, whatever it has started."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)


def _warm(libraries: list[str]) -> None:
    """Import libraries, and pay the cost of torch's first use once, before forking."""
    import torch
    from torch import nn

    from unrolled.run import numerics

    if numerics.is_held():
        numerics.hold()
    importlib.import_module("unrolled.run.worker")  # Children find it imported.
    torch.set_num_threads(1)
    torch.set_num_interop_threads(1)
    for layer in (nn.RNN, nn.GRU, nn.LSTM):
        layer(2, 3)(torch.ones(2, 1, 2))[0].sum().backward()
    # NumPy imports its random numbers at their first use, which would be in each child.
    for name in ("numpy.random", *libraries):
        importlib.import_module(name)
    # Else each child's first collection walks all of torch: 248 ms a chain instead of 46.
    gc.collect()
    gc.freeze()


def _preload(words: list[str], done: set[str]) -> None:
    if "matplotlib" in words and "matplotlib" not in done:
        import matplotlib.pyplot as plt

        plt.figure().savefig(os.devnull, format="svg")
        plt.close("all")
    if "optim" in words and "optim" not in done:
        import torch

        weight = torch.ones(1, requires_grad=True)
        weight.sum().backward()
        torch.optim.Adam([weight]).step()
    done.update(words)


if __name__ == "__main__":
    main()
