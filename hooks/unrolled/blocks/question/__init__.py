"""Questions, `/// question`, and the list of common mistakes beneath some."""

from collections.abc import Iterator, Sequence

from unrolled.blocks.question import (
    among,
    changes,
    code,
    faces,
    html,
    proof,
    reading,
    varied,
    wording,
)
from unrolled.blocks.question.item import BLANK, CAUSE, CHECK, Question
from unrolled.model.cell import Cell, Chain, Role
from unrolled.model.item import Trial
from unrolled.model.kind import BlockKind
from unrolled.model.problem import Problem
from unrolled.model.runs import PageRuns


def _prove(question: Question, ran: PageRuns) -> Iterator[Problem]:
    yield from proof.problems(question, ran)
    yield from wording.problems(question, ran)


def _trials(question: Question, cells: Sequence[Cell], chains: Sequence[Chain]) -> Iterator[Trial]:
    yield from code.trials(question, cells, chains)
    yield from varied.trials(question, cells, chains)


KINDS = (
    BlockKind(
        name="question",
        html=html.QuestionBlock,
        options=(
            "id",
            "kind",
            "level",
            "seconds",
            "multiple",
            "reviewed",
            "skill",
            "challenge",
            "read",
            "vary",
        ),
        parts=("hint", "solution", "mistakes"),
        cells={CAUSE: Role.BRANCH, CHECK: Role.APART, BLANK: Role.APART},
        element="quiz-question",
        tried=reading.tried,
        read=reading.read,
        trials=_trials,
        prove=_prove,
        among=among.problems,
        changes=changes.changes,
        faces=faces.faces,
        proof=proof.proof,
    ),
)
