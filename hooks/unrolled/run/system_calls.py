"""What Landlock does not cover, refused by a filter of system calls (seccomp).

- A file's mode, owner and times can be changed through any path: such calls do nothing and say
  that they have done it, since copying a file makes them.
- Sockets other than those between processes of this machine; other processes' limits and
  priorities; the kernel's keys, queues and settings.

Only filters for processors whose numbers are below are made; elsewhere Landlock stands alone.
"""

from __future__ import annotations

import ctypes
import errno
import functools

from unrolled.run import kernel

SECCOMP = {"x86_64": 317, "aarch64": 277}
"""The number of the system call that sets a filter."""
SET_MODE_FILTER = 1
SPEC_ALLOW = 4
"""Old kernels slow a filtered process down unless told not to."""
ARCHITECTURE = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
OTHER_NUMBERS = 0x40000000
"""On x86-64, numbers from here on are those of another interface to the same calls."""

PRETENDED = {
    "x86_64": (90, 91, 92, 93, 94, 132, 235, 260, 261, 268, 280, 452),
    "aarch64": (52, 53, 54, 55, 88, 452),
}
"""chmod, chown, utime and their kin."""

_BOTH = (425, *range(428, 434), 438, 440, 442, 443, 447, 463, 466, 469)
"""io_uring_setup, the newer ways to mount, pidfd_getfd, process_madvise, quotactl_fd, memfd_secret,
setxattrat, removexattrat, file_setattr: their numbers are the same everywhere."""
# In this order: ptrace, process_vm_readv and _writev, kcmp, mount, umount, pivot_root, chroot,
# setns, unshare, reboot, swapon, swapoff, init_module, finit_module, delete_module, kexec_load,
# kexec_file_load, bpf, perf_event_open, userfaultfd, open_by_handle_at, add_key, request_key,
# keyctl, settimeofday, clock_settime, clock_adjtime, adjtimex, sethostname, setdomainname, syslog,
# acct, quotactl, setxattr, lsetxattr, fsetxattr, removexattr, lremovexattr, fremovexattr, mq_open,
# msgget, semget, shmget, ioprio_set, fanotify_init, migrate_pages, move_pages, memfd_create,
# vhangup; on x86-64 iopl and ioperm.
REFUSED = {
    "x86_64": (
        *(101, 310, 311, 312, 165, 166, 155, 161, 308, 272, 169, 167, 168, 175, 313, 176, 246),
        *(320, 321, 298, 323, 304, 248, 249, 250, 164, 227, 305, 159, 170, 171, 103, 163, 179),
        *(188, 189, 190, 197, 198, 199, 240, 68, 64, 29, 251, 300, 256, 279, 319, 153, 172, 173),
    ),
    "aarch64": (
        *(117, 270, 271, 272, 40, 39, 41, 51, 268, 97, 142, 224, 225, 105, 273, 106, 104),
        *(294, 280, 241, 282, 265, 217, 218, 219, 170, 112, 266, 171, 161, 162, 116, 89, 60),
        *(5, 6, 7, 14, 15, 16, 180, 186, 190, 194, 30, 262, 238, 239, 279, 58),
    ),
}
CLONE3 = 435
"""Its flags lie in memory, where no filter looks; without it, the C library uses `clone`."""
CLONE = {"x86_64": 56, "aarch64": 220}
NEW_NAMESPACES = 0x7E020000
SOCKET = {"x86_64": 41, "aarch64": 198}
LOCAL_SOCKETS = 1
FIRST_MUST_BE_ZERO = {"x86_64": (302, 203, 142, 144, 314), "aarch64": (261, 122, 118, 119, 274)}
"""prlimit64, sched_setaffinity, _setparam, _setscheduler, _setattr: 0 stands for the caller."""
SET_PRIORITY = {"x86_64": 141, "aarch64": 140}

LOAD, EQUAL, ANY_BIT, AT_LEAST, RETURN = 0x20, 0x15, 0x45, 0x35, 0x06
NUMBER, ARCH, FIRST, SECOND = 0, 4, 16, 24
"""Offsets in what a filter sees of a call."""
ALLOW = 0x7FFF0000
REFUSE = 0x00050000
"""With the number of an error in the lower bits; 0 says that all went well."""

Instruction = tuple[int, int, int, int]
"""Code, how many to skip if so, how many if not, operand."""


class _Instruction(ctypes.Structure):
    _fields_ = [
        ("code", ctypes.c_uint16),
        ("so", ctypes.c_uint8),
        ("otherwise", ctypes.c_uint8),
        ("operand", ctypes.c_uint32),
    ]


class _Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_uint16), ("first", ctypes.POINTER(_Instruction))]


def has_filter() -> bool:
    """Return whether a filter can be made for this processor."""
    return kernel.IS_LINUX and kernel.machine() in SECCOMP


def restrict() -> None:
    """Set the filter, in this process and in what it starts.

    Raises:
        SystemCallError: The kernel refuses.
    """
    program = _program(kernel.machine())
    kernel.call(
        SECCOMP[kernel.machine()],
        ctypes.c_uint(SET_MODE_FILTER),
        ctypes.c_uint(SPEC_ALLOW),
        ctypes.byref(program),
    )


@functools.cache
def _program(machine: str) -> _Program:
    lines = _instructions(machine)
    array = (_Instruction * len(lines))(*(_Instruction(*line) for line in lines))
    return _Program(len(lines), array)


def _instructions(machine: str) -> list[Instruction]:
    refused, unknown = REFUSE | errno.EPERM, REFUSE | errno.ENOSYS
    lines: list[Instruction] = [
        (LOAD, 0, 0, ARCH),
        (EQUAL, 1, 0, ARCHITECTURE[machine]),
        (RETURN, 0, 0, refused),
        (LOAD, 0, 0, NUMBER),
    ]
    if machine == "x86_64":
        lines += [(AT_LEAST, 0, 1, OTHER_NUMBERS), (RETURN, 0, 0, refused)]
    for numbers, answer in (
        (PRETENDED[machine], REFUSE),
        ((*REFUSED[machine], *_BOTH), refused),
        ((CLONE3,), unknown),
    ):
        for number in numbers:
            lines += [(EQUAL, 0, 1, number), (RETURN, 0, 0, answer)]
    lines += _unless(CLONE[machine], (ANY_BIT, 0, 1, NEW_NAMESPACES), refused)
    lines += _unless(SOCKET[machine], (EQUAL, 1, 0, LOCAL_SOCKETS), refused)
    for number in FIRST_MUST_BE_ZERO[machine]:
        lines += _unless(number, (EQUAL, 1, 0, 0), refused)
    lines += _unless(SET_PRIORITY[machine], (EQUAL, 1, 0, 0), refused, keeps=True)
    lines += _unless(SET_PRIORITY[machine], (EQUAL, 1, 0, 0), refused, argument=SECOND)
    return [*lines, (RETURN, 0, 0, ALLOW)]


def _unless(
    number: int, test: Instruction, answer: int, *, argument: int = FIRST, keeps: bool = False
) -> list[Instruction]:
    """Return a refusal of a call whose argument the test does not skip.

    Args:
        number: The call's.
        test: Skips one instruction where the argument is harmless.
        answer: What a refused call gives.
        argument: Where the argument lies.
        keeps: Whether more is asked of the call afterwards.
    """
    after: Instruction = (LOAD, 0, 0, NUMBER) if keeps else (RETURN, 0, 0, ALLOW)
    return [(EQUAL, 0, 4, number), (LOAD, 0, 0, argument), test, (RETURN, 0, 0, answer), after]
