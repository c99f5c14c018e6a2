"""A page with what its chains gave: all that proving and rendering need to know of a run."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from unrolled.model.cell import Cell, Chain, Claim, ClaimKind
from unrolled.model.item import Item
from unrolled.model.output import Output, Run, Verdict
from unrolled.model.page import Page


@dataclass(frozen=True)
class PageRuns:
    """A page and its runs."""

    page: Page
    """The page, as it was read before it ran."""
    runs: tuple[Run, ...]
    """One for each of `page.all_chains`, in their order."""

    @staticmethod
    def idle(page: Page) -> PageRuns:
        """Return a page of which nothing was run."""
        return PageRuns(page, tuple(Run(()) for _ in page.all_chains))

    @cached_property
    def _by_chain(self) -> dict[int, Run]:
        return {id(chain): run for chain, run in zip(self.page.all_chains, self.runs, strict=True)}

    @cached_property
    def _by_line(self) -> dict[int, Output]:
        return {
            cell.line: output
            for chain in self.page.chains
            for cell, output in zip(chain.cells, self.of(chain).outputs, strict=False)
            if cell.on_page
        }

    def of(self, chain: Chain) -> Run:
        """Return what a chain of this page gave."""
        return self._by_chain[id(chain)]

    def output(self, cell: Cell) -> Output | None:
        """Return what a cell of this page gave.

        None when it does not run or did not come to its end.
        """
        return self._by_line.get(cell.line)

    def verdict(self, claim: Claim) -> Verdict | None:
        """Return what the run says of a claim; None when it was not evaluated."""
        return self._verdicts.get(claim)

    @cached_property
    def _verdicts(self) -> dict[Claim, Verdict]:
        """What the runs say of claims, where they came to them."""
        return {
            claim: verdict
            for cell in reversed(self.page.cells)
            if (output := self.output(cell))
            for claim, verdict in zip(cell.claims, output.claims, strict=False)
        }

    def title(self, item: Item) -> str:
        """Return the Markdown of an item's title, with values in place of its claims."""
        if "#!" not in item.title:
            return item.title
        title = item.title
        for claim in (claim for claim in self.page.claims if claim.line == item.block.line):
            verdict = self.verdict(claim)
            shown = verdict.text if verdict and claim.kind is ClaimKind.VALUE else claim.code
            title = title.replace(claim.source, str(claim.expected or shown), 1)
        return title

    def data(self, item: Item, name: str) -> object | None:
        """Return what the claim of that name found for an item.

        None when there is none or it failed.
        """
        for cell in self.page.cells_in(item.block):
            for claim in cell.claims:
                if claim.source == name:
                    verdict = self.verdict(claim)
                    return verdict.data if verdict and verdict.ok else None
        return None
