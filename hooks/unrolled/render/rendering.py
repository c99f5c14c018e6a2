"""What one page's conversion to HTML needs, and what it finds out."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from unrolled.blocks import BY_NAME
from unrolled.model.block import Block
from unrolled.model.cell import Cell, Chain
from unrolled.model.item import Item
from unrolled.model.kind import Proof
from unrolled.model.output import Output
from unrolled.model.page import Page
from unrolled.model.problem import Code, Problem
from unrolled.model.runs import PageRuns
from unrolled.render.cell import numbered, output_html

SNIPPET = "--8<--"
"""How pymdownx.snippets is told to put in another file."""


def _nothing(problems: Sequence[Problem]) -> None:
    """Do nothing: a build asks for the problems of its pages itself."""


@dataclass(frozen=True)
class Unplanned:
    """A fence that the renderer takes for a cell, and the plan does not."""

    markup: str
    """What it would become."""
    code: str


@dataclass
class Rendering:
    """A page while it is rendered; it is what blocks know as their `Context`."""

    ran: PageRuns
    """The page and what its chains gave."""
    site: Sequence[PageRuns] = ()
    """All pages of the site, in the order of its navigation; without a site, this page alone."""
    headings: Mapping[str, str] = field(default_factory=dict[str, str])
    """The headings, as HTML, that the page's own links lead to, by the links."""
    whole: bool = True
    """Whether it is the page itself, and not an excerpt of it on another: that loads nothing and
    says nothing of problems."""
    known: Sequence[Problem] = ()
    """What is wrong with the page, to be shown on it."""
    good: Mapping[int, Output] = field(default_factory=dict[int, Output])
    """For cells whose run failed: what they gave when last it was well, by their lines."""
    is_dry: bool = False
    """Whether nothing was run: only what does not depend on runs is asked for."""
    marks: bool = False
    """Whether each cell gets a mark by which it can be found in the HTML."""
    root: str = ""
    """The way from the page's address to the site's: `../../`."""
    repository: str = ""
    """Where problems of a question can be reported."""
    told: Callable[[Sequence[Problem]], None] = _nothing
    """Hears what is wrong with the page once it is rendered."""
    found: list[Problem] = field(default_factory=list[Problem])
    """What rendering found wrong."""
    unplanned: list[Unplanned] = field(default_factory=list["Unplanned"])
    """Fences that look like cells and are none in the plan: an error, if the page shows them."""
    rendered: set[int] = field(default_factory=set[int])
    """Lines of the cells that were rendered."""

    def __post_init__(self) -> None:
        """Take the page for the site where there is none."""
        self.site = self.site or (self.ran,)

    @property
    def page(self) -> Page:
        """The page."""
        return self.ran.page

    @property
    def problems(self) -> list[Problem]:
        """All that is wrong with the page, without doubles.

        Where its form is, what rendering finds may only follow from that, and is not said.
        """
        found = [] if self.page.problems else self.found
        return list(dict.fromkeys([*self.known, *found]))

    def report(self, fact: str, remedy: str, line: int = 1) -> None:
        """Say what is wrong with the page as rendered."""
        self.found.append(Problem(self.page.path, line, fact, remedy, code=Code.RENDERING))

    def line_of(self, words: str) -> int:
        """Return the first line of the page that holds these words.

        Where none does, that of the first snippet, whose file may; else the first line.
        """
        lines = self.page.lines
        held = (number for number, line in enumerate(lines, 1) if words in line)
        taken = (number for number, line in enumerate(lines, 1) if SNIPPET in line)
        return next(held, 0) or next(taken, 1)

    def problems_between(self, first: int, last: int) -> list[Problem]:
        """Return what is wrong with these lines of the page.

        The front page also has problems of others to show.
        """
        own = (problem for problem in self.problems if problem.path == self.page.path)
        return [problem for problem in own if first <= problem.line <= last]

    def is_proved(self, block: Block) -> bool:
        """Return whether a block was run, and nothing is wrong from its first line to its last."""
        return not (self.is_dry or self.problems_between(block.line, block.end))

    def heading(self, link: str) -> str | None:
        """Return the heading, as HTML, that a relative link leads to.

        None when it leads nowhere.
        """
        return self.headings.get(link)

    def proofs(self, ran: PageRuns) -> Iterator[tuple[Item, Proof]]:
        """Yield the items of a page that are listed with their proof."""
        for item in ran.page.items:
            prove = BY_NAME[item.block.name].proof
            proof = prove(item, ran) if prove else None
            if proof:
                yield item, proof

    def panes(self, cell: Cell, label: str = "Output") -> str:
        """Return the HTML of a cell's output.

        Of a failed cell, its problems and the last output that was good.
        """
        chain, output = self.page.chain_of(cell), self.ran.output(cell)
        prefix = f"cell-{self.page.numbers[cell.line]}"
        wrong = self.problems_between(cell.line, cell.end)
        shown = "".join(
            f'<div class="cell-problem" role="alert"><pre>{html.escape(str(problem))}</pre></div>'
            for problem in wrong
        )
        if chain and output and not wrong:
            try:
                given = output_html(chain, cell, output, prefix, label)
            except ValueError as error:
                self.report(str(error), "Draw it in another way", cell.line)
            else:
                item = self.page.item_at(cell.line)
                return (
                    numbered(given, self.page.numbers[cell.line]) if item and item.varies else given
                )
        before = self.good.get(cell.line)
        if before:
            alone = output_html(Chain((cell,)), cell, before, prefix, "Last good output")
            shown += f'<div class="cell-stale">{alone}</div>'
        return shown
