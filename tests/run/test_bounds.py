"""Bounds on what a chain writes, cache entries that cannot be right, and what is said of both."""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from support.page import cell, panes_and_problems, problems
from unrolled.run import confinement, landlock, limits
from unrolled.run.engine import Engine

linux = pytest.mark.skipif(sys.platform != "linux", reason="processes are watched on Linux alone")

WRITES = {
    "many files": (
        "for n in range(FILES + 5000):\n    open(f'{n}', 'w').close()\nimport time\ntime.sleep(20)",
        "more than 20000 files",
    ),
    "files in many folders": (
        "for n in range(110):\n    os.mkdir(f'd{n}')\n"
        "    for m in range(200): open(f'd{n}/{m}', 'w').close()\nimport time\ntime.sleep(20)",
        "more than 20000 files",
    ),
    "a large file": (
        "with open('x', 'wb') as to:\n    to.truncate(1 << 40)",
        "File too large",
    ),
}


@linux
@pytest.mark.parametrize(("code", "fact"), WRITES.values(), ids=WRITES.keys())
def test_a_chain_may_not_write(code: str, fact: str, engine: Engine) -> None:
    code = code.replace("FILES", str(limits.FILES))
    (found,) = problems(cell(f"import os\n{code}", "timeout=60"), engine)
    assert fact in found


@linux
def test_disk_is_counted_over_all_files_of_a_chain(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "DISK", 1 << 20)
    for number in range(3):
        (tmp_path / f"{number}" / "in").mkdir(parents=True)
        (tmp_path / f"{number}" / "in" / "file").write_bytes(b"x" * (400 << 10))
    assert "of disk" in limits.exceeded(os.getpid(), tmp_path, limits.processes())
    (tmp_path / "0" / "in" / "file").unlink()
    assert limits.exceeded(os.getpid(), tmp_path, limits.processes()) == ""


def test_a_chain_has_so_many_files_open_at_most(engine: Engine) -> None:
    code = "kept = []\nwhile True:\n    kept.append(open('/dev/null'))"
    (found,) = problems(cell(code), engine)
    assert "Too many open files" in found


LANDLOCKS = {
    0: "this system has no Landlock (Linux 5.13 or newer): cells run as you. Read pages by others",
    3: "this system's Landlock is old (Linux before 6.12): cells can send you signals. Read",
}


@pytest.mark.parametrize("version", LANDLOCKS)
def test_what_a_system_cannot_confine_is_said(
    version: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(landlock, "version", lambda: version)
    assert confinement.lacking().startswith(LANDLOCKS[version])
    monkeypatch.setattr(landlock, "version", lambda: landlock.SCOPES_SINCE)
    assert confinement.lacking() == ""


LIES: dict[str, Callable[[dict[str, Any]], object]] = {
    "an output too many": lambda kept: kept["outputs"].append(kept["outputs"][0]),
    "an output too few": lambda kept: kept["outputs"].pop(),
    "no verdict of a claim": lambda kept: kept["outputs"][0]["claims"].clear(),
    "a verdict too many": lambda kept: kept["outputs"][0]["claims"].append(
        {"ok": True, "text": "", "fact": "", "data": None}
    ),
    "a number for a text": lambda kept: kept["outputs"][0].update(stdout=7),
    "a kind that is none": lambda kept: kept["outputs"][0]["shown"][0].update(kind="script"),
    "a figure that is not there": lambda kept: kept["outputs"][0]["shown"].append(
        {"kind": "figure", "content": "3"}
    ),
    "more than a page shows": lambda kept: kept["outputs"][0].update(stdout="x" * 100_000),
    "an exception that nobody promised": lambda kept: kept["outputs"][0].update(
        exception={
            "type": "A", "types": ["A"], "message": "", "text": "A", "trace": [], "remedy": "",
        }
    ),
    "control characters": lambda kept: kept["outputs"][0].update(stdout="\x02wrong"),
    "another version of a library": lambda kept: kept["distributions"].update(torch="0.1"),
    "a list for a name": lambda kept: kept.update(distributions=["torch"]),
    "no date": lambda kept: kept.pop("date"),
}  # fmt: skip


@pytest.mark.parametrize("lie", LIES.values(), ids=LIES.keys())
def test_an_entry_that_cannot_be_right_is_a_miss_whatever_its_checksum(
    lie: Callable[[dict[str, Any]], object], engine: Engine, engine_cache: Path,
    request: pytest.FixtureRequest,
) -> None:  # fmt: skip
    text = cell(f"# {request.node.name}\nx = 1\nprint('right')") + "\nTwo: `#!value x + 1`.\n"
    folder = engine_cache / "runs"
    before = {*folder.rglob("*.json")}
    right = panes_and_problems(text, engine)
    assert right == ([("text", "right")], [])
    (entry,) = {*folder.rglob("*.json")} - before
    kept = json.loads(json.loads(entry.read_bytes())["body"])
    lie(kept)
    body = json.dumps(kept)
    digest = hashlib.sha256(body.encode()).hexdigest()
    entry.write_text(json.dumps({"sha256": digest, "body": body}), "utf-8")
    ran = engine.executed
    assert panes_and_problems(text, engine) == right
    assert engine.executed == ran + 1
