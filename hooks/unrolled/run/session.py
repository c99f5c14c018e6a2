"""The build's end of the fork server.

Hands it jobs, hears of their ends, and waits for nothing longer than it may take.
"""

import contextlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from unrolled.model.output import Ending, Fate, Run
from unrolled.run import compiler, folders, jobs, numerics, page_files, results
from unrolled.run.channel import Lines, SilenceError
from unrolled.run.jobs import Job
from unrolled.run.page_files import Data
from unrolled.run.perturbation import Perturbation
from unrolled.run.server import GRACE

PASSED_ON = ("PATH", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "SYSTEMROOT")
START = 600.0
"""Seconds in which the server must have imported its libraries and begun a chain."""
LATE = 10.0
"""Seconds after which the server, which kills chains that take too long, is taken for stopped."""


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
        readable: Sequence[Path] = (),
    ) -> None:
        """Remember where the project is and where matplotlib may keep its font list.

        Args:
            root: The project.
            cache: The folder of its cache.
            launcher: A command that starts Python in another way, such as an emulator of another
                processor.
            perturbation: What is changed to see whether the pages notice.
            warmed: Libraries to import once, before the first chain runs.
            readable: Folders that cells may read beside what Python needs.
        """
        self._warmed = warmed
        self._readable = (*readable, Path(__file__).parent / "matplotlibrc", cache / "matplotlib")
        self._launcher = launcher
        self._perturbation = perturbation
        self._root = root
        self._cache = cache
        self._server: subprocess.Popen[bytes] | None = None
        self._lines: Lines | None = None
        self._is_new = True
        self._folder: Path | None = None
        self._held: int | None = None
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
            gone = not lost and self._server is None and any(p in waiting for p in batch)
            if gone and self._is_new:  # One that served before may have been killed since.
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
        self._start()
        numbers = {self._next + i: position for i, position in enumerate(batch)}
        self._next += len(numbers)
        chains = {n: self._prepare(n, batch[p].data) for n, p in numbers.items()}
        self._send({n: batch[p] for n, p in numbers.items()}, chains)
        begun: list[int] = []
        late: dict[int, float] = {}
        while numbers:
            line = self._hear(min(late.values(), default=time.monotonic() + START))
            if not line:
                self.close()
                break
            event = json.loads(line)
            number = event["id"]
            position = numbers[number]
            if event["event"] == "start":
                late[number] = time.monotonic() + event["seconds"] + GRACE + LATE
                begun.append(position)
                started(position)
                continue
            del numbers[number], late[number]
            chain = waiting.pop(position).chain
            ended(position, results.read(chain, event["told"], event["how"], event["trace"]))
            folders.remove(chains[number])
        return begun

    def _send(self, batch: dict[int, Job], chains: dict[int, Path]) -> None:
        """Give the server its jobs, by number; whether it is there shows in what it answers."""
        assert self._server and self._server.stdin
        with contextlib.suppress(BrokenPipeError):
            for number, job in batch.items():
                described = jobs.described(
                    number,
                    job,
                    folder=chains[number],
                    root=self._root,
                    readable=self._readable,
                    perturbation=self._perturbation,
                )
                self._server.stdin.write(json.dumps(described).encode() + b"\n")
            self._server.stdin.flush()

    def _hear(self, deadline: float) -> bytes:
        """Return what the server says next; nothing when it is gone, or does not answer."""
        assert self._server and self._lines
        try:
            return self._lines.next(deadline)
        except SilenceError:
            self._server.kill()
            return b""

    def close(self) -> None:
        """End the server and all that runs in it, and remove its folder."""
        clean = True
        if self._server:
            server, self._server = self._server, None
            assert server.stdin and server.stdout
            try:
                with contextlib.suppress(OSError):
                    server.stdin.close()
                server.wait(10)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()
            clean = server.returncode == 0
            server.stdout.close()
        if self._folder:
            if not clean:  # What it would have killed is left to us.
                folders.kill_all(self._folder)
            folders.remove(self._folder)
            self._folder = None
        if self._held is not None:
            os.close(self._held)
            self._held = None

    def _start(self) -> None:
        self._is_new = self._server is None or self._server.poll() is not None
        if not self._is_new:
            return
        if self._server:
            self.close()
        folders.sweep()
        self._folder, self._held = folders.make()
        command = [
            *self._launcher,
            sys.executable,
            "-P",
            "-m",
            "unrolled.run.server",
            str(os.cpu_count() or 1),
            *self._warmed,
        ]
        # In a session of its own, it outlives whatever ends the builder, and clears up.
        self._server = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=self._environment(self._folder),
            cwd=self._folder,
            start_new_session=True,
        )
        assert self._server.stdout
        self._lines = Lines(self._server.stdout.fileno())

    def _environment(self, folder: Path) -> dict[str, str]:
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
            | compiler.ENVIRONMENT
            | {
                folders.MARK: str(folder),
                "PYTHONHASHSEED": "1" if self._perturbation is Perturbation.AGAIN else "0",
                "PYTHONDONTWRITEBYTECODE": "1",
                # What a child prints comes out as it prints it.
                "PYTHONUNBUFFERED": "1",
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
