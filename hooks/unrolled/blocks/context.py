"""What the HTML of a block may know while its page is rendered."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from unrolled.model.block import Block
from unrolled.model.cell import Cell
from unrolled.model.item import Item
from unrolled.model.kind import Proof
from unrolled.model.page import Page
from unrolled.model.problem import Problem
from unrolled.model.runs import PageRuns


class Context(Protocol):
    """The page that is being rendered, and its site."""

    @property
    def page(self) -> Page:
        """The page."""
        ...

    @property
    def ran(self) -> PageRuns:
        """The page with what its chains gave."""
        ...

    @property
    def site(self) -> Sequence[PageRuns]:
        """All pages of the site, in the order of its navigation.

        Without a site, this page alone.
        """
        ...

    def report(self, fact: str, remedy: str, line: int = 1) -> None:
        """Say what is wrong with the page as rendered."""
        ...

    def problems_between(self, first: int, last: int) -> list[Problem]:
        """Return what is known to be wrong with these lines."""
        ...

    def panes(self, cell: Cell, label: str = "Output") -> str:
        """Return the HTML of what a cell gave."""
        ...

    def proofs(self, ran: PageRuns) -> Iterable[tuple[Item, Proof]]:
        """Yield the items of a page that are listed with their proof."""
        ...

    def is_proved(self, block: Block) -> bool:
        """Return whether a block was run, and nothing is wrong with it."""
        ...

    def heading(self, link: str) -> str | None:
        """Return the heading, as HTML, that a relative link leads to.

        None when it leads nowhere.
        """
        ...
