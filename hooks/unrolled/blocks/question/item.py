"""What a question is: its kind, level and skill, its options, and which of them are right."""

from __future__ import annotations

import enum
import re
import string
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

from unrolled.blocks.question.numbers import Vary
from unrolled.model.block import Fence
from unrolled.model.cell import Cell
from unrolled.model.item import Item
from unrolled.model.shape import ALONE
from unrolled.read.near import near_word
from unrolled.read.tokens import is_code, literal

LETTERS = string.ascii_uppercase
"""Of options, in the order in which they are shown."""
EVIDENCE = re.compile(r"^holds\s*=", re.MULTILINE)
"""In a hidden cell of a stem: whether each option is true."""
CHECK = "check"
"""Marks the cell whose assertions the right code passes."""
BLANK = "blank"
"""Marks the code with blanks that the reader completes."""
GAP = "____"
"""A blank."""
FILLING = re.compile(r"(?<!`)(`+)(?!`) ?(.+?) ?(?<!`)\1(?!`)")
"""What goes into a blank, as an option writes it."""
CAUSE = "cause"
"""Marks the mistaken code behind a distractor: its output must be that option, exactly."""
NEWLINE = "\n"
FEEDBACK = 20
"""Seconds that a reader takes for what comes after the answer."""
NUMERAL = re.compile(r"-?\d+(?:\.\d+)?")
RUNS = "runs"
"""What an option of a `predict-error` question says when nothing is raised."""


class QuestionKind(enum.StrEnum):
    """What a reader does to answer, and so how a run proves the answer."""

    PREDICT_OUTPUT = "predict-output"
    PREDICT_ERROR = "predict-error"
    CHOOSE_CODE = "choose-code"
    COMPLETE_CODE = "complete-code"
    CONCEPT = "concept"

    @property
    def label(self) -> str:
        """What readers call it."""
        return (
            "Concept" if self is QuestionKind.CONCEPT else self.replace("-", " the ").capitalize()
        )

    @property
    def is_tried(self) -> bool:
        """Whether each option is code that is run between the stem and a check."""
        return self in (QuestionKind.CHOOSE_CODE, QuestionKind.COMPLETE_CODE)


class Level(enum.StrEnum):
    """How hard a question is."""

    EASY = "easy"
    MEDIUM = "medium"
    HARD = "hard"


class Skill(enum.StrEnum):
    """What a question tests, for the verdict of a test."""

    SHAPES = "shapes"
    CONSTRUCTOR = "constructor"
    ERRORS = "errors"
    CONCEPTS = "concepts"


class ChallengeKind(enum.StrEnum):
    """Which of the five problems of a challenge a question is."""

    PREDICT_OUTPUT = "predict-output"
    MODEL_CHOICE = "model-choice"
    HYPERPARAMETER = "hyperparameter"
    DEBUG = "debug"
    METRICS = "metrics"

    @property
    def label(self) -> str:
        """What readers call it."""
        return CHALLENGE_LABELS[self]


CHALLENGE_LABELS = {
    ChallengeKind.PREDICT_OUTPUT: "Predict the output",
    ChallengeKind.MODEL_CHOICE: "Choose the model",
    ChallengeKind.HYPERPARAMETER: "Turn one knob",
    ChallengeKind.DEBUG: "Find the bug",
    ChallengeKind.METRICS: "Read the numbers",
}


@dataclass(frozen=True)
class Choice:
    """One option of a question."""

    line: int
    end: int
    """Line after its rationale."""
    label: str
    """The option as written, without its checkbox."""
    key: bool
    has_rationale: bool
    fence: Fence | None = None
    """The block of code beneath its label, which may be empty then."""
    code: str = ""
    """What is in that."""

    @property
    def said(self) -> str:
        """What it says: its block of code, or the content of its code span if it is only that."""
        return self.code if self.fence else literal(self.label)

    @property
    def is_code(self) -> bool:
        """Whether it is code, which a run can be compared with."""
        return self.fence is not None or is_code(self.label)

    @property
    def name(self) -> str:
        """What messages call it: its label, or its first line of code."""
        if self.fence is None:
            return self.label
        first, _, more = self.code.strip().partition(NEWLINE)
        return f"`{first} …`" if more else f"`{first}`"

    @property
    def lines(self) -> range:
        """The lines of the page that hold what it says, without its rationale."""
        return range(self.line, (self.fence.end if self.fence else self.line) + 1)

    @property
    def fillings(self) -> tuple[str, ...]:
        """What it puts into the blanks of the code: its code spans, one a blank."""
        return tuple(found[2] for found in FILLING.finditer(self.label))


