"""Shape contracts, `/// shapes`: symbolic shapes of a layer, swept over its settings."""

from unrolled.blocks.shapes import changes, html, proof, reading
from unrolled.model.kind import BlockKind

KINDS = (
    BlockKind(
        name="shapes",
        html=html.ContractBlock,
        options=("sweep",),
        read=reading.read,
        trials=reading.trials,
        prove=proof.problems,
        changes=changes.changes,
    ),
)
