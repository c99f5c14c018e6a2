"""Fresh numbers of a question: what is run for them, and what those that hold say."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from unrolled.blocks.question import code, variant
from unrolled.blocks.question.item import Question
from unrolled.blocks.question.numbers import FEWEST, MOST, renumbered
from unrolled.blocks.question.variant import Variant, is_asked
from unrolled.model.cell import Cell, Chain, Task
from unrolled.model.item import Trial
from unrolled.model.problem import Code, Problem
from unrolled.model.runs import PageRuns

NAME = "fresh numbers"
SECONDS = 60.0
"""How long all combinations of a question may take."""
MESSAGES = 3
"""Combinations that fail of which a problem tells."""
TASK = "unrolled.blocks.question.fresh:run"


def trials(question: Question, cells: Sequence[Cell], chains: Sequence[Chain]) -> Iterator[Trial]:
    """Yield the chain that runs every combination."""
    if question.vary is None:
        return
    branches = _branches(question, chains, [*code.trials(question, cells, chains)])
    if not branches:
        return
    known: dict[str, int] = {}
    listed: list[dict[str, Any]] = []
    combinations: list[list[list[int]]] = []
    for combination in question.combinations:
        to = question.vary.to(combination)
        told = [[_told(question, cell, to) for cell in branch] for branch in branches]
        numbers: list[list[int]] = []
        for branch in told:
            keys = [json.dumps(cell, sort_keys=True) for cell in branch]
            for key, cell in zip(keys, branch, strict=True):
                if key not in known:
                    known[key] = len(listed)
                    listed.append(cell)
            numbers.append([known[key] for key in keys])
        combinations.append(numbers)
    arguments = json.dumps({"cells": listed, "combinations": combinations})
    task = Task(TASK, arguments, SECONDS)
    yield Trial(question, NAME, Chain((), task, question.block.line))


def _branches(
    question: Question, chains: Sequence[Chain], tried: Sequence[Trial]
) -> list[tuple[Cell, ...]]:
    """Return the chains that hold cells of a question, each up to the last of them."""
    found: list[tuple[Cell, ...]] = []
    for chain in chains:
        own = [n for n, c in enumerate(chain.cells) if c.on_page and question.block.holds(c.line)]
        if own:
            found.append(chain.cells[: own[-1] + 1])
    return [*found, *(trial.chain.cells for trial in tried)]


def _told(question: Question, cell: Cell, to: dict[str, str]) -> dict[str, Any]:
    """Return a cell with other numbers, as the task is told of it."""
    own = question.block.holds(cell.line)
    new = (lambda text: renumbered(text, to)) if own else str
    claims = [claim for claim in cell.claims if is_asked(question, cell, claim)]
    return {
        "code": new(cell.code),
        "raises": cell.options.raises,
        "claims": [
            {
                "kind": claim.kind,
                "code": new(claim.code),
                "expected": claim.expected and [int(new(str(size))) for size in claim.expected],
                "at": claim.cell_line or 0,
            }
            for claim in claims
        ],
    }


def variants(question: Question, ran: PageRuns) -> list[Variant]:
    """Return what every combination that was run comes to, with the fault of those that fail."""
    if question.vary is None:
        return []
    trial = next((t for t in ran.page.trials_of(question) if t.name == NAME), None)
    result = ran.of(trial.chain).result if trial else None
    if not isinstance(result, list):
        return []
    others = [t for t in ran.page.trials_of(question) if t.name != NAME]
    branches = _branches(question, ran.page.chains, others)
    return [
        variant.read(question, ran.page, branches, combination, gave)
        for combination, gave in zip(question.combinations, result, strict=True)
    ]


def kept(question: Question, ran: PageRuns) -> list[Variant]:
    """Return those that hold, as many as a page carries."""
    return [one for one in variants(question, ran) if not one.fault][:MOST]


def problems(question: Question, ran: PageRuns) -> Iterator[Problem]:
    """Yield that too few combinations hold."""
    if question.vary is None:
        return
    path, line, name = ran.page.path, question.block.at("vary"), f"question '{question.id}'"
    trial = next((t for t in ran.page.trials_of(question) if t.name == NAME), None)
    fate = ran.of(trial.chain).fate if trial else None
    if fate:
        fact = f"the fresh numbers of {name} do not come to their end: {fate}"
        yield Problem(path, line, fact, "Make its code shorter, or drop 'vary'", code=Code.ANSWER)
        return
    tried = variants(question, ran)
    failed = [one for one in tried if one.fault]
    if tried and len(tried) - len(failed) < max(FEWEST, len(tried) // 2):
        fact = f"{name} holds in {len(tried) - len(failed)} of {len(tried)} combinations of 'vary'"
        detail = "\n".join(f"{_words(question, one)}: {one.fault}" for one in failed[:MESSAGES])
        remedy = (
            "Choose numbers with which all that it says is true and no two options are the same"
        )
        yield Problem(path, line, fact, remedy, detail, code=Code.ANSWER)
    drawn = [
        cell.line
        for cell in ran.page.cells_in(question.block)
        if (output := ran.output(cell)) and output.pictures
    ]
    if drawn:
        fact = f"a cell of {name} draws, and a figure does not follow 'vary'"
        yield Problem(path, drawn[0], fact, "Print what is asked for", code=Code.ANSWER)


def _words(question: Question, variant: Variant) -> str:
    assert question.vary
    pairs = zip(question.vary.base, variant.numbers, strict=True)
    return ", ".join(f"{base} → {other}" for base, other in pairs if base != other)
