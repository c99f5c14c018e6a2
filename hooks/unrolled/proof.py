"""Proof of questions: that the key is right *and that every distractor is wrong*, from what the runs of the page gave."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from unrolled.engine import Engine
from unrolled.output import Output, Run
from unrolled.page import Cell, Page, Question
from unrolled.probe import SPAN, literal
from unrolled.problem import Problem

SIZE = re.compile(r"torch\.Size\(\[([\d,\s]*)\]\)")
TUPLE = re.compile(r"[(\[]\s*(\d+(?:\s*,\s*\d+)*)\s*,?\s*[)\]]")
RUNS = "runs"
"""What an option of a `predict-error` question says when nothing is raised."""


@dataclass(frozen=True)
class Proof:
    """How a question was proved."""

    how: str
    """`run`: runs gave the key and no distractor; `evidence`: a run computed the truth of each option; `reviewed`: a person did."""
    distractors: int = 0
    """How many distractors runs have refuted."""
    causes: int = 0
    """How many of them have mistaken code that was seen to lead there."""
    torch: str = ""
    """The torch that ran."""
    date: str = ""
    """The day of the run, as `2026-11-21`."""


def meaning(text: str) -> str:
    """Return what an option or output means: two that differ only in how a shape is written, or in blanks, mean the same."""
    text = SIZE.sub(r"(\1)", text)
    text = TUPLE.sub(lambda m: "(" + ", ".join(str(int(n)) for n in m[1].split(",")) + ")", text)
    return " ".join(text.replace("`", "").split())


def problems(page: Page, engine: Engine) -> list[Problem]:
    """Return what the runs refute, or cannot settle, of the page's questions."""
    found: list[Problem] = []
    for item in page.questions:
        if item.kind in _PROVERS and item.choices:
            found += [
                *_same_meaning(page.path, item),
                *_not_code(page.path, item),
                *_PROVERS[item.kind](page, item, engine),
                *_causes(page, item, engine),
            ]
    return found


def proof(page: Page, item: Question, engine: Engine) -> Proof:
    """Return how a question without problems was proved."""
    runs = [engine.result(chain, page) for chain in page.chains if any(c.index in item.cells for c in chain.cells)]
    runs += [engine.result(p.chain, page) for p in page.probes if page.questions[p.question] is item]
    torch, date = (runs[-1].torch, max(run.date for run in runs)) if runs else ("", "")
    if item.kind == "concept":
        return Proof("reviewed") if item.reviewed else Proof("evidence", len(item.choices), 0, torch, date)
    distractors = sum(not choice.key for choice in item.choices)
    return Proof("run", distractors, len(list(_cause_cells(page, item))), torch, date)


def sentence(proved: Proof) -> str:
    """Return what readers are told of how a question was proved."""
    if proved.how == "reviewed":
        return "Reviewed by a person: no run can settle this one."
    by = f"torch {proved.torch}, {proved.date}"
    if proved.how == "evidence":
        return f"A run computed whether each of the {proved.distractors} options holds, {by}."
    wrong = "the distractor" if proved.distractors == 1 else f"all {proved.distractors} distractors"
    return f"Key and {wrong} proved by a run, {by}."


def outcome(page: Page, question: int, choice: int, engine: Engine) -> str:
    """Return what a `choose-code` option came to: "" when it passed, else `Type: message` of what it or the check raised."""
    probe = next(p for p in page.probes if (p.question, p.choice) == (question, choice))
    return _outcome(engine.result(probe.chain, page))


def _outcome(run: Run) -> str:
    if run.fate:
        return f"ended by {run.fate.how}"
    last = run.outputs[-1].exception if run.outputs else None
    return last.text if last else ""


