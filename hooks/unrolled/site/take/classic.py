"""The widget's modules as classic scripts: browsers load no modules from the file system.

One script holds all modules, each as a function; what the modules in `define/` become runs theirs.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import rjsmin

from unrolled.site.bundle import DYNAMIC, EXPORT, IMPORT, LEFT, resolved

ALL = "all.js"
"""The script that holds all modules; pages load it first."""
NAME = "unrolledModules"
"""What the page's scripts call it."""
ADDRESS = re.compile(r"\bimport\.meta\.url\b")
RUNTIME = """globalThis.%s ??= (() => {
  const made = {}, makers = {}, base = document.currentScript.src;
  const run = (path) => made[path] ?? (makers[path]((made[path] = {})), made[path]);
  const address = (path) => new URL(path, base).href;
  return { makers, run, address, load: async (path) => run(path) };
})();
"""


def script(modules: Mapping[str, str]) -> str:
    """Return the script that holds modules, given by their paths.

    Raises:
        ValueError: A module imports or exports in a way that this does not know.
    """
    made = "".join(_function(path, text) for path, text in sorted(modules.items()))
    return str(rjsmin.jsmin(RUNTIME % NAME + made))


def running(path: str) -> str:
    """Return the script that runs a module."""
    return f'{NAME}.run("{path}");\n'


def _function(path: str, text: str) -> str:
    """Return the statement that says how a module is made."""

    def imported(found: re.Match[str]) -> str:
        call = f'{NAME}.run("{resolved(path, found["path"])}");'
        names = found["names"]
        if not names:
            return call
        bound = names.partition(" as ")[2] if names[0] == "*" else names.replace(" as ", ": ")
        return f"const {bound} = {call}"

    names = EXPORT.findall(text)
    body = EXPORT.sub("", IMPORT.sub(imported, text))
    body = DYNAMIC.sub(lambda found: f'{NAME}.load("{resolved(path, found[1])}")', body)
    body = ADDRESS.sub(f'{NAME}.address("{path}")', body)
    unknown = LEFT.search(body)
    if unknown:
        raise ValueError(f"{path} says what no classic script can: {unknown[0]}")
    getters = ", ".join(f"{name}: {{ get: () => {name} }}" for name in names)
    head = f"Object.defineProperties(exports, {{ {getters} }});"
    return f'{NAME}.makers["{path}"] = (exports) => {{ "use strict"; {head}\n{body}\n}};\n'
