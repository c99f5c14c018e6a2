"""Fresh numbers of a question: what is run for them, and what those that hold say."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from unrolled.blocks.question import code, evidence
from unrolled.blocks.question.causes import causing
from unrolled.blocks.question.item import RUNS, Choice, Question, QuestionKind
from unrolled.blocks.question.numbers import FEWEST, MOST, renumbered
from unrolled.model.cell import OF_PAGE, Cell, Chain, Claim, ClaimKind, Task
from unrolled.model.page import Page, Trial
from unrolled.model.problem import Code, Problem
from unrolled.model.runs import PageRuns
from unrolled.model.shape import meaning

NAME = "fresh numbers"
SECONDS = 60.0
"""How long all combinations of a question may take."""
MESSAGES = 3
"""Combinations that fail of which a problem tells."""
TASK = "unrolled.blocks.question.fresh:run"


@dataclass(frozen=True)
class Variant:
    """A question with other numbers, run."""

    numbers: tuple[int, ...]
    """What the numbers of `vary` become, in their order."""
    options: tuple[str, ...] = ()
    """What each option says."""
    outputs: dict[int, str] = field(default_factory=dict[int, str])
    """What each cell of the question printed or raised, by its line."""
    claims: dict[Claim, str] = field(default_factory=dict[Claim, str])
    """What each claim of the question comes to."""
    raised: tuple[str, ...] = ()
    """Of options that were tried: what each raised."""
    fault: str = ""
    """Why it cannot be asked; empty where it can."""


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
    claims = [claim for claim in cell.claims if _is_asked(question, cell, claim)]
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


def _is_asked(question: Question, cell: Cell, claim: Claim) -> bool:
    return cell.on_page and question.block.holds(claim.line) and claim.kind not in OF_PAGE


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
        _variant(question, ran.page, branches, combination, gave)
        for combination, gave in zip(question.combinations, result, strict=True)
    ]


def kept(question: Question, ran: PageRuns) -> list[Variant]:
    """Return those that hold, as many as a page carries."""
    return [variant for variant in variants(question, ran) if not variant.fault][:MOST]


def _variant(
    question: Question,
    page: Page,
    branches: Sequence[tuple[Cell, ...]],
    combination: tuple[int, ...],
    gave: Sequence[Sequence[dict[str, Any]]],
) -> Variant:
    assert question.vary
    to = question.vary.to(combination)
    outputs: dict[int, str] = {}
    claims: dict[Claim, str] = {}
    data: dict[str, Any] = {}
    raised: list[str] = []

    def faulty(fault: str) -> Variant:
        return Variant(combination, fault=fault)

    for branch, run in zip(branches, gave, strict=True):
        if not any(cell.on_page and question.block.holds(cell.line) for cell in branch):
            last = run[-1]["exception"]
            raised.append(last["text"] if last else "")
            continue
        for cell, output in zip(branch, run, strict=False):
            error, promised = output["exception"], cell.options.raises
            if bool(error) != bool(promised) or (error and promised not in error["types"]):
                what = f"raises {error['text']}" if error else f"raises no {promised}"
                return faulty(f"the cell at line {cell.line} {what}")
            if not (cell.on_page and question.block.holds(cell.line)):
                continue
            outputs[cell.line] = error["text"] if error else output["text"]
            asked = [claim for claim in cell.claims if _is_asked(question, cell, claim)]
            for claim, (ok, text, found) in zip(asked, output["claims"], strict=True):
                if not ok:
                    return faulty(f"the claim '{claim.source}' does not hold: {text}")
                if claim.kind is ClaimKind.DATA:
                    data[claim.source] = found
                else:
                    claims[claim] = text
    for claim in page.claims:
        if claim.kind is ClaimKind.ERROR and question.block.holds(claim.line):
            message, words = _message(page, claim, outputs), renumbered(claim.code, to)
            if " ".join(words.split()) not in " ".join(message.split()):
                return faulty(f"the claim '{claim.source}' does not hold: {message}")
            claims[claim] = words or message.split("\n", 1)[0]
    options = tuple(
        _option(question, page, choice, outputs, claims, to) for choice in question.choices
    )
    fault = _fault(question, page, options, data, raised, to)
    return Variant(combination, options, outputs, claims, tuple(raised), fault)


def _message(page: Page, claim: Claim, outputs: dict[int, str]) -> str:
    """Return what the nearest cell before a claim raised that promises to."""
    lines = [c.line for c in page.cells if c.options.raises and c.line < claim.line and c.runs]
    return outputs.get(lines[-1], "") if lines else ""


def _option(
    question: Question,
    page: Page,
    choice: Choice,
    outputs: dict[int, str],
    claims: dict[Claim, str],
    to: dict[str, str],
) -> str:
    """Return what an option says with other numbers."""
    line = source(question, page, choice)
    if line is not None:
        is_error = question.kind is QuestionKind.PREDICT_ERROR
        raises = next(bool(c.options.raises) for c in page.cells if c.line == line)
        return RUNS if is_error and not raises else " ".join(outputs.get(line, "").split())
    said = renumbered(choice.label, to)
    for claim, text in claims.items():
        if claim.line == choice.line:
            said = said.replace(f"`{renumbered(claim.source, to)}`", text)
    return said


def source(question: Question, page: Page, choice: Choice) -> int | None:
    """Return the line of the cell whose outcome an option is; None where it is none's."""
    if question.kind not in (QuestionKind.PREDICT_OUTPUT, QuestionKind.PREDICT_ERROR):
        return None
    if not choice.key:
        cause = causing(page, question, choice)
        return cause.line if cause else None
    stem = [c for c in page.cells if c.line in question.stem and c.runs and not c.options.hidden]
    return stem[-1].line if stem else None


def _fault(
    question: Question,
    page: Page,
    options: Sequence[str],
    data: dict[str, Any],
    raised: Sequence[str],
    to: dict[str, str],
) -> str:
    """Return why a combination cannot be asked, empty where it can."""
    said = [meaning(option) for option in options]
    for place, option in enumerate(said):
        if not option:
            return "an option is empty"
        if option in said[:place]:
            return f"two options say {options[place]}"
    if question.kind is QuestionKind.CONCEPT:
        keys = [choice.key for choice in question.choices]
        if [bool(each) for each in data.get(evidence.NAME) or ()] != keys:
            return "'holds' does not say what the keys say"
    if question.kind and question.kind.is_tried:
        for choice, error in zip(question.choices, raised, strict=True):
            if choice.key == bool(error) or error.startswith("NameError"):
                how = f"fails: {error}" if error else "passes the check"
                return f"the option {renumbered(choice.label, to)} {how}"
    return _told_by_hint(question, page, said, to)


def _told_by_hint(question: Question, page: Page, said: Sequence[str], to: dict[str, str]) -> str:
    keys = {option for option, choice in zip(said, question.choices, strict=True) if choice.key}
    for block in page.blocks_in(question.block):
        if block.name == "hint":
            text = "\n".join(page.lines[block.body - 1 : block.end - 1])
            words = f" {meaning(renumbered(text, to))} "
            told = next((key for key in keys if key != RUNS and f" {key} " in words), "")
            if told:
                return f"a hint says {told}"
    return ""


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
    failed = [variant for variant in tried if variant.fault]
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
