"""How long the sweep of a shape contract takes.

Median seconds a layer, and the ratio to nn.RNN's, taken in one run.

.venv/bin/python benchmarks/contracts.py
"""

import json
import statistics
import time

import torch

from unrolled.blocks import KINDS
from unrolled.blocks.shapes import sweep
from unrolled.read.plan import plan

ROUNDS = 7
STATE = "| `h_n` | `(D * num_layers, N, H_out)` |"
ROWS = {
    "nn.RNN": ("| `output` | `(L, N, D * H_out)` |", STATE),
    "nn.GRU": ("| `output` | `(L, N, D * H_out)` |", STATE),
    "nn.LSTM": (
        "| `output` | `(L, N, D * H_out)` |",
        STATE,
        "| `c_n` | `(D * num_layers, N, H_cell)` |",
    ),
}


def main() -> None:
    """Print a line a layer."""
    torch.set_num_threads(1)
    medians: dict[str, float] = {}
    for layer, rows in ROWS.items():
        text = "\n".join(
            [
                f"/// shapes | {layer}",
                "",
                "| Tensor | Sequence first |",
                "| --- | --- |",
                *rows,
                "",
                "///",
            ]
        )
        (trial,) = plan("page.md", text, KINDS).trials
        arguments = json.loads(trial.chain.task.arguments) if trial.chain.task else {}
        took: list[float] = []
        for _ in range(ROUNDS):
            start = time.perf_counter()
            result = sweep.run(**arguments)
            took.append(time.perf_counter() - start)
        medians[layer] = statistics.median(took)
        ratio = f"{medians[layer] / medians['nn.RNN']:.1f} times nn.RNN's"
        print(
            f"{layer:8} {result['configurations']} configurations, {medians[layer]:.2f} s, {ratio}"
        )


if __name__ == "__main__":
    main()
