"""Questions, `/// question`, and the list of common mistakes beneath some."""

from collections.abc import Iterator

from unrolled.blocks.question import (
    among,
    changes,
    code,
    faces,
    html,
    proof,
    reading,
    wording,
)
from unrolled.blocks.question.item import CAUSE, CHECK, Question
from unrolled.model.cell import Role
from unrolled.model.kind import BlockKind
from unrolled.model.problem import Problem
from unrolled.model.runs import PageRuns


def _prove(question: Question, ran: PageRuns) -> Iterator[Problem]:
    yield from proof.problems(question, ran)
    yield from wording.problems(question, ran)


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
        ),
        parts=("hint", "solution", "mistakes"),
        cells={CAUSE: Role.BRANCH, CHECK: Role.APART},
        element="quiz-question",
        read=reading.read,
        trials=code.trials,
        prove=_prove,
        among=among.problems,
        changes=changes.changes,
        faces=faces.faces,
        proof=proof.proof,
    ),
)
