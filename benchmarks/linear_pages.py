"""How the time to read and to render a page grows with it: each part once, twice, … 16 times.

    python benchmarks/linear_pages.py [NAME…]

Nothing is run. Times are those of the processor. The last column is by how much the last doubling
made it slower: 2 is linear.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

from markdown import Markdown

from unrolled.blocks import KINDS
from unrolled.model.runs import PageRuns
from unrolled.read import plan
from unrolled.render.extension import UnrolledExtension
from unrolled.render.rendering import Rendering

QUESTION = """\
/// question | Which {n}?
    id: q-{n}
    kind: concept
    level: easy
    reviewed: true

- [x] yes

    Right.

- [ ] no

    Wrong.

- [ ] maybe

    Wrong.

//// hint

Think.

////

///

"""
CELL = "```python\nx = {n}\n```\n\n"
NEXT = "```{.python continuation}\nx\n```\n\n"


def _comment(text: str) -> str:
    return f"```python\nx = 1  # {text}\n```\n"


def _each(text: str, count: int) -> str:
    return "".join(text.format(n=n) for n in range(count))


PARTS: dict[str, Callable[[int], str]] = {
    "a comment": lambda n: _comment("a" * (n * 5000)),
    "a comment of brackets": lambda n: _comment("a[" * (n * 300)),
    "a comment of axes": lambda n: _comment("a=1, " * (n * 200)),
    "comments": lambda n: "```python\n" + "x = 1  # x: (4, 7)\n" * (n * 50) + "```\n",
    "continuations": lambda n: CELL.format(n=0) + NEXT * (n * 50),
    "cells": lambda n: _each(CELL, n * 50),
    "claims": lambda n: CELL.format(n=0) + _each("Is `#!value x + {n}`.\n\n", n * 50),
    "questions": lambda n: _each(QUESTION, n * 60),
    "prose": lambda n: "Some words and *more* of `them`, [a](b.md).\n\n" * (n * 200),
    "one paragraph": lambda n: "Some words and *more* of `them` and so\n" * (n * 200),
    "a table": lambda n: "| a | b |\n| - | - |\n" + "| x | `y` |\n" * (n * 100),
    "a list": lambda n: "- an item\n" * (n * 200),
    "fences": lambda n: "```text\nx\n```\n\n" * (n * 100),
    "blocks": lambda n: "/// note | A\n\nText\n\n///\n\n" * (n * 40),
    "backticks": lambda n: "`" * (n * 500) + "\n",
    "brackets": lambda n: "[" * (n * 500) + "\n",
    "brackets and words": lambda n: "[a " * (n * 300) + "\n",
    "brackets that close": lambda n: "[" * (n * 300) + "]" * (n * 300) + "\n",
    "links": lambda n: "[a](b.md) " * (n * 200) + "\n",
    "slashes": lambda n: "/" * (n * 500) + " x\n",
    "options of a fence": lambda n: "```{.python " + "a " * (n * 100) + "}\n1\n```\n",
    "tags": lambda n: "<b>x</b> " * (n * 100) + "\n",
}


class _Idle:
    """Gives the Markdown extension a page of which nothing was run."""

    def __init__(self, rendering: Rendering) -> None:
        self._rendering = rendering

    def rendering(self, text: str) -> Rendering:  # noqa: ARG002 - it has one page alone
        return self._rendering


def seconds(text: str) -> tuple[float, float]:
    """Return how long it takes to read a page and to render it, in seconds of the processor."""
    begun = time.process_time()
    page = plan.plan("page.md", text, KINDS)
    read = time.process_time()
    idle = _Idle(Rendering(PageRuns.idle(page)))
    Markdown(extensions=[UnrolledExtension(provider=idle)]).convert(text)
    return read - begun, time.process_time() - read


def main(names: list[str]) -> None:
    """Print a line for each part, and one for five megabytes of prose."""
    seconds(_each(CELL, 1))  # What is made once.
    for name in names or list(PARTS):
        times = [seconds(PARTS[name](n)) for n in (1, 2, 4, 8, 16)]
        shown = "  ".join(f"{read:5.2f}+{rendered:5.2f}" for read, rendered in times)
        print(f"{name:22} {shown}  x{sum(times[-1]) / max(sum(times[-2]), 1e-3):.1f}", flush=True)
    if not names:
        text = PARTS["prose"](5_000_000 // len(PARTS["prose"](1)))
        read, rendered = seconds(text)
        print(
            f"{len(text) / 1e6:.1f} MB of prose: {read:.0f} s to read, {rendered:.0f} s to render"
        )


if __name__ == "__main__":
    main(sys.argv[1:])
