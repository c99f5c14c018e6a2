"""Tracing a layer, in the process of the cell that made it.

The output comes from the layer itself. The gates, which torch shows nobody, are computed again from
its weights, and must lead to that output.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import torch
from torch import nn

from unrolled.blocks.trace.item import Layer, Step, Traced, Vector

LAYERS = {"RNN": nn.RNN, "LSTM": nn.LSTM, "GRU": nn.GRU}
MOST = {"steps": 24, "units": 16, "features": 64}
"""What fits on a screen."""
CLOSE = 1e-5
"""How far the output may be from what the weights give."""
WEIGHTS = ("weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0")
DIGITS = 7
"""Of the numbers that the widget gets."""

State = tuple[torch.Tensor, torch.Tensor]
"""Hidden state and cell state; the second is empty but for an LSTM."""
Gates = dict[str, torch.Tensor]


class Unfit(Exception):  # noqa: N818 - it is no error of ours, but what is wrong with a trace
    """What cannot be traced, as fact and remedy."""


def trace(**given: Any) -> Traced | dict[str, str]:
    """Return what a layer gives step by step, or fact and remedy where it cannot be traced.

    Args:
        given: The options of the block, as the expressions came out.
    """
    try:
        with torch.no_grad():
            return _trace(**given)
    except Unfit as unfit:
        fact, remedy = unfit.args
        return {"fact": fact, "remedy": remedy}


def _trace(
    layer: Any,
    input: Any,  # noqa: A002 - the option's name
    labels: Any = None,
    start: Any = None,
    head: Any = None,
    classes: Any = None,
    twin: Any = None,
    twin_head: Any = None,
) -> Traced:
    pairs = [(layer, head)] + ([(twin, twin_head)] if twin is not None else [])
    kind = _kind(layer)
    if any(_described(other) != _described(layer) for other, _ in pairs):
        raise Unfit(
            f"the twin is {_described(twin)}, and the layer {_described(layer)}",
            "Trace two layers of the same kind and the same sizes",
        )
    x = _sequence(layer, input)
    begin = _start(layer, start)
    _finite(x, *begin)
    named = _classes(classes, head)
    return {
        "layer": kind,
        "nonlinearity": getattr(layer, "nonlinearity", ""),
        "input": _numbers(x),
        "labels": _labels(labels, x),
        "start": {"h": _numbers(begin[0]), "c": _numbers(begin[1])},
        "classes": named,
        "layers": [_traced(each, x, begin, reader, len(named)) for each, reader in pairs],
    }


def _kind(layer: Any) -> str:
    """Return the name of a layer's kind, once it is one that can be shown."""
    kind = next((name for name, made in LAYERS.items() if isinstance(layer, made)), "")
    if not kind:
        found = f"'{type(layer).__name__}'"
        raise Unfit(f"the layer is of the type {found}", "Trace an nn.RNN, nn.LSTM or nn.GRU")
    if layer.num_layers > 1 or layer.bidirectional or layer.proj_size:
        raise Unfit(
            f"the layer is {_described(layer)}",
            "Trace one layer in one direction, without a projection",
        )
    _few("units", layer.hidden_size)
    _few("features", layer.input_size)
    return kind


def _described(layer: Any) -> str:
    """Return a layer as its constructor is called, without what changes no number."""
    return repr(layer).replace(", batch_first=True", "")


def _few(what: str, count: int) -> None:
    if count > MOST[what]:
        raise Unfit(f"the trace has {count} {what}", f"Trace at most {MOST[what]}")


def _sequence(layer: nn.RNNBase, given: Any) -> torch.Tensor:
    """Return the input as steps by features."""
    if not isinstance(given, torch.Tensor) or not given.is_floating_point():
        kind = type(given).__name__
        said = str(given.dtype) if isinstance(given, torch.Tensor) else f"a {kind}"
        raise Unfit(f"the input is {said}", "Give a tensor of floating-point numbers")
    x, batch = given, 0 if layer.batch_first else 1
    if x.dim() == 3 and x.size(batch) == 1:
        x = x.squeeze(batch)
    if x.dim() != 2 or x.size(1) != layer.input_size or not len(x):
        remedy = f"Give one sequence, (steps, {layer.input_size}), or a batch of one"
        raise Unfit(f"the input has the shape {tuple(given.shape)}", remedy)
    _few("steps", len(x))
    return x


def _start(layer: nn.RNNBase, given: Any) -> State:
    """Return the state before the first step."""
    is_lstm = layer.mode == "LSTM"
    zeros = torch.zeros(layer.hidden_size)
    if given is None:
        return zeros, zeros if is_lstm else zeros[:0]
    pair = tuple(given) if is_lstm and isinstance(given, (tuple, list)) else (given,)
    count = 2 if is_lstm else 1
    if len(pair) != count or any(getattr(s, "numel", int)() != len(zeros) for s in pair):
        what = "a pair of states" if is_lstm else "a state"
        raise Unfit(f"the start is not {what} of {len(zeros)} numbers", "Give (1, hidden_size)")
    states = [each.reshape(-1) for each in pair]
    return states[0], states[1] if is_lstm else zeros[:0]


def _labels(given: Any, x: torch.Tensor) -> list[str]:
    """Return a label a step: those given, or the input's number, or the step's."""
    if given is None:
        return [f"{v.item():g}" if len(v) == 1 else str(t) for t, v in enumerate(x, 1)]
    labels = [str(each) for each in given]
    if len(labels) != len(x):
        fact = f"the trace has {len(labels)} labels for {len(x)} steps"
        raise Unfit(fact, "Give one a step, such as labels: list(name)")
    return labels


