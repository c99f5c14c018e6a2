"""The build's end of the fork server: hands it jobs, hears of their ends, reads what their cells left behind."""

import contextlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from unrolled import data
from unrolled.output import Fate, Output, Run
from unrolled.page import Chain
from unrolled.run import numerics
from unrolled.run.perturbation import Perturbation
from unrolled.run.server import PRELOADED

PASSED_ON = ("PATH", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "SYSTEMROOT")
TRACE_LINE = re.compile(r'File "<cell (\d+)>", line (\d+)')


class Session:
    """A fork server and the folder its chains work in. Started at the first job, used until closed."""

    def __init__(self, root: Path, cache: Path, launcher: Sequence[str] = (), perturbation: Perturbation = Perturbation.NONE) -> None:
        """Remember where the project is and where matplotlib may keep its font list.

        Args:
            root: The project.
            cache: The folder of its cache.
            launcher: A command that starts Python in another way, such as an emulator of another processor.
            perturbation: What is changed to see whether the pages notice.
        """
        self._launcher = launcher
        self._perturbation = perturbation
        self._root = root
        self._cache = cache
        self._server: subprocess.Popen[str] | None = None
        self._folder: Path | None = None
        self._next = 0

    def run(self, jobs: Sequence[tuple[Chain, str]], started: Callable[[int], None], ended: Callable[[int, Run], None]) -> None:
        """Run chains, as many at once as there are cores.

        Args:
            jobs: The chains, each with the folder whose files it may read ("" for none).
            started: Called with a job's position when its process starts.
            ended: Called with a job's position and what it gave.
        """
        waiting = dict(enumerate(jobs))
        suspects: list[int] = []
        while waiting:
            # After a cell has killed the server, whatever ran beside it runs alone, so that only the culprit is blamed.
            batch = [p for p in waiting if p not in suspects] or suspects[:1]
            begun = self._run_batch({p: waiting[p] for p in batch}, started, ended, waiting)
            lost = [p for p in begun if p in waiting]
            if len(batch) == 1 and lost:
                ended(batch[0], Run((), Fate(0, "lost")))
                del waiting[batch[0]]
            suspects = [p for p in [*suspects, *lost] if p in waiting]
            if not lost and self._server is None and any(p in waiting for p in batch):
                raise RuntimeError("the process that runs the cells did not start; what it said stands above")

    def _run_batch(
        self,
        batch: dict[int, tuple[Chain, str]],
        started: Callable[[int], None],
        ended: Callable[[int, Run], None],
        waiting: dict[int, tuple[Chain, str]],
    ) -> list[int]:
        """Run jobs until all have ended or the server is gone; take what ended from `waiting`, return what was begun."""
        server = self._start()
        assert server.stdin and server.stdout
        numbers = {self._next + i: position for i, position in enumerate(batch)}
        self._next += len(numbers)
        folders = {n: self._prepare(n, batch[p][1]) for n, p in numbers.items()}
        begun: list[int] = []
        with contextlib.suppress(BrokenPipeError):
            for number, position in numbers.items():
                server.stdin.write(json.dumps(self._job(number, batch[position][0], folders[number])) + "\n")
            server.stdin.flush()
        while numbers:
            line = server.stdout.readline()
            if not line:
                self.close()
                break
            event = json.loads(line)
            number = event["id"]
            if event["event"] == "start":
                begun.append(numbers[number])
                started(numbers[number])
                continue
            position = numbers.pop(number)
            ended(position, self._collect(folders[number], waiting.pop(position)[0], event["how"]))
            shutil.rmtree(folders[number], ignore_errors=True)
        return begun

    def close(self) -> None:
        """End the server and all that runs in it, and remove its folder."""
        if self._server:
            server, self._server = self._server, None
            assert server.stdin and server.stdout
            try:
                server.stdin.close()
                server.wait(5)
            except (OSError, subprocess.TimeoutExpired):
                server.kill()
                server.wait()
            server.stdout.close()
        if self._folder:
            shutil.rmtree(self._folder, ignore_errors=True)
            self._folder = None

    def _start(self) -> subprocess.Popen[str]:
        if self._server is None or self._server.poll() is not None:
            self._folder = self._folder or Path(tempfile.mkdtemp(prefix="unrolled-")).resolve()
            command = [*self._launcher, sys.executable, "-P", "-m", "unrolled.run.server", str(os.cpu_count() or 1)]
            self._server = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8", env=self._environment(), cwd=self._folder
            )
        return self._server

    def _environment(self) -> dict[str, str]:
        """Return the whole environment of the cells: nothing of the builder's own may change what they print."""
        here = Path(__file__).parent
        passed = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
        held = numerics.ENVIRONMENT if self._perturbation is not Perturbation.PROCESSOR else numerics.THREADS
        return (
            passed
            | held
            | {
                "PYTHONHASHSEED": "0",
                "PYTHONDONTWRITEBYTECODE": "1",
                "PYTHONPATH": str(here.parent.parent),
                "MATPLOTLIBRC": str(here / "matplotlibrc"),
                "MPLCONFIGDIR": str(self._cache / "matplotlib"),
                "COLUMNS": "80",
                "TERM": "dumb",
                "TZ": "UTC",
            }
        )

    def _prepare(self, number: int, source: str) -> Path:
        """Make a chain's folder; its private working directory holds a copy of the data beside its page."""
        assert self._folder
        folder = self._folder / str(number)
        work = folder / "work"
        work.mkdir(parents=True)
        if source:
            data.copy(Path(source), work)
        return folder

    def _job(self, number: int, chain: Chain, folder: Path) -> dict[str, Any]:
        words = {word for word in PRELOADED for cell in chain.cells if word in cell.code}
        cells = [
            {
                "code": cell.code,
                "timeout": cell.options.timeout,
                "raises": cell.options.raises,
                "probe": cell.options.probe,
                "claims": [{"kind": c.kind, "code": c.code, "expected": c.expected and list(c.expected), "at": c.at} for c in cell.claims],
            }
            for cell in chain.cells
        ]
        return {
            "id": number,
            "folder": str(folder),
            "root": str(self._root),
            "preload": sorted(words),
            "perturbation": self._perturbation,
            "cells": cells,
        }

    def _collect(self, folder: Path, chain: Chain, how: str) -> Run:
        """Read what a chain's process wrote, and find out where it was if it did not come to its end."""
        outputs: list[Output] = []
        for number in range(len(chain.cells)):
            file = folder / f"{number}.json"
            if not file.exists():
                break
            outputs.append(Output.from_json(json.loads(file.read_text("utf-8"))))
        if how == "exit 0" and (folder / "end.json").exists():
            end = json.loads((folder / "end.json").read_text("utf-8"))
            return Run(tuple(outputs), None, end["files"], end["torch"], datetime.now(UTC).date().isoformat())
        if (folder / "fault").exists():
            how = (folder / "fault").read_text("utf-8")
        trace = (folder / "trace").read_text("utf-8", "replace") if (folder / "trace").exists() else ""
        if "Timeout (" in trace:
            how = "timeout"
        here = [(int(cell) - 1, int(line)) for cell, line in TRACE_LINE.findall(trace)]
        cell = min(len(outputs), len(chain.cells) - 1)
        line = next((line for number, line in here if number == cell), 0)
        return Run(tuple(outputs), Fate(cell, how, line))
