"""What an explorer is: an item that readers look things up with, and do not answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from unrolled.model.item import Item

Refusals = dict[str, dict[str, str | None]]
"""For each layer, what torch says to each kind of settings that it refuses.

None where it refuses them no longer.
"""


@dataclass(frozen=True)
class Explorer(Item):
    """A `/// explorer` block."""

    answerable: ClassVar[bool] = False
