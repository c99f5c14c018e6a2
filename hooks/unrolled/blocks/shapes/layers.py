"""The layers that a contract can be about, and what it may say of each."""

from __future__ import annotations

from dataclasses import dataclass

SWITCH = (False, True)
SETTINGS: dict[str, tuple[object, ...]] = {
    "num_layers": (1, 2, 3),
    "nonlinearity": ("tanh", "relu"),
    "bias": (True, False),
    "batch_first": SWITCH,
    "bidirectional": SWITCH,
    "proj_size": (0, "any"),
}
"""The values that are swept unless the contract says otherwise. `any`: a size that the sweep
chooses."""
ALLOWED = SETTINGS | {"num_layers": (1, 2, 3, 4)}
"""No more layers: `D * num_layers` must stay different from every size."""
FEEDS = {"Sequence first": False, "batch_first=True": True}
"""Columns that need a value of `batch_first`."""
VARIED = {"D": "bidirectional", "num_layers": "num_layers", "proj_size": "proj_size"}
"""Symbols that say nothing unless the sweep gives this setting more than one value."""


@dataclass(frozen=True)
class Layer:
    """What a contract of a layer may speak of."""

    settings: tuple[str, ...]
    columns: tuple[str, ...]
    tensors: tuple[str, ...]
    parameters: str
    """A pattern for their names."""
    symbols: tuple[str, ...]


def _sequence(
    settings: tuple[str, ...],
    state: tuple[str, ...],
    parameters: str,
    symbols: tuple[str, ...] = (),
) -> Layer:
    common = ("num_layers", "bias", "batch_first", "bidirectional")
    tensors = ("input", *(f"{s}_0" for s in state), "output", *(f"{s}_n" for s in state))
    letters = (
        "N",
        "L",
        "D",
        "num_layers",
        "H_in",
        "H_out",
        "H_cell",
        "input_size",
        "hidden_size",
        *symbols,
    )
    columns = (*FEEDS, "Unbatched", "Packed", "Any")
    return Layer(
        (*common, *settings), columns, tensors, rf"(?:{parameters})_l\d(?:_reverse)?", letters
    )


def _step(settings: tuple[str, ...], state: tuple[str, ...]) -> Layer:
    tensors = ("input", *(f"{s}_0" for s in state), *(f"{s}_1" for s in state))
    symbols = ("N", "H_in", "H_out", "input_size", "hidden_size")
    return Layer(
        ("bias", *settings),
        ("Batched", "Unbatched", "Any"),
        tensors,
        "(?:weight|bias)_(?:ih|hh)",
        symbols,
    )


LAYERS = {
    "nn.RNN": _sequence(("nonlinearity",), ("h",), "(?:weight|bias)_(?:ih|hh)"),
    "nn.LSTM": _sequence(
        ("proj_size",), ("h", "c"), "(?:weight|bias)_(?:ih|hh)|weight_hr", ("proj_size",)
    ),
    "nn.GRU": _sequence((), ("h",), "(?:weight|bias)_(?:ih|hh)"),
    "nn.RNNCell": _step(("nonlinearity",), ("h",)),
    "nn.LSTMCell": _step((), ("h", "c")),
    "nn.GRUCell": _step((), ("h",)),
}
