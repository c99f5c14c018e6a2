"""What an experiment is: trainings with several seeds, and targets that every seed reaches."""

from __future__ import annotations

import decimal
import math
import operator
from collections.abc import Callable
from dataclasses import dataclass

from unrolled.model.item import Item

Metrics = dict[str, list[dict[str, float]]]
"""For each training, by name, the metrics of each seed."""
OPERATORS: dict[str, Callable[[float, float], bool]] = {
    ">=": operator.ge,
    "<=": operator.le,
    ">": operator.gt,
    "<": operator.lt,
}
WORDS = {">=": "at least", "<=": "at most", ">": "more than", "<": "less than"}
SMALL = 10
"""Below this, a metric's digits behind the point matter; above, they are noise."""


@dataclass(frozen=True)
class Bound:
    """What a target asks of a metric: to be at least 85, for instance."""

    run: str
    """Name of the training."""
    metric: str
    sign: str
    """One of `OPERATORS`."""
    value: float


@dataclass(frozen=True)
class Target:
    """What an experiment promises of a metric, with every seed."""

    text: str
    """As written: `solution val: >= 85`."""
    line: int
    bound: Bound | None
    """None when it cannot be read."""


@dataclass(frozen=True)
class Experiment(Item):
    """A `/// experiment` block: something to train, with targets that its own runs reach."""

    targets: tuple[Target, ...]
    measures: int | None
    """Line of the cell that binds `metrics`, what was measured; None when there is none."""

    @property
    def takes(self) -> int:
        """Seconds that a reader takes to read it, to train and to try out changes."""
        return 1200


def values(measured: Metrics, bound: Bound) -> list[float]:
    """Return what each seed gave of what a target speaks of; empty when nothing was measured."""
    return [seed[bound.metric] for seed in measured.get(bound.run, []) if bound.metric in seed]


def holds(bound: Bound, value: float) -> bool:
    """Return whether one seed reaches a target."""
    return OPERATORS[bound.sign](value, bound.value)


def rounded(value: float, how: str) -> str:
    """Return a metric as readers see it: one decimal for a percentage, three digits for a loss.

    Args:
        value: The metric.
        how: One of the roundings of `decimal`.
    """
    if not math.isfinite(value):
        return str(value)
    exact = decimal.Decimal(f"{value:.6g}")  # Without what single precision adds behind.
    if abs(value) >= SMALL:
        return str(exact.quantize(decimal.Decimal("0.1"), how))
    return f"{decimal.Context(prec=3, rounding=how).create_decimal(exact):g}"


def digits(value: float) -> str:
    """Return the format of a metric in the record: a percentage as a whole number.

    What is small, as losses are, has the digits that matter.
    """
    return ".0f" if abs(value) >= SMALL else ".3g"
