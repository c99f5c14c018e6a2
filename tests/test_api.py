"""The public API is whole: each name exists, is explained, and exported once; nothing else is."""

from __future__ import annotations

import ast
import inspect
import subprocess
import sys
import types
from collections.abc import Iterator
from pathlib import Path

import pytest

import unrolled
from support.paths import PACKAGE
from unrolled import api

CLASSES = [name for name in api.__all__ if isinstance(getattr(api, name), type)]


def body_of(module: types.ModuleType) -> list[ast.stmt]:
    return ast.parse(Path(str(module.__file__)).read_text("utf-8")).body


def origins() -> dict[str, str]:
    """Return the module that each name of the API comes from."""
    imported = [node for node in body_of(api) if isinstance(node, ast.ImportFrom)]
    return {alias.name: str(node.module) for node in imported for alias in node.names}


def explained(body: list[ast.stmt]) -> Iterator[tuple[str, bool]]:
    """Yield the public values that are bound there, and whether a docstring stands beneath each."""
    for node, after in zip(body, [*body[1:], ast.Pass()], strict=True):
        targets = (
            node.targets
            if isinstance(node, ast.Assign)
            else [node.target]
            if isinstance(node, ast.AnnAssign)
            else []
        )
        says = isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant)
        for target in targets:
            if isinstance(target, ast.Name) and not target.id.startswith("_"):
                yield target.id, says


def test_what_is_public_is_listed_once() -> None:
    assert sorted(set(api.__all__)) == sorted(api.__all__)
    assert set(origins()) == {name for name in vars(api) if name.isidentifier() and name[0] != "_"}
    assert set(api.__all__) == set(origins())


def test_no_two_names_are_one_thing() -> None:
    things = [getattr(api, name) for name in api.__all__]
    assert len({id(thing) for thing in things}) == len(things)


def test_the_package_itself_exports_nothing() -> None:
    """One thing has one public name, and importing the package costs nothing."""
    assert not [node for node in body_of(unrolled) if not isinstance(node, ast.Expr)]
    code = "import sys, unrolled; print([n for n in sys.modules if n.startswith('unrolled.')])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_no_other_module_says_what_is_public() -> None:
    holders = [
        file.relative_to(PACKAGE).as_posix()
        for file in sorted(PACKAGE.rglob("*.py"))
        if any(name == "__all__" for name, _ in explained_anyway(file))
    ]
    assert holders == ["api.py"]


def explained_anyway(file: Path) -> Iterator[tuple[str, bool]]:
    for node in ast.parse(file.read_text("utf-8")).body:
        if isinstance(node, ast.Assign):
            yield from ((t.id, True) for t in node.targets if isinstance(t, ast.Name))


@pytest.mark.parametrize("name", api.__all__)
def test_a_name_has_a_docstring(name: str) -> None:
    thing = getattr(api, name)
    if isinstance(thing, type) or inspect.isroutine(thing):
        text = thing.__doc__ or ""
        # Dataclasses and enums that say nothing get a docstring that says nothing.
        assert text and not text.startswith(f"{name}(")
        assert thing.__module__ == origins()[name]
    else:
        assert dict(explained(body_of(sys.modules[origins()[name]])))[name]


@pytest.mark.parametrize("name", CLASSES)
def test_a_class_explains_its_public_parts(name: str) -> None:
    """Its fields, methods and properties."""
    body = body_of(sys.modules[origins()[name]])
    (found,) = (node for node in body if isinstance(node, ast.ClassDef) and node.name == name)
    fields = [field for field, says in explained(found.body) if not says]
    routines = [
        node.name
        for node in found.body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and not node.name.startswith("_")
        and not ast.get_docstring(node)
    ]
    assert [*fields, *routines] == []
