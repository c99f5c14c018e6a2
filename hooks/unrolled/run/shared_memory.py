"""Memory that processes share by name, under `/dev/shm`: what a chain leaves there is removed.

Chains may make such files, since PyTorch's loaders need them, and no rule tells one chain's from
another's.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

from unrolled.run.confinement import SHARED


def names() -> frozenset[str]:
    """Return what is there now."""
    with contextlib.suppress(OSError):
        return frozenset(os.listdir(SHARED))  # noqa: PTH208 - names are all that is asked for
    return frozenset()


def sweep(before: frozenset[str]) -> None:
    """Remove what has appeared since, is ours, and is open in no process."""
    new = [Path(SHARED) / name for name in names() - before]
    if not new:
        return
    used = set(_used())
    for file in new:
        with contextlib.suppress(OSError):
            found = file.lstat()
            if found.st_uid == os.getuid() and str(file) not in used:
                file.unlink()


def _used() -> Iterator[str]:
    """Yield the files under `/dev/shm` that processes have open or mapped."""
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            for line in (process / "maps").read_text("utf-8", "replace").splitlines():
                if SHARED in line:
                    yield line[line.index(SHARED) :]
        with contextlib.suppress(OSError):
            for descriptor in (process / "fd").iterdir():
                with contextlib.suppress(OSError):
                    yield str(descriptor.readlink())