def _not_code(path: str, item: Question) -> Iterator[Problem]:
    """Yield the options that no run can be compared with: prose would pass for wrong, whatever it says."""
    for choice in item.choices if item.kind != "concept" else ():
        said = literal(choice.label)
        if not SPAN.fullmatch(choice.label) and not (item.kind == "predict-error" and said == RUNS):
            remedy = "Write it as inline code and nothing else"
            yield Problem(path, choice.line, f"option '{choice.label}' of question '{item.id}' is not code alone", remedy)
        elif item.kind == "predict-error" and said != RUNS and not re.fullmatch(r"[A-Za-z_]\w*: .+", said, re.DOTALL):
            fact = f"option {choice.label} of question '{item.id}' is no exception with its message"
            yield Problem(path, choice.line, fact, "Write `Type: message`, or `runs`")


def _same_meaning(path: str, item: Question) -> Iterator[Problem]:
    first: dict[str, str] = {}
    for choice in item.choices:
        before = first.setdefault(meaning(choice.label), choice.label)
        if before is not choice.label:
            fact = f"the options {before} and {choice.label} of question '{item.id}' mean the same"
            yield Problem(path, choice.line, fact, "Change or delete one")


def _predicted(page: Page, item: Question, engine: Engine) -> tuple[Cell, Output] | None:
    """Return the cell whose outcome is to be predicted, the last visible one of the stem, and what it gave."""
    visible = [page.cells[i] for i in item.cells if page.cells[i].runs and not page.cells[i].options.hidden]
    if not visible:
        return None
    output = engine.output(visible[-1], page)
    return (visible[-1], output) if output else None


def printed(output: Output) -> str:
    """Return what a cell shows as text: standard output, then its value."""
    return "\n".join(part for part in (output.stdout.rstrip("\n"), output.value) if part)


def _raised(output: Output) -> str:
    return " ".join(output.exception.text.split()) if output.exception else RUNS


def _no_cell(page: Page, item: Question) -> Iterator[Problem]:
    if not any(page.cells[i].runs and not page.cells[i].options.hidden for i in item.cells):
        remedy = "Put the cell to predict into the stem, before the options"
        yield Problem(page.path, item.block.line, f"question '{item.id}' is {item.kind} and has no cell", remedy)


def _predict_output(page: Page, item: Question, engine: Engine) -> Iterator[Problem]:
    yield from _no_cell(page, item)
    predicted = _predicted(page, item, engine)
    if predicted is None:
        return
    cell, output = predicted
    actual = printed(output)
    if output.exception:
        yield Problem(
            page.path, cell.line, f"the cell of question '{item.id}' raises {output.exception.type}", "Make it kind: predict-error"
        )
    elif not actual:
        yield Problem(page.path, cell.line, f"the cell of question '{item.id}' prints nothing", "Print what is to be predicted")
    else:
        yield from _compare(page.path, item, actual)


def _predict_error(page: Page, item: Question, engine: Engine) -> Iterator[Problem]:
    yield from _no_cell(page, item)
    predicted = _predicted(page, item, engine)
    if predicted:
        yield from _compare(page.path, item, _raised(predicted[1]))


def _compare(path: str, item: Question, actual: str) -> Iterator[Problem]:
    """Yield a problem for each key that is not what the run gave, and each distractor that is."""
    for choice in item.choices:
        said = literal(choice.label)
        detail = f"expected {said}\nactual   {actual}"
        if choice.key and " ".join(said.split()) != " ".join(actual.split()):
            yield Problem(
                path, choice.line, f"the key of question '{item.id}' is not what the run gives", "Make it the actual outcome", detail
            )
        if not choice.key and meaning(choice.label) == meaning(actual):
            fact = f"the distractor {choice.label} of question '{item.id}' is right"
            yield Problem(path, choice.line, fact, "Mark it as the key, or make it wrong", f"actual   {actual}")


