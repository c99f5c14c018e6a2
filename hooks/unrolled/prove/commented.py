"""What comments say of dtypes, devices and numbers, asked where cells run: it tells the truth."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from unrolled.prove import numerals

ALIASES = {
    "float": "float32", "double": "float64", "half": "float16", "long": "int64", "int": "int32",
    "short": "int16", "cfloat": "complex64", "cdouble": "complex128",
}  # fmt: skip
"""Other names that torch has for its dtypes."""
SMALL = {"zero": 0, "one": 1}
MISSING = object()


class Other:
    """A truth that is false, and shows what is the case: claims are told as such."""

    shape = ()
    """That of a truth, by which it is taken for one."""

    def __init__(self, actual: str) -> None:
        """Take what is the case."""
        self._actual = actual

    def item(self) -> bool:
        """Return that it is false."""
        return False

    def __str__(self) -> str:
        """Return what is the case."""
        return self._actual


def kind(value: Any, dtype: str = "", device: str = "", index: str = "") -> bool | Other:
    """Return whether a tensor, or a layer's weights, have the dtype and the device.

    Of something else nobody can tell, and it is let through.
    """
    tensor = _tensor(value)
    if tensor is None:
        return True
    actual = str(tensor.dtype).removeprefix("torch.")
    at = tensor.device
    said = dtype.lower()
    wrong = said and actual != ALIASES.get(said, said)
    elsewhere = device and (at.type != device or (index and at.index != int(index)))
    if not wrong and not elsewhere:
        return True
    return Other(" on ".join([actual] * bool(dtype) + [str(at)] * bool(device)))


def same(value: Any, text: str) -> bool | Other:
    """Return whether Python writes a value as a comment does."""
    return str(value) == text or Other(str(value))


def worth(value: Any, word: str) -> bool | Other:
    """Return whether a number or a truth is the one that a word says; others are let through."""
    import torch

    one = value.item() if isinstance(value, torch.Tensor) and value.ndim == 0 else value
    is_truth = word in ("true", "false")
    if isinstance(one, bool) != is_truth or not isinstance(one, bool | int | float):
        return True
    said = word == "true" if is_truth else SMALL.get(word) or next(numerals.read(word), 0)
    return one == said or Other(str(one))


def numbers(
    names: Mapping[str, Any], said: Iterable[tuple[str, str]], holders: Iterable[str], whole: bool
) -> bool | Other:
    """Return whether what has these names has these numbers.

    What is not there, or is no number, is let through.

    Args:
        names: What the cells bound.
        said: Names, each with its number as written.
        holders: What the comment's line binds: its attributes come first.
        whole: Whether the comment says just that, so that a number that its line binds is meant.
    """
    holding = [names[name] for name in holders if name in names]
    actual = {name: _number(_value(names, name, holding, whole=whole)) for name, _ in said}
    given = [(name, actual[name], float(number)) for name, number in said]
    if all(now is None or now == number for _, now, number in given):
        return True
    known = [(name, now) for name, now, _ in given if now is not None]
    if len(given) == 1:
        return Other(f"{known[0][1]:g}")
    return Other(", ".join(f"{name}={now:g}" for name, now in known))


def _tensor(value: Any) -> Any:
    import torch

    if isinstance(value, torch.nn.Module):
        return next(value.parameters(), None)
    return value if isinstance(value, torch.Tensor) else None


def _value(names: Mapping[str, Any], name: str, holding: list[Any], *, whole: bool) -> Any:
    """Return what a name stands for at a line."""
    for each in holding:
        found = _attribute(each, name.split("."))
        if found is not MISSING:
            return found
    first, *rest = name.split(".")
    if first in names:
        return _attribute(names[first], rest)
    return holding[0] if whole and len(holding) == 1 else MISSING


def _attribute(value: Any, path: list[str]) -> Any:
    for word in path:
        value = getattr(value, word, MISSING)
    return value


def _number(value: Any) -> float | None:
    if isinstance(value, tuple) and len(value) == 1:  # As a kernel's size.
        value = value[0]
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None
