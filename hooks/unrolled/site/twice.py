"""Outputs that change from run to run, found before they are recorded.

What is new is run a second time, in another process, with another clock and another seed of
Python's hashes. A difference would be found by whoever runs the page next, and blamed on them.
"""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Iterator, Sequence

from unrolled.model.cell import Chain
from unrolled.model.output import Output, Run
from unrolled.model.problem import Code, Problem
from unrolled.model.runs import PageRuns
from unrolled.prove import record
from unrolled.prove.record import Entry
from unrolled.run.engine import Engine
from unrolled.run.perturbation import Perturbation
from unrolled.site.place import Site

REMEDY = (
    "Seed the generator, sort what comes from a set, and leave out times, addresses and process"
    " numbers"
)


def engine(site: Site) -> Engine:
    """Return an engine for the second run; it starts nothing until it is used."""
    return site.engine(forgets=False, perturbation=Perturbation.AGAIN)


def changing(ran: Sequence[PageRuns], recorded: Sequence[str], again: Engine) -> list[Problem]:
    """Return where new outputs of pages change when they are run again.

    Args:
        ran: The pages, with what a first run gave.
        recorded: The record of each, as it stands.
        again: What runs them a second time.
    """
    anew: list[tuple[PageRuns, list[Chain]]] = []
    for each, text in zip(ran, recorded, strict=True):
        chains = _new(each, text)
        if chains:
            anew.append((each, chains))
    pages = [
        dataclasses.replace(each.page, chains=tuple(chains), trials=()) for each, chains in anew
    ]
    second = again.run(pages) if pages else []
    found: list[Problem] = []
    for (each, chains), other in zip(anew, second, strict=True):
        runs = {id(chain): other.of(chain) for chain in chains}
        found += _differences(each, chains, runs)
    return found


def _new(each: PageRuns, recorded: str) -> list[Chain]:
    """Return the chains of which an entry is not in the record as it stands."""
    known = {(entry.name, entry.body) for entry in record.from_text(recorded)}
    lines = {entry.line for entry in record.entries(each) if (entry.name, entry.body) not in known}
    return [chain for chain in each.page.chains if any(cell.line in lines for cell in chain.cells)]


def _differences(each: PageRuns, chains: list[Chain], second: dict[int, Run]) -> Iterator[Problem]:
    """Yield the first cell of each chain that gives something else the second time."""
    page = each.page
    runs = tuple(
        second.get(id(chain), run) for chain, run in zip(page.all_chains, each.runs, strict=True)
    )
    before = {entry.line: entry for entry in record.entries(each)}
    after = {entry.line: entry for entry in record.entries(PageRuns(page, runs))}
    for chain in chains:
        drawn = _redrawn(chain, each.of(chain), second.get(id(chain)))
        for line in (cell.line for cell in chain.cells if cell.on_page):
            if not _same(before.get(line), after.get(line)):
                yield _problem(page.path, line, before.get(line), after.get(line))
                break
            if line in drawn:
                fact = "the picture that this cell shows changes from run to run"
                yield Problem(page.path, line, fact, REMEDY, code=Code.RUN)
                break


def _redrawn(chain: Chain, first: Run, second: Run | None) -> set[int]:
    """Return the lines of cells whose pictures differ, though what is recorded of them does not."""
    outputs = zip(chain.cells, first.outputs, second.outputs if second else (), strict=False)
    return {cell.line for cell, one, other in outputs if _pictures(one) != _pictures(other)}


def _pictures(output: Output) -> tuple[str, ...]:
    shown = (each.content for each in output.shown if each.kind.is_picture)
    return (*(figure.svg for figure in output.figures), *shown)


def _same(before: Entry | None, after: Entry | None) -> bool:
    return _body(before) == _body(after)


def _problem(path: str, line: int, before: Entry | None, after: Entry | None) -> Problem:
    lines = itertools.zip_longest(_body(before).split("\n"), _body(after).split("\n"))
    number, (old, new) = next(
        (number, pair) for number, pair in enumerate(lines, 1) if pair[0] != pair[1]
    )
    fact = (
        f"the output of this cell changes from run to run: line {number} is {_quoted(old)}, then"
        f" {_quoted(new)}"
    )
    return Problem(path, line, fact, REMEDY, code=Code.RUN)


def _body(entry: Entry | None) -> str:
    return entry.body if entry else ""


def _quoted(text: str | None) -> str:
    if not text:
        return "nothing"
    return f"'{text}'" if len(text) <= 80 else f"'{text[:80]}…'"
