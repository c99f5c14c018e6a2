"""What names hold, in little: to notice that something was changed, without copying it."""

from __future__ import annotations

from typing import Any, cast

Marks = dict[str, object]


def of(names: dict[str, Any]) -> Marks:
    """Return a mark of what each name holds."""
    return {name: _mark(value) for name, value in names.items() if not name.startswith("__")}


def differing(before: Marks, names: dict[str, Any]) -> str:
    """Return a name that holds something else than before, empty where there is none."""
    now = of(names)
    found = (name for name in {**before, **now} if before.get(name) != now.get(name))
    return next(found, "")


def _mark(value: Any) -> object:
    """Return what differs once a value is changed in place."""
    import torch

    if isinstance(value, torch.Tensor):
        return _tensor(value)
    if isinstance(value, torch.nn.Module):
        inner = [(id(each), each.training, *_entries(vars(each))) for each in value.modules()]
        held = [*value.parameters(), *value.buffers()]
        return id(value), inner, [_tensor(each) for each in held]
    if type(value) in (list, tuple, set):
        entries = cast("list[Any]", value)
        return id(value), [_shallow(each) for each in entries]
    if type(value) is dict:
        pairs = cast("dict[Any, Any]", value).items()
        return id(value), [(id(key), _shallow(each)) for key, each in pairs]
    if hasattr(value, "__dict__") and not isinstance(value, type):
        return id(value), _entries(vars(value))
    return id(value)


def _shallow(value: Any) -> object:
    import torch

    if isinstance(value, torch.Tensor):
        return _tensor(value)
    return id(value), len(value) if type(value) in (list, dict, set) else 0


def _tensor(value: Any) -> object:
    # A tensor counts its changes; its gradient is another tensor.
    grad = value.grad if value.is_leaf else None
    version = 0 if value.is_inference() else value._version
    return id(value), version, id(grad) if grad is not None else 0


def _entries(held: dict[str, Any]) -> list[object]:
    return [(name, id(each)) for name, each in held.items() if not name.startswith("_")]