def _choose_code(page: Page, item: Question, engine: Engine) -> Iterator[Problem]:
    if not any(page.cells[i].options.check for i in item.cells):
        remedy = "Put a cell ```{.python check} into the stem whose assertions the key passes and each distractor fails"
        yield Problem(page.path, item.block.line, f"question '{item.id}' is choose-code and has no check cell", remedy)
    for probe in page.probes:
        if page.questions[probe.question] is not item:
            continue
        choice, result = item.choices[probe.choice], _outcome(engine.result(probe.chain, page))
        if choice.key and result:
            fact = f"the key {choice.label} of question '{item.id}' fails its check"
            yield Problem(page.path, choice.line, fact, "Mend the key or the check", result)
        if not choice.key and result.startswith("NameError"):
            fact = f"the distractor {choice.label} of question '{item.id}' is wrong only by a name that is missing"
            yield Problem(page.path, choice.line, fact, "Import it in the stem, or mend the option", result)
        if not choice.key and not result:
            fact = f"the distractor {choice.label} of question '{item.id}' passes the check"
            yield Problem(page.path, choice.line, fact, "Make the check tell it from the key, or make it wrong")


def _concept(page: Page, item: Question, engine: Engine) -> Iterator[Problem]:
    evidence = [page.cells[i] for i in item.cells if any(claim.kind == "evidence" for claim in page.cells[i].claims)]
    if not evidence and not item.reviewed:
        remedy = "Compute in a hidden cell of the stem `holds = [...]`, whether each option is true, or say reviewed: true"
        yield Problem(page.path, item.block.line, f"question '{item.id}' is a concept question without evidence", remedy)
    if evidence and item.reviewed:
        yield Problem(page.path, item.block.line, f"question '{item.id}' has evidence and says reviewed: true", "Drop 'reviewed'")
    for cell in evidence[:1]:
        output = engine.output(cell, page)
        if not output or not output.claims or not output.claims[-1].ok:
            continue  # The cell failed, or `holds` is no list: that is reported where it is.
        holds = [word == "True" for word in re.findall(r"True|False", output.claims[-1].text)]
        if len(holds) != len(item.choices):
            fact = f"'holds' has {len(holds)} values and question '{item.id}' {len(item.choices)} options"
            yield Problem(page.path, cell.line, fact, "Compute one for each option, in their order")
            continue
        for choice, true in zip(item.choices, holds, strict=True):
            if choice.key and not true:
                yield Problem(
                    page.path, choice.line, f"the key of question '{item.id}' does not hold in the run", "Mend the key or 'holds'"
                )
            if not choice.key and true:
                yield Problem(page.path, choice.line, f"a distractor of question '{item.id}' holds in the run", "Mend it or 'holds'")


def _cause_cells(page: Page, item: Question) -> Iterator[tuple[Cell, int]]:
    """Yield each cause cell of a question, with the position of the option whose rationale holds it (-1 when none does)."""
    for cell in page.cells:
        if cell.options.cause and item.block.line < cell.line < item.block.end:
            inside = [i for i, choice in enumerate(item.choices) if choice.line <= cell.line < choice.end]
            yield cell, inside[0] if inside else -1


def _causes(page: Page, item: Question, engine: Engine) -> Iterator[Problem]:
    for cell, position in _cause_cells(page, item):
        if position < 0 or item.choices[position].key:
            yield Problem(
                page.path, cell.line, "a 'cause' cell stands outside a distractor's rationale", "Indent it into one, or drop 'cause'"
            )
            continue
        output = engine.output(cell, page)
        if output is None:
            continue
        choice = item.choices[position]
        actual = _raised(output) if item.kind == "predict-error" else printed(output)
        if " ".join(actual.split()) != " ".join(literal(choice.label).split()):
            detail = f"expected {literal(choice.label)}\nactual   {actual}"
            yield Problem(page.path, cell.line, "this mistaken code does not lead to its option", "Mend the code, or the option", detail)


_PROVERS = {"predict-output": _predict_output, "predict-error": _predict_error, "choose-code": _choose_code, "concept": _concept}


def marks(proofs: Sequence[Proof]) -> dict[str, int]:
    """Return how many questions were proved in which way."""
    return {how: sum(p.how == how for p in proofs) for how in ("run", "evidence", "reviewed")}
