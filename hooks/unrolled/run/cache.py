"""The cache of runs: what a chain gave, under a hash of all that it depends on.

A damaged entry is a miss, never an error.
"""

import functools
import hashlib
import importlib.metadata
import importlib.util
import json
import os
import platform
from pathlib import Path
from typing import Any

from unrolled.model.cell import Chain
from unrolled.model.output import Output, Run
from unrolled.run import bounds, imports, whole
from unrolled.run.entries import Entries

LIBRARIES = ("torch", "numpy", "matplotlib", "ipython", "scikit-learn")
BUILDERS = ("engine.py", "cache.py", "entries.py", "meter.py")
"""What only the builder's side of a run uses: it changes nothing of what cells give."""


@functools.cache
def _engine() -> dict[str, str | None]:
    """Return what every chain depends on.

    The code that runs it, Python, and the libraries, without importing them.
    """
    package = Path(__file__).parent
    code = hashlib.sha256()
    files = (
        *package.glob("*.py"),
        package / "matplotlibrc",
        package.parent / "model" / "output.py",
    )
    for file in sorted(file for file in files if file.name not in BUILDERS):
        code.update(file.name.encode() + b"\0" + file.read_bytes())
    versions: dict[str, str | None] = {}
    for name in LIBRARIES:
        try:
            versions[name] = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            versions[name] = None
    return versions | {
        "engine": code.hexdigest(),
        "python": platform.python_version(),
        "machine": f"{platform.system()} {platform.machine()}",
    }


@functools.cache
def _code_of(function: str) -> str:
    """Return the digest of the file that holds a task's function."""
    spec = importlib.util.find_spec(function.partition(":")[0])
    return _digest(Path(spec.origin)) if spec and spec.origin else ""


def key(chain: Chain, data: dict[str, str]) -> str:
    """Return the hash of a chain: its code, its claims, what it must raise, and the engine.

    Lines and prose do not count.

    Args:
        chain: The cells.
        data: The digests of the files beside the page: a cell can list, measure or miss them as
            well as read them.
    """
    cells = [
        [
            cell.code,
            cell.options.raises,
            cell.options.probe,
            [[claim.kind, claim.code, claim.expected, claim.cell_line] for claim in cell.claims],
        ]
        for cell in chain.cells
    ]
    task = (
        [chain.task.function, chain.task.arguments, _code_of(chain.task.function)]
        if chain.task
        else None
    )
    content = json.dumps([_engine(), cells, task, data], sort_keys=True)
    return hashlib.sha256(content.encode()).hexdigest()


class Cache:
    """Each entry holds, beside the run, the hashes of the project's files that its chain read."""

    def __init__(self, folder: Path, root: Path) -> None:
        """Keep entries in `folder`.

        Data files are named relative to `root`, so that a restored cache serves another
        checkout.
        """
        self._entries = Entries(folder)
        self._root = root

    def get(self, name: str, chain: Chain) -> Run | None:
        """Return the entry, or None when it is missing, damaged, another's or out of date."""
        try:
            data: dict[str, Any] = json.loads(self._entries.get(name) or "")
            deps = {str(self._root / path): digest for path, digest in data["deps"].items()}
            if any(_digest(Path(path)) != digest for path, digest in deps.items()):
                return None
            run = Run(
                tuple(Output.from_json(o) for o in data["outputs"]),
                result=data["result"],
                deps=deps,
                distributions=data["distributions"],
                absent=tuple(data["absent"]),
                torch=data["torch"],
                date=data["date"],
            )
            if not (_is_plausible(run, chain) and _is_installed(run)):
                return None
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return None
        self._entries.touch(name)
        return run

    def put(self, name: str, run: Run) -> None:
        """Keep a run that came to its end."""
        deps = {os.path.relpath(path, self._root): digest for path, digest in run.deps.items()}
        kept = {
            "outputs": [output.to_json() for output in run.outputs],
            "result": run.result,
            "deps": deps,
            "distributions": run.distributions,
            "absent": run.absent,
            "torch": run.torch,
            "date": run.date,
        }
        self._entries.put(name, json.dumps(kept))

    def prune(self) -> None:
        """Delete entries unused for a month, and what a killed build left half-written."""
        self._entries.prune()


def _is_plausible(run: Run, chain: Chain) -> bool:
    """Return whether a run can be that of a chain: whole, and each output its cell's."""
    return (
        bounds.fits(run, Run)
        and len(run.outputs) <= len(chain.cells)
        and whole.is_whole(chain, run)
        and all(bounds.held(output, chain, n) == output for n, output in enumerate(run.outputs))
    )


def _is_package(name: str) -> bool:
    """Return whether a name is a package's, and not that by which a program knows itself."""
    return not name.startswith("__")


def _is_installed(run: Run) -> bool:
    """Return whether what a chain imported is installed as it was, and what it missed is not."""
    return all(
        imports.version(name) == version for name, version in run.distributions.items()
    ) and not any(imports.is_importable(package) for package in run.absent if _is_package(package))


def _digest(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""
