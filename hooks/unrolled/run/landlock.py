"""Landlock: a process gives up rights over files, networks and other processes, for good.

The kernel's own documentation, `userspace-api/landlock`, names what is used here. No privilege is
needed, and what a confined process starts is confined with it.
"""

from __future__ import annotations

import ctypes
import functools
import os
import stat
from collections.abc import Iterable
from pathlib import Path

from unrolled.run import kernel

CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446
VERSION = 1
PATH_BENEATH = 1

EXECUTE, WRITE_FILE, READ_FILE, READ_DIR = 1 << 0, 1 << 1, 1 << 2, 1 << 3
TRUNCATE = 1 << 14
IOCTL_DEV = 1 << 15
REMOVE_FILE, MAKE_FILE = 1 << 5, 1 << 8
READ = EXECUTE | READ_FILE | READ_DIR
OF_FILES = EXECUTE | WRITE_FILE | READ_FILE | TRUNCATE | IOCTL_DEV
"""The rights that a rule for something other than a folder may name."""
KNOWN_FILES = ((1, 13), (2, 14), (3, 15), (5, 16))
"""From which version on how many rights over files are known."""
TCP_SINCE, TCP = 4, 0b11
"""Binding and connecting."""
SCOPES_SINCE, SCOPES = 6, 0b11
"""Abstract Unix sockets, and signals, of processes outside."""


class _Ruleset(ctypes.Structure):
    _fields_ = [
        ("files", ctypes.c_uint64),
        ("network", ctypes.c_uint64),
        ("scopes", ctypes.c_uint64),
    ]


class _Beneath(ctypes.Structure):
    _pack_ = 1
    _layout_ = "ms"
    _fields_ = [("allowed", ctypes.c_uint64), ("parent", ctypes.c_int32)]


@functools.cache
def version() -> int:
    """Return which version of Landlock this system has; 0 for none."""
    if not kernel.IS_LINUX:
        return 0
    try:
        return kernel.call(CREATE_RULESET, None, ctypes.c_size_t(0), ctypes.c_uint32(VERSION))
    except OSError:
        return 0


def confine(
    *,
    read: Iterable[str | Path],
    write: Iterable[str | Path],
    shared: Iterable[str],
    devices: Iterable[str],
) -> None:
    """Give up all rights but these, in this process and in what it starts.

    Needs PR_SET_NO_NEW_PRIVS. What does not exist is left out.

    Args:
        read: Files and folders to read and execute.
        write: Folders in which everything may be done.
        shared: Folders in which files may be made, used and removed.
        devices: Files to read and write.

    Raises:
        SystemCallError: The kernel refuses.
    """
    known = version()
    files = (1 << max(count for since, count in KNOWN_FILES if known >= since)) - 1
    asked = _Ruleset(
        files, TCP if known >= TCP_SINCE else 0, SCOPES if known >= SCOPES_SINCE else 0
    )
    size = 24 if known >= SCOPES_SINCE else 16 if known >= TCP_SINCE else 8
    rules = kernel.call(
        CREATE_RULESET, ctypes.byref(asked), ctypes.c_size_t(size), ctypes.c_uint32(0)
    )
    for path in read:
        _allow(rules, path, READ & files)
    use = (READ_FILE | WRITE_FILE | TRUNCATE) & files
    for path in devices:
        _allow(rules, path, use | IOCTL_DEV & files)
    for path in shared:
        _allow(rules, path, use | REMOVE_FILE | MAKE_FILE)
    for path in write:
        _allow(rules, path, files)
    kernel.call(RESTRICT_SELF, ctypes.c_int(rules), ctypes.c_uint32(0))
    os.close(rules)


def _allow(rules: int, path: str | Path, rights: int) -> None:
    try:
        parent = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return
    if not stat.S_ISDIR(os.fstat(parent).st_mode):
        rights &= OF_FILES
    beneath = _Beneath(rights, parent)
    kernel.call(
        ADD_RULE,
        ctypes.c_int(rules),
        ctypes.c_int(PATH_BENEATH),
        ctypes.byref(beneath),
        ctypes.c_uint32(0),
    )
    os.close(parent)
