"""The fork server: a process of its own that imports torch once and forks a child for each chain.

It reads jobs from standard input, a JSON object a line, and answers on standard output, a line an
event: `{"id": 3, "event": "start"}`, `{"id": 3, "event": "end", "how": "exit 0"}`.
`multiprocessing`'s own fork server would import the caller's main module (all of MkDocs) again in
each child, and lets a child that dies take others along. When standard input closes, everything is
killed and the server ends, removing its working directory, which is the session's folder.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import importlib
import json
import os
import resource
import select
import shutil
import signal
import sys
import time
from collections import deque
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, TextIO

MEMORY = 8 << 30
"""Bytes of private memory a chain may take."""
FILE_SIZE = 256 << 20
"""Bytes a chain may write into one file."""
PR_SET_CHILD_SUBREAPER = 36
GRACE = 5.0
"""Seconds after the sum of its timeouts at which a chain is killed whatever it does."""
PRELOADED = ("matplotlib", "optim")
"""Words that, standing in a chain's code, make the server pay the cost of the library's first use
once, before forking."""


def main() -> None:
    """Serve jobs until standard input closes."""
    answers = os.fdopen(os.dup(1), "w", buffering=1)
    os.dup2(2, 1)
    _warm(sys.argv[2:])
    _adopt_orphans()
    Server(slots=int(sys.argv[1]), answers=answers).serve()
    shutil.rmtree(
        Path.cwd(), ignore_errors=True
    )  # The builder's end may have been too sudden to do it.


class Server:
    """Forks a process for each job, and says when it starts and how it ends."""

    def __init__(self, *, slots: int, answers: TextIO) -> None:
        """Run so many jobs at once, and answer on this stream."""
        self._slots = slots
        self._answers = answers
        self._waiting: deque[dict[str, Any]] = deque()
        self._running: dict[int, tuple[int, float]] = {}
        """For each process, its job and the time at which it is killed whatever it does."""
        self._preloaded: set[str] = set()
        self._pending = b""
        self._wake = _wake_on_death()

    def serve(self) -> None:
        """Work until standard input closes; then kill what still runs."""
        while True:
            self._fork()
            if not self._listen():
                break
            over = self._reap()
            if not self._running:
                _kill_orphans(())
            for job, how in over:
                self._say(job, "end", how)
        for pid in self._running:
            _kill(pid)
        _kill_orphans(())

    def _say(self, job: int, event: str, how: str = "") -> None:
        self._answers.write(json.dumps({"id": job, "event": event, "how": how}) + "\n")

    def _fork(self) -> None:
        """Start waiting jobs while there are slots."""
        while self._waiting and len(self._running) < self._slots:
            job = self._waiting.popleft()
            _preload(job["preload"], self._preloaded)
            self._say(job["id"], "start")
            pid = os.fork()
            if pid == 0:
                self._answers.close()
                _child(job)
            self._running[pid] = (job["id"], time.monotonic() + _seconds(job) + GRACE)

    def _listen(self) -> bool:
        """Wait for a job, a death or a deadline; return whether standard input is still open."""
        nearest = min((deadline for _, deadline in self._running.values()), default=None)
        timeout = None if nearest is None else max(0.0, nearest - time.monotonic())
        ready, _, _ = select.select([0, self._wake], [], [], timeout)
        if self._wake in ready:
            with contextlib.suppress(BlockingIOError):
                os.read(self._wake, 4096)
        if 0 in ready:
            data = os.read(0, 1 << 20)
            if not data:
                return False
            *lines, self._pending = (self._pending + data).split(b"\n")
            self._waiting.extend(json.loads(line) for line in lines)
        return True

    def _reap(self) -> list[tuple[int, str]]:
        """Return the jobs that are over, each with how; those past their deadline are killed."""
        over = [(self._running.pop(pid)[0], how) for pid, how in _ended(self._running)]
        for pid, (job, deadline) in list(self._running.items()):
            if time.monotonic() > deadline:
                _kill(pid)
                os.waitpid(pid, 0)
                del self._running[pid]
                over.append((job, "timeout"))
        return over


def _wake_on_death() -> int:
    """Return a descriptor that can be read whenever a child has ended."""
    wake_read, wake_write = os.pipe()
    os.set_blocking(wake_read, False)
    os.set_blocking(wake_write, False)
    signal.set_wakeup_fd(wake_write)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    return wake_read


def _seconds(job: dict[str, Any]) -> float:
    """Return how long a chain may take."""
    return sum(cell["timeout"] for cell in job["cells"]) + (
        job["task"]["timeout"] if job["task"] else 0
    )


def _ended(running: Iterable[int]) -> Iterator[tuple[int, str]]:
    """Yield each child that has ended, and how: `exit 0` or `signal SIGSEGV`."""
    for pid in list(running):
        done, status = os.waitpid(pid, os.WNOHANG)
        if done:
            _kill(pid)
            code = os.waitstatus_to_exitcode(status)
            yield pid, f"exit {code}" if code >= 0 else f"signal {signal.Signals(-code).name}"


def _adopt_orphans() -> None:
    """Become the parent of processes that a chain leaves behind, to find them (Linux only)."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1)


def _kill_orphans(running: Iterable[int]) -> None:
    """Kill and bury every child that is no chain's own process."""
    listed = Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children")
    while listed.exists():
        strays = [pid for pid in map(int, listed.read_text().split()) if pid not in running]
        for pid in strays:
            with contextlib.suppress(ProcessLookupError, ChildProcessError):
                os.kill(pid, signal.SIGKILL)
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
    for name in libraries:
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


def _child(job: dict[str, Any]) -> None:
    """Become a chain's own process; never returns."""
    status = 1
    try:
        os.setsid()
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        _limit(resource.RLIMIT_DATA, MEMORY)
        _limit(resource.RLIMIT_FSIZE, FILE_SIZE)
        _limit(resource.RLIMIT_CORE, 0)
        null = os.open(os.devnull, os.O_RDONLY)
        os.dup2(null, 0)
        folder = Path(job["folder"])
        os.chdir(folder / "work")
        os.environ.update(HOME=str(folder / "work"), TMPDIR=str(folder / "work"))
        from unrolled.run import worker

        worker.run(job, folder)
        status = 0
    except BaseException as error:  # noqa: BLE001 - the parent must hear of it, whatever it is
        (Path(job["folder"]) / "fault").write_text(f"{type(error).__name__}: {error}", "utf-8")
    finally:
        os._exit(status)


def _limit(kind: int, most: int) -> None:
    _, hard = resource.getrlimit(kind)
    most = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(kind, (most, hard))


if __name__ == "__main__":
    main()
