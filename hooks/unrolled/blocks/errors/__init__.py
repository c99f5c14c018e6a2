"""The error finder: `/// finder`, its entries `/// errors`, and `/// unreachable`."""

from unrolled.blocks.errors import html, reading
from unrolled.blocks.errors.item import FIX
from unrolled.model.cell import Role
from unrolled.model.kind import BlockKind

KINDS = (
    BlockKind(
        name="errors",
        html=html.ErrorsBlock,
        options=("id", "older", "gpu", "see"),
        shown=("older",),  # `gpu` quotes what no run here can prove
        cells={FIX: Role.PLAIN},
        read=reading.read,
        among=reading.among,
    ),
    BlockKind(
        name="finder",
        html=html.FinderBlock,
        element="quiz-errors",
        styles="errors.css",
    ),
    BlockKind(name="unreachable", html=html.UnreachableBlock),
)
