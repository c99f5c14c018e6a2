"""Experiments, `/// experiment`.

Something to train, with targets that every seed of its solution reaches.
"""

from unrolled.blocks.experiment import changes, html, proof, reading
from unrolled.model.kind import BlockKind

KINDS = (
    BlockKind(
        name="experiment",
        html=html.ExperimentBlock,
        options=("id", "targets"),
        parts=("hint", "solution", "bonus"),
        element="quiz-experiment",
        styles="experiment.css",
        read=reading.read,
        prove=proof.problems,
        record=proof.record,
        changes=changes.changes,
        is_costly=True,
    ),
)
