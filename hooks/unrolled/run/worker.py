"""Running a chain's cells, in a process that is theirs alone.

What each cell did is told before the next begins.

The process may be killed, crash or hang at any point: what was told says how far it came, and
`trace` holds what faulthandler said.
"""

from __future__ import annotations

import builtins
import faulthandler
import importlib
import json
import linecache
import os
import random
import sys
import time
import types
import warnings
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TextIO

from unrolled.model import filename
from unrolled.run import display, drawn, imports, notebook, perturbation, reading, refused
from unrolled.run.execute import execute
from unrolled.run.own import THEIRS
from unrolled.run.processes import Processes
from unrolled.run.published import Published
from unrolled.run.streams import Streams
from unrolled.run.tasks import Tasks
from unrolled.run.threads import Threads
from unrolled.run.verdicts import Verdicts
from unrolled.run.warned import Warned


def run(job: dict[str, Any], folder: Path, tell: Callable[[str, Any], None], trace: TextIO) -> None:
    """Run a chain.

    Args:
        job: `cells`, each with `code`, `timeout`, `raises`, `probe` and `claims` (`kind`, `code`,
            `expected`); `root`, the project; `at`, where in this folder it runs.
        folder: The chain's own.
        tell: Told each cell's `output`, and at last the `end`, with what threads raised when their
            cell had ended, as `late`.
        trace: Where tracebacks go.
    """
    faulthandler.enable(trace)
    tree, root = Path.cwd(), Path(job["root"])
    work = tree / job["at"]
    os.chdir(work)
    imports.note()
    opened = reading.watch(tree, root)
    module = _main(work)
    display.hide_paths(work, tree, root)
    chain = _begin(folder, module.__dict__)
    _seed()
    steps = _count_steps()
    perturbation.apply(job["perturbation"])
    result: Any = None
    for number, cell in enumerate(job["cells"]):
        faulthandler.dump_traceback_later(cell["timeout"], exit=True, file=trace)
        done = _run_cell(cell, number, chain, last=cell is job["cells"][-1])
        done["trained"] = bool(steps)
        faulthandler.cancel_dump_traceback_later()
        tell("output", done)
        if done["stop"]:
            break
    else:
        result = _run_task(job["task"], trace) if job["task"] else None
    tell("end", _end(chain, result, opened))


def _main(work: Path) -> types.ModuleType:
    """Return the module that cells run in, put in the place of ours."""
    module = types.ModuleType("__main__")
    sys.modules["__main__"] = module
    sys.argv = ["cell"]
    sys.path.insert(0, str(work))
    return module


def _end(chain: _Chain, result: Any, opened: Any) -> dict[str, Any]:
    """Return what is told once no cell is left: what threads raised late, and what was used."""
    raised = [*chain.threads.late(), *chain.tasks.late()]
    late = [[cell, display.exception(error, chain.sources)] for cell, error in raised]
    return {
        "result": result,
        "late": late,
        "files": opened,
        "modules": imports.noted(),
        "torch": sys.modules["torch"].__version__.partition("+")[0],
    }


def _run_task(task: dict[str, Any], trace: TextIO) -> Any:
    """Call a function of ours, as a block asked for; return what it returns."""
    module, _, name = task["function"].partition(":")
    faulthandler.dump_traceback_later(task["timeout"], exit=True, file=trace)
    result = getattr(importlib.import_module(module), name)(**json.loads(task["arguments"]))
    faulthandler.cancel_dump_traceback_later()
    return result


@dataclass(frozen=True)
class _Chain:
    """What the cells of a chain share."""

    names: dict[str, Any]
    streams: Streams
    published: Published
    threads: Threads
    tasks: Tasks
    processes: Processes
    warned: Warned
    sources: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    """The lines of the cells, by the file name each was compiled under."""
    process: int = field(default_factory=os.getpid)


