"""The shape explorer, `/// explorer`.

Settings of a layer in, shapes of everything out: the widget's rules, and torch's own messages.
"""

from unrolled.blocks.explorer import html, proof, reading
from unrolled.model.kind import BlockKind

KINDS = (
    BlockKind(
        name="explorer",
        html=html.ExplorerBlock,
        element="quiz-explorer",
        styles="explorer.css",
        read=reading.read,
        trials=reading.trials,
        prove=proof.problems,
    ),
)
