"""The modes of a topic.

What its pages are, by the names of their files, in the order in which a hub offers them.
"""

from __future__ import annotations

import enum
from pathlib import PurePosixPath


class Mode(enum.StrEnum):
    """What a page of a topic is for; the value is the name of its file."""

    LEARN = "learn"
    VISUALIZE = "visualize"
    RECAP = "recap"
    PRACTICE = "practice"
    CHALLENGE = "challenge"
    TEST = "test"
    EXPERIMENT = "experiment"
    WALKTHROUGH = "walkthrough"
    DEBUG = "debug"
    DEEP_DIVE = "deepdive"
    CHEATSHEET = "cheatsheet"

    @property
    def label(self) -> str:
        """What readers call it."""
        return LABELS.get(self, self.capitalize())

    @property
    def is_read(self) -> bool:
        """Whether its page is read to the end, and the reader asked whether it is done."""
        return self in (
            Mode.LEARN,
            Mode.WALKTHROUGH,
            Mode.DEBUG,
            Mode.DEEP_DIVE,
            Mode.CHEATSHEET,
        )

    @property
    def position(self) -> int:
        """Its place in the order of the modes, from 0."""
        return list(Mode).index(self)

    @staticmethod
    def of(path: str) -> Mode | None:
        """Return the mode of the page at a path; None for a page in no topic's folder."""
        place = PurePosixPath(path)
        known = place.stem in set(Mode) and len(place.parts) > 1
        return Mode(place.stem) if known else None


SCRIPT = f"{Mode.WALKTHROUGH}.py"
"""The file of a page that is a script, in jupytext's percent format, and no Markdown."""
LABELS = {
    Mode.DEBUG: "Debug clinic",
    Mode.DEEP_DIVE: "Deep dive",
    Mode.CHEATSHEET: "Cheat sheet",
}
"""The labels that are more than the name of the file."""


DRAWN = 10
"""How many questions a test draws, evenly from the levels; the widget draws them."""
