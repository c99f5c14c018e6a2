"""Asking a claim again with each name that it uses changed: one that notices nothing is empty.

A name is changed within its type, so that what only asks for the type notices nothing: other
numbers, other sizes, other entries. What cells define is changed in what it gives.
"""

from __future__ import annotations

import dis
import zlib
from collections.abc import Callable, Iterator
from types import BuiltinFunctionType, CodeType, ModuleType
from typing import Any, cast

Change = Callable[[Any, int], Any]
"""Changes a value; the number tells apart what lies in different places."""
DEEPEST = 4
"""How deep lists in lists are changed."""
LARGE = 10_000
"""Numbers of a tensor that is made little larger."""


def is_noticed(
    code: CodeType, names: dict[str, Any], said: Callable[[Any], object], before: object
) -> bool:
    """Return whether a claim comes to something else for some change of a name that it uses.

    Args:
        code: The claim's expression.
        names: The namespace of the cells; it stays as it is.
        said: What the claim says of a value.
        before: What it says with nothing changed.
    """
    values = {name: names[name] for name in used(code) if name in names}
    changeable = {name: value for name, value in values.items() if _is_changeable(value)}
    if not changeable:
        return True  # Its form tells, and is looked at elsewhere.
    for counts, changes in ((True, WITHIN), (False, OUTSIDE)):
        for name in sorted(changeable, key=lambda each: callable(changeable[each])):
            for change in changes:
                try:
                    now = said(eval(code, {**names, name: change(changeable[name], 1)}))  # noqa: S307
                except Exception:  # noqa: BLE001 - a change may make no sense there
                    if counts:
                        return True
                    continue
                if now != before:
                    return True
    return False


def used(code: CodeType) -> Iterator[str]:
    """Yield the names that an expression reads, in its inner functions too."""
    for step in dis.get_instructions(code):
        if step.opname in ("LOAD_NAME", "LOAD_GLOBAL") and not str(step.argval).startswith("__"):
            yield step.argval
    for each in code.co_consts:
        if isinstance(each, CodeType):
            yield from used(each)


def _is_changeable(value: Any) -> bool:
    """Return whether a name holds what cells made: nothing that a library defines."""
    if isinstance(value, ModuleType | BuiltinFunctionType):
        return False
    defined = isinstance(value, type) or hasattr(value, "__qualname__")
    return not defined or getattr(value, "__module__", "") in ("__main__", "builtins", None)


def _moved(value: Any, place: int, depth: int = 0) -> Any:
    """Return other numbers, texts and entries, in each place others."""
    import numpy as np
    import torch

    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + place
    if isinstance(value, float):
        return -3.7 * value + place
    if isinstance(value, str):
        return f"{value} {place}"
    if isinstance(value, torch.Tensor):
        return _moved_tensor(value, place)
    if isinstance(value, np.ndarray) and value.dtype.kind in "bif":
        return _moved_tensor(torch.from_numpy(value.copy()), place).numpy()
    if depth < DEEPEST and type(value) in (list, tuple):
        each = cast("list[Any]", value)
        found = [_moved(one, place + 2 * n, depth + 1) for n, one in enumerate(each)]
        return tuple(found) if isinstance(value, tuple) else found
    if depth < DEEPEST and type(value) is dict:
        pairs = cast("dict[Any, Any]", value).items()
        return {k: _moved(one, place + 2 * n, depth + 1) for n, (k, one) in enumerate(pairs)}
    return value if value is None or depth else Changed(value, _moved, place)


def _moved_tensor(value: Any, place: int) -> Any:
    import torch

    flat = torch.arange(value.numel()).reshape(value.shape)
    if value.dtype == torch.bool:
        return ~value
    if not value.dtype.is_floating_point and not value.dtype.is_complex:
        return value.detach() + (flat + place).to(value.dtype)
    return -3.7 * value.detach() + ((flat + place) / 7).to(value.dtype)


def _turned(value: Any, place: int) -> Any:
    """Return what has the other sign, or is far larger."""
    if type(value) in (int, float):
        return -value * (1 if isinstance(value, int) else 1e4)
    if _is_tensor(value) and value.dtype.is_floating_point:
        return value.detach() * (1e4 * place)
    if type(value) is list:
        return [_turned(each, place) for each in cast("list[Any]", value)][::-1]
    return Changed(value, _turned, place) if _is_wrapped(value) else _moved(value, place + 100)


