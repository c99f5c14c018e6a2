"""What a recap holds: cards, `/// card`, and free recall, `/// explain`."""

from unrolled.blocks.recap import faces, html, reading
from unrolled.model.kind import BlockKind

KINDS = (
    BlockKind(
        name="card",
        html=html.CardBlock,
        options=("id",),
        element="quiz-card",
        read=reading.read_card,
        faces=faces.faces,
    ),
    BlockKind(
        name="explain",
        html=html.ExplainBlock,
        options=("id",),
        parts=("solution",),
        element="quiz-explain",
        styles="explain.css",
        read=reading.read_explain,
    ),
)
