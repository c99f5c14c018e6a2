"""How long the sweep of a shape contract takes: median seconds a layer, and the ratio to nn.RNN's, taken in one run.

.venv/bin/python benchmarks/contracts.py
"""

import contextlib
import io
import json
import statistics
import time

import torch

from unrolled.read.plan import plan
from unrolled.blocks.shapes import sweep

ROUNDS = 7
STATE = "| `h_n` | `(D * num_layers, N, H_out)` |"
ROWS = {
    "nn.RNN": ("| `output` | `(L, N, D * H_out)` |", STATE),
    "nn.GRU": ("| `output` | `(L, N, D * H_out)` |", STATE),
    "nn.LSTM": ("| `output` | `(L, N, D * H_out)` |", STATE, "| `c_n` | `(D * num_layers, N, H_cell)` |"),
}


def main() -> None:
    """Print a line a layer."""
    torch.set_num_threads(1)
    medians: dict[str, float] = {}
    for layer, rows in ROWS.items():
        text = "\n".join([f"/// shapes | {layer}", "", "| Tensor | Sequence first |", "| --- | --- |", *rows, "", "///"])
        (contract,) = plan("page.md", text).contracts
        settings = {key: list(values) for key, values in contract.settings}
        took: list[float] = []
        for _ in range(ROUNDS):
            printed = io.StringIO()
            start = time.perf_counter()
            with contextlib.redirect_stdout(printed):
                sweep.run(layer.removeprefix("nn."), settings, list(contract.kinds), [(r.tensor, dict(r.shapes)) for r in contract.rows])
            took.append(time.perf_counter() - start)
        medians[layer] = statistics.median(took)
        configurations = json.loads(printed.getvalue())["configurations"]
        print(f"{layer:8} {configurations} configurations, {medians[layer]:.2f} s, {medians[layer] / medians['nn.RNN']:.1f} times nn.RNN's")


if __name__ == "__main__":
    main()
