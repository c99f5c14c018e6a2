"""What a parser says is wrong, in words that do not differ from run to run."""

from __future__ import annotations

DEEP = "it is nested too deeply"


def words(error: Exception) -> str:
    """Return what is wrong."""
    if isinstance(error, RecursionError | MemoryError):
        # What Python says of these depends on how deep its own calls were.
        return DEEP
    said: object = getattr(error, "problem", None) or getattr(error, "msg", None) or error
    return str(said)
