"""Copies of a page, run together: chains that differ in their claims alone run once.

Claims leave no mark on what comes after them, so the run of a chain can answer those of all copies.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from unrolled.model.cell import Cell, Chain, Claim
from unrolled.model.output import Run
from unrolled.model.page import Page
from unrolled.model.runs import PageRuns
from unrolled.run.engine import Engine
from unrolled.run.whole import is_whole

Alike = list[tuple[Page, Chain]]
"""Chains whose code is the same but for comments, each with the copy that it is of."""


def run(copies: Sequence[Page], engine: Engine) -> list[PageRuns]:
    """Run all chains of the copies that are stale; return each copy with what its chains gave."""
    groups = [*_alike(copies)]
    if groups:
        asking = tuple(_with_all_claims([chain for _, chain in alike]) for alike in groups)
        (ran,) = engine.run([replace(copies[0], chains=asking, trials=(), asking=None)])
        for whole, alike in zip(asking, groups, strict=True):
            if is_whole(whole, ran.of(whole)):
                for copy, chain in alike:
                    engine.suppose(copy, chain, _part(ran.of(whole), whole, chain))
    return engine.run(copies)


def _alike(copies: Sequence[Page]) -> Iterator[Alike]:
    """Yield the chains that differ in claims and comments alone, where there are several."""
    found: dict[Any, Alike] = {}
    for copy in copies:
        for chain in copy.all_chains:
            found.setdefault((copy.folder, _code(chain)), []).append((copy, chain))
    for (_, code), alike in found.items():
        versions = {tuple(map(_known_by, _claims(chain))) for _, chain in alike}
        if code is not None and len(versions) > 1:
            yield alike


def _code(chain: Chain) -> Chain | None:
    """Return a chain without claims, comments, and its place in the page."""
    try:
        codes = [ast.dump(ast.parse(cell.code), include_attributes=True) for cell in chain.cells]
    except SyntaxError:
        return None
    cells = (
        replace(cell, code=code, claims=(), line=0, end=0)
        for cell, code in zip(chain.cells, codes, strict=True)
    )
    return replace(chain, cells=tuple(cells), line=0)


def _claims(chain: Chain) -> Iterator[Claim]:
    return (claim for cell in chain.cells for claim in cell.claims)


def _known_by(claim: Claim) -> tuple[Any, ...]:
    """Return what a claim asks, wherever it stands and whatever its words."""
    return claim.kind, claim.code, claim.expected, claim.cell_line


def _with_all_claims(chains: Sequence[Chain]) -> Chain:
    """Return a chain that makes the claims of all, each once."""

    def asking(versions: Sequence[Cell]) -> Cell:
        every = {_known_by(claim): claim for cell in versions for claim in cell.claims}
        return replace(versions[0], claims=tuple(every.values()))

    cells = zip(*(chain.cells for chain in chains), strict=True)
    return replace(chains[0], cells=tuple(asking(versions) for versions in cells))


def _part(run: Run, whole: Chain, chain: Chain) -> Run:
    """Return of the run of all claims what a chain asked."""
    outputs = [
        replace(output, claims=tuple(verdicts[_known_by(claim)] for claim in cell.claims))
        for output, asked, cell in zip(run.outputs, whole.cells, chain.cells, strict=False)
        for verdicts in [dict(zip(map(_known_by, asked.claims), output.claims, strict=True))]
    ]
    return replace(run, outputs=tuple(outputs))
