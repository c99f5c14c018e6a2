"""Proof of questions.

That the key is right *and that every distractor is wrong*, from what the runs of the page gave.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from unrolled.blocks.question import code, evidence, form, varied
from unrolled.blocks.question.causes import cause_cells, causes
from unrolled.blocks.question.item import CHECK, RUNS, Choice, Question, QuestionKind
from unrolled.blocks.question.predict import predict_error, predict_output
from unrolled.model.kind import Proof
from unrolled.model.problem import Code, Problem
from unrolled.model.runs import PageRuns
from unrolled.model.shape import meaning

BY_OUTCOME = "equal to a run"
BY_CHECK = "run against a check"
BY_EVIDENCE = "conditions evaluated"
BY_PERSON = "reviewed by a person"


def problems(question: Question, ran: PageRuns) -> Iterator[Problem]:
    """Yield what the runs refute, or cannot settle, of a question."""
    if question.kind is None or not question.choices:
        return
    yield from _same_meaning(ran.page.path, question)
    odd = [*_not_code(ran.page.path, question)]
    yield from odd
    # Which of several keys is meant is not known, so none is held to the run.
    if not form.has_too_many_keys(question):
        said = {problem.line for problem in odd}  # These are held to no run either.
        yield from (p for p in _PROVERS[question.kind](question, ran) if p.line not in said)
    yield from causes(question, ran)
    yield from varied.problems(question, ran)


def proof(question: Question, ran: PageRuns) -> Proof:
    """Return how a question without problems was proved."""
    page = ran.page
    stem = [
        c
        for c in page.chains
        if any(cell.on_page and cell.line in question.stem for cell in c.cells)
    ]
    runs = [
        ran.of(chain) for chain in (*stem, *(trial.chain for trial in page.trials_of(question)))
    ]
    torch, date = (runs[-1].torch, max(run.date for run in runs)) if runs else ("", "")
    if question.kind is QuestionKind.CONCEPT:
        if question.reviewed:
            return Proof(BY_PERSON, by_run=False)
        return Proof(
            BY_EVIDENCE,
            by_run=True,
            refuted=_distractors(question),
            torch=torch,
            date=date,
            varied=len(varied.kept(question, ran)),
        )
    caused = len(list(cause_cells(page, question)))
    refuted = _distractors(question)
    is_tried = question.kind is not None and question.kind.is_tried
    how = BY_CHECK if is_tried else BY_OUTCOME
    count = len(varied.kept(question, ran))
    return Proof(
        how, by_run=True, refuted=refuted, caused=caused, torch=torch, date=date, varied=count
    )


def _distractors(question: Question) -> int:
    return sum(not choice.key for choice in question.choices)


def sentence(question: Question, proved: Proof) -> str:
    """Return what readers are told of how a question was proved."""
    if not proved.by_run:
        return "Reviewed by a person: no run can settle this one."
    also = f" It also ran with {proved.varied} other sets of numbers." if proved.varied else ""
    return _run(question, proved) + also


def _run(question: Question, proved: Proof) -> str:
    by = f"torch {proved.torch}, {proved.date}"
    if proved.how == BY_EVIDENCE:
        return f"A run evaluated a condition for each of the {len(question.choices)} options, {by}."
    wrong = "the distractor" if proved.refuted == 1 else f"all {proved.refuted} distractors"
    if question.kind is QuestionKind.COMPLETE_CODE:
        right = "the filling" if len(question.keys) == 1 else f"all {len(question.keys)} fillings"
        wrong = "the wrong one" if proved.refuted == 1 else f"all {proved.refuted} wrong ones"
        return f"A run tried each filling: {right} passed the check and {wrong} failed, {by}."
    if proved.how == BY_CHECK:
        return f"A run tried each option: the key passes the check and {wrong} failed, {by}."
    return f"A run gave the key, and ruled out {wrong}, {by}."


def _not_code(path: str, question: Question) -> Iterator[Problem]:
    """Yield the options that no run can be compared with.

    Prose would pass for wrong, whatever it says.
    """
    predicts_error = question.kind is QuestionKind.PREDICT_ERROR
    prose = (QuestionKind.CONCEPT, QuestionKind.COMPLETE_CODE)
    for choice in question.choices if question.kind not in prose else ():
        runs = predicts_error and choice.said == RUNS
        if not choice.is_code and not runs:
            fact = f"option '{choice.name}' of question '{question.id}' is not code alone"
            yield Problem(
                path,
                choice.line,
                fact,
                "Write it as inline code and nothing else, or as a block of code",
                code=Code.ANSWER,
            )
        elif (
            predicts_error
            and not runs
            and not re.fullmatch(r"[A-Za-z_]\w*: .+", choice.said, re.DOTALL)
        ):
            fact = (
                f"option {choice.name} of question '{question.id}' is not an exception with its"
                " message"
            )
            yield Problem(
                path, choice.line, fact, "Write `Type: message`, or `runs`", code=Code.ANSWER
            )


def _same_meaning(path: str, question: Question) -> Iterator[Problem]:
    first: dict[str, Choice] = {}
    for choice in question.choices:
        code = question.kind is not QuestionKind.CONCEPT and choice.fence
        said = choice.code if code else f"{choice.label}\n{choice.code}"
        before = first.setdefault(meaning(said), choice)
        # The form says already where both are the same to the letter.
        same = (before.label, before.code) == (choice.label, choice.code)
        if before is not choice and not same:
            both = f"{before.name} and {choice.name}"
            fact = f"the options {both} of question '{question.id}' mean the same"
            yield Problem(path, choice.line, fact, "Change or delete one", code=Code.ANSWER)


def _choose_code(question: Question, ran: PageRuns) -> Iterator[Problem]:
    path = ran.page.path
    if not any(cell.options.part == CHECK for cell in ran.page.cells if cell.line in question.stem):
        remedy = (
            "Put a cell ```{.python check} into the stem whose assertions the key passes and each"
            " distractor fails"
        )
        yield Problem(
            path,
            question.block.line,
            f"question '{question.id}' is {question.kind} and has no check cell",
            remedy,
            code=Code.ANSWER,
        )
    for choice, raised in code.outcomes(question, ran) if question.keys else ():
        of = f"{choice.name} of question '{question.id}'"
        if choice.key and raised:
            yield Problem(
                path,
                choice.line,
                f"the key {of} fails its check",
                "Fix the key or the check",
                raised,
                code=Code.ANSWER,
            )
        if not choice.key and raised.startswith("NameError"):
            fact = f"the distractor {of} is wrong only by a name that is missing"
            yield Problem(
                path,
                choice.line,
                fact,
                "Import it in the stem, or fix the option",
                raised,
                code=Code.ANSWER,
            )
        if not choice.key and not raised:
            remedy = "Make the check tell it from the key, or make it wrong"
            yield Problem(
                path, choice.line, f"the distractor {of} passes the check", remedy, code=Code.ANSWER
            )


def _concept(question: Question, ran: PageRuns) -> Iterator[Problem]:
    def problem(line: int, fact: str, remedy: str) -> Problem:
        return Problem(ran.page.path, line, fact, remedy, code=Code.ANSWER)

    line, name = question.block.line, f"question '{question.id}'"
    cells = [
        c
        for c in ran.page.cells_in(question.block)
        if any(q.source == evidence.NAME for q in c.claims)
    ]
    if not cells and not question.reviewed:
        remedy = (
            "Compute in a hidden cell of the stem `holds = [...]`, whether each option is true, or"
            " say reviewed: true"
        )
        yield problem(line, f"{name} is a concept question without evidence", remedy)
    if cells and question.reviewed:
        yield problem(line, f"{name} has evidence and says reviewed: true", "Drop 'reviewed'")
    holds = ran.data(question, evidence.NAME)
    if not isinstance(holds, list):
        return  # The cell failed, or `holds` is not a list: that is reported where it is.
    if len(holds) != len(question.choices):
        fact = f"'holds' has {len(holds)} values and {name} {len(question.choices)} options"
        yield problem(cells[0].line, fact, "Compute one for each option, in their order")
        return
    for choice, true in zip(question.choices, holds, strict=True) if question.keys else ():
        if choice.key and not true:
            fact = f"the key of {name} does not hold in the run"
            yield problem(choice.line, fact, "Fix the key or 'holds'")
        if not choice.key and true:
            yield problem(
                choice.line, f"a distractor of {name} holds in the run", "Fix it or 'holds'"
            )


_PROVERS: dict[QuestionKind, Callable[[Question, PageRuns], Iterator[Problem]]] = {
    QuestionKind.PREDICT_OUTPUT: predict_output,
    QuestionKind.PREDICT_ERROR: predict_error,
    QuestionKind.CHOOSE_CODE: _choose_code,
    QuestionKind.COMPLETE_CODE: _choose_code,
    QuestionKind.CONCEPT: _concept,
}
