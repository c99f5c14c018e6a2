"""Linux by number: the system calls and constants that Python does not name."""

from __future__ import annotations

import ctypes
import functools
import os
import platform
import sys

PR_SET_PDEATHSIG = 1
PR_CAPBSET_DROP = 24
PR_SET_CHILD_SUBREAPER = 36
PR_SET_NO_NEW_PRIVS = 38
IS_LINUX = sys.platform == "linux"


class SystemCallError(OSError):
    """The kernel refuses what was asked, or does not know it."""


@functools.cache
def library() -> ctypes.CDLL:
    """Return the C library, loaded once: a chain's process calls it right after the fork."""
    return ctypes.CDLL(None, use_errno=True)


def machine() -> str:
    """Return the architecture as the kernel calls it."""
    return platform.machine()


def call(number: int, *arguments: object) -> int:
    """Make a system call and return what it gives.

    Raises:
        SystemCallError: It fails.
    """
    found = library().syscall(ctypes.c_long(number), *arguments)
    if found < 0:
        code = ctypes.get_errno()
        raise SystemCallError(code, os.strerror(code))
    return found


def control(option: int, *arguments: int) -> None:
    """Call `prctl`.

    Raises:
        SystemCallError: It fails.
    """
    padded = [*arguments, 0, 0, 0, 0][:4]
    if library().prctl(option, *(ctypes.c_ulong(value) for value in padded)) < 0:
        code = ctypes.get_errno()
        raise SystemCallError(code, os.strerror(code))
