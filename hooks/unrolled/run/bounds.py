"""What an output may be: of known kinds, printable, no longer than a page can show."""

from __future__ import annotations

import dataclasses
import functools
import json
import re
import types
import typing
from collections.abc import Callable, Sequence
from typing import Any

from unrolled.model import filename
from unrolled.model.cell import Chain
from unrolled.model.output import LIMIT, Output, Raised, Shown, ShownKind, Verdict

CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
FIGURES = 2 << 20
"""Characters of a cell's figures."""
MESSAGE = 8 * 1024
"""Characters of an exception's message, and of what a claim comes to."""
DATA = 1 << 20
"""Characters of what a claim found for a block."""
FRAMES = 50


def held(output: Output, chain: Chain, position: int) -> Output | None:
    """Return an output within its bounds, or None when it cannot be that of this cell."""
    if not fits(output, Output) or len(output.claims) != len(chain.cells[position].claims):
        return None
    return _bounded(clean(output), chain)


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
        hints = _hints(kind)
        return type(value) is kind and all(
            fits(getattr(value, field.name), hints[field.name])
            for field in dataclasses.fields(kind)
        )
    if kind is float:
        return type(value) in (int, float)
    return value is None if kind in (None, type(None)) else type(value) is kind


@functools.cache
def _hints(kind: type) -> dict[str, Any]:
    return typing.get_type_hints(kind)


def printable(text: str) -> str:
    """Show by their codes the characters that mean something to Markdown or cannot be written."""
    text = text.encode("utf-8", "backslashreplace").decode("utf-8")
    return CONTROL.sub(lambda match: f"\\x{ord(match[0]):02x}", text)


def clean(value: Any) -> Any:
    """Return a value with all its texts printable."""
    if type(value) is str:
        return printable(value)
    if isinstance(value, tuple | list):
        return type(value)(clean(one) for one in typing.cast("list[Any]", value))
    if isinstance(value, dict):
        pairs = typing.cast("dict[Any, Any]", value).items()
        return {clean(key): clean(one) for key, one in pairs}
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = dataclasses.fields(value)
        return dataclasses.replace(value, **{f.name: clean(getattr(value, f.name)) for f in fields})
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
        output,
        **changed,
        cut=output.cut or bool(streams),
        long=_said_once(output.long + long),
    )


def _said_once(long: tuple[str, ...]) -> tuple[str, ...]:
    """Return what is too long; what is shown is so where the value or a figure is."""
    names = dict.fromkeys(long)
    if len(names) > 1:
        names.pop("shown", None)
    return tuple(names)


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
        dataclasses.replace(verdict, text=verdict.text[:MESSAGE], fact=verdict.fact[:MESSAGE])
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
    lines = {filename.of(n): cell.code.count("\n") + 1 for n, cell in enumerate(chain.cells)}
    return tuple(
        (name, line, text[:LIMIT])
        for name, line, text in raised.trace[-FRAMES:]
        if 0 < line <= lines.get(name, 0)
    )
