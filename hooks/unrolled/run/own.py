"""What our own code needs of Python, kept from what a cell does to it.

A cell may bind `builtins.len` or `json.dumps` anew, as it may in Jupyter. It finds what it did
again in the next cell. Between cells, our code finds all as it was.
"""

from __future__ import annotations

import base64
import builtins
import faulthandler
import json.decoder
import json.encoder
import linecache
import os
import random
import sys
import time
import traceback
from types import ModuleType
from typing import Any

MISSING = object()
MODULES: tuple[ModuleType, ...] = (
    builtins, os, os.path, json, json.encoder, json.decoder, time, traceback, linecache, base64,
    faulthandler, random,
)  # fmt: skip
PLACES: tuple[dict[str, Any], ...] = (*(module.__dict__ for module in MODULES), sys.modules)


class Theirs:
    """While it lasts, all is as the cells have left it; after it, as it was before them.

    What ends it uses no name of Python's: a cell may have taken any.
    """

    def __init__(self) -> None:
        """Begin with nothing kept, and so nothing to set aside."""
        self._kept: list[tuple[dict[str, Any], dict[str, Any]]] = []
        self._changed: list[tuple[dict[str, Any], dict[str, Any]]] = []
        self._depth = 0

    def note(self) -> None:
        """Keep what there is now, before the first cell."""
        self._kept = [(place, dict(place)) for place in PLACES]

    def __enter__(self) -> None:
        """Put back what cells have changed."""
        self._depth += 1
        if self._depth > 1:
            return
        for place, changed in self._changed:
            for name, value in changed.items():
                if value is MISSING:
                    place.pop(name, None)
                else:
                    place[name] = value

    def __exit__(self, *_: object) -> None:
        """Set aside what cells have changed."""
        self._depth -= 1
        if self._depth == 0:
            self._changed = [(place, _changed(place, kept)) for place, kept in self._kept]
            for place, kept in self._kept:
                place.update(kept)


def _changed(place: dict[str, Any], kept: dict[str, Any]) -> dict[str, Any]:
    return {
        name: place.get(name, MISSING)
        for name, value in kept.items()
        if place.get(name, MISSING) is not value
    }


THEIRS = Theirs()
"""Those of this process."""
