"""A name of torch that a page gives. Data only."""

from __future__ import annotations

from dataclasses import dataclass

MODULES = {
    "torch": "torch",
    "nn": "torch.nn",
    "F": "torch.nn.functional",
    "optim": "torch.optim",
}
"""What the first word of a name stands for on PyTorch's own pages."""
FIRST = "|".join(MODULES)
"""These words, as a pattern."""


@dataclass(frozen=True)
class Named:
    """A name of torch, where readers see it."""

    asked: str
    """As torch is asked: `nn.RNN.batch_first`, `nn.RNN(batch_first)` for an argument,
    `nn.RNN().batch_first` for what a layer has, `weight_ih_l0` for a parameter."""
    said: str
    """As the page gives it."""
    line: int
    """Line in the page, from 1."""
