"""An engine that tests share.

Its fork server takes seconds to start, so nobody who borrows it ends it.
"""

from unrolled.run.engine import Engine


class LentEngine(Engine):
    """An engine whose borrowers cannot close it."""

    def close(self) -> None:
        """Stay open for the next."""

    def end(self) -> None:
        """End the processes."""
        super().close()
