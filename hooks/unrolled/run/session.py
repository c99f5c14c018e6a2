"""The build's end of the fork server.

Hands it jobs, hears of their ends, reads what their cells left behind.
"""

import contextlib
import dataclasses
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from unrolled.model.cell import Chain, Claim
from unrolled.model.output import Ending, Fate, Output, Raised, Run
from unrolled.run import numerics, page_files
from unrolled.run.page_files import Data
from unrolled.run.perturbation import Perturbation
from unrolled.run.server import PRELOADED

PASSED_ON = ("PATH", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "SYSTEMROOT")
TRACE_LINE = re.compile(r'File "<cell (\d+)>", line (\d+)')


@dataclass(frozen=True)
class Job:
    """A chain to run."""

    chain: Chain
    data: Data
    """What it may read."""


class Session:
    """A fork server and the folder its chains work in.

    Started at the first job, used until closed.
    """

    def __init__(
        self,
        root: Path,
        cache: Path,
        *,
        launcher: Sequence[str] = (),
        perturbation: Perturbation = Perturbation.NONE,
        warmed: Sequence[str] = (),
    ) -> None:
        """Remember where the project is and where matplotlib may keep its font list.

        Args:
            root: The project.
            cache: The folder of its cache.
            launcher: A command that starts Python in another way, such as an emulator of another
                processor.
            perturbation: What is changed to see whether the pages notice.
            warmed: Libraries to import once, before the first chain runs.
        """
        self._warmed = warmed
        self._launcher = launcher
        self._perturbation = perturbation
        self._root = root
        self._cache = cache
        self._server: subprocess.Popen[str] | None = None
        self._folder: Path | None = None
        self._next = 0

    def run(
        self, jobs: Sequence[Job], started: Callable[[int], None], ended: Callable[[int, Run], None]
    ) -> None:
        """Run chains, as many at once as there are cores.

        Args:
            jobs: The chains.
            started: Called with a job's position when its process starts.
            ended: Called with a job's position and what it gave.
        """
        waiting = dict(enumerate(jobs))
        suspects: list[int] = []
        while waiting:
            # After a cell has killed the server, whatever ran beside it runs alone, so that only
            # the culprit is blamed.
            batch = [p for p in waiting if p not in suspects] or suspects[:1]
            begun = self._run_batch({p: waiting[p] for p in batch}, started, ended, waiting)
            lost = [p for p in begun if p in waiting]
            if len(batch) == 1 and lost:
                ended(batch[0], Run((), Fate(0, Ending.LOST)))
                del waiting[batch[0]]
            suspects = [p for p in [*suspects, *lost] if p in waiting]
            if not lost and self._server is None and any(p in waiting for p in batch):
                raise RuntimeError(
                    "the process that runs the cells did not start; what it said stands above"
                )

    def _run_batch(
        self,
        batch: dict[int, Job],
        started: Callable[[int], None],
        ended: Callable[[int, Run], None],
        waiting: dict[int, Job],
    ) -> list[int]:
        """Run jobs until all have ended or the server is gone.

        Take what ended from `waiting`, return what was begun.
        """
        server = self._start()
        assert server.stdin and server.stdout
        numbers = {self._next + i: position for i, position in enumerate(batch)}
        self._next += len(numbers)
        folders = {n: self._prepare(n, batch[p].data) for n, p in numbers.items()}
        begun: list[int] = []
        with contextlib.suppress(BrokenPipeError):
            for number, position in numbers.items():
                server.stdin.write(
                    json.dumps(self._job(number, batch[position], folders[number])) + "\n"
                )
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
            ended(
                position, self._collect(folders[number], waiting.pop(position).chain, event["how"])
            )
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
            command = [
                *self._launcher,
                sys.executable,
                "-P",
                "-m",
                "unrolled.run.server",
                str(os.cpu_count() or 1),
                *self._warmed,
            ]
            self._server = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                encoding="utf-8",
                env=self._environment(),
                cwd=self._folder,
            )
        return self._server

    def _environment(self) -> dict[str, str]:
        """Return the whole environment of the cells.

        Nothing of the builder's own may change what they print.
        """
        here = Path(__file__).parent
        passed = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
        held = (
            numerics.ENVIRONMENT
            if self._perturbation is not Perturbation.PROCESSOR
            else numerics.THREADS
        )
        return (
            passed
            | held
            | {
                "PYTHONHASHSEED": "1" if self._perturbation is Perturbation.AGAIN else "0",
                "PYTHONDONTWRITEBYTECODE": "1",
                "PYTHONPATH": str(here.parent.parent),
                "MATPLOTLIBRC": str(here / "matplotlibrc"),
                "MPLCONFIGDIR": str(self._cache / "matplotlib"),
                "COLUMNS": "80",
                "TERM": "dumb",
                "TZ": "UTC",
            }
        )

    def _prepare(self, number: int, data: Data) -> Path:
        """Make a chain's folder.

        Its private working directory holds a copy of the data beside its page.
        """
        assert self._folder
        folder = self._folder / str(number)
        work = folder / "work"
        (work / data.at).mkdir(parents=True)
        if data.folder:
            page_files.copy(Path(data.folder), work)
        return folder

    def _job(self, number: int, job: Job, folder: Path) -> dict[str, Any]:
        chain = job.chain
        words = {word for word in PRELOADED for cell in chain.cells if word in cell.code}
        cells = [
            {
                "code": cell.code,
                "timeout": cell.options.timeout,
                "raises": cell.options.raises,
                "probe": cell.options.probe,
                "claims": [_claim(claim) for claim in cell.claims],
            }
            for cell in chain.cells
        ]
        return {
            "id": number,
            "folder": str(folder),
            "root": str(self._root),
            "at": job.data.at,
            "preload": sorted(words),
            "perturbation": self._perturbation,
            "cells": cells,
            "task": chain.task and dataclasses.asdict(chain.task),
        }

    def _collect(self, folder: Path, chain: Chain, how: str) -> Run:
        """Read what a chain's process wrote, and where it was if it did not come to its end."""
        outputs: list[Output] = []
        for number in range(len(chain.cells)):
            file = folder / f"{number}.json"
            if not file.exists():
                break
            outputs.append(Output.from_json(json.loads(file.read_text("utf-8"))))
        if how == "exit 0" and (folder / "end.json").exists():
            end = json.loads((folder / "end.json").read_text("utf-8"))
            for cell, raised in end["late"]:
                outputs[cell] = dataclasses.replace(
                    outputs[cell], exception=outputs[cell].exception or Raised.from_json(raised)
                )
            today = datetime.now(UTC).date().isoformat()
            return Run(tuple(outputs), None, end["result"], end["files"], end["torch"], today)
        return Run(tuple(outputs), _fate(folder, chain, how, len(outputs)))


def _claim(claim: Claim) -> dict[str, Any]:
    expected = claim.expected and list(claim.expected)
    return {
        "kind": claim.kind,
        "code": claim.code,
        "expected": expected,
        "at": claim.cell_line or 0,
    }


def _fate(folder: Path, chain: Chain, how: str, done: int) -> Fate:
    """Return how and where a chain's process ended before its time.

    Args:
        folder: What it left behind.
        chain: What it was to do.
        how: What the server saw: `exit 3`, `signal SIGSEGV`, `timeout`.
        done: How many of its cells had ended.
    """
    ending, _, detail = how.partition(" ")
    if (folder / "fault").exists():
        ending, detail = Ending.FAULT, (folder / "fault").read_text("utf-8")
    trace = (folder / "trace").read_text("utf-8", "replace") if (folder / "trace").exists() else ""
    if "Timeout (" in trace:
        ending, detail = Ending.TIMEOUT, ""
    cell = max(min(done, len(chain.cells) - 1), 0)
    here = ((int(number) - 1, int(line)) for number, line in TRACE_LINE.findall(trace))
    line = next((line for number, line in here if number == cell), None)
    return Fate(cell, Ending(ending), detail, line)
