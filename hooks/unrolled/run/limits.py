"""What a chain may take of the machine.

By the kernel's limits of a process, and by a watch over all that it has started.
"""

from __future__ import annotations

import contextlib
import os
import resource
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

MEMORY = 8 << 30
"""Bytes of private memory a process may take, and a chain with all that it starts."""
FILE_SIZE = 256 << 20
"""Bytes a chain may write into one file."""
DISK = 2 << 30
"""Bytes it may write altogether."""
OPEN_FILES = 1024
PROCESSES = 100
"""How many a chain may have at once."""
FILES = 20_000
"""How many files and folders it may make."""
EVERY = 0.5
"""Seconds between two looks at what chains take."""
PAGE = resource.getpagesize()


def limit() -> None:
    """Set the kernel's limits for this process, which it cannot raise again."""
    _limit(resource.RLIMIT_DATA, MEMORY)
    _limit(resource.RLIMIT_FSIZE, FILE_SIZE)
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_NOFILE, OPEN_FILES)


def _limit(kind: int, most: int) -> None:
    _, hard = resource.getrlimit(kind)
    most = most if hard == resource.RLIM_INFINITY else min(most, hard)
    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(kind, (most, most))


def memory() -> int:
    """Return how many bytes a chain may take on this machine."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        return min(MEMORY, os.sysconf("SC_PHYS_PAGES") * PAGE * 3 // 4)
    return MEMORY


@dataclass(frozen=True)
class Process:
    """A process as the kernel lists it."""

    pid: int
    parent: int
    resident: int
    """Bytes of memory, what it shares with others included."""


def processes() -> list[Process]:
    """Return all processes (Linux; elsewhere none)."""
    found: list[Process] = []
    names: list[str] = []
    with contextlib.suppress(OSError):  # Another system, or a cell, which may not look around.
        names = os.listdir("/proc")  # noqa: PTH208 - names alone, and at once
    for name in names:
        if name.isdigit():
            with contextlib.suppress(OSError, ValueError, IndexError):
                text = Path(f"/proc/{name}/stat").read_text("utf-8", "replace")
                fields = text.rpartition(")")[2].split()
                found.append(Process(int(name), int(fields[1]), int(fields[21]) * PAGE))
    return found


def family(pid: int, among: Iterable[Process]) -> list[Process]:
    """Return a process and all that descend from it."""
    children: dict[int, list[Process]] = {}
    found: list[Process] = []
    for process in among:
        children.setdefault(process.parent, []).append(process)
        if process.pid == pid:
            found.append(process)
    for process in found:  # It grows while it is walked.
        found += children.get(process.pid, [])
    return found


def exceeded(pid: int, folder: Path, among: Iterable[Process]) -> str:
    """Return in words what a chain takes too much of; empty when nothing."""
    own = family(pid, among)
    if len(own) > PROCESSES:
        return f"more than {PROCESSES} processes"
    if sum(process.resident for process in own) > memory() and _private(own) > memory():
        return f"more than {memory() / (1 << 30):.0f} GiB of memory"
    return _written(folder)


def _private(own: Iterable[Process]) -> int:
    """Return the bytes of memory, what is shared among processes counted once."""
    total = 0
    for process in own:
        with contextlib.suppress(OSError, ValueError, StopIteration):
            lines = Path(f"/proc/{process.pid}/smaps_rollup").read_text().splitlines()
            total += next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) << 10
    return total


def _written(folder: Path) -> str:
    """Return in words whether too much lies in a folder, as far as it can be looked at."""
    count = size = 0
    left = [str(folder)]
    while left:
        with contextlib.suppress(OSError), os.scandir(left.pop()) as entries:
            for entry in entries:
                count += 1
                if count > FILES:
                    return f"more than {FILES} files"
                if entry.is_dir(follow_symlinks=False):
                    left.append(entry.path)
                else:
                    size += entry.stat(follow_symlinks=False).st_blocks * 512
    return f"more than {DISK >> 30} GiB of disk" if size > DISK else ""
