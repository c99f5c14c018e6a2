"""The house.

No modules that import each other, arrows that point down only, and kinds of block that nothing
outside names.
"""

from __future__ import annotations

import ast
import functools
from collections.abc import Iterator
from pathlib import Path

from support.paths import PACKAGE

LAYERS = (
    ("", "__main__", "api"),
    ("cli", "testing", "theme"),
    ("site",),
    ("render",),
    ("prove",),
    ("blocks",),
    ("read",),
    ("run",),
    ("model",),
)
"""From the top; the first name of a module's path in the package says where it is. The package
itself stands above all."""
OWN_KINDS = {"site.shared"}
"""Modules outside `blocks` that name kinds of block all the same."""


def name_of(file: Path) -> str:
    """Return a module's name within the package: `blocks.question.item`.

    Of a package's `__init__`, the package's.
    """
    parts = file.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@functools.cache
def modules() -> dict[str, Path]:
    """Return all modules of the package, by their names within it."""
    return {name_of(file): file for file in sorted(PACKAGE.rglob("*.py"))}


def named(node: ast.AST) -> Iterator[str]:
    """Yield the full names that an import gives: for `from a import b` both `a` and `a.b`."""
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        assert not node.level, "imports say the whole name"
        for alias in node.names:
            full = f"{node.module}.{alias.name}"
            yield full if full.removeprefix("unrolled.") in modules() else str(node.module)


@functools.cache
def imports() -> dict[str, dict[str, int]]:
    """Return which modules of the package each of them imports, with the line.

    Wherever it does, for types alone too.
    """
    found: dict[str, dict[str, int]] = {}
    for name, file in modules().items():
        found[name] = {}
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            for full in named(node):
                inside = full.removeprefix("unrolled").removeprefix(".")
                if full.split(".")[0] == "unrolled" and inside in modules():
                    found[name].setdefault(inside, getattr(node, "lineno", 0))
    return found


def place(name: str, other: str) -> str:
    """Return where a module imports another, for people."""
    return (
        f"{modules()[name].relative_to(PACKAGE.parent)}:{imports()[name][other]} imports"
        f" unrolled.{other}"
    )


def layer(name: str) -> int:
    """Return the layer of a module, from 0 at the top."""
    top = name.split(".")[0]
    (found,) = (number for number, names in enumerate(LAYERS) if top in names)
    return found


@functools.cache
def reached(start: str) -> set[str]:
    """Return all modules that one imports, itself or through others."""
    seen: set[str] = set()
    waiting = [*imports()[start]]
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            waiting += imports()[name]
    return seen


def test_the_package_is_read() -> None:
    assert len(modules()) > 80
    assert sum(map(len, imports().values())) > 300


def test_no_modules_import_each_other() -> None:
    """Neither two nor more in a circle; what is imported for types alone counts."""
    circles = [
        place(name, other)
        for name, others in imports().items()
        for other in others
        if name == other or name in reached(other)
    ]
    assert not circles, "\n".join(circles)


def test_packages_import_downwards_only() -> None:
    upwards = [
        place(name, other)
        for name, others in imports().items()
        for other in others
        if layer(other) < layer(name)
    ]
    assert not upwards, "\n".join(upwards)


def is_of_kind(name: str) -> bool:
    """Return whether a module belongs to a kind of block: those are packages within `blocks`."""
    folder = ".".join(name.split(".")[:2])
    return folder.startswith("blocks.") and modules()[folder].name == "__init__.py"


def test_a_kind_of_block_is_named_in_its_own_folder_and_in_the_list_alone() -> None:
    """Not by what all kinds share either."""
    assert sum(map(is_of_kind, modules())) > 30
    outside = [
        place(name, other)
        for name, others in imports().items()
        if name != "blocks" and name not in OWN_KINDS and not is_of_kind(name)
        for other in others
        if is_of_kind(other)
    ]
    assert not outside, "\n".join(outside)


def test_no_exception_is_left_that_is_not_needed() -> None:
    assert [name for name in OWN_KINDS if not any(map(is_of_kind, imports()[name]))] == []
