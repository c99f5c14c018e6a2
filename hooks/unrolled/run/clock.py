"""Another clock, for a second run: what a cell says of the time must be seen to change."""

from __future__ import annotations

import datetime
import time
from collections.abc import Callable
from typing import Any

AHEAD = 401 * 86400 + 3 * 3600 + 7 * 60
"""Seconds by which the second run's clocks are ahead."""
FASTER = 50
"""How much faster they go, so that what took no time in the first run takes some in the second."""
READ = ("time", "perf_counter", "process_time", "thread_time")
"""The clocks that people measure with. `monotonic` stays: what waits goes by it."""


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
    _change_dates()


def _faster(read: Callable[[], int], began: int) -> Callable[[], int]:
    return lambda: began + (read() - began) * FASTER + AHEAD * 10**9


def _of_now(convert: Callable[..., Any]) -> Callable[..., Any]:
    def converted(seconds: float | None = None) -> Any:
        return convert(time.time() if seconds is None else seconds)

    return converted


def _change_dates() -> None:
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
        setattr(datetime, name, kind)
