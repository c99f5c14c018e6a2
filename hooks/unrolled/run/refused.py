"""What cells cannot have, since nobody sits before them and they run alone.

An answer to a question, a notebook, a debugger, the network.
"""

from __future__ import annotations

import builtins
import getpass
import inspect
import socket
import sys
from collections.abc import Callable
from typing import Any, NoReturn

from unrolled.model import filename


class Refused(Exception):  # noqa: N818 - readers never see it
    """Raised in place of what cannot be had; says what to write instead."""

    def __init__(self, fact: str, remedy: str) -> None:
        """State what the cell asks for, and what to do."""
        super().__init__(fact)
        self.remedy = remedy


class _NoAnswerError(Refused, EOFError):
    """What `input()` raises where its input has ended is an EOFError, here too."""


class _NoNetworkError(Refused, OSError):
    """What Python raises where a computer is not connected is an OSError."""


class _NoNotebookError(Refused, NameError):
    """What Python raises where there is no notebook is a NameError."""


def install(names: dict[str, Any]) -> None:
    """Put, in place of what cannot be had, functions that say so.

    Args:
        names: The namespace of the cells.
    """
    import IPython
    from IPython.core import getipython

    answer = "Write the value that a reader would type: name = 'Ada'"
    builtins.input = _refusing(
        _NoAnswerError, "input() asks for a line, and nobody is there to type it", answer
    )
    getpass.getpass = _refusing(
        _NoAnswerError, "getpass() asks for a line, and nobody is there to type it", answer
    )
    sys.breakpointhook = nobody("breakpoint")
    sys.addaudithook(_refuse_network)
    names["get_ipython"] = _get_ipython
    for module in (IPython, getipython):
        setattr(module, _get_ipython.__name__.strip("_"), _get_ipython)


def _get_ipython() -> None:
    """Refuse cells; libraries ask only whether this is a notebook, and are told that it is none."""
    frame = inspect.currentframe()
    caller = frame and frame.f_back
    if caller and filename.is_cell(caller.f_code.co_filename):
        raise _NoNotebookError(
            "get_ipython() gives a notebook's shell, and cells run without one",
            "Write plain Python: a function in place of a magic, or subprocess.run",
        )


def nobody(name: str) -> Callable[..., Any]:
    """Return a function that says that what it is called waits for a person."""
    return _refusing(
        Refused, f"{name}() waits for a person, and nobody is there", "Delete the call"
    )


def _refuse_network(event: str, args: tuple[Any, ...]) -> None:
    """Say that there is no network where a cell looks up an address or opens a connection."""
    if event == "socket.getaddrinfo":
        host = args[0].decode("utf-8", "replace") if isinstance(args[0], bytes) else args[0]
        wants = f"asks for '{host}'"
    elif event == "socket.__new__" and args[1] in (socket.AF_INET, socket.AF_INET6):
        wants = "opens a connection"
    else:
        return
    raise _NoNetworkError(
        f"the cell {wants}, and cells reach no network",
        'Put the data beneath the pages\' folder, or show the cell with notest reason="…"',
    )


def _refusing(kind: Callable[[str, str], Refused], fact: str, remedy: str) -> Callable[..., Any]:
    def refuse(*_: Any, **__: Any) -> NoReturn:
        raise kind(fact, remedy)

    return refuse
