"""What a layer gives for a kind of input, and how torch judges a shape that a row states."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn.utils.rnn import PackedSequence, pack_padded_sequence

from unrolled.blocks.shapes.sizes import Sizes

DEFAULTS: dict[str, object] = {
    "num_layers": 1, "nonlinearity": "tanh", "bias": True, "batch_first": False,
    "bidirectional": False, "proj_size": 0,
}  # fmt: skip
INITIAL = ("h_0", "c_0")


def input_of(kind: str, sizes: Sizes, *, cell: bool) -> Tensor | PackedSequence:
    """Return an input of a kind: `(L, N, H_in)`, `(N, L, H_in)`, `(L, H_in)`, packed.

    For a cell `(N, H_in)` or `(H_in)`.
    """
    n, steps, features = sizes.batch, sizes.steps, sizes.features
    if cell:
        return torch.zeros(features) if kind == "Unbatched" else torch.zeros(n, features)
    if kind == "Unbatched":
        return torch.zeros(steps, features)
    if kind == "Packed":
        return pack_padded_sequence(torch.zeros(steps, n, features), torch.tensor(sizes.lengths))
    return (
        torch.zeros(n, steps, features)
        if kind == "batch_first=True"
        else torch.zeros(steps, n, features)
    )


def tensors(
    module: nn.Module, x: Tensor | PackedSequence, sizes: Sizes, kind: str
) -> dict[str, tuple[int, ...]]:
    """Return the shapes of what goes into a layer and of what comes out.

    Raises:
        ValueError: The layer does not take the axis for the batch that the kind of input says; then
            no row would mean anything.
    """
    result: Any = module(x)
    if isinstance(module, nn.RNNBase):
        output, state = result
        before, names = {"output": output}, ("h_n", "c_n")
    else:
        before, names, state = dict[str, Any](), ("h_1", "c_1"), result
    states: dict[str, Any] = dict(
        zip(names, state if isinstance(state, tuple) else (state,), strict=False)
    )
    seen = {
        name: tuple(tensor.data.shape) for name, tensor in ({"input": x} | before | states).items()
    }
    last = seen[names[0]]
    if kind != "Unbatched" and last[-2:-1] != (sizes.batch,):
        raise ValueError(
            f"the state's shape {last} has no batch of {sizes.batch} before its last axis"
        )
    return seen


def judge(
    tensor: str,
    stated: tuple[int, ...] | None,
    module: nn.Module,
    x: Tensor | PackedSequence,
    seen: dict[str, tuple[int, ...]],
    refusals: dict[tuple[tuple[int, ...], ...], str],
) -> tuple[int, ...] | str | None:
    """Return a tensor's actual shape; None when the module has none of that name.

    Of an initial state, torch is the judge: it is given one of the stated shape, and what it raises
    is returned instead. `refusals` remembers that, so that the states of a right contract are tried
    once, together.
    """
    if tensor not in INITIAL:
        parameter = getattr(module, tensor, None) if tensor not in seen else None
        return tuple(parameter.shape) if isinstance(parameter, Tensor) else seen.get(tensor)
    if stated is None:
        return seen[tensor.replace("0", "n" if "output" in seen else "1")]
    after = [shape for name, shape in seen.items() if name not in ("input", "output")]
    given = tuple(
        stated if name == tensor else shape for name, shape in zip(INITIAL, after, strict=False)
    )
    if given not in refusals:
        refusals[given] = _refusal(module, x, given)
    return refusals[given] or stated


def _refusal(
    module: nn.Module, x: Tensor | PackedSequence, shapes: tuple[tuple[int, ...], ...]
) -> str:
    """Return what a layer raises when given initial states of these shapes, "" when nothing."""
    try:
        state = [
            torch.zeros(()).expand(shape) for shape in shapes
        ]  # Expanded: a wrong shape may be huge.
        module(x, tuple(state) if len(state) > 1 else state[0])
    except Exception as error:  # noqa: BLE001 - a refusal, whatever its type, is what refutes the row
        return f"{type(error).__name__}: {error}"
    return ""


def call(layer: str, sizes: Sizes, chosen: dict[str, Any]) -> str:
    """Return the constructor's call; settings at their default are left out."""
    given = [f"input_size={sizes.features}", f"hidden_size={sizes.hidden}", *_unusual(chosen)]
    return f"nn.{layer}({', '.join(given)})"


def _unusual(chosen: dict[str, Any]) -> Iterator[str]:
    for name, value in chosen.items():
        if value != DEFAULTS[name]:
            yield f"{name}={value!r}"


def describe(x: Tensor | PackedSequence, sizes: Sizes) -> str:
    """Return the shape of an input, and the lengths of a packed one."""
    packed = f", packed, lengths {sizes.lengths}" if isinstance(x, PackedSequence) else ""
    return f"{tuple(x.data.shape)}{packed}"
