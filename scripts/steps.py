"""The steps that fill `.venv`, what each says, and how one runs.

Every package comes from requirements.txt with its hash; torch, whose builds differ from index to
index, by its exact version in pyproject.toml, and after all that it needs.
"""

from __future__ import annotations

import contextlib
import os
import platform
import re
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

VENV = Path(".venv")
PYTHON = VENV / "bin/python"
LOCK = Path("requirements.txt")
CPU_INDEX = "https://download.pytorch.org/whl/cpu"
EVERY = 30.0
"""Seconds between two lines about a step that takes long."""
PACKAGES_SIZE = "270 MB"
CUDA_SIZE = "3 GB"
CPU_SIZE = "200 MB"
AGAIN = "When that is fixed, run the same command again: it starts over by itself."
RELOCK = "If pyproject.toml names a new package or version, run `make lock`."


@dataclass(frozen=True)
class Step:
    """A command, and what to say of it."""

    says: str
    """What it does, and how much there is to download."""
    command: list[str]
    reads: str = ""
    """What it reads from its standard input."""
    remedy: str = AGAIN
    """What to do when it fails."""


class StepError(Exception):
    """A step failed; the message holds all that it printed, and a remedy."""


def steps(dependencies: list[str], torch_index: str, *, anew: bool) -> list[Step]:
    """Return what fills the environment, or brings it up to date.

    Args:
        dependencies: Those of pyproject.toml, torch with its exact version among them.
        torch_index: Where torch comes from; empty for PyPI.
        anew: Whether the environment is yet to be created.
    """
    lock = LOCK.read_text("utf-8")
    # What has no wheel for this machine (some have none for macOS) is built with what is locked.
    builder = "".join(re.findall(r"^setuptools==(?:.*\\\n)*.*\n", lock, re.MULTILINE))
    count = len(re.findall(r"^[A-Za-z0-9]", lock, re.MULTILINE))
    size = _download(PACKAGES_SIZE) if anew else ""
    locked = ["install", "--require-hashes", "--no-deps", "--no-build-isolation", "--requirement"]
    own = ["install", "--no-deps", "--no-build-isolation", "--editable", "."]
    create = Step(
        f"the environment, with Python {platform.python_version()}",
        [sys.executable, "-m", "venv", str(VENV)],
    )
    return [
        *([create] if anew else []),
        Step("setuptools, to build with", _pip(*locked, "/dev/stdin"), reads=builder),
        Step(f"{LOCK}, {count} packages{size}", _pip(*locked, str(LOCK))),
        *(_torch(d, torch_index, anew=anew) for d in dependencies if d.startswith("torch==")),
        Step("this project", _pip(*own)),
        Step("do all versions agree?", [str(PYTHON), "-m", "pip", "check"], remedy=RELOCK),
    ]


def _torch(pin: str, index: str, *, anew: bool) -> Step:
    size = CUDA_SIZE if _is_for_cuda(index) else CPU_SIZE
    source = ["--index-url", index] if index else []
    return Step(f"{pin}{_download(size) if anew else ''}", _pip("install", *source, pin))


def advice(torch_index: str) -> list[str]:
    """Return what to say before anything is downloaded."""
    if not _is_for_cuda(torch_index):
        return []
    return [
        f"for Linux, PyPI's torch is the build for CUDA, about {CUDA_SIZE} to download.",
        f"To get {CPU_SIZE} instead, stop this with Ctrl-C, and add TORCH_INDEX={CPU_INDEX}",
    ]


def _is_for_cuda(torch_index: str) -> bool:
    return platform.system() == "Linux" and not torch_index


def _download(size: str) -> str:
    return f" (about {size} to download, unless pip has it)"


def _pip(*arguments: str) -> list[str]:
    quiet = ["--quiet", "--disable-pip-version-check", "--no-input"]
    return [str(PYTHON), "-m", "pip", *quiet, *arguments]


def run(step: Step, place: str) -> None:
    """Run a step, and speak now and then while it lasts.

    Raises:
        StepError: when it fails, with all that it printed.
    """
    say(f"{place}: {step.says}")
    start = time.monotonic()
    output = ""
    with subprocess.Popen(
        step.command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env={k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "PYTHONHOME")},
        text=True,
    ) as process:
        reads: str | None = step.reads
        try:
            while process.returncode is None:
                with contextlib.suppress(subprocess.TimeoutExpired):
                    output, _ = process.communicate(reads, timeout=EVERY)
                    continue
                reads = None  # What it reads can be given once.
                say(f"{place}: still at it after {duration(start)}")
        except KeyboardInterrupt:
            process.terminate()
            raise
    if process.returncode:
        raise StepError(f"this failed: {' '.join(step.command)}\n{output.strip()}\n{step.remedy}")


def duration(start: float) -> str:
    """Return the time since `start` in words."""
    minutes, seconds = divmod(round(time.monotonic() - start), 60)
    return f"{minutes} min {seconds} s" if minutes else f"{seconds} s"


def say(line: str) -> None:
    """Print a line at once, where make's other lines go."""
    print(f"set-up: {line}", flush=True)
