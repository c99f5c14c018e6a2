"""The plugin's settings, as `mkdocs.yml` gives them."""

from __future__ import annotations

import importlib.util
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import cast

from mkdocs.exceptions import ConfigurationError

from unrolled.read.near import near

PLUGIN = "unrolled"


@dataclass(frozen=True)
class Settings:
    """What a site can decide."""

    records: str = "tests/recorded"
    """Folder of the recorded outputs, relative to `mkdocs.yml`."""
    cache: str = ".cache/unrolled"
    """Folder of what cells gave, relative to `mkdocs.yml`."""
    warm: tuple[str, ...] = ()
    """Libraries that many cells import: imported once, before the first chain runs."""


DEFAULTS = Settings()


def read(given: Mapping[str, object]) -> Settings:
    """Return the settings that a mapping gives.

    Raises:
        ConfigurationError: One of them is unknown or not of its type; the message names all that
            are.
    """
    names = [field.name for field in fields(Settings)]
    faults = [
        f"there is no setting '{name}'. {near(name, names)}" for name in given if name not in names
    ]
    values: dict[str, str | tuple[str, ...]] = {}
    for name in ("records", "cache"):
        value = given.get(name, getattr(Settings, name))
        if not isinstance(value, str) or not value or value.startswith("/"):
            faults.append(f"'{name}' is {value!r}. Give a folder, relative to mkdocs.yml")
        values[name] = str(value)
    warm = given.get("warm") or []
    libraries = cast(list[object], warm if isinstance(warm, list) else [warm])
    for library in libraries:
        if not isinstance(library, str) or not _is_installed(library):
            faults.append(
                f"'warm' names {library!r}, which is not installed. Install it, or leave it out"
            )
    values["warm"] = tuple(map(str, libraries))
    if faults:
        raise ConfigurationError(
            f"the settings of the plugin 'unrolled' are wrong: {'; '.join(faults)}"
        )
    return Settings(**values)  # type: ignore[arg-type]


def _is_installed(library: str) -> bool:
    """Return whether Python finds a library, without importing it."""
    parts = library.split(".")
    return (
        all(part.isidentifier() for part in parts)
        and importlib.util.find_spec(parts[0]) is not None
    )
