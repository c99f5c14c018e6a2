"""Perturbations.

Changes that must not change what a page says of training, only the decimals beneath it.

A sentence, a check or a target that one of them refutes hangs by a thread: it holds for one
processor, one start or one order of the data.
"""

from __future__ import annotations

import enum
import random
import sys
import weakref
from collections.abc import Callable
from typing import Any

from unrolled.run import clock, elsewhere

NOISE = 1e-6


class Perturbation(enum.StrEnum):
    """What is changed."""

    NONE = "none"
    PROCESSOR = "processor"
    """The libraries use all that this processor has, as they do where nothing is set."""
    START = "start"
    """Each weight that learns gets noise of 1e-6 before the first step of its optimizer."""
    ORDER = "order"
    """The random numbers that come after an optimizer's first step are others: other batches, in
    another order, from the same start."""
    AGAIN = "again"
    """Nothing that a page may depend on: another process, clock and machine, sets and files in
    other orders."""


def apply(name: str) -> None:
    """Change, in this process, what the perturbation of that name changes.

    That of the processor is a matter of the environment.
    """
    if name == Perturbation.START:
        _add_noise()
    elif name == Perturbation.ORDER:
        _before_first_step(_draw_once)
    elif name == Perturbation.AGAIN:
        clock.change()
        elsewhere.change()


def _before_first_step(act: Callable[[Any], None]) -> None:
    """Do something before the first step of each optimizer."""
    from torch.optim.optimizer import register_optimizer_step_pre_hook

    begun: weakref.WeakSet[Any] = weakref.WeakSet()

    def before(stepping: Any, *_: object) -> None:
        if stepping not in begun:
            begun.add(stepping)
            act(stepping)

    register_optimizer_step_pre_hook(before)


def _add_noise() -> None:
    import torch

    generator = torch.Generator().manual_seed(1)

    def add(stepping: Any) -> None:
        for weight in (w for group in stepping.param_groups for w in group["params"]):
            if weight.grad is not None:  # One that is frozen must stay as it is.
                noise = NOISE * torch.randn(weight.shape, generator=generator).to(weight.dtype)
                weight.data.add_(
                    noise
                )  # Through `data`, autograd does not count it: a page may show the count.

    _before_first_step(add)


def _draw_once(_: Any) -> None:
    """Take one number from each global generator.

    What is shuffled, drawn or dropped after it is other.
    """
    import torch

    torch.rand(1)
    random.random()  # noqa: S311 - what it draws is thrown away
    sys.modules["numpy"].random.random()
