"""The folders that sessions work in: made, removed whatever is in them, and swept after a crash.

A session holds a lock on its folder as long as its builder lives; a folder that nobody holds is
left over from a build that was killed.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

PREFIX = "unrolled-cells-"
MARK = "UNROLLED_SESSION"
"""The variable by which a process that outlived its session is known; cells do not see it."""


def make() -> tuple[Path, int]:
    """Return a new folder and the descriptor that holds it."""
    while True:
        folder = Path(tempfile.mkdtemp(prefix=PREFIX)).resolve()
        held = hold(folder)
        if held is not None:
            return folder, held


def hold(folder: Path) -> int | None:
    """Return a descriptor that holds a folder of ours; None when it is gone or held by another."""
    try:
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
    except OSError:
        return None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        found = os.fstat(descriptor)
        if found.st_uid == os.getuid() and os.path.samestat(found, folder.lstat()):
            return descriptor
    except OSError:
        pass
    os.close(descriptor)
    return None


def sweep() -> None:
    """Remove what killed builds left: their processes, then their folders."""
    for folder in Path(tempfile.gettempdir()).resolve().glob(f"{PREFIX}*"):
        held = hold(folder)
        if held is not None:
            kill_all(folder)
            remove(folder)
            os.close(held)


def remove(folder: Path) -> None:
    """Remove a folder, whatever a cell has done to what is in it."""
    with contextlib.suppress(RecursionError):
        shutil.rmtree(folder, ignore_errors=True)
    # What is deeper than Python goes, or closed to its owner.
    for command in (["chmod", "-R", "u+rwx"], ["rm", "-rf"]):
        if folder.exists():
            with contextlib.suppress(OSError):
                subprocess.run([*command, "--", str(folder)], stderr=subprocess.DEVNULL)


def kill_all(folder: Path) -> None:
    """Kill the processes of a session, where the system lists processes (Linux)."""
    for _ in range(20):
        found = [pid for pid in _processes() if _belongs(pid, folder)]
        for pid in found:
            with contextlib.suppress(OSError):
                os.kill(pid, signal.SIGKILL)
        if not found:
            return


def _processes() -> Iterator[int]:
    names: list[str] = []
    with contextlib.suppress(OSError):  # Another system, or a cell, which may not look around.
        names = os.listdir("/proc")  # noqa: PTH208 - names alone, and at once
    return (int(name) for name in names if name.isdigit() and int(name) != os.getpid())


def _belongs(pid: int, folder: Path) -> bool:
    process = Path("/proc") / str(pid)
    with contextlib.suppress(OSError, IndexError):
        if (process / "stat").read_text("utf-8", "replace").rpartition(")")[2].split()[0] in "ZX":
            return False
        if process.joinpath("cwd").readlink().is_relative_to(folder):
            return True
    with contextlib.suppress(OSError):
        return f"{MARK}={folder}".encode() in (process / "environ").read_bytes().split(b"\0")
    return False
