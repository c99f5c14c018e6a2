"""What a parser says is wrong, in words that do not differ from run to run."""

from __future__ import annotations

DEEP = "it is nested too deeply"


TOO_DEEP = (RecursionError, MemoryError)
"""What Python raises for such code, by how deep its own calls were."""


def words(error: Exception) -> str:
    """Return what is wrong."""
    if isinstance(error, TOO_DEEP):
        return DEEP
    said: object = getattr(error, "problem", None) or getattr(error, "msg", None) or error
    return str(said)
