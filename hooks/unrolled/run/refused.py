"""What cells cannot have, since nobody sits before them: an answer to a question, a notebook."""

from __future__ import annotations

import builtins
import getpass
import inspect
import sys
from collections.abc import Callable
from typing import Any, NoReturn


class Refused(Exception):  # noqa: N818 - readers never see it
    """Raised in place of what cannot be had; says what to write instead."""

    def __init__(self, fact: str, remedy: str) -> None:
        """State what the cell asks for, and what to do."""
        super().__init__(fact)
        self.remedy = remedy


class _NoAnswerError(Refused, EOFError):
    """What `input()` raises where its input has ended is an EOFError, here too."""


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
    sys.breakpointhook = _refusing(
        Refused, "breakpoint() waits for a person, and nobody is there", "Delete the call"
    )
    names["get_ipython"] = _get_ipython
    for module in (IPython, getipython):
        setattr(module, _get_ipython.__name__.strip("_"), _get_ipython)


def _get_ipython() -> None:
    """Refuse cells; libraries ask only whether this is a notebook, and are told that it is none."""
    frame = inspect.currentframe()
    caller = frame and frame.f_back
    if caller and caller.f_code.co_filename.startswith("<cell "):
        raise _NoNotebookError(
            "get_ipython() gives a notebook's shell, and cells run without one",
            "Write plain Python: a function in place of a magic, or subprocess.run",
        )


def _refusing(kind: Callable[[str, str], Refused], fact: str, remedy: str) -> Callable[..., Any]:
    def refuse(*_: Any, **__: Any) -> NoReturn:
        raise kind(fact, remedy)

    return refuse
