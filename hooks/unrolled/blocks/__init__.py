"""The kinds of block, a folder each.

A new kind is a new folder and a line in the list below; every stage asks that list.
"""

from unrolled.blocks import (
    course,
    errors,
    example,
    exercise,
    experiment,
    explorer,
    parts,
    proofs,
    question,
    recap,
    shapes,
    trace,
)
from unrolled.model.kind import BlockKind

KINDS: tuple[BlockKind, ...] = (
    *question.KINDS,
    *exercise.KINDS,
    *shapes.KINDS,
    *experiment.KINDS,
    *errors.KINDS,
    *recap.KINDS,
    *course.KINDS,
    *proofs.KINDS,
    *explorer.KINDS,
    *trace.KINDS,
    *example.KINDS,
    *parts.KINDS,
)
"""All kinds of block, those first that readers answer."""
BY_NAME = {kind.name: kind for kind in KINDS}
