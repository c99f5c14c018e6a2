"""Processor time and clock time of commands, and ratios of medians."""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Took:
    """What a command took, in seconds."""

    processor: float
    """Of all its processes."""
    clock: float


def run(root: Path, command: Sequence[str]) -> Took:
    """Run a command in a folder to its end.

    Raises:
        subprocess.CalledProcessError: It failed.
    """
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    environment = os.environ | {"NO_MKDOCS_2_WARNING": "1"}
    subprocess.run(command, cwd=root, check=True, env=environment, stdout=subprocess.DEVNULL)
    clock = time.perf_counter() - began
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Took(spent, clock)


def paired(ways: Sequence[Callable[[], Took]], runs: int) -> list[Took]:
    """Return the median of each way, all of them tried in turn, so that noise meets all."""
    took: list[list[Took]] = [[] for _ in ways]
    for _ in range(runs):
        for each, way in zip(took, ways, strict=True):
            each.append(way())
    return [
        Took(
            statistics.median(one.processor for one in each),
            statistics.median(one.clock for one in each),
        )
        for each in took
    ]
