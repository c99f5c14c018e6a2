"""A chain as the fork server is told of it."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from unrolled.model.cell import Cell, Chain, Claim
from unrolled.run.page_files import Data
from unrolled.run.server import PRELOADED


@dataclass(frozen=True)
class Job:
    """A chain to run."""

    chain: Chain
    data: Data
    """What it may read."""


def described(
    number: int,
    job: Job,
    *,
    folder: Path,
    root: Path,
    readable: Iterable[Path],
    perturbation: str,
) -> dict[str, Any]:
    """Return what the server must know, as JSON can hold it.

    Args:
        number: What the server calls the job.
        job: The chain.
        folder: Its own folder, in whose `work` it runs.
        root: The project.
        readable: What it may read beside what Python needs.
        perturbation: What is changed.
    """
    chain = job.chain
    words = {word for word in PRELOADED for cell in chain.cells if word in cell.code}
    return {
        "id": number,
        "folder": str(folder),
        "root": str(root),
        "at": job.data.at,
        "readable": [str(path) for path in readable],
        "preload": sorted(words),
        "perturbation": perturbation,
        "cells": [_cell(cell) for cell in chain.cells],
        "seconds": chain.seconds,
        "task": chain.task and dataclasses.asdict(chain.task),
    }


def _cell(cell: Cell) -> dict[str, Any]:
    return {
        "code": cell.code,
        "timeout": cell.options.timeout,
        "raises": cell.options.raises,
        "probe": cell.options.probe,
        "claims": [_claim(claim) for claim in cell.claims],
    }


def _claim(claim: Claim) -> dict[str, Any]:
    expected = claim.expected and list(claim.expected)
    return {
        "kind": claim.kind,
        "code": claim.code,
        "expected": expected,
        "at": claim.cell_line or 0,
    }
