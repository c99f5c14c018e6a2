"""Which packages a chain imported, and which distributions they come from.

What is installed is not known by the code of a cell: another version, or a package that was not
there, makes what it gave stale.
"""

from __future__ import annotations

import functools
import importlib.metadata
import importlib.util
import sys
from collections.abc import Iterable, Sequence
from importlib.machinery import ModuleSpec

_missed: set[str] = set()


class _Last:
    """A finder that finds nothing, and notes what nobody before it has found."""

    def find_spec(self, name: str, path: object = None, target: object = None) -> ModuleSpec | None:  # noqa: ARG002 - as Python calls it
        """Note a package that is not installed."""
        _missed.add(name.partition(".")[0])


def note() -> None:
    """Begin to note, in a chain's process, what is looked for in vain."""
    sys.meta_path.append(_Last())


def noted() -> list[str]:
    """Return the packages that are imported, or were looked for in vain."""
    found = {name.partition(".")[0] for name in [*sys.modules]} | _missed
    return sorted(name for name in found - set(sys.stdlib_module_names) if name.isidentifier())


def versions(packages: Iterable[str]) -> dict[str, str]:
    """Return the versions of the distributions that packages come from."""
    known = _distributions()
    names = {name for package in packages for name in known.get(package, ())}
    return {name: version(name) for name in sorted(names)}


def absent(packages: Iterable[str]) -> tuple[str, ...]:
    """Return those that cannot be imported here."""
    return tuple(package for package in packages if not is_importable(package))


@functools.cache
def version(distribution: str) -> str:
    """Return a distribution's version; empty when it is not installed."""
    try:
        return importlib.metadata.version(distribution)
    except (importlib.metadata.PackageNotFoundError, ValueError):
        return ""


@functools.cache
def is_importable(package: str) -> bool:
    """Return whether a package can be imported here."""
    try:
        return importlib.util.find_spec(package) is not None
    except (ImportError, ValueError, AttributeError):
        return False


@functools.cache
def _distributions() -> dict[str, Sequence[str]]:
    return {**importlib.metadata.packages_distributions()}
