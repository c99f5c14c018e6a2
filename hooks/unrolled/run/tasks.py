"""The tasks that cells start, in the loop that lasts through the chain, and what they raise."""

from __future__ import annotations

import asyncio
import contextvars
import functools
import weakref
from collections.abc import Coroutine
from typing import Any

from unrolled.run.own import THEIRS
from unrolled.run.threads import Threads

TURNS = 100
"""How often each task may go on once its cell has ended; one that sleeps is not waited for."""


class Tasks:
    """Knows which cell started a task, and what tasks raise that nobody awaits."""

    def __init__(self, threads: Threads) -> None:
        """Note, from now on, who starts tasks; what they raise is noted with what threads raise."""
        self._threads = threads
        self._started: weakref.WeakKeyDictionary[asyncio.Future[Any], int] = (
            weakref.WeakKeyDictionary()
        )
        told = asyncio.BaseEventLoop.default_exception_handler

        def noted(loop: asyncio.BaseEventLoop, context: dict[str, Any]) -> None:
            task = context.get("task") or context.get("future")
            error = context.get("exception")
            if task is None or error is None:
                told(loop, context)
            else:
                threads.add(error, cell=self._started.get(task))

        asyncio.BaseEventLoop.default_exception_handler = noted  # type: ignore[method-assign]

    def run(self, awaited: Coroutine[Any, Any, Any]) -> Any:
        """Run what a cell awaits, and return what it gives."""
        loop, context = self._loop
        return loop.run_until_complete(loop.create_task(awaited, context=context))

    def settle(self) -> None:
        """Let the tasks that nobody awaits go on, as in Jupyter, where the loop never stops."""
        waiting = [task for task in self._started if not task.done()]
        if waiting and not self._loop[0].is_closed():
            with THEIRS:
                self.run(_turns(waiting))

    def late(self) -> list[tuple[int, BaseException]]:
        """Return what tasks raised that a name still holds, with the position of their cell."""
        found: list[tuple[int, BaseException]] = []
        for task, cell in list(self._started.items()):
            unheard = getattr(task, "_log_traceback", False)  # It says whether anybody asked.
            error = task.exception() if unheard and task.done() else None
            if error:
                found.append((cell, error))
        return found

    @functools.cached_property
    def _loop(self) -> tuple[asyncio.AbstractEventLoop, contextvars.Context]:
        """The loop of the chain, and the context that its cells share."""
        loop = asyncio.new_event_loop()
        asyncio.set_event_loop(loop)
        loop.set_task_factory(self._make)
        return loop, contextvars.copy_context()

    def _make(
        self, loop: asyncio.AbstractEventLoop, awaited: Any, **options: Any
    ) -> asyncio.Task[Any]:
        task = asyncio.Task(awaited, loop=loop, **options)
        self._started[task] = self._threads.cell
        return task


async def _turns(waiting: list[asyncio.Future[Any]]) -> None:
    for _ in range(TURNS):
        waiting[:] = [task for task in waiting if not task.done()]
        if not waiting:
            return
        await asyncio.sleep(0)
