"""What each combination of fresh numbers gives, a task of a chain.

All combinations of a question run in one process: a process for each would cost more than the code.
Each branch starts with names and random numbers of its own, as a chain does.
"""

from __future__ import annotations

import asyncio
import contextlib
import functools
import io
import random
from typing import Any

import numpy as np
import torch

from unrolled.model import filename
from unrolled.run import display
from unrolled.run.execute import execute
from unrolled.run.values import Value, form_of
from unrolled.run.verdicts import Verdicts

Job = dict[str, Any]


def run(cells: list[Job], combinations: list[list[list[int]]]) -> list[Any]:
    """Run the branches of every combination.

    Args:
        cells: Each different cell once: `code` and `claims` as the worker is told of them, and
            whether it is `shown`.
        combinations: For each its branches, and for each of these the positions of its cells.

    Returns:
        For each combination and branch, what its cells gave, up to the first that raised and was
        not said to: `text`; `exception`, None or its `text` and `types`; and `claims`, whether
        each holds, its text and its data.
    """
    return [[_branch([cells[n] for n in branch]) for branch in each] for each in combinations]


def _branch(cells: list[Job]) -> list[Job]:
    _fresh()
    names: dict[str, Any] = {"__name__": "__main__", "__builtins__": __builtins__}
    found: list[Job] = []
    for number, cell in enumerate(cells):
        found.append(_cell(cell, number, names))
        if bool(found[-1]["exception"]) != bool(cell["raises"]):
            break
    return found


def _fresh() -> None:
    """Set back what a chain begins with."""
    random.seed(0)
    np.random.seed(0)
    torch.manual_seed(0)
    torch.set_grad_enabled(True)
    torch.set_default_dtype(torch.float32)


def _cell(cell: Job, number: int, names: dict[str, Any]) -> Job:
    verdicts = Verdicts(cell["claims"], names)
    printed, error, shown = io.StringIO(), None, ""
    try:
        with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(io.StringIO()):
            stops, reached, run = verdicts.stops, verdicts.reached, _loop().run_until_complete
            value = execute(cell["code"], filename.of(number), names, stops, reached, run)
            shown = _text(value)
    except BaseException as raised:  # noqa: BLE001 - SystemExit too is what a cell comes to
        error = raised
    if error is None or cell["raises"]:
        verdicts.reached(0)
    text = display.clean(printed.getvalue()).rstrip("\n")
    return {
        "text": "\n".join(part for part in (text, shown) if part),
        "exception": _raised(error) if error else None,
        "claims": [[claim["ok"], claim["text"], claim["data"]] for claim in verdicts.all()],
    }


@functools.cache
def _loop() -> asyncio.AbstractEventLoop:
    """Return the loop that runs what cells await."""
    return asyncio.new_event_loop()


def _raised(error: BaseException) -> Job:
    told = display.exception(error, {})
    return {"text": told["text"], "types": told["types"]}


def _text(value: Any) -> str:
    form = form_of(value) if value is not None else None
    return display.clean(form.text) if isinstance(form, Value) else ""
