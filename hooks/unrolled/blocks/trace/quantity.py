"""What a trace shows of a step: gates, cell and state, in the order in which a step makes them."""

from __future__ import annotations

from dataclasses import dataclass

from unrolled.blocks.trace.item import Layer, Step, Vector


@dataclass(frozen=True)
class Quantity:
    """A row of a trace, with a number a unit."""

    name: str
    """As torch's documentation writes it: `f`."""
    words: str
    signed: bool
    """Whether it can be negative; else it lies between 0 and 1."""

    def of(self, step: Step) -> Vector:
        """Return its numbers at a step."""
        if self.name in step["gates"]:
            return step["gates"][self.name]
        return step["c"] if self.name == "c" else step["h"]

    def scale(self, layer: Layer) -> float:
        """Return the number that fills its row: 1, or the largest where one is larger."""
        return max([1.0, *(abs(value) for step in layer["steps"] for value in self.of(step))])


STATE = Quantity("h", "state", signed=True)
QUANTITIES = {
    "RNN": (STATE,),
    "LSTM": (
        Quantity("f", "forget gate", signed=False),
        Quantity("i", "input gate", signed=False),
        Quantity("g", "candidate", signed=True),
        Quantity("c", "cell", signed=True),
        Quantity("o", "output gate", signed=False),
        STATE,
    ),
    "GRU": (
        Quantity("r", "reset gate", signed=False),
        Quantity("z", "update gate", signed=False),
        Quantity("n", "candidate", signed=True),
        STATE,
    ),
}
"""For each kind of layer."""


def written(number: float) -> str:
    """Return a number as readers see it, with two decimals and a true minus."""
    text = f"{abs(number):.2f}"
    return f"−{text}" if number < 0 and float(text) else text
