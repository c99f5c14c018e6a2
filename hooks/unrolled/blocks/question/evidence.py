"""What a concept question asks of its cells.

A list `holds`, the truth of each option, computed by a run.
"""

from collections.abc import Sequence

from unrolled.blocks.question.item import EVIDENCE, Question, QuestionKind
from unrolled.model.cell import Cell, Claim, ClaimKind

NAME = "holds"
"""What finds the claim again."""
REMEDY = "Bind a list with the truth of each option: holds = [True, False, False]"
CODE = "[bool(each) for each in holds]"


def claims_of(question: Question, cells: Sequence[Cell]) -> tuple[tuple[int, Claim], ...]:
    """Return a claim that reads `holds` for each cell of the stem that assigns it."""
    if question.kind is not QuestionKind.CONCEPT:
        return ()
    return tuple(
        (cell.line, Claim(ClaimKind.DATA, cell.line, CODE, NAME, remedy=REMEDY))
        for cell in cells
        if cell.line in question.stem and cell.runs and EVIDENCE.search(cell.code)
    )
