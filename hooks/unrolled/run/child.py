"""What the fork server's child does to become a chain's own process."""

from __future__ import annotations

import contextlib
import fcntl
import os
import signal
import tempfile
from pathlib import Path
from typing import Any

from unrolled.run import confinement, folders, kernel, limits
from unrolled.run.channel import HIGH, Teller

OPEN_BY_SERVER = 4096
"""No descriptor of the server's is as high."""


def become(job: dict[str, Any], channel: int, trace: int, server: int) -> None:
    """Run a chain in this process, and end it.

    Args:
        job: The chain, as `jobs` describes it.
        channel: The descriptor on which to tell what its cells gave.
        trace: That of the file in which to leave tracebacks.
        server: The process that forked this one.
    """
    status = 1
    teller: Teller | None = None
    try:
        _detach(server)
        teller, trace = _close_all_but(channel, trace)
        limits.limit()
        folder = Path(job["folder"])
        work = folder / "work"
        os.chdir(work)
        passing = folder / "tmp"
        passing.mkdir()
        os.environ.update(HOME=str(work), TMPDIR=str(passing))
        # The server may have settled on a folder that this process cannot write.
        os.environ["TORCHINDUCTOR_CACHE_DIR"] = str(passing / "inductor")
        os.environ.pop(folders.MARK, None)
        tempfile.tempdir = None  # What the server imported may have asked for it already.
        from unrolled.run import worker

        confinement.confine(folder, job["readable"])
        worker.run(job, folder, teller.tell, os.fdopen(trace, "w"))
        status = 0
    except BaseException as error:  # noqa: BLE001 - the builder must hear of it, whatever it is
        if teller:
            teller.tell("fault", f"{type(error).__name__}: {error}")
    finally:
        os._exit(status)


def _detach(server: int) -> None:
    """Leave the server's session and handlers, and die when the server does."""
    os.setsid()
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if kernel.IS_LINUX:
        with contextlib.suppress(OSError):
            kernel.control(kernel.PR_SET_PDEATHSIG, signal.SIGKILL)
            # Whatever a cell starts stays beneath this process, where it is counted and killed.
            kernel.control(kernel.PR_SET_CHILD_SUBREAPER, 1)
        if os.getppid() != server:
            os._exit(1)


def _close_all_but(channel: int, trace: int) -> tuple[Teller, int]:
    """Close what the server has open, and read nothing from standard input."""
    teller = Teller(channel)
    high = fcntl.fcntl(trace, fcntl.F_DUPFD_CLOEXEC, HIGH)
    null = os.open(os.devnull, os.O_RDONLY)
    os.dup2(null, 0)
    os.closerange(3, HIGH)
    os.closerange(HIGH + 2, OPEN_BY_SERVER)
    return teller, high
