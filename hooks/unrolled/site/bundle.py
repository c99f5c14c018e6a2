"""Fewer scripts to load: what all elements share in one, and what every question needs in another.

The modules keep their sources apart. What is shipped of these is joined: a module's names stay as
they are, and others import them from where they are now.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping

JOINED = {"base.js": "element.js", "core.js": "question.js"}
"""Scripts, each by the module that it holds, with what this imports that no earlier one has."""
IMPORT = re.compile(
    r"^import\s+(?:(?P<names>\{[^}]*\}|\*\s+as\s+\w+)\s+from\s+)?\"(?P<path>[^\"]+)\";$",
    re.MULTILINE,
)
EXPORT = re.compile(
    r"^export\s+(?=(?:async\s+)?(?:const|let|class|function\*?)\s+(\w+))", re.MULTILINE
)
LEFT = re.compile(r"^(?:import|export)\b.*", re.MULTILINE)
"""What none of these forms is."""
RENAMED = re.compile(r"^import\s+\{[^}]*\bas\b.*", re.MULTILINE)
"""An import under another name."""
NAME = re.compile(
    r"^(?:export\s+)?(?:async\s+)?(?:const|let|class|function\*?)\s+(\w+)", re.MULTILINE
)
"""A name that a module gives to something of its own."""


def joined(modules: Mapping[str, str]) -> dict[str, str]:
    """Return modules, given by their paths, with some of them joined.

    The paths of those stay, and lead on: what is loaded when it is asked for names them.

    Raises:
        ValueError: Two modules to be joined give one name, or one imports or exports in a way that
            this does not know.
    """
    homes: dict[str, str] = {}
    for script, first in JOINED.items():
        for path in _with_imports(first, modules):
            homes.setdefault(path, script)
    made = {path: _redirected(path, text, homes) for path, text in modules.items()}
    for path, script in homes.items():
        made[path] = f'export {{ {", ".join(EXPORT.findall(modules[path]))} }} from "./{script}";\n'
    for script in JOINED:
        made[script] = _script(script, modules, homes)
    return made


def _with_imports(path: str, modules: Mapping[str, str]) -> Iterator[str]:
    """Yield a module's path, after those of all that it imports."""
    seen: set[str] = set()

    def walk(at: str) -> Iterator[str]:
        if at in seen or at not in modules:
            return
        seen.add(at)
        for found in IMPORT.finditer(modules[at]):
            yield from walk(resolved(at, found["path"]))
        yield at

    return walk(path)


def resolved(path: str, other: str) -> str:
    """Return the path of what a module names."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), other))


def _script(script: str, modules: Mapping[str, str], homes: Mapping[str, str]) -> str:
    """Return what the modules of a script say, one after the other."""
    paths = [path for path in homes if homes[path] == script]
    _hold_apart(paths, modules)
    bodies: list[str] = []
    for path in paths:
        body = EXPORT.sub("", IMPORT.sub("", modules[path]))
        unknown = LEFT.search(body) or RENAMED.search(modules[path])
        if unknown:
            raise ValueError(f"{path} says what cannot be joined: {unknown[0]}")
        bodies.append(body)
    imports = dict.fromkeys(_imports(script, paths, modules, homes))
    names = ", ".join(name for path in paths for name in EXPORT.findall(modules[path]))
    return "".join([*imports, *bodies, f"export {{ {names} }};\n"])


def _hold_apart(paths: Iterable[str], modules: Mapping[str, str]) -> None:
    """Raise where two modules give the same name to something."""
    giver: dict[str, str] = {}
    for path in paths:
        for name in NAME.findall(modules[path]):
            other = giver.setdefault(name, path)
            if other != path:
                raise ValueError(f"{path} and {other} both name something '{name}'")


def _imports(
    script: str, paths: Iterable[str], modules: Mapping[str, str], homes: Mapping[str, str]
) -> Iterator[str]:
    """Yield what a script imports of others, name by name.

    What imports a module whole gets its script whole, be it this one: it has the same names.
    """
    for path in paths:
        for found in IMPORT.finditer(modules[path]):
            home, names = homes[resolved(path, found["path"])], found["names"] or ""
            if names.startswith("*"):
                yield f'import {names} from "./{home}";\n'
            elif home != script:
                yield from (
                    f'import {{ {n} }} from "./{home}";\n' for n in re.findall(r"\w+", names)
                )


def _redirected(path: str, text: str, homes: Mapping[str, str]) -> str:
    """Return a module that imports from the scripts what is in them."""

    def redirected(found: re.Match[str]) -> str:
        home = homes.get(resolved(path, found["path"]))
        if not home:
            return found[0]
        way = posixpath.relpath(home, posixpath.dirname(path) or ".")
        way = way if way.startswith(".") else f"./{way}"
        return found[0].replace(f'"{found["path"]}"', f'"{way}"')

    return IMPORT.sub(redirected, text)
