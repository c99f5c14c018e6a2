"""Exercises, `/// exercise`: the reader writes code, and a check says whether it is right."""

from unrolled.blocks.exercise import html, proof, reading
from unrolled.blocks.exercise.item import CHECK, STUB
from unrolled.model.cell import Role
from unrolled.model.kind import BlockKind

KINDS = (
    BlockKind(
        name="exercise",
        html=html.ExerciseBlock,
        options=("id",),
        parts=("hint", "solution"),
        cells={STUB: Role.APART, CHECK: Role.APART},
        element="quiz-exercise",
        read=reading.read,
        trials=reading.trials,
        prove=proof.problems,
    ),
)
