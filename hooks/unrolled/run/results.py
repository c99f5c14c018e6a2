"""What a chain's process told, held against the chain.

A cell can write anything on its own chain's channel: what is no output of this chain's cells is a
problem at its cell, and whatever is too long for a page is cut, with a problem too.
"""

from __future__ import annotations

import dataclasses
import json
import re
import types
import typing
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

from unrolled.model.cell import Chain
from unrolled.model.output import (
    LIMIT,
    Ending,
    Fate,
    Output,
    Raised,
    Run,
    Shown,
    ShownKind,
    Verdict,
)
from unrolled.run import channel, imports

TRACE_LINE = re.compile(r'File "<cell (\d+)>", line (\d+)')
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
FIGURES = 2 << 20
"""Characters of a cell's figures."""
MESSAGE = 8 * 1024
"""Characters of an exception's message, and of what a claim comes to."""
DATA = 1 << 20
"""Characters of what a claim found for a block."""
RESULT = 4 << 20
"""Characters of what a task returned."""
FRAMES = 50
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
                kind, detail = Ending.FAULT, _printable(fault[:MESSAGE])
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
    checked = held(output, chain, position)
    if checked is None:
        raise ForgedError("an output is not that of its cell")
    return checked


def held(output: Output, chain: Chain, position: int) -> Output | None:
    """Return an output within its bounds, or None when it cannot be that of this cell."""
    if not fits(output, Output) or len(output.claims) != len(chain.cells[position].claims):
        return None
    return _bounded(_clean(output), chain)


def fits(value: Any, kind: Any) -> bool:
    """Return whether a value is what a type hint says, all that it holds included."""
    if kind is Any:
        return True
    arguments = typing.get_args(kind)
    origin = typing.get_origin(kind)
    if origin in (types.UnionType, typing.Union):
        return any(fits(value, one) for one in arguments)
    if origin is tuple:
        if not isinstance(value, tuple):
            return False
        inside: Sequence[Any] = typing.cast("tuple[Any, ...]", value)
        kinds = arguments[:1] * len(inside) if arguments[-1:] == (...,) else arguments
        return len(kinds) == len(inside) and all(map(fits, inside, kinds))
    if origin is dict:
        held = typing.cast("dict[Any, Any]", value)
        return isinstance(value, dict) and all(
            fits(k, arguments[0]) and fits(v, arguments[1]) for k, v in held.items()
        )
    if dataclasses.is_dataclass(kind):
        hints = typing.get_type_hints(kind)
        return type(value) is kind and all(
            fits(getattr(value, field.name), hints[field.name])
            for field in dataclasses.fields(kind)
        )
    if kind is float:
        return type(value) in (int, float)
    return value is None if kind in (None, type(None)) else type(value) is kind


def _printable(text: str) -> str:
    """Show by their codes the characters that mean something to Markdown or cannot be written."""
    text = text.encode("utf-8", "backslashreplace").decode("utf-8")
    return CONTROL.sub(lambda match: f"\\x{ord(match[0]):02x}", text)


def _clean(value: Any) -> Any:
    """Return a value with all its texts printable."""
    if type(value) is str:
        return _printable(value)
    if isinstance(value, tuple | list):
        return type(value)(_clean(one) for one in typing.cast("list[Any]", value))
    if isinstance(value, dict):
        pairs = typing.cast("dict[Any, Any]", value).items()
        return {_clean(key): _clean(one) for key, one in pairs}
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = dataclasses.fields(value)
        return dataclasses.replace(
            value, **{f.name: _clean(getattr(value, f.name)) for f in fields}
        )
    return value


