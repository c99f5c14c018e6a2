"""How far long work is: a bar in a terminal, a line every few seconds elsewhere."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress as Bar

EVERY = 5.0
"""Seconds between lines where there is no terminal."""


class Meter:
    """Says how many chains are done and which is running."""

    def __init__(self, total: int) -> None:
        """Expect so many chains."""
        self._total = total
        self._done = 0
        self._running: list[str] = []
        self._bar = _bar()
        self._spoke = time.monotonic()

    def __enter__(self) -> Meter:
        """Show the bar, or say how much there is to do."""
        if self._bar:
            self._bar.start()
            self._bar.add_task("", total=self._total)
        else:
            chains = "1 chain" if self._total == 1 else f"{self._total} chains"
            self._print(f"running cells: {chains} that the cache does not hold")
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Remove the bar."""
        if self._bar:
            self._bar.stop()

    def started(self, place: str) -> None:
        """Note that the chain at `path:line` runs."""
        self._running.append(place)
        self._show()

    def ended(self, place: str) -> None:
        """Note that it has ended."""
        if place in self._running:
            self._running.remove(place)
        self._done += 1
        self._show()

    def _show(self) -> None:
        place = self._running[0] if self._running else ""
        if self._bar:
            self._bar.update(self._bar.task_ids[0], completed=self._done, description=place)
        elif time.monotonic() - self._spoke > EVERY:
            self._spoke = time.monotonic()
            at = f", at {place}" if place else ""
            self._print(f"running cells: {self._done} of {self._total} chains done{at}")

    @staticmethod
    def _print(line: str) -> None:
        print(line, file=sys.stderr, flush=True)


def _bar() -> Bar | None:
    """Return a bar; None where there is no terminal."""
    # Here, since it takes long to import, and most checks run nothing.
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (
        TextColumn("running cells"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.description}"),
    )
    console = Console(stderr=True)
    return Progress(*columns, console=console, transient=True) if console.is_terminal else None
