"""One combination of a question's fresh numbers: what its run says, and why it may not be asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from unrolled.blocks.question import evidence
from unrolled.blocks.question.causes import causing
from unrolled.blocks.question.item import RUNS, Choice, Question, QuestionKind
from unrolled.blocks.question.numbers import renumbered
from unrolled.model.cell import OF_PAGE, Cell, Claim, ClaimKind
from unrolled.model.page import Page
from unrolled.model.shape import meaning


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


def is_asked(question: Question, cell: Cell, claim: Claim) -> bool:
    """Return whether a claim of a cell is the question's own, and a run settles it."""
    return cell.on_page and question.block.holds(claim.line) and claim.kind not in OF_PAGE


@dataclass
class _Found:
    """What the run of a combination comes to, as it is read."""

    outputs: dict[int, str] = field(default_factory=dict[int, str])
    claims: dict[Claim, str] = field(default_factory=dict[Claim, str])
    data: dict[str, Any] = field(default_factory=dict[str, Any])
    """What `holds` comes to."""
    raised: list[str] = field(default_factory=list[str])


def read(
    question: Question,
    page: Page,
    branches: Sequence[tuple[Cell, ...]],
    combination: tuple[int, ...],
    gave: Sequence[Sequence[dict[str, Any]]],
) -> Variant:
    """Return what a combination comes to, with its fault where it fails."""
    assert question.vary
    to = question.vary.to(combination)
    found = _Found()
    try:
        for branch, run in zip(branches, gave, strict=True):
            _read_branch(question, branch, run, found)
        _read_messages(question, page, to, found)
    except _VariantError as fault:
        return Variant(combination, fault=str(fault))
    options = tuple(
        _option(question, page, choice, found.outputs, found.claims, to)
        for choice in question.choices
    )
    fault = _fault(question, page, options, found.data, found.raised, to)
    return Variant(combination, options, found.outputs, found.claims, tuple(found.raised), fault)


class _VariantError(Exception):
    """Says why a combination cannot be asked."""


def _read_branch(
    question: Question, branch: Sequence[Cell], run: Sequence[dict[str, Any]], found: _Found
) -> None:
    """Read what the cells of a chain gave.

    Raises:
        _VariantError: A cell raises what it does not promise, or a claim does not hold.
    """
    own = [cell.on_page and question.block.holds(cell.line) for cell in branch]
    if not any(own):
        last = run[-1]["exception"]
        found.raised.append(last["text"] if last else "")
        return
    for cell, is_own, output in zip(branch, own, run, strict=False):
        error, promised = output["exception"], cell.options.raises
        if bool(error) != bool(promised) or (error and promised not in error["types"]):
            what = f"raises {error['text']}" if error else f"raises no {promised}"
            raise _VariantError(f"the cell at line {cell.line} {what}")
        if not is_own:
            continue
        found.outputs[cell.line] = error["text"] if error else output["text"]
        asked = [claim for claim in cell.claims if is_asked(question, cell, claim)]
        for claim, (ok, text, value) in zip(asked, output["claims"], strict=True):
            if not ok:
                raise _VariantError(f"the claim '{claim.source}' does not hold: {text}")
            if claim.kind is ClaimKind.DATA:
                found.data[claim.source] = value
            else:
                found.claims[claim] = text


def _read_messages(question: Question, page: Page, to: dict[str, str], found: _Found) -> None:
    """Read what claims of messages come to.

    Raises:
        _VariantError: One does not hold.
    """
    for claim in page.claims:
        if claim.kind is ClaimKind.ERROR and question.block.holds(claim.line):
            message, words = _message(page, claim, found.outputs), renumbered(claim.code, to)
            if " ".join(words.split()) not in " ".join(message.split()):
                raise _VariantError(f"the claim '{claim.source}' does not hold: {message}")
            found.claims[claim] = words or message.split("\n", 1)[0]


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
