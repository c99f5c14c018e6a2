"""Create the environment `.venv`, once, and say what is being done meanwhile.

`make` runs this before anything else, with the machine's own Python: the standard library is all
it may use. An environment that an interrupted set-up left half-made is created again.
"""

from __future__ import annotations

import argparse
import contextlib
import enum
import fcntl
import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from steps import LOCK, PYTHON, VENV, StepError, advice, duration, run, say, steps

if TYPE_CHECKING:
    from collections.abc import Generator
    from types import FrameType

OLDEST = (3, 11)
PROJECT = Path("pyproject.toml")
MARK = VENV / "ready"
"""Says that make created `.venv`, and how far it came: `BEGUN`, or what the finished one holds."""
BEGUN = "begun\n"


class State(enum.Enum):
    """What there is of the environment."""

    ABSENT = "creating .venv, once; this takes some minutes"
    READY = "nothing to do"
    CHANGED = "pyproject.toml or requirements.txt has changed: updating .venv"
    HALF_MADE = "the last set-up was interrupted: deleting .venv and starting again"
    BROKEN = "this folder or its Python has moved: deleting .venv and starting again"
    FOREIGN = "the .venv that is here was not created by make"


def main(arguments: list[str]) -> int:
    """Bring `.venv` up to date; return the exit status."""
    if sys.version_info < OLDEST:
        found = ".".join(str(part) for part in sys.version_info[:3])
        say(f"Python 3.11 or newer is needed, and {sys.executable} is {found}.")
        say("Name another, for example: make PYTHON=python3.13 serve")
        return 1
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--torch-index", default="", help="where torch comes from (default: PyPI)")
    options = parser.parse_args(arguments)
    interrupt_once()
    try:
        with alone():
            return set_up(state(), options.torch_index)
    except StepError as error:
        say(str(error))
        return 1
    except KeyboardInterrupt:
        say("interrupted. The next make starts again.")
        return 130


def interrupt_once() -> None:
    """Let the first signal to stop interrupt this program, and no other.

    A signal to make and its children comes twice here, since make passes on what it gets. The
    second may come at any place, also where the first is just being answered.
    """
    came = False

    def stop(_number: int, _frame: FrameType | None) -> None:
        nonlocal came
        if not came:
            came = True
            raise KeyboardInterrupt

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)


def set_up(found: State, torch_index: str) -> int:
    """Do what a state calls for; return the exit status."""
    if found is State.READY:
        return 0
    if found is State.FOREIGN:
        say(f"{found.value}. Delete it, and run the same command again: rm -rf .venv")
        return 1
    start = time.monotonic()
    anew = found is not State.CHANGED
    for line in [found.value, *(advice(torch_index) if anew else [])]:
        say(line)
    if found in (State.HALF_MADE, State.BROKEN):
        shutil.rmtree(VENV)
    VENV.mkdir(exist_ok=True)
    MARK.write_text(BEGUN, "utf-8")
    dependencies = project()["project"]["dependencies"]
    todo = steps(dependencies, torch_index, anew=anew)
    for number, step in enumerate(todo, 1):
        run(step, f"{number} of {len(todo)}")
    MARK.write_text(fingerprint(), "utf-8")
    say(f"done in {duration(start)}. pip keeps its downloads: another set-up is quicker.")
    return 0


def state() -> State:
    """Return what there is."""
    if VENV.is_symlink() or (VENV.exists() and not MARK.exists()):
        return State.FOREIGN
    if not VENV.exists():
        return State.ABSENT
    mark = MARK.read_text("utf-8")
    if mark == BEGUN:
        return State.HALF_MADE
    # The mark of the makes before this one is empty.
    if not _python_runs() or mark.split("\n")[0] not in ("", str(Path.cwd())):
        return State.BROKEN
    return State.READY if mark == fingerprint() else State.CHANGED


def fingerprint() -> str:
    """Return what a finished environment depends on: this folder, and what it was told to hold."""
    asked = json.dumps(project(), sort_keys=True).encode() + LOCK.read_bytes()
    return f"{Path.cwd()}\n{hashlib.sha256(asked).hexdigest()}\n"


def project() -> dict[str, Any]:
    """Return what pyproject.toml says of the package; the settings of other tools are left out."""
    import tomllib  # A Python that has none must come as far as its own line.

    tables = tomllib.loads(PROJECT.read_text("utf-8"))
    own = {name: tables.get(name) for name in ("build-system", "project")}
    return {**own, "setuptools": tables.get("tool", {}).get("setuptools")}


def _python_runs() -> bool:
    check = f"import sys; sys.exit(sys.version_info < {OLDEST})"
    try:
        return subprocess.run([str(PYTHON), "-c", check], check=False).returncode == 0
    except OSError:
        return False


@contextlib.contextmanager
def alone() -> Generator[None]:
    """Wait until no other make sets up this folder."""
    folder = os.open(".", os.O_RDONLY)
    try:
        try:
            fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("another make is setting up this folder: waiting for it")
            fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
