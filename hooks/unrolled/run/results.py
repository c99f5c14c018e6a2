"""What a chain's process told, held against the chain.

A cell can write anything on its own chain's channel: what is no output of this chain's cells is a
problem at its cell, and whatever is too long for a page is cut, with a problem too.
"""

from __future__ import annotations

import dataclasses
import json
import re
import typing
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from unrolled.model import filename
from unrolled.model.cell import Chain
from unrolled.model.output import (
    Ending,
    Fate,
    Output,
    Raised,
    Run,
)
from unrolled.run import bounds, channel, imports

TRACE_LINE = re.compile(rf'File "{filename.CELL}(\d+)>", line (\d+)')
RESULT = 4 << 20
"""Characters of what a task returned."""
PACKAGES = 1000
FILES = 10_000


class ForgedError(ValueError):
    """What was told is not what this chain tells."""


def read(chain: Chain, told: str, how: str, trace: str) -> Run:
    """Return what a chain gave, or how and where it ended before its time.

    Args:
        chain: What it was to do.
        told: What came through its channel.
        how: What the server saw: `exit 3`, `signal SIGSEGV`, `timeout`.
        trace: The tracebacks that it left.
    """
    outputs: list[Output] = []
    kind, _, detail = how.partition(" ")
    try:
        rest = _take_outputs(chain, told.split("\n")[:-1], outputs)
        match rest:
            case [("end", content)]:
                if kind == Ending.EXIT and detail == "0":
                    return _whole(chain, outputs, content)
            case [("fault", str(fault))]:
                kind, detail = Ending.FAULT, bounds.printable(fault[: bounds.MESSAGE])
            case []:
                pass
            case _:
                raise ForgedError("something came after its end")
    except (ForgedError, RecursionError) as error:
        kind, detail = Ending.FORGED, str(error) or "it is nested too deeply"
    if kind == Ending.EXIT and detail == str(channel.CLOSED):
        kind, detail = Ending.CLOSED, ""
    return Run(tuple(outputs), _fate(chain, kind, detail, trace, len(outputs)))


def _take_outputs(chain: Chain, lines: Sequence[str], into: list[Output]) -> list[tuple[str, Any]]:
    """Read the outputs that come first; return the messages after them."""
    rest: list[tuple[str, Any]] = []
    stopped = False
    for line in lines:
        kind, content = _message(line)
        if kind != "output" or rest:
            rest.append((kind, content))
        elif stopped or len(into) == len(chain.cells):
            raise ForgedError("more outputs came than it has cells")
        else:
            into.append(_output(content, chain, len(into)))
            stopped = bool(content.get("stop"))
    if any(kind == "end" for kind, _ in rest) and not stopped and len(into) < len(chain.cells):
        raise ForgedError("fewer outputs came than it has cells")
    return rest


def _message(line: str) -> tuple[str, Any]:
    try:
        ((kind, content),) = json.loads(line).items()
    except (ValueError, AttributeError, RecursionError) as error:
        raise ForgedError("what came is no message") from error
    return kind, content


def _output(content: Any, chain: Chain, position: int) -> Output:
    try:
        output = Output.from_json(content)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise ForgedError("what came is no output") from error
    checked = bounds.held(output, chain, position)
    if checked is None:
        raise ForgedError("an output is not that of its cell")
    return checked


def _add(late: list[Any], outputs: list[Output], chain: Chain) -> None:
    """Add what threads raised when their cell had ended to the outputs of their cells."""
    for one in late[: len(outputs)]:
        try:
            position, raised = int(one[0]), Raised.from_json(one[1])
            output = dataclasses.replace(
                outputs[position], exception=outputs[position].exception or raised
            )
        except (KeyError, IndexError, TypeError, ValueError, AttributeError) as error:
            raise ForgedError("its end is not as ours") from error
        checked = bounds.held(output, chain, position)
        if position < 0 or checked is None:
            raise ForgedError("its end is not as ours")
        outputs[position] = checked


def _whole(chain: Chain, outputs: list[Output], end: Any) -> Run:
    match end:
        case {
            "result": result,
            "late": list(late),
            "files": dict(files),
            "modules": list(packages),
            "torch": str(torch),
        }:
            pass
        case _:
            raise ForgedError("its end is not as ours")
    named = typing.cast("list[Any]", packages)[:PACKAGES]
    if not (
        bounds.fits(files, dict[str, str])
        and len(files) <= FILES
        and all(isinstance(name, str) and name.isidentifier() for name in named)
        and (result is None or len(json.dumps(result)) <= RESULT)
    ):
        raise ForgedError("its end is not as ours")
    _add(typing.cast("list[Any]", late), outputs, chain)
    return Run(
        tuple(outputs),
        result=bounds.clean(result),
        deps=files,
        distributions=imports.versions(named),
        absent=imports.absent(named),
        torch=bounds.printable(torch[:20]),
        date=datetime.now(UTC).date().isoformat(),
    )


def _fate(chain: Chain, kind: str, detail: str, trace: str, done: int) -> Fate:
    """Return how and where a chain's process ended before its time.

    Args:
        chain: What it was to do.
        kind: How it ended, as the server or we saw it.
        detail: More about it.
        trace: The tracebacks that it left.
        done: How many of its cells had ended.
    """
    if "Timeout (" in trace and kind == Ending.EXIT:
        kind, detail = Ending.TIMEOUT, ""
    cell = max(min(done, len(chain.cells) - 1), 0)
    most = chain.cells[cell].code.count("\n") + 1 if chain.cells else 0
    here = ((int(number[:9]) - 1, int(line[:9])) for number, line in TRACE_LINE.findall(trace))
    line = next((line for number, line in here if number == cell and line <= most), None)
    return Fate(cell, Ending(kind), detail, line)
