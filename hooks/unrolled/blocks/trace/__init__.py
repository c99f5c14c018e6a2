"""A trace, `/// trace`: a layer's pass over a short sequence, step by step, with its numbers."""

from unrolled.blocks.trace import html, proof, reading
from unrolled.model.kind import BlockKind

KINDS = (
    BlockKind(
        name="trace",
        html=html.TraceBlock,
        options=("id", *reading.EXPRESSIONS, "names"),
        shown=("names",),
        element="quiz-trace",
        styles="trace.css",
        read=reading.read,
        prove=proof.problems,
        record=proof.record,
    ),
)
