"""How the time to run a page grows with what its cells give: once, twice, … 16 times as much.

    python benchmarks/linear_runs.py [NAME…]

Each page is read, run and proved, and nothing comes from a cache. The last column is by how much
the last doubling made it slower: 2 is linear, and less where the start of a chain takes longest.
What is longer than a page can show is part of it: it must not cost more than what is shown.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from unrolled.blocks import KINDS
from unrolled.read import plan
from unrolled.run.engine import Engine
from unrolled.site.check import prove

TIMES = (1, 2, 4, 8, 16)


def _cell(code: str, options: str = "timeout=120") -> str:
    return f"```{{.python {options}}}\n{code}\n```\n\n"


def _printing(code: str) -> Callable[[int], str]:
    """Return a function that gives a page with one cell; `N` in it stands for how much."""
    return lambda n: _cell(code.replace("N", str(n)))


PARTS: dict[str, Callable[[int], str]] = {
    "lines": _printing("for n in range(N * 1000): print(n % 10)"),
    "lines beyond what is shown": _printing("for n in range(N * 20_000): print('a line', n)"),
    "one line": _printing("print('x' * (N * 4000))"),
    "spaces": _printing("print(' ' * (N * 4000) + 'x')"),
    "carriage returns": _printing("for n in range(N * 500): print(n, end='\\r')"),
    "steps of the cursor": _printing("print('\\x1b[A\\x1b[K' * (N * 500))"),
    "a progress bar": _printing(
        "import sys\nfor n in range(N * 40): sys.stderr.write(f'\\r{n}/9 [00:00<00:00, 1.5it/s]')"
    ),
    "displayed values": _printing("for n in range(N * 100): display(n)"),
    "displayed tables": _printing(
        "from IPython.display import HTML\n"
        "for n in range(N * 20): display(HTML(f'<table><tr><td>{n}</td></tr></table>'))"
    ),
    "updates": _printing(
        "shown = display(0, display_id=True)\nfor n in range(N * 200): shown.update(n)"
    ),
    "figures": _printing(
        "import matplotlib.pyplot as plt\n"
        "for n in range(N): plt.figure(figsize=(1, 1)); plt.plot([n]); plt.show()"
    ),
    "a value": _printing("'v' * (N * 3_000_000)"),
    "a list": _printing("list(range(N * 500_000))"),
    "a list of texts": _printing("['v' * 10_000 for _ in range(N * 60)]"),
    "an exception": _printing("raise ValueError('x' * (N * 3_000_000))"),
    "warnings": _printing("import warnings\nfor n in range(N * 100): warnings.warn(f'{n} times')"),
    "claims": lambda n: (
        _cell("x = 1") + "".join(f"Is `#!value x + {k}`.\n\n" for k in range(n * 20))
    ),
    "proved comments": lambda n: _cell(
        "import torch\n" + "".join(f"x{k} = torch.ones(4)  # x{k}: (4,)\n" for k in range(n * 20))
    ),
    "lines of code": lambda n: _cell("x = 1\n" * (n * 1000)),
    "cells of a chain": lambda n: (
        _cell("x = 1") + _cell("x += 1; print(x)", "continuation") * (n * 20)
    ),
    "values of a chain": lambda n: _cell("x = 'v' * 2000") + _cell("x", "continuation") * (n * 10),
    "chains": lambda n: "".join(_cell(f"print({k})") for k in range(n * 2)),
    "threads": _printing(
        "import threading\n"
        "for n in range(N * 20): threading.Thread(target=print, args=(n,)).start()"
    ),
    "files beside it": _printing("for n in range(N * 100): open(f'{n}.txt', 'w').close()"),
}


def seconds(engine: Engine, text: str) -> float:
    """Return how long it takes to run and to prove a page."""
    begun = time.perf_counter()
    prove([plan.plan("page.md", text, KINDS)], engine)
    return time.perf_counter() - begun


def main(names: list[str]) -> None:
    """Print a line for each part."""
    with tempfile.TemporaryDirectory() as folder:
        engine = Engine(Path(folder).resolve(), Path(folder).resolve() / ".cache")
        try:
            seconds(engine, _cell("import matplotlib.pyplot as plt; from IPython import display"))
            for name in names or list(PARTS):
                times = [seconds(engine, PARTS[name](n)) for n in TIMES]
                shown = "  ".join(f"{taken:6.2f}" for taken in times)
                print(f"{name:28} {shown}  x{times[-1] / max(times[-2], 1e-3):.1f}", flush=True)
        finally:
            engine.close()


if __name__ == "__main__":
    main(sys.argv[1:])
