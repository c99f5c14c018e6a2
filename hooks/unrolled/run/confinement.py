"""Confinement: what a chain's process may do to the machine.

It reads what Python needs, the pages' folder and its own; it writes its own folder; it reaches no
network and no process outside. Linux alone can do that without privilege.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import sys
import sysconfig
from collections.abc import Iterable, Sequence
from pathlib import Path

from unrolled.run import kernel, landlock, system_calls

SYSTEM = (
    *("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32"),
    *("/nix/store", "/gnu/store", "/run/current-system/sw"),
)
SETTINGS = (
    *("ld.so.cache", "ld.so.conf", "ld.so.conf.d", "localtime", "timezone", "passwd", "group"),
    *("nsswitch.conf", "host.conf", "hosts", "hostname", "protocols", "services", "mime.types"),
    *("fonts", "os-release", "locale.alias", "alternatives", "python3", "ssl/openssl.cnf", "magic"),
)
"""What lies in `/etc` and holds no secret."""
FACTS = (
    *("/proc/self", "/proc/cpuinfo", "/proc/meminfo", "/proc/stat", "/proc/version"),
    *("/proc/filesystems", "/proc/sys/kernel", "/proc/sys/vm", "/proc/loadavg", "/proc/uptime"),
    *("/sys/devices/system/cpu", "/sys/devices/system/node", "/sys/fs/cgroup"),
    *("/sys/kernel/mm/transparent_hugepage",),
)
DEVICES = ("/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom")
SHARED = "/dev/shm"  # noqa: S108 - where the C library puts memory that processes share
CAPABILITIES_VERSION = 0x20080522
CAPSET = {"x86_64": 126, "aarch64": 91}


class _CapabilitiesHeader(ctypes.Structure):
    _fields_ = [("version", ctypes.c_uint32), ("process", ctypes.c_int)]


def lacking() -> str:
    """Return in a line what this system cannot keep cells from; empty when it can."""
    version = landlock.version()
    remedy = "Read pages by others before you run them, or run them in a container"
    if not version:
        what = "this system has no Landlock (Linux 5.13 or newer): cells run as you"
    elif version < landlock.SCOPES_SINCE:
        what = "this system's Landlock is old (Linux before 6.12): cells can send you signals"
    else:
        return ""
    return f"{what}. {remedy}."


def confine(folder: Path, readable: Iterable[str | Path]) -> None:
    """Confine this process and what it starts, as far as the system can.

    Args:
        folder: Its own, in which it may do everything.
        readable: What it may read beside what Python needs.
    """
    if not kernel.IS_LINUX:
        return
    with contextlib.suppress(OSError):
        _drop_capabilities()
    with contextlib.suppress(OSError):
        kernel.control(kernel.PR_SET_NO_NEW_PRIVS, 1)
    if landlock.version():
        reads = [*readable, *python(), *SYSTEM, *(f"/etc/{name}" for name in SETTINGS), *FACTS]
        landlock.confine(read=reads, write=[folder], shared=[SHARED], devices=DEVICES)
        if system_calls.has_filter():
            with contextlib.suppress(OSError):
                system_calls.restrict()


def python() -> Sequence[str]:
    """Return the folders that this Python is installed in and imports from."""
    here = [sys.prefix, sys.base_prefix, sys.exec_prefix, sys.base_exec_prefix]
    here += [path for path in sysconfig.get_paths().values() if path]
    here += [path for path in sys.path if path]
    return sorted({os.path.realpath(path) for path in here} - {"/", str(Path.home())})


def _drop_capabilities() -> None:
    """Give up root's powers, where it is root: limits that it could raise are none."""
    number = CAPSET.get(kernel.machine())
    if number:
        header = _CapabilitiesHeader(CAPABILITIES_VERSION, 0)
        kernel.call(number, ctypes.byref(header), ctypes.byref((ctypes.c_uint32 * 6)()))
