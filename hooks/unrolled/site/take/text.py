"""The texts of this package that are not Python."""

from __future__ import annotations

from importlib import resources


def of_package(name: str) -> str:
    """Return the text of a file of this package."""
    return resources.files("unrolled.site.take").joinpath(name).read_text("utf-8")
