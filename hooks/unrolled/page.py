"""What a page holds, as read from its Markdown: cells, claims, blocks and questions. Data only."""

import hashlib
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from unrolled.problem import Problem

MODES = ("learn", "recap", "practice", "challenge", "test", "experiment", "visualize", "walkthrough", "debug", "cheatsheet")
"""A topic's modes, by the names of their files, in the order in which a hub offers them."""


@dataclass(frozen=True)
class Claim:
    """An inline claim such as `#!shape out: (4, 7, 3)`, tied to the cell before it."""

    index: int
    """Position among the page's claims, from 0."""
    line: int
    """Line in the page, from 1."""
    kind: str
    """`value`, `shape` or `check`; or one of an experiment's, which nobody writes."""
    text: str
    """What follows the kind, as written."""
    source: str
    """The whole code span's content, as written: `#!shape out: (4, 7, 3)`."""
    code: str
    """The Python expression that the run evaluates."""
    expected: tuple[int, ...] | None = None
    """For `shape`: the sizes that the expression must have."""
    at: int = 0
    """For a claim in a comment: its line in the cell, from 1; it is evaluated when that line's statement has run. 0: after the cell."""


@dataclass(frozen=True)
class Options:
    """A cell's options, as written in the fence's braces."""

    continuation: bool = False
    """Goes on in the namespace of the cell before."""
    hidden: bool = False
    """Runs, but neither code nor output is shown."""
    check: bool = False
    """Not run on its own: the assertions a `choose-code` key must pass and each distractor must fail."""
    cause: bool = False
    """The mistaken code behind a distractor: its output must be that option, exactly."""
    probe: bool = False
    """Set by the plan, never written: may raise or not, and either is an answer."""
    notest: bool = False
    """Shown, not run; needs `reason`."""
    reason: str = ""
    """Why a `notest` cell cannot run."""
    raises: str = ""
    """Name of the exception type that the cell must raise."""
    alt: str = ""
    """Alternative text of the figure that the cell draws."""
    timeout: float = 30.0
    """Seconds that the cell may take."""
    tolerance: float = 0.0
    """By how much the numbers that it gives may differ from those recorded, as training does between processors."""
    style: tuple[tuple[str, str], ...] = ()
    """`title`, `linenums` and `hl_lines`, passed on to the highlighter."""


@dataclass(frozen=True)
class Cell:
    """A Python fence."""

    index: int
    """Position among the page's cells, from 0; -1 for an option under probe and for what a branch repeats, which belong to no place."""
    line: int
    """Line of the opening fence, from 1; the code starts on the next."""
    end: int
    """Line of the closing fence."""
    code: str
    """The code, without the fence's indentation."""
    options: Options
    claims: tuple[Claim, ...] = ()
    """The claims after this cell and before the next, evaluated right after it ran; then those in its comments."""

    @property
    def runs(self) -> bool:
        """Whether the cell takes part in a chain."""
        return not (self.options.notest or self.options.check)


@dataclass(frozen=True)
class Chain:
    """A cell and its continuations: they share a namespace and a process."""

    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Block:
    """A `/// name | argument` block."""

    index: int
    """Position among the page's blocks, in the order of their opening lines, from 0."""
    name: str
    argument: str
    line: int
    """Line of the opening marker, from 1."""
    body: int
    """First line after the option lines."""
    end: int
    """Line of the closing marker."""
    depth: int
    """How many blocks are around it."""
    slashes: int
    """Number of slashes in its markers."""
    options: dict[str, object] = field(default_factory=dict[str, object])


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


@dataclass(frozen=True)
class Question:
    """A `/// question` block, read."""

    block: Block
    id: str
    kind: str
    level: str
    title: str
    seconds: int | None
    multiple: bool
    choices: tuple[Choice, ...]
    cells: tuple[int, ...]
    """Indices of the cells in its stem."""
    reviewed: bool = False
    """Whether a person vouches for what no run can settle."""
    skill: str = ""
    """What it tests, for a verdict: one of `question.SKILLS`."""
    challenge: str = ""
    """Which of the five problems of a challenge it is: one of `question.CHALLENGES`."""
    read: str = ""
    """The section to read again, as a relative link: `learn.md#by-hand`."""


@dataclass(frozen=True)
class Card:
    """A `/// card` block: a flashcard."""

    block: Block
    id: str
    front: str