def _bounded(output: Output, chain: Chain) -> Output:
    """Return an output no part of which is too long for a page."""
    changed: dict[str, Any] = {}
    for field in dataclasses.fields(Output):
        value = getattr(output, field.name)
        cut = _CUT.get(field.name, _cut_text)(value)
        if cut != value:
            changed[field.name] = cut
    left = len(changed.get("figures", output.figures))
    shown = tuple(s for s in changed.get("shown", output.shown) if _is_there(s, left))
    streams = {"stdout", "stderr"} & changed.keys()
    long = tuple(name for name in changed if name not in streams)
    if output.exception:
        raised = changed.get("exception", output.exception)
        changed["exception"] = dataclasses.replace(raised, trace=_frames(raised, chain))
    if shown != output.shown:
        changed["shown"] = shown
    if not changed:
        return output
    return dataclasses.replace(
        output, **changed, cut=output.cut or bool(streams), long=output.long + long
    )


def _is_there(shown: Shown, figures: int) -> bool:
    """Return whether something shown is not a figure that does not exist."""
    number = shown.content
    return shown.kind is not ShownKind.FIGURE or (
        len(number) < 4 and number.isdecimal() and int(number) < figures
    )


def _cut_shown(shown: tuple[Shown, ...]) -> tuple[Shown, ...]:
    kept = _cut_list(FIGURES, lambda one: len(one.content))(shown)
    return tuple(
        Shown(one.kind, one.content[:LIMIT]) if one.kind is ShownKind.TEXT else one for one in kept
    )


def _cut_text(value: Any) -> Any:
    return value[:LIMIT] if isinstance(value, str) else value


def _cut_list(most: int, size: Callable[[Any], int]) -> Callable[[tuple[Any, ...]], Any]:
    """Return a function that keeps the first of a list, as many as are allowed."""

    def cut(values: tuple[Any, ...]) -> tuple[Any, ...]:
        left = most
        for position, value in enumerate(values):
            left -= size(value) + 1
            if left < 0:
                return values[:position]
        return values

    return cut


def _cut_exception(raised: Raised | None) -> Raised | None:
    return raised and Raised(
        raised.type[:LIMIT],
        raised.types[:FRAMES],
        raised.message[:MESSAGE],
        raised.text[: MESSAGE + len(raised.type)],
        raised.trace,
        raised.remedy[:MESSAGE],
    )


def _cut_claims(claims: tuple[Verdict, ...]) -> tuple[Verdict, ...]:
    return tuple(
        Verdict(verdict.ok, verdict.text[:MESSAGE], verdict.fact[:MESSAGE], verdict.data)
        if verdict.data is None or len(json.dumps(verdict.data)) <= DATA
        else Verdict(ok=False, text="", fact="what it finds is too long")
        for verdict in claims
    )


_CUT: dict[str, Callable[[Any], Any]] = {
    "warnings": _cut_list(LIMIT, len),
    "unshown": _cut_list(LIMIT, len),
    "shown": _cut_shown,
    "figures": _cut_list(FIGURES, lambda figure: len(figure.svg) + len(figure.summary)),
    "exception": _cut_exception,
    "claims": _cut_claims,
}
"""How a part that is no text is cut."""


def _frames(raised: Raised, chain: Chain) -> tuple[tuple[str, int, str], ...]:
    """Return the frames of an exception that lie in cells of the chain, the last ones."""
    lines = {f"<cell {n}>": cell.code.count("\n") + 1 for n, cell in enumerate(chain.cells, 1)}
    return tuple(
        (name, line, text[:LIMIT])
        for name, line, text in raised.trace[-FRAMES:]
        if 0 < line <= lines.get(name, 0)
    )


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
        checked = held(output, chain, position)
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
        fits(files, dict[str, str])
        and len(files) <= FILES
        and all(isinstance(name, str) and name.isidentifier() for name in named)
        and (result is None or len(json.dumps(result)) <= RESULT)
    ):
        raise ForgedError("its end is not as ours")
    _add(typing.cast("list[Any]", late), outputs, chain)
    return Run(
        tuple(outputs),
        result=_clean(result),
        deps=files,
        distributions=imports.versions(named),
        absent=imports.absent(named),
        torch=_printable(torch[:20]),
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
