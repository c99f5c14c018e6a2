"""The plans of a site's pages, each made once for the same text: to plan all takes seconds.

A plan is kept as a pickle in which only our own dataclasses and enums are read, so that nothing in
it can be called.
"""

from __future__ import annotations

import dataclasses
import enum
import hashlib
import io
import pickle
from base64 import b64decode, b64encode
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from unrolled.blocks import KINDS
from unrolled.model.page import Page
from unrolled.read import plan
from unrolled.site.made import Made

OURS = "unrolled."


def read(files: Iterable[Path], root: Path, cache: Path) -> list[Page]:
    """Return the plans of pages.

    Args:
        files: The pages' files.
        root: What problems' paths are relative to.
        cache: The folder of what can be made again.
    """
    made = Made(cache)
    return [_page(file, root, made) for file in files]


def _page(file: Path, root: Path, made: Made) -> Page:
    content = file.read_bytes()
    of = (str(root), str(file), hashlib.sha256(content).hexdigest())
    kept = made.value("plan", of, lambda: _written(plan.of_file(file, content, root, KINDS)))
    return _page_of(kept) or plan.of_file(file, content, root, KINDS)


def _written(page: Page) -> str:
    stream = io.BytesIO()
    _Writer(stream, pickle.HIGHEST_PROTOCOL).dump(page)
    return b64encode(stream.getvalue()).decode()


def _page_of(kept: str) -> Page | None:
    """Return the page that was written; None where it is none."""
    try:
        read = _Reader(io.BytesIO(b64decode(kept))).load()
    except (pickle.UnpicklingError, ValueError, TypeError, AttributeError, EOFError, KeyError):
        return None
    return read if isinstance(read, Page) else None


class _Writer(pickle.Pickler):
    """Writes enums by their values: some releases of Python write a call of `getattr` instead."""

    def reducer_override(self, obj: object) -> Any:
        """Return how to make a member of an enum again."""
        return (type(obj), (obj.value,)) if isinstance(obj, enum.Enum) else NotImplemented


class _Reader(pickle.Unpickler):
    """Reads our own values, and nothing else."""

    def find_class(self, module_name: str, global_name: str) -> type:
        """Return one of our dataclasses or enums.

        Raises:
            pickle.UnpicklingError: It is none.
        """
        found = super().find_class(module_name, global_name) if module_name.startswith(OURS) else 0
        if isinstance(found, type) and (
            dataclasses.is_dataclass(found) or issubclass(found, enum.Enum)
        ):
            return found
        raise pickle.UnpicklingError(f"{module_name}.{global_name} is no part of a plan")