@dataclass(frozen=True)
class Question(Item):
    """A `/// question` block, read."""

    kind: QuestionKind | None
    """None when it is none of those that there are."""
    level: Level | None
    seconds: int | None
    multiple: bool
    choices: tuple[Choice, ...]
    stem: tuple[int, ...]
    """Lines of the cells in its stem."""
    reviewed: bool
    """Whether a person vouches for what no run can settle."""
    skill: Skill | None
    challenge: ChallengeKind | None
    read: str
    """The section to read again, as a relative link: `learn.md#by-hand`."""

    vary: Vary | None = None
    """Its fresh numbers; None where it has none."""

    recurs: ClassVar[bool] = True

    @cached_property
    def combinations(self) -> list[tuple[int, ...]]:
        """The combinations of fresh numbers that are tried."""
        return self.vary.combinations(self.id) if self.vary else []

    @property
    def varies(self) -> bool:
        """Whether it is asked with other numbers too."""
        return self.vary is not None

    @property
    def takes(self) -> int:
        """Seconds that a reader takes, feedback included."""
        return (self.seconds or 60) + FEEDBACK

    @property
    def is_vouched_for(self) -> bool:
        """Whether the author says that a person reviewed it."""
        return self.reviewed

    def covers(self, cell: Cell) -> bool:
        """Return whether the cell is in the stem: its output is what readers are to predict."""
        return cell.line in self.stem

    def is_to_raise(self, cell: Cell) -> bool:
        """Return whether readers are to predict what the cell raises, be the kind mistyped."""
        meant = near_word(self.block.option("kind"), QuestionKind)
        return meant == QuestionKind.PREDICT_ERROR and self.stem[-1:] == (cell.line,)

    def hides(self, cell: Cell) -> bool:
        """Return whether the cell is the check: it tells what is right."""
        return cell.options.part == CHECK

    def tells(self, cell: Cell) -> bool:
        """Return whether the cell is the check, or computes which options are true."""
        return self.hides(cell) or (cell.options.hidden and bool(EVIDENCE.search(cell.code)))

    def caption(self, cell: Cell) -> str:
        """Return what introduces mistaken code."""
        return "You get this when you run:" if cell.options.part == CAUSE else ""

    @property
    def choices_asked(self) -> tuple[str, ...]:
        """What each option says, and whether it is right."""
        return tuple(f"{choice.key} {choice.label} {choice.code}" for choice in self.choices)

    @property
    def choice_lines(self) -> frozenset[int]:
        """The lines of its options."""
        return frozenset(line for choice in self.choices for line in range(choice.line, choice.end))

    @property
    def proved_lines(self) -> frozenset[int]:
        """Its options, unless they are prose: a run gives each or refutes it."""
        proved = () if self.kind is QuestionKind.CONCEPT else self.choices
        return frozenset(line for choice in proved for line in choice.lines)

    @property
    def judged_lines(self) -> frozenset[int]:
        """Its options, unless a person vouches for them."""
        lines = (line for choice in self.choices for line in choice.lines)
        return frozenset() if self.is_vouched_for else frozenset(lines)

    @property
    def fences(self) -> tuple[Fence, ...]:
        """The code of its options."""
        return tuple(choice.fence for choice in self.choices if choice.fence)

    @property
    def letters(self) -> list[str]:
        """The letters of its keys, in the order of the source: A for the first option."""
        pairs = zip(LETTERS, self.choices, strict=False)
        return [letter for letter, choice in pairs if choice.key]

    @property
    def printed_key(self) -> str:
        """The letters of its keys, for print; of code with blanks, what goes into them."""
        if self.kind is QuestionKind.COMPLETE_CODE:
            return " | ".join(self.keys[0].fillings) if self.keys else ""
        return ", ".join(self.letters)

    @property
    def typed(self) -> str:
        """What readers can type in place of choosing: `shape`, `number` or `code`; else empty."""
        if self.kind is QuestionKind.COMPLETE_CODE:
            return "code"
        if len(self.keys) != 1 or self.kind is not QuestionKind.PREDICT_OUTPUT:
            return ""
        said = self.keys[0].said
        return "shape" if ALONE.fullmatch(said) else "number" if NUMERAL.fullmatch(said) else ""

    @property
    def keys(self) -> list[Choice]:
        """The options that are right."""
        return [choice for choice in self.choices if choice.key]
