"""Perturbations: changes that must not change what a page says of training, only the decimals beneath it.

A sentence, a check or a target that one of them refutes hangs by a thread: it holds for one processor, one start or one order of the data.
"""

from __future__ import annotations

import enum
import random
import sys
from typing import Any

NOISE = 1e-6


class Perturbation(enum.StrEnum):
    """What is changed."""

    NONE = "none"
    PROCESSOR = "processor"
    """The libraries use all that this processor has, as they do where nothing is set."""
    START = "start"
    """Each weight gets noise of 1e-6 before the first step of its optimiser."""
    ORDER = "order"
    """Whatever shuffles gives its order reversed: other batches, from the same start."""


def apply(name: str) -> None:
    """Change, in this process, what the perturbation of that name changes; that of the processor is a matter of the environment."""
    if name == Perturbation.START:
        _add_noise()
    elif name == Perturbation.ORDER:
        _reverse_orders()


def _add_noise() -> None:
    import torch
    from torch.optim.optimizer import register_optimizer_step_pre_hook

    generator = torch.Generator().manual_seed(1)
    begun: set[int] = set()

    def before(stepping: Any, *_: object) -> None:
        if id(stepping) in begun:
            return
        begun.add(id(stepping))
        with torch.no_grad():
            for group in stepping.param_groups:
                for weight in group["params"]:
                    weight += NOISE * torch.randn(weight.shape, generator=generator).to(weight.dtype)

    register_optimizer_step_pre_hook(before)


def _reverse_orders() -> None:
    import torch

    numpy = sys.modules["numpy"]
    permute, shuffle, permutation = torch.randperm, random.shuffle, numpy.random.permutation

    def randperm(*arguments: Any, **options: Any) -> Any:
        return permute(*arguments, **options).flip(0)

    def reversed_shuffle(items: Any) -> None:
        shuffle(items)
        items.reverse()

    torch.randperm = randperm
    random.shuffle = reversed_shuffle
    numpy.random.permutation = lambda items: permutation(items)[::-1]