def _begin(folder: Path, names: dict[str, Any]) -> _Chain:
    """Put in place what hears of all that cells show, before the first runs."""
    streams, threads = Streams(folder), Threads()
    chain = _Chain(
        names,
        streams,
        Published(streams.mark),
        threads,
        Tasks(threads),
        Processes(folder / "frames"),
        Warned(),
    )
    notebook.install(chain.published)
    refused.install(names)
    names["__builtins__"] = builtins  # As in Jupyter; else it would be the module's names.

    with warnings.catch_warnings():
        pass  # What was warned of before the chain began is warned of again.
    warnings.showwarning = chain.warned.show
    THEIRS.note()
    return chain


def _run_cell(cell: dict[str, Any], number: int, chain: _Chain, *, last: bool) -> dict[str, Any]:
    name = filename.of(number)
    lines = cell["code"].split("\n")
    chain.sources[name] = lines
    linecache.cache[name] = (len(cell["code"]), None, [f"{line}\n" for line in lines], name)
    chain.threads.cell = number
    chain.published.begin()
    chain.processes.begin()
    chain.warned.begin()
    verdicts = Verdicts(cell["claims"], chain.names, doubts=True)
    raised = _show(cell, name, chain, verdicts, last=last)
    error = raised or chain.threads.take()
    printed, err, cut = chain.streams.take(chain.published.marks())
    shown = chain.published.all(printed)
    unshown = list(dict.fromkeys(chain.published.unshown))
    long = list(dict.fromkeys(chain.published.long))
    # What the claims print, and the random numbers they draw, must leave no mark on the page.
    if error is None or cell["raises"]:
        verdicts.reached(0)
    chain.streams.take()
    promised = bool(cell["raises"]) and not cell["probe"]
    return {
        **shown,
        "stderr": display.clean(err),
        "warnings": chain.warned.messages,
        "exception": (
            display.exception(error, chain.sources, promised=promised) if error else None
        ),
        "claims": verdicts.all(),
        "cut": cut,
        "unshown": unshown,
        "long": long,
        "stop": bool(error) != promised,
    }


def _show(
    cell: dict[str, Any], name: str, chain: _Chain, verdicts: Verdicts, *, last: bool
) -> BaseException | None:
    """Run a cell's code, wait for what its threads and processes print, and publish the rest.

    Return what it raised.
    """
    began = time.monotonic()
    error: BaseException | None = None
    value: Any = None
    try:
        stops, reached = verdicts.stops, verdicts.reached
        value = execute(cell["code"], name, chain.names, stops, reached, chain.tasks.run)
    except BaseException as raised:  # noqa: BLE001 - SystemExit and KeyboardInterrupt too are a cell's outcome
        error = raised
    if os.getpid() != chain.process:
        os._exit(0)  # What the cell forked goes on here: the rest is for the chain's own process.
    try:
        chain.tasks.settle()
    except BaseException as raised:  # noqa: BLE001 - what a task raises that ends its loop
        error = error or raised
    left = cell["timeout"] - (time.monotonic() - began)
    chain.threads.settle(left / 2)
    chain.processes.settle(left * (0.8 if last else 0.5), last=last)
    try:
        # As in Jupyter, figures come after the value; a figure that is the value comes once.
        if error is None and value is not None and not _is_open_figure(value):
            chain.published.show(value, last=True)
        chain.published.open_figures()
    except BaseException as raised:  # noqa: BLE001 - a broken __repr__ or figure is the cell's exception
        error = error or raised
    return error


def _is_open_figure(value: Any) -> bool:
    pyplot = sys.modules.get("matplotlib.pyplot")
    return bool(
        pyplot and drawn.is_figure(value) and pyplot.fignum_exists(getattr(value, "number", -1))
    )


def _seed() -> None:
    random.seed(0)
    torch = sys.modules["torch"]
    torch.manual_seed(0)
    sys.modules["numpy"].random.seed(0)
    torch.set_num_threads(1)


def _count_steps() -> list[None]:
    """Return a list that grows whenever an optimizer takes a step."""
    from torch.optim.optimizer import register_optimizer_step_post_hook

    steps: list[None] = []
    register_optimizer_step_post_hook(lambda *_: steps.append(None) if not steps else None)
    return steps
