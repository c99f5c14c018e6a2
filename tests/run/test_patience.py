"""A limit is meant for a quiet machine: where others compute too, a cell gets longer."""

import os
from typing import Any

import pytest

from unrolled.run import patience

JOB: dict[str, Any] = {
    "id": 3,
    "seconds": 30.0,
    "cells": [{"code": "1", "timeout": 10.0}, {"code": "2", "timeout": 20.0}],
    "task": None,
}


def granted(monkeypatch: pytest.MonkeyPatch, load: float, job: dict[str, Any]) -> list[float]:
    """Return the limits of a job on two cores: the whole, the cells', the task's."""
    monkeypatch.setattr(os, "getloadavg", lambda: (load, 0.0, 0.0))
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1}, raising=False)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    found = patience.granted(job)
    limits = [found["seconds"], *(cell["timeout"] for cell in found["cells"])]
    return [*limits, found["task"]["timeout"]] if found["task"] else limits


def test_a_quiet_machine_grants_what_the_page_says(monkeypatch: pytest.MonkeyPatch) -> None:
    assert granted(monkeypatch, 0.0, JOB) == [30, 10, 20]


def test_a_busy_one_grants_more_to_cells_and_task(monkeypatch: pytest.MonkeyPatch) -> None:
    job = {**JOB, "task": {"function": "f", "timeout": 5.0}}
    assert granted(monkeypatch, 6.0, job) == [120, 40, 80, 20]
    assert JOB["cells"][0]["timeout"] == 10


def test_there_is_an_end_to_it(monkeypatch: pytest.MonkeyPatch) -> None:
    assert granted(monkeypatch, 500.0, JOB) == [300, 100, 200]
