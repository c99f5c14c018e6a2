"""How a question is put.

Nothing in its wording or around it may tell the key, or lead astray who knows it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from unrolled.blocks.question.item import RUNS, Question, QuestionKind
from unrolled.model.block import Block
from unrolled.model.cell import Claim, ClaimKind
from unrolled.model.page import Page
from unrolled.model.problem import Code, Problem
from unrolled.model.runs import PageRuns
from unrolled.model.shape import ALONE, meaning, sizes

PLACES = re.compile(r"\b(?:above|below|all of these|none of these)\b", re.IGNORECASE)
"""Words for the place of an option, among the options alone."""
NTH = r"(?:first|second|third|fourth|fifth|sixth|last|previous|next)"
NAMED = re.compile(
    r"\b(?i:option|answer|choice) [A-F]\b"
    rf"|\b(?i:{NTH} (?:option|choice)\b|{NTH} answer (?:is|was|would|has|holds|gives)\b)"
    r"|\b(?i:this is|it is|(?:answer|key)(?: is|:)|take|choose|pick|tick) [A-F](?=[.,;:!]|\s*$)"
    r"|(?:\A|(?<=[.!?] ))[A-F] is (?:right|wrong|true|false)\b"
    rf"|\b(?i:take|choose|pick|tick|(?:answer|key) is) the {NTH}(?: one)?(?=[.,;:!]|\s*$)"
    rf"|(?:\A|(?<=[.!?] ))\s*Not the {NTH} one(?=[.,;:!]|\s*$)"
)
"""Words that name an option by its place, wherever they stand."""
NEGATIVE = re.compile(
    r"(?<![*\w])(?:not|never|except|cannot)(?![*\w])|(?<![*\w])\w+n't\b", re.IGNORECASE
)
CODE = re.compile(r"`[^`]*`")
PLAIN_KEYS = ("True", "False", "None", RUNS)
"""Keys that stand in many outputs, and tell nothing there."""
SHORT_KEY = 3
"""Characters of a key that stands in many outputs."""
BETWEEN = r"(?:\s*[,;x×/*]\s*|\s+(?:and|by)\s+)"
"""What may stand between the sizes of a shape that is told without its brackets."""


def problems(question: Question, ran: PageRuns) -> Iterator[Problem]:
    """Yield what is wrong with how a question is put."""
    yield from _places(question, ran.page)
    word = NEGATIVE.search(CODE.sub("", question.title))
    if word:
        fact = f"the negative '{word[0]}' in the title of question '{question.id}' is easily missed"
        remedy = f"Emphasise it: **{word[0]}**, or ask the other way round"
        yield Problem(ran.page.path, question.block.line, fact, remedy, code=Code.WORDING)
    if question.keys and not question.multiple:
        key = meaning(question.keys[0].said)
        yield from _hints(question, ran, key)
        yield from _stem(question, ran, key)
        if question.kind in (QuestionKind.PREDICT_OUTPUT, QuestionKind.PREDICT_ERROR):
            yield from _outputs(question, ran, key)


def _places(question: Question, page: Page) -> Iterator[Problem]:
    """Yield where the place of an option is spoken of: the widget shuffles them."""
    block = question.block
    code = {n for choice in question.choices for n in choice.lines[1:]}
    code |= {n for cell in page.cells_in(block) for n in range(cell.line, cell.end + 1)}
    for number in range(block.body, block.end):
        if number in code:
            continue
        text = CODE.sub("", page.lines[number - 1])
        of_option = number in question.choice_lines
        word = NAMED.search(text.strip()) or (PLACES.search(text) if of_option else None)
        if word:
            where = "an option" if of_option else "the text"
            fact = (
                f"'{word[0]}' in {where} of question '{question.id}', whose options have no fixed"
                " order"
            )
            remedy = "Say what is meant, not where it is"
            yield Problem(page.path, number, fact, remedy, code=Code.WORDING)


def _hints(question: Question, ran: PageRuns, key: str) -> Iterator[Problem]:
    """Yield the hints that show the key, typed or as a run gives it."""
    if len(key) < 2 or key == RUNS:
        return
    for block in _hints_of(question, ran.page):
        claims = ran.page.claims_in(block)
        shown = "\n".join(_shown(ran, n, claims) for n in range(block.body, block.end))
        if _tells(key, shown):
            fact = f"a hint of question '{question.id}' contains the key"
            remedy = "Point to the way, not to the end of it"
            yield Problem(ran.page.path, block.line, fact, remedy, code=Code.WORDING)


def _hints_of(question: Question, page: Page) -> list[Block]:
    return [b for b in page.blocks_in(question.block) if b.name == "hint"]


def _stem(question: Question, ran: PageRuns, key: str) -> Iterator[Problem]:
    """Yield the claims before the options that show the key."""
    if len(key) <= SHORT_KEY or key in PLAIN_KEYS:
        return
    end = min(
        (c.line for c in (*question.choices, *_hints_of(question, ran.page))),
        default=question.block.end,
    )
    claims = [c for c in ran.page.claims_in(question.block) if c.line < end]
    for number in sorted({c.line for c in claims}):
        if _tells(key, _shown(ran, number, claims)):
            fact = f"a claim in the stem of question '{question.id}' shows the key"
            remedy = "Show it in the solution, which readers open when they have answered"
            yield Problem(ran.page.path, number, fact, remedy, code=Code.WORDING)


def _shown(ran: PageRuns, number: int, claims: Iterable[Claim]) -> str:
    """Return what readers see in a line of a question: what runs give for those claims in it."""
    text = ran.page.lines[number - 1]
    for claim in claims:
        if claim.line == number:
            text = text.replace(claim.source, _given(ran, claim), 1)
    return text


def _given(ran: PageRuns, claim: Claim) -> str:
    """Return what readers see in place of a claim."""
    if claim.kind is ClaimKind.CHECK:
        return ""
    if claim.kind is ClaimKind.ERROR and not claim.code:
        cells = [c for c in ran.page.cells if c.line < claim.line and c.options.raises and c.runs]
        output = ran.output(cells[-1]) if cells else None
        return output.exception.text if output and output.exception else claim.source
    verdict = ran.verdict(claim)
    return verdict.text if verdict and verdict.ok else claim.source


def _tells(key: str, shown: str) -> bool:
    """Return whether a text holds a key, or the sizes of a key that is a shape."""
    said = sizes(key) if ALONE.fullmatch(key) else ()
    bare = BETWEEN.join(map(str, said)) if len(said) > 1 else ""
    patterns = [
        rf"(?<!\w){re.escape(key)}(?!\w)",
        *([rf"(?<![\w.]){bare}(?![\w]|\.\d)"] * bool(bare)),
    ]
    return any(re.search(pattern, meaning(shown)) for pattern in patterns)


def _outputs(question: Question, ran: PageRuns, key: str) -> Iterator[Problem]:
    """Yield the cells before a question whose output readers have seen, and which is its key."""
    if len(key) <= SHORT_KEY or key in PLAIN_KEYS:
        return
    for cell in ran.page.cells:
        output = ran.output(cell)
        item = ran.page.item_at(cell.line)
        if (
            not output
            or cell.options.hidden
            or cell.line > question.block.line
            or isinstance(item, Question)
        ):
            continue
        if key in {meaning(line) for line in (output.text, *output.text.split("\n"))}:
            fact = (
                f"the output of this cell gives away the key of question '{question.id}' at line"
                f" {question.block.line}"
            )
            yield Problem(
                ran.page.path,
                cell.line,
                fact,
                "Use other sizes in one of the two",
                code=Code.WORDING,
            )
