"""What torch says to settings that it refuses, a task of a chain.

The names of the cases are those that the widget's `shapes.js` gives.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable

import torch
from torch import nn
from torch.nn.utils.rnn import pack_padded_sequence

from unrolled.blocks.explorer.item import Refusals

Maker = Callable[..., nn.Module]
CASES: dict[str, Callable[[Maker], object]] = {
    "input_size": lambda make: make(input_size=0),
    "hidden_size": lambda make: make(hidden_size=0),
    "num_layers": lambda make: make(num_layers=0),
    "proj_size": lambda make: make(proj_size=8),
    "no proj_size": lambda make: make(proj_size=3),
    "seq_len": lambda make: make()(torch.zeros(0, 4, 5)),
    "lengths": lambda make: make()(_packed(3, 0)),
    "no lengths": lambda make: make()(_packed()),
}
"""Settings that torch refuses, each alone."""
NAMES = {
    "RNN": tuple(name for name in CASES if name != "proj_size"),
    "LSTM": tuple(name for name in CASES if name != "no proj_size"),
    "GRU": tuple(name for name in CASES if name != "proj_size"),
}
"""The cases of each layer. Single steps, such as `nn.RNNCell`, refuse none of these."""


def run() -> Refusals:
    """Return torch's message to each case of each layer."""
    return {layer: {name: _said(layer, name) for name in names} for layer, names in NAMES.items()}


def _said(layer: str, name: str) -> str | None:
    """Return what torch says to one case; None where it says nothing."""

    def make(**settings: int) -> nn.Module:
        return getattr(nn, layer)(**{"input_size": 5, "hidden_size": 8} | settings)

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            CASES[name](make)
    except Exception as error:  # noqa: BLE001 - whatever torch raises is what readers are shown
        return f"{type(error).__name__}: {error}"
    return None


def _packed(*lengths: int) -> nn.utils.rnn.PackedSequence:
    padded = torch.zeros(max(lengths, default=0), len(lengths), 5)
    return pack_padded_sequence(padded, list(lengths), enforce_sorted=False)
