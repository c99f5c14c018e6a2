"""What one process does for all.

Pytest's workers are processes that share a folder and nothing else.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest


@contextlib.contextmanager
def locked(file: Path) -> Iterator[None]:
    """Hold a lock that all processes know by its file, which is made where there is none."""
    with file.open("a") as stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        yield


def once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """Return a folder that is made once a session, whichever worker comes first.

    The others wait for it.

    Args:
        factory: Of pytest; the folders of its workers lie side by side.
        name: What the folder is called.
        make: Makes it. Where it fails, it fails for all.
    """
    base = factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base).resolve() / name
    failed = folder.with_suffix(".failed")
    with locked(folder.with_suffix(".lock")):
        if failed.exists():
            raise RuntimeError(failed.read_text("utf-8"))
        if not folder.exists():
            try:
                make(folder)
            except BaseException as error:
                failed.write_text(str(error), "utf-8")
                raise
    return folder
