"""Fewer scripts to load: what all elements share in one, and what every question needs in another.

The modules keep their sources apart. What is shipped of these is joined: a module's names stay as
they are, and others import them from where they are now.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Iterable, Iterator, Mapping

DEFINITIONS = "define/"
"""Where the modules are that define elements."""
JOINED = {"base.js": "element.js", "core.js": f"{DEFINITIONS}quiz-question.js"}
"""Scripts, each by the module that it holds, with what this imports that no earlier one has."""
IMPORT = re.compile(
    r"^import\s+(?:(?P<names>\{[^}]*\}|\*\s+as\s+\w+)\s+from\s+)?\"(?P<path>[^\"]+)\";$",
    re.MULTILINE,
)
DYNAMIC = re.compile(r"\bimport\(\"([^\"]+)\"\)")
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
"""Names types, by what looks like imports."""
EXPORT = re.compile(
    r"^export\s+(?=(?:async\s+)?(?:const|let|class|function\*?)\s+(\w+))", re.MULTILINE
)
LEFT = re.compile(r"^(?:import|export)\b.*", re.MULTILINE)
"""What none of these forms is."""
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
    homes = _homes(modules)
    made = {path: _redirected(path, text, homes) for path, text in modules.items()}
    wanted = _wanted(modules)
    for path, script in homes.items():
        names = ", ".join(_exported(path, modules, wanted))
        made[path] = f'export {{ {names} }} from "{_way(path, script)}";\n'
    for script in dict.fromkeys(homes.values()):
        made[script] = _script(script, modules, homes, wanted)
    return made


def _homes(modules: Mapping[str, str]) -> dict[str, str]:
    """Return the script of each module that is joined with others.

    What only one element's definition imports is in one script with that.
    """
    homes: dict[str, str] = {}
    for script, first in JOINED.items():
        for path in _with_imports(first, modules):
            homes.setdefault(path, script)
    importers: dict[str, set[str]] = {}
    for path, text in modules.items():
        code = COMMENT.sub("", text)
        for name in (*(found["path"] for found in IMPORT.finditer(code)), *DYNAMIC.findall(code)):
            importers.setdefault(resolved(path, name), set()).add(path)
    for path in sorted(modules):
        own = [name for name, by in importers.items() if by == {path} and name not in homes]
        if path.startswith(DEFINITIONS) and path not in homes:
            homes |= dict.fromkeys([*own, path] if own else [], path)
    return homes


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


def _wanted(modules: Mapping[str, str]) -> dict[str, set[str]]:
    """Return what each module is asked for by others; a star where it is asked for whole."""
    wanted: dict[str, set[str]] = {path: set() for path in modules}
    for path, text in modules.items():
        for found in IMPORT.finditer(text):
            names = {name.split()[0] for name in _listed(found)}
            wanted.setdefault(resolved(path, found["path"]), set()).update(names)
        for name in DYNAMIC.findall(text):
            wanted.setdefault(resolved(path, name), set()).add("*")
    return wanted


def _listed(found: re.Match[str]) -> list[str]:
    """Return the names that an import gives: `step`, `step as next`, `* as steps`."""
    names = (found["names"] or "").strip("{}").split(",")
    return [name.strip() for name in names if name.strip()]


def _exported(
    path: str, modules: Mapping[str, str], wanted: Mapping[str, Collection[str]]
) -> list[str]:
    """Return what a module that is joined still exports: what others ask for."""
    names = EXPORT.findall(modules[path])
    return [name for name in names if "*" in wanted[path] or name in wanted[path]]


def _way(path: str, other: str) -> str:
    """Return how a module names another."""
    way = posixpath.relpath(other, posixpath.dirname(path) or ".")
    return way if way.startswith(".") else f"./{way}"


def _script(
    script: str,
    modules: Mapping[str, str],
    homes: Mapping[str, str],
    wanted: Mapping[str, Collection[str]],
) -> str:
    """Return what the modules of a script say, one after the other."""
    paths = [path for path in homes if homes[path] == script]
    _hold_apart(paths, modules)
    bodies = [_body(path, modules[path], script) for path in paths]
    imports = _imports(script, paths, modules, homes)
    names = ", ".join(name for path in paths for name in _exported(path, modules, wanted))
    return "".join([*dict.fromkeys(imports), *bodies, f"export {{ {names} }};\n"])


def _body(path: str, text: str, script: str) -> str:
    """Return a module as it stands in a script: what it loads later is where it was."""

    def moved(found: re.Match[str]) -> str:
        return f'import("{_way(script, resolved(path, found[1]))}")'

    body = EXPORT.sub("", IMPORT.sub("", text))
    unknown = LEFT.search(body)
    if unknown:
        raise ValueError(f"{path} says what cannot be joined: {unknown[0]}")
    return DYNAMIC.sub(moved, body)


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
    """Yield what a script imports of others, those of which it needs nothing but that they run too.

    What imports a module whole gets its script whole, be it this one: it has the same names.
    """
    parts: dict[str, dict[str, None]] = {}
    for path in paths:
        for found in IMPORT.finditer(modules[path]):
            target, names = resolved(path, found["path"]), found["names"] or ""
            home = homes.get(target, target)
            way = _way(script, home)
            if names.startswith("*"):
                yield f'import {names} from "{way}";\n'
                continue
            if home != script:
                parts.setdefault(way, {}).update(dict.fromkeys(_listed(found)))
            elif any(" " in name for name in _listed(found)):
                raise ValueError(f"{path} says what cannot be joined: {found[0]}")
    for way, names in parts.items():
        yield f'import {{ {", ".join(names)} }} from "{way}";\n'


def _redirected(path: str, text: str, homes: Mapping[str, str]) -> str:
    """Return a module that imports from the scripts what is in them."""

    def redirected(found: re.Match[str]) -> str:
        home = homes.get(resolved(path, found["path"]))
        return found[0].replace(f'"{found["path"]}"', f'"{_way(path, home)}"') if home else found[0]

    return IMPORT.sub(redirected, text)
