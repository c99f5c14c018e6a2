"""Recurrent layers of torch as the widget's step module takes them, and what they give.

`python -m support.steps` writes some of them down for the cases that Node runs.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import torch
from torch import nn

from support.paths import TESTS

WRITTEN = TESTS / "widget" / "torch-steps.js"
"""Where some cases are written down."""
TYPE = """/**
 * @type {{
 *   layer: import("../../quiz_js/step.js").Layer,
 *   input: number[][],
 *   start: {h?: number[][], c?: number[][]},
 *   torch: {output: number[][], h_n: number[][], c_n: number[][]}
 * }[]}
 */"""
Settings = dict[str, Any]
KINDS: tuple[tuple[str, Settings], ...] = (
    ("RNN", {"nonlinearity": "tanh"}),
    ("RNN", {"nonlinearity": "relu"}),
    ("LSTM", {}),
    ("LSTM", {"proj_size": 1}),
    ("GRU", {}),
)
SIZES = ((1, 1), (1, 3), (3, 2), (5, 8), (26, 6))
SWITCH = (False, True)


@dataclass(frozen=True)
class Case:
    """A layer with one sequence, and the state that it starts from."""

    kind: str
    settings: Settings
    layer: nn.RNNBase
    x: torch.Tensor
    start: tuple[torch.Tensor, ...]
    """Empty where it starts from zeros."""

    def given(self) -> dict[str, Any]:
        """Return what the module takes, as JSON."""
        names = ("h", "c")
        return {
            "layer": {
                "layer": self.kind,
                "hidden_size": self.layer.hidden_size,
                "num_layers": self.layer.num_layers,
                "bidirectional": self.layer.bidirectional,
                "nonlinearity": self.settings.get("nonlinearity", ""),
                "weights": {name: p.tolist() for name, p in self.layer.named_parameters()},
            },
            "input": self.x.tolist(),
            "start": {n: s.tolist() for n, s in zip(names, self.start, strict=False)},
        }

    def torchs(self, dtype: torch.dtype) -> dict[str, list[list[float]]]:
        """Return what torch gives, computed in this precision."""
        self.layer.to(dtype)
        start = tuple(each.to(dtype) for each in self.start)
        state = (start if self.kind == "LSTM" else start[0]) if start else None
        with torch.no_grad():
            output, after = self.layer(self.x.to(dtype), state)
        self.layer.to(torch.float32)
        h_n, c_n = after if self.kind == "LSTM" else (after, [])
        return {
            "output": output.tolist(),
            "h_n": h_n.tolist(),
            "c_n": [each.tolist() for each in c_n],
        }


def case(kind: str, settings: Settings, steps: int, *, starts: bool, seed: int) -> Case:
    """Make a layer with weights as wide as torch draws them, a sequence, and a start if asked."""
    generator = torch.Generator().manual_seed(seed)

    def drawn(*size: int) -> torch.Tensor:
        return 2 * torch.rand(*size, generator=generator) - 1

    layer = getattr(nn, kind)(**settings)
    with torch.no_grad():
        for parameter in layer.parameters():
            parameter.copy_(drawn(*parameter.shape) / layer.hidden_size**0.5)
    rows = layer.num_layers * (2 if layer.bidirectional else 1)
    widths = [layer.proj_size or layer.hidden_size]
    widths += [layer.hidden_size] if kind == "LSTM" else []
    start = tuple(drawn(rows, width) for width in widths) if starts else ()
    return Case(kind, settings, layer, 2 * drawn(steps, layer.input_size), start)


def grid() -> Iterator[Case]:
    """Yield every kind of layer in every size, depth and direction, with and without a start."""
    numbers = itertools.count()
    for (kind, own), (i, h), layers, both, bias, starts, steps in itertools.product(
        KINDS, SIZES, (1, 2, 3), SWITCH, SWITCH, SWITCH, (1, 7)
    ):
        if own.get("proj_size", 0) >= h:
            continue
        settings = own | {
            "input_size": i,
            "hidden_size": h,
            "num_layers": layers,
            "bidirectional": both,
            "bias": bias,
        }
        yield case(kind, settings, steps, starts=starts, seed=next(numbers))


def few() -> list[dict[str, Any]]:
    """Return the cases to write down: one of each kind, each with what torch gives."""
    size = {"input_size": 3, "hidden_size": 2, "num_layers": 2, "bidirectional": True}
    cases = (
        case(kind, own | size, 3, starts=bool(number % 2), seed=number)
        for number, (kind, own) in enumerate(KINDS)
    )
    return [each.given() | {"torch": each.torchs(torch.float64)} for each in cases]


if __name__ == "__main__":
    rows = ",\n".join(json.dumps(each) for each in few())
    head = (
        "// Written by `python -m support.steps` from tests/support/steps.py: what torch computes."
    )
    made = f"{head}\n\n{TYPE}\nexport const CASES = [\n{rows}\n];\n"
    WRITTEN.write_text(made, "utf-8")