@dataclass(frozen=True)
class Explain:
    """A `/// explain` block: a prompt to answer in one's own words, and the concepts that a good answer names."""

    block: Block
    id: str
    prompt: str
    concepts: tuple[str, ...]
    """Each as written."""
    lists: tuple[str, ...] = ()
    """The kinds of the lists that hold them: `bullet` or `ordered`; it should be one."""


@dataclass(frozen=True)
class Target:
    """What an experiment promises of a metric, with every seed."""

    text: str
    """As written: `solution val: >= 85`."""
    line: int
    run: str
    """Name of the training."""
    metric: str
    sign: str
    """`>=`, `<=`, `>` or `<`; empty when it cannot be read."""
    bound: float


@dataclass(frozen=True)
class Experiment:
    """A `/// experiment` block: something to train, with targets that its own runs reach."""

    block: Block
    id: str
    title: str
    targets: tuple[Target, ...]
    cell: int
    """Index of the cell that binds `metrics`, what was measured; -1 when there is none."""


@dataclass(frozen=True)
class Probe:
    """An option of a `choose-code` question, to be run between the stem's cells and the question's check."""

    question: int
    """Position among the page's questions, from 0."""
    choice: int
    """Position among the question's options, from 0."""
    chain: Chain


@dataclass(frozen=True)
class Row:
    """A row of a contract: the shapes that it states of one tensor."""

    line: int
    """Line in the page, from 1."""
    tensor: str
    """Its name in torch's documentation, or a parameter's."""
    shapes: tuple[tuple[str, str], ...]
    """A column and the shape stated in it, as an expression: `("Unbatched", "(L, D * H_out)")`."""


@dataclass(frozen=True)
class Contract:
    """A `/// shapes` block, read: what its table states, and the run that tries it."""

    block: Block
    layer: str
    """Its class, as `nn.LSTM`."""
    settings: tuple[tuple[str, tuple[object, ...]], ...]
    """Arguments of its constructor, each with the values to sweep."""
    kinds: tuple[str, ...]
    """The kinds of input to sweep, as columns are headed."""
    rows: tuple[Row, ...]
    chain: Chain
    """The one cell that tries every configuration and prints, as JSON, how each row fared."""


@dataclass(frozen=True)
class Page:
    """A page, read once: everything that later stages need, with line numbers."""

    path: str
    """Path shown in problems, relative to the project."""
    text: str
    """The whole file, front matter included."""
    cells: tuple[Cell, ...] = ()
    chains: tuple[Chain, ...] = ()
    claims: tuple[Claim, ...] = ()
    blocks: tuple[Block, ...] = ()
    questions: tuple[Question, ...] = ()
    probes: tuple[Probe, ...] = ()
    problems: tuple[Problem, ...] = ()
    """What is wrong with its form."""
    folder: str = ""
    """Absolute folder of the file, whose data files its cells can read; empty for text without a file."""
    contracts: tuple[Contract, ...] = ()
    cards: tuple[Card, ...] = ()
    explains: tuple[Explain, ...] = ()
    experiments: tuple[Experiment, ...] = ()

    @property
    def mode(self) -> str:
        """Return the page's mode, by the name of its file; empty for a page in no topic's folder."""
        path = PurePosixPath(self.path)
        return path.stem if path.stem in MODES and len(path.parts) > 1 else ""

    @property
    def topic(self) -> str:
        """Return the page's topic, by the name of its folder."""
        return PurePosixPath(self.path).parent.name

    @property
    def items(self) -> tuple[Question | Card | Explain | Experiment, ...]:
        """Return all that a reader can do on the page, in its order."""
        return tuple(sorted((*self.questions, *self.cards, *self.explains, *self.experiments), key=lambda item: item.block.line))

    def digest(self, block: Block) -> str:
        """Return a short hash of a block's text, by which a reader's progress knows that an item was edited."""
        lines = self.text.split("\n")[block.line - 1 : block.end]
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:12]

    @property
    def all_chains(self) -> tuple[Chain, ...]:
        """Return everything that is run for this page: its chains, its probes and the sweeps of its contracts."""
        return (*self.chains, *(probe.chain for probe in self.probes), *(contract.chain for contract in self.contracts))

    def chain_of(self, cell: Cell) -> Chain | None:
        """Return the chain that holds a cell; None for one that does not run."""
        return next((chain for chain in self.chains if cell in chain.cells), None)

    def question_at(self, line: int) -> Question | None:
        """Return the question whose block holds the line, if any."""
        return next((q for q in self.questions if q.block.line < line < q.block.end), None)