def _classes(given: Any, head: Any) -> list[str]:
    if head is None:
        if given is not None:
            raise Unfit("the trace has classes and no head", "Name the nn.Linear that tells them")
        return []
    if not isinstance(head, nn.Linear):
        raise Unfit(f"the head is of the type '{type(head).__name__}'", "Name an nn.Linear")
    return [str(each) for each in (given or range(head.out_features))]


def _traced(layer: nn.RNNBase, x: torch.Tensor, begin: State, head: Any, classes: int) -> Layer:
    """Return a layer with what it gave at each step, held against its own output."""
    names = WEIGHTS if layer.bias else WEIGHTS[:2]
    weights: dict[str, torch.Tensor] = {name: getattr(layer, name) for name in names}
    found = _steps(layer, {n: w.double() for n, w in weights.items()}, x.double(), begin)
    _hold(layer, x, begin, torch.stack([h for _, (h, _) in found]))
    steps: list[Step] = [
        {"gates": {n: _numbers(g) for n, g in gates.items()}, "h": _numbers(h), "c": _numbers(c)}
        for gates, (h, c) in found
    ]
    made: Layer = {
        "hidden_size": layer.hidden_size,
        "weights": {name: _numbers(weight) for name, weight in weights.items()},
        "steps": steps,
    }
    if head is not None:
        if (head.in_features, head.out_features) != (layer.hidden_size, classes):
            fact = f"the head reads {head.in_features} units and tells {head.out_features} classes"
            raise Unfit(fact, f"Name one for {layer.hidden_size} units and {classes} classes")
        for step, (_, (h, _)) in zip(steps, found, strict=True):
            step["shares"] = _numbers(torch.softmax(head(h.to(head.weight.dtype)), 0))
        bias = torch.zeros(classes) if head.bias is None else head.bias
        made["head"] = {"weight": _numbers(head.weight), "bias": _numbers(bias)}
    return made


def _steps(
    layer: nn.RNNBase, weights: dict[str, torch.Tensor], x: torch.Tensor, begin: State
) -> list[tuple[Gates, State]]:
    """Compute each step from the weights: its gates, and the states after it."""
    size = layer.hidden_size
    none = torch.zeros(len(weights["weight_ih_l0"]), dtype=x.dtype)
    state = begin[0].double(), begin[1].double()
    found: list[tuple[Gates, State]] = []
    for x_t in x:
        of_x = weights["weight_ih_l0"] @ x_t + weights.get("bias_ih_l0", none)
        of_h = weights["weight_hh_l0"] @ state[0] + weights.get("bias_hh_l0", none)
        gates, state = STEPS[layer.mode](of_x.split(size), of_h.split(size), state)
        found.append((gates, state))
    return found


Parts = Sequence[torch.Tensor]
"""What comes from the input, or from the state, for one gate after the other."""


def _rnn(squash: Callable[[torch.Tensor], torch.Tensor]) -> Any:
    def step(of_x: Parts, of_h: Parts, state: State) -> tuple[Gates, State]:
        return {}, (squash(of_x[0] + of_h[0]), state[1])

    return step


def _lstm(of_x: Parts, of_h: Parts, state: State) -> tuple[Gates, State]:
    i, f, g, o = (a + b for a, b in zip(of_x, of_h, strict=True))
    gates = {"i": i.sigmoid(), "f": f.sigmoid(), "g": g.tanh(), "o": o.sigmoid()}
    c = gates["f"] * state[1] + gates["i"] * gates["g"]
    return gates, (gates["o"] * c.tanh(), c)


def _gru(of_x: Parts, of_h: Parts, state: State) -> tuple[Gates, State]:
    r, z = ((a + b).sigmoid() for a, b in zip(of_x[:2], of_h[:2], strict=True))
    n = (of_x[2] + r * of_h[2]).tanh()
    return {"r": r, "z": z, "n": n}, ((1 - z) * n + z * state[0], state[1])


STEPS: dict[str, Any] = {
    "RNN_TANH": _rnn(torch.tanh),
    "RNN_RELU": _rnn(torch.relu),
    "LSTM": _lstm,
    "GRU": _gru,
}
"""One step of each kind of layer."""


def _hold(layer: nn.RNNBase, x: torch.Tensor, begin: State, states: torch.Tensor) -> None:
    """Refuse a layer that gives something else than its weights do."""
    h, c = (each.to(x.dtype)[None] for each in begin)
    output, _ = layer(x, (h, c) if layer.mode == "LSTM" else h)
    _finite(output, *layer.parameters())
    far = (output.double() - states).abs() / states.abs().clamp(min=1)
    if far.max() > CLOSE:
        step = int(far.max(dim=1).values.argmax()) + 1
        raise Unfit(
            f"the layer's output at step {step} is not what its weights give",
            "Trace the layer as torch computes it, without hooks or a forward of its own",
        )


def _finite(*tensors: torch.Tensor) -> None:
    if not all(torch.isfinite(each).all() for each in tensors):
        raise Unfit("a number of the trace is not finite", "Trace what can be shown")


def _numbers(tensor: torch.Tensor) -> Any:
    """Return a tensor as lists of numbers, with as many digits as anybody reads."""
    if tensor.dim() > 1:
        return [_numbers(row) for row in tensor]
    row: Vector = [float(f"{value:.{DIGITS}g}") for value in tensor.tolist()]
    return [int(value) if value == int(value) else value for value in row]
