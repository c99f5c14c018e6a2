"""How much longer a chain may take where others use the machine too.

A page says how long its cells take on a quiet machine. A limit is there to end what hangs, so it is
better reached late than by work that only had to wait for its turn.
"""

from __future__ import annotations

import os
from typing import Any

from unrolled.run import kernel

MOST = 10.0


def granted(job: dict[str, Any]) -> dict[str, Any]:
    """Return a job whose limits are as much longer as processes wait for each core."""
    times = min(MOST, 1 + _waiting())
    task = job["task"] and {**job["task"], "timeout": job["task"]["timeout"] * times}
    cells = [{**cell, "timeout": cell["timeout"] * times} for cell in job["cells"]]
    return {**job, "seconds": job["seconds"] * times, "cells": cells, "task": task}


def _waiting() -> float:
    """Return how many processes there are for each core; 0 where the system does not tell."""
    try:
        load, _, _ = os.getloadavg()
    except (AttributeError, OSError):
        return 0.0
    cores = len(os.sched_getaffinity(0)) if kernel.IS_LINUX else os.cpu_count() or 1
    return load / cores