def _longer(value: Any, place: int) -> Any:
    """Return something of other sizes: with more entries."""
    if _is_tensor(value):
        small = value.numel() < LARGE
        times = [2 + (place + n) % 5 if small else 1 + (n == 0) for n in range(value.ndim)]
        larger = value.detach().repeat(*times)
        is_part = larger.dtype.is_floating_point and not value.requires_grad
        return larger.requires_grad_() * 1 if is_part else larger  # Then it has a graph.
    if type(value) in (list, tuple, str):
        return value + value
    if type(value) is dict:
        return {**value, "another": None}
    return Changed(value, _longer, place) if _is_wrapped(value) else _moved(value, place + 7000)


def _emptied(value: Any, place: int) -> Any:
    """Return something of its type with as few entries as can be."""
    if _is_tensor(value):
        return value.detach()[(slice(0, 1),) * value.ndim] * 0
    if _is_wrapped(value):
        return Changed(value, _emptied, place)
    if type(value) in (list, tuple, str, dict, set):
        return type(value)() if value else _filled(type(value))
    return _moved(value, place + 11)


def _filled(kind: type) -> Any:
    return {"a": 1} if kind is dict else "a" if kind is str else kind([1])


def _wrapped(value: Any, place: int) -> Any:
    """Return what gives other attributes, as a tensor's dtype and what its methods return."""
    return Changed(value, _moved, place)


def _other(value: Any, place: int) -> Any:
    """Return something of another type."""
    if type(value) is tuple and value:
        return cast("tuple[Any, ...]", value)[0]
    return place if value is None else (value, value)


WITHIN: tuple[Change, ...] = (_moved, _turned, _longer, _emptied)
"""Changes that a claim may answer with an error."""
OUTSIDE: tuple[Change, ...] = (_wrapped, _other)
"""Changes that much code cannot do with: an error tells nothing."""


def _is_tensor(value: Any) -> bool:
    import torch

    return isinstance(value, torch.Tensor)


def _is_wrapped(value: Any) -> bool:
    plain = (bool, int, float, str, list, tuple, dict, set, type(None))
    return not isinstance(value, plain) and not _is_tensor(value)


class Changed:
    """Stands for an object, and gives other attributes, entries and results than it does."""

    def __init__(self, value: Any, change: Change, place: int) -> None:
        """Take what it stands for, and how what it gives is changed."""
        self.__dict__.update(_value=value, _change=change, _place=place, _calls=0)

    @property
    def __class__(self) -> type:  # pyright: ignore[reportIncompatibleMethodOverride]
        """What `isinstance` asks."""
        return type(self.__dict__["_value"])

    def _given(self, value: Any, place: int) -> Any:
        change = self.__dict__["_change"]
        if value is None:
            return place
        if callable(value) or _is_wrapped(value):
            return Changed(value, change, self.__dict__["_place"] + place)
        return change(value, self.__dict__["_place"] + place)

    def __getattr__(self, name: str) -> Any:
        """Return another attribute."""
        found = getattr(self.__dict__["_value"], name)
        return self._given(found, zlib.crc32(name.encode()) % 97)

    def __call__(self, *arguments: Any, **named: Any) -> Any:
        """Return another result: of each call another, unless it is a tensor's method."""
        self.__dict__["_calls"] += 1
        value = self.__dict__["_value"]
        bound = _is_tensor(getattr(value, "__self__", None))
        return self._given(value(*arguments, **named), 0 if bound else self.__dict__["_calls"])

    def __getitem__(self, key: Any) -> Any:
        """Return another entry."""
        return self._given(self.__dict__["_value"][key], zlib.crc32(repr(key).encode()) % 89)

    def __iter__(self) -> Iterator[Any]:
        """Yield other entries."""
        for number, each in enumerate(self.__dict__["_value"]):
            yield self._given(each, number)

    def __len__(self) -> int:
        """Return another length."""
        return len(self.__dict__["_value"]) + 1

    def __contains__(self, key: Any) -> bool:
        """Say the contrary."""
        return key not in self.__dict__["_value"]

    def __str__(self) -> str:
        """Return another text."""
        return f"changed {self.__dict__['_place']}"

    __repr__ = __str__
