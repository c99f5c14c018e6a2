"""What a shape contract is: a layer, the settings to sweep, and a table of symbolic shapes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from unrolled.model.item import Item

Settings = dict[str, tuple[object, ...]]
"""Arguments of a layer's constructor, each with the values to sweep."""


@dataclass(frozen=True)
class Row:
    """A row of a contract: the shapes that it states of one tensor."""

    line: int
    """Line in the page, from 1."""
    tensor: str
    """Its name in torch's documentation, or a parameter's."""
    shapes: tuple[tuple[str, str], ...]
    """A column and the shape stated in it, as an expression: `("Unbatched", "(L, D * H_out)")`."""


@dataclass(frozen=True)
class Contract(Item):
    """A `/// shapes` block, read."""

    layer: str
    """Its class, as `nn.LSTM`."""
    settings: tuple[tuple[str, tuple[object, ...]], ...]
    """Arguments of its constructor, each with the values to sweep."""
    columns: tuple[str, ...]
    """The kinds of input to sweep, as columns are headed."""
    rows: tuple[Row, ...]
    unread: tuple[int, ...] = ()
    """Lines of rows that cannot be proved, since something is wrong with their form."""

    answerable: ClassVar[bool] = False

    @property
    def swept_lines(self) -> frozenset[int]:
        """Its rows."""
        return frozenset((*self.unread, *(row.line for row in self.rows)))
