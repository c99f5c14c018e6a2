"""Running a chain's cells, in a process that is theirs alone.

What each cell did is told before the next begins.

The process may be killed, crash or hang at any point: what was told says how far it came, and
`trace` holds what faulthandler said.
"""

from __future__ import annotations

import faulthandler
import hashlib
import importlib
import json
import linecache
import os
import random
import sys
import threading
import types
import warnings
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TextIO

from unrolled.run import display, imports, perturbation
from unrolled.run.execute import execute
from unrolled.run.streams import Streams
from unrolled.run.verdicts import Verdicts


def run(job: dict[str, Any], folder: Path, tell: Callable[[str, Any], None], trace: TextIO) -> None:
    """Run a chain.

    Args:
        job: `cells`, each with `code`, `timeout`, `raises`, `probe` and `claims` (`kind`, `code`,
            `expected`); `root`, the project.
        folder: The chain's own.
        tell: Told each cell's `output` and at last the `end`.
        trace: Where tracebacks go.
    """
    faulthandler.enable(trace)
    work = Path.cwd()
    imports.note()
    opened = _watch_files(work, Path(job["root"]))
    streams = Streams(folder)
    module = types.ModuleType("__main__")
    sys.modules["__main__"] = module
    sys.argv = ["cell"]
    sys.path.insert(0, str(work))
    display.hide_paths(work, Path(job["root"]))
    _seed()
    steps = _count_steps()
    perturbation.apply(job["perturbation"])
    sources: dict[str, list[str]] = {}
    result: Any = None
    for number, cell in enumerate(job["cells"]):
        faulthandler.dump_traceback_later(cell["timeout"], exit=True, file=trace)
        done = _run_cell(cell, number, module.__dict__, streams, sources)
        done["trained"] = bool(steps)
        faulthandler.cancel_dump_traceback_later()
        tell("output", done)
        if done["stop"]:
            break
    else:
        result = _run_task(job["task"], trace) if job["task"] else None
    tell(
        "end",
        {
            "result": result,
            "files": opened,
            "modules": imports.noted(),
            "torch": sys.modules["torch"].__version__.partition("+")[0],
        },
    )


def _run_task(task: dict[str, Any], trace: TextIO) -> Any:
    """Call a function of ours, as a block asked for; return what it returns."""
    module, _, name = task["function"].partition(":")
    faulthandler.dump_traceback_later(task["timeout"], exit=True, file=trace)
    result = getattr(importlib.import_module(module), name)(**json.loads(task["arguments"]))
    faulthandler.cancel_dump_traceback_later()
    return result


def _run_cell(
    cell: dict[str, Any],
    number: int,
    names: dict[str, Any],
    streams: Streams,
    sources: dict[str, list[str]],
) -> dict[str, Any]:
    filename = f"<cell {number + 1}>"
    lines = cell["code"].split("\n")
    sources[filename] = lines
    linecache.cache[filename] = (len(cell["code"]), None, [f"{line}\n" for line in lines], filename)
    late = _late_errors()
    verdicts = Verdicts(cell["claims"], names)
    with warnings.catch_warnings(record=True) as caught:
        # The filters are Python's own, as in Jupyter: what is deprecated inside a library is no
        # reader's business.
        shown = _show(cell["code"], filename, names, verdicts)
    error = shown.error or (late[0] if late else None)
    out, err, cut = streams.take()
    # What the claims print, and the random numbers they draw, must leave no mark on the page.
    if error is None or cell["raises"]:
        verdicts.reached(0)
    streams.take()
    promised = bool(cell["raises"]) and not cell["probe"]
    return {
        "stdout": display.clean(out),
        "stderr": display.clean(err),
        "value": None if shown.value is None else display.clean(shown.value),
        "figures": shown.figures,
        "warnings": [f"{w.category.__name__}: {display.clean(str(w.message))}" for w in caught],
        "exception": display.exception(error, sources) if error else None,
        "claims": verdicts.all(),
        "cut": cut,
        "stray": shown.stray,
        "stop": bool(shown.stray) or bool(error) != promised,
    }


def _late_errors() -> list[BaseException]:
    """Return a list that collects what threads and finalizers raise from now on."""
    late: list[BaseException] = []
    threading.excepthook = lambda args: late.append(args.exc_value or args.exc_type())
    sys.unraisablehook = lambda args: late.append(args.exc_value or RuntimeError(str(args.err_msg)))
    return late


@dataclass
class _Shown:
    """What a cell shows."""

    value: str | None = None
    error: BaseException | None = None
    stray: list[str] = field(default_factory=list[str])
    figures: list[dict[str, str]] = field(default_factory=list[dict[str, str]])


def _show(code: str, filename: str, names: dict[str, Any], verdicts: Verdicts) -> _Shown:
    """Run a cell's code and wait for its threads; return what it shows."""
    before = set(threading.enumerate())
    shown = _Shown()
    value: Any = None
    try:
        value = execute(code, filename, names, verdicts.stops, verdicts.reached)
    except BaseException as raised:  # noqa: BLE001 - SystemExit and KeyboardInterrupt too are a cell's outcome
        shown.error = raised
    shown.stray = _join(before)
    if shown.error is None:
        try:
            shown.value = display.value_text(value)
        except Exception as raised:  # noqa: BLE001 - a broken __repr__ is the cell's exception
            shown.error = raised
    shown.figures = display.figures()
    return shown


def _join(before: set[threading.Thread]) -> list[str]:
    """Wait for the threads that a cell started, so that what they print and raise is the cell's.

    Return the daemons left running.
    """
    new = [t for t in threading.enumerate() if t not in before]
    for thread in new:
        if not thread.daemon:
            thread.join()
    return [t.name for t in new if t.is_alive()]


def _seed() -> None:
    random.seed(0)
    torch = sys.modules["torch"]
    torch.manual_seed(0)
    sys.modules["numpy"].random.seed(0)
    torch.set_num_threads(1)


def _count_steps() -> list[None]:
    """Return a list that grows whenever an optimiser takes a step."""
    from torch.optim.optimizer import register_optimizer_step_post_hook

    steps: list[None] = []
    register_optimizer_step_post_hook(lambda *_: steps.append(None) if not steps else None)
    return steps


def _watch_files(work: Path, root: Path) -> dict[str, str]:
    """Note, from now on, each file of the project that is read, with the hash of its content.

    What lies in `work` is accounted for.
    """
    opened: dict[str, str] = {}
    own = Path(__file__).resolve().parent.parent  # What of ours counts is in the cache's key.

    def hook(event: str, args: tuple[Any, ...]) -> None:
        if event != "open" or not isinstance(args[0], str | bytes | os.PathLike):
            return
        if isinstance(args[1], str) and set(args[1]) & set("wax"):
            return
        path = Path(os.path.abspath(os.fsdecode(args[0])))  # noqa: PTH100 - links are followed by whoever reads, not here
        if not path.is_relative_to(root) or path.is_relative_to(work) or path.is_relative_to(own):
            return
        if str(path) in opened:
            return
        hidden = any(
            part.startswith(".") or part == "__pycache__" for part in path.relative_to(root).parts
        )
        if not hidden and path.is_file():
            opened[str(path)] = ""
            opened[str(path)] = hashlib.sha256(path.read_bytes()).hexdigest()

    sys.addaudithook(hook)
    return opened
