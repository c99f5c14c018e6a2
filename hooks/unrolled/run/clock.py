"""Another clock, for a second run: what a cell says of the time must be seen to change."""

from __future__ import annotations

import builtins
import datetime
import sys
import time
import types
from collections.abc import Callable
from pathlib import Path
from typing import Any

from unrolled.model import filename

AHEAD = 401 * 86400 + 3 * 3600 + 7 * 60
"""Seconds by which the second run's clocks are ahead."""
FASTER = 50
"""How much faster they go, so that what took no time in the first run takes some in the second."""
READ = ("time", "perf_counter", "process_time", "thread_time")
"""The clocks that people measure with. `monotonic` stays for libraries: what waits goes by it."""


def change() -> None:
    """Let the clocks of this process be ahead and go faster."""
    for name in READ:
        exact = f"{name}_ns"
        began = getattr(time, exact)()
        nanoseconds = _faster(getattr(time, exact), began)
        setattr(time, exact, nanoseconds)
        setattr(time, name, lambda read=nanoseconds: read() / 1e9)
    for name in ("localtime", "gmtime", "ctime"):
        setattr(time, name, _of_now(getattr(time, name)))
    written, stated = time.strftime, time.asctime
    time.strftime = lambda form, moment=None: written(form, moment or time.localtime())  # type: ignore[assignment]
    time.asctime = lambda moment=None: stated(moment or time.localtime())  # type: ignore[assignment]
    _change_stopwatches()
    _change_dates()


def _change_stopwatches() -> None:
    """Change what cells alone measure with: `monotonic`, by which libraries wait, and `timeit`."""
    for name in ("monotonic", "monotonic_ns"):
        exact = getattr(time, name)
        setattr(time, name, _in_cells(exact, _faster(exact, exact(), ahead=0)))
    timeit: Any = sys.modules.get("timeit")
    if timeit:  # It took its clock when it was imported.
        old, timeit.default_timer = timeit.default_timer, time.perf_counter
        for function in (timeit.Timer.__init__, timeit.timeit, timeit.repeat):
            function.__defaults__ = tuple(
                time.perf_counter if value is old else value for value in function.__defaults__
            )


def _in_cells(exact: Callable[[], Any], changed: Callable[[], Any]) -> Callable[[], Any]:
    def read() -> Any:
        caller = sys._getframe(1).f_code.co_filename  # pyright: ignore[reportPrivateUsage] - there is no other way
        return changed() if filename.is_cell(caller) else exact()

    return read


def _faster(read: Callable[[], Any], began: Any, ahead: int = AHEAD) -> Callable[[], Any]:
    return lambda: began + (read() - began) * FASTER + ahead * 10**9


def _of_now(convert: Callable[..., Any]) -> Callable[..., Any]:
    def converted(seconds: float | None = None) -> Any:
        return convert(time.time() if seconds is None else seconds)

    return converted


def _change_dates() -> None:
    """Let what cells and modules beside the page import as `datetime` hold other dates.

    Libraries written in C would crash if they met classes of another size.
    """
    changed = types.ModuleType("datetime", datetime.__doc__)
    changed.__dict__.update(datetime.__dict__)
    for kind in _other_dates():
        setattr(changed, kind.__name__, kind)
    imported, beside = builtins.__import__, str(Path.cwd())

    def importing(name: str, names: Any = None, *more: Any, **options: Any) -> Any:
        if name == "datetime" and names:
            file = str(names.get("__file__") or "")
            if names.get("__name__") == "__main__" or file.startswith(beside):
                return changed
        return imported(name, names, *more, **options)

    builtins.__import__ = importing


def _other_dates() -> tuple[type, ...]:
    """Return `date` and `datetime` by whose clock it is later."""
    real_date, real_datetime = datetime.date, datetime.datetime

    class Kind(type):
        """Dates that were made by the real classes are dates too."""

        def __instancecheck__(cls, value: object) -> bool:
            own = cls.__module__ == "datetime"
            return isinstance(value, cls.__mro__[1]) if own else super().__instancecheck__(value)

    class date(real_date, metaclass=Kind):  # noqa: N801 - it stands for the real one
        def __repr__(self) -> str:
            return f"datetime.{super().__repr__()}"

        @classmethod
        def today(cls) -> Any:
            return real_date.fromtimestamp(time.time())

    class datetime_(real_datetime, metaclass=Kind):  # noqa: N801 - as above
        def __repr__(self) -> str:
            return f"datetime.{super().__repr__()}"

        @classmethod
        def now(cls, tz: datetime.tzinfo | None = None) -> Any:
            return cls.fromtimestamp(time.time(), tz)

        @classmethod
        def today(cls) -> Any:
            return cls.fromtimestamp(time.time())

        @classmethod
        def utcnow(cls) -> Any:
            return cls.fromtimestamp(time.time(), datetime.UTC).replace(tzinfo=None)

    for kind, name in ((date, "date"), (datetime_, "datetime")):
        kind.__name__ = kind.__qualname__ = name
        kind.__module__ = "datetime"
    return date, datetime_
