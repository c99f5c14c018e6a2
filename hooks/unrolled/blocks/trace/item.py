"""What a trace is: a layer and a sequence that a cell of the page binds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar, NotRequired, TypedDict

from unrolled.model.item import Item

Vector = list[float]


class Step(TypedDict):
    """What one step gave: its gates, and the state after it; a number a unit."""

    gates: dict[str, Vector]
    h: Vector
    c: Vector
    """Empty but for an LSTM."""
    shares: NotRequired[Vector]
    """What the head makes of the state, a share a class."""


class Layer(TypedDict):
    """One layer, with what it gave at each step."""

    hidden_size: int
    weights: dict[str, Any]
    """Its parameters, by torch's names."""
    steps: list[Step]
    head: NotRequired[dict[str, Any]]
    """Weight and bias of the linear layer that reads the state."""


class Traced(TypedDict):
    """What a run traced; the widget gets it as it is."""

    layer: str
    """`RNN`, `LSTM` or `GRU`."""
    nonlinearity: str
    """Of an RNN: `tanh` or `relu`."""
    input: list[Vector]
    labels: list[str]
    start: dict[str, Vector]
    classes: list[str]
    layers: list[Layer]
    """The layer, and its twin if it has one."""


@dataclass(frozen=True)
class Trace(Item):
    """A `/// trace` block."""

    names: tuple[str, ...]
    """What readers call the layer and its twin."""
    cell: int | None
    """Line of the cell whose names its options use; None when there is none."""

    answerable: ClassVar[bool] = False

    @property
    def takes(self) -> int:
        """Seconds that a reader takes to go through the steps and to change a number."""
        return 120

    @property
    def claim(self) -> str:
        """The name of the claim that traces."""
        return f"trace {self.block.line}"
