"""Lint: what no single run can say. Shapes that nothing proves, and questions that a reader could answer without knowing."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from unrolled import comment
from unrolled.engine import Engine
from unrolled.page import Page, Question
from unrolled.probe import literal
from unrolled.problem import Problem
from unrolled.proof import RUNS, meaning, printed

BARE = re.compile(rf"(?<![\w\])])(?:{comment.SHAPE})")
CLAIM = re.compile(r"`[ ]?#!(?:value|shape|check)[ ][^`]*`")
HARMLESS = re.compile(r"\(\d{1,3}(?:,\d{3})+\)|\((?:19|20)\d\d, (?:19|20)\d\d\)|(?<=version_info >= )\([\d, ]+\)")
"""What looks like a shape and is none: thousands, two years, a version."""
SYMBOL = re.compile(r"`\((?=[^`)]*\b(?:N|L|D|H_in|H_out|H_cell|num_layers)\b)[\w\s*+]+(?:,[\w\s*+]*)+\)`")
PLACES = re.compile(r"\b(?:above|below|all of these|none of these|(?:first|last|previous|next) option|option [A-F])\b", re.IGNORECASE)
NEGATIVE = re.compile(r"(?<![*\w])(?:not|never|except|cannot)(?![*\w])|(?<![*\w])\w+n't\b", re.IGNORECASE)
FEWEST = 12
"""Questions from which on the spread of keys over the site says something."""
MOST = 0.4
"""Share of the questions whose key may have the same letter, or be the longest option."""


def shapes(page: Page) -> list[Problem]:
    """Return a problem for each concrete shape on the page that no run proves, and each symbolic one outside a contract."""
    lines = page.text.split("\n")
    cells = {number for cell in page.cells for number in range(cell.line + 1, cell.end)}
    proved_options = {c.line for q in page.questions if q.kind != "concept" for c in q.choices}
    contracts = {row.line for contract in page.contracts for row in contract.rows}
    found = [p for cell in page.cells for p in _comments(page.path, cell.line, cell.code, cell.runs)]
    for number, line in enumerate(lines, 1):
        if number in cells or number in contracts:
            continue
        rest = HARMLESS.sub("", CLAIM.sub("", line))
        shape = None if number in proved_options else BARE.search(rest)
        if shape:
            remedy = f"Let a run prove it: `#!shape out: {shape[0]}`, or print it with `#!value out.shape`"
            found.append(Problem(page.path, number, f"nothing proves the shape {shape[0]}", remedy))
        symbolic = SYMBOL.search(rest)
        if symbolic:
            remedy = "State it in a `/// shapes` block, which sweeps a layer's settings, and link there"
            found.append(Problem(page.path, number, f"nothing proves the symbolic shape {symbolic[0].strip('`')}", remedy))
    return found


def _comments(path: str, line: int, code: str, runs: bool) -> Iterator[Problem]:
    claimed = {claim.at for claim in comment.claims(code, line)} if runs else set[int]()
    for number, text in comment.comments(code):
        rest = comment.NAMED.sub("", text) if number in claimed else text
        axes = (
            number not in claimed and comment.AXES.fullmatch(text) and text.count("=") > 1 and not comment.is_about_arguments(code, number)
        )
        if BARE.search(rest) or SYMBOL.search(f"`{text.lstrip('# ')}`") or axes:
            remedy = "Name what has it, on the line that makes it: `# out: (4, 7, 3)`, or behind an assignment `# batch=4, seq_len=7`"
            yield Problem(path, line + number, f"nothing proves the shape in the comment '{text}'", remedy)


def questions(page: Page, engine: Engine) -> list[Problem]:
    """Return what is wrong with how the page's questions are put."""
    return [p for item in page.questions for p in (*_wording(page, item), *_given_away(page, item, engine))]


def _wording(page: Page, item: Question) -> Iterator[Problem]:
    lines = page.text.split("\n")
    for choice in item.choices:
        for number in range(choice.line, min(choice.end, item.block.end)):
            word = PLACES.search(re.sub(r"`[^`]*`", "", lines[number - 1]))
            if word:
                fact = f"'{word[0]}' in an option of question '{item.id}', whose options have no fixed order"
                yield Problem(page.path, number, fact, "Say what is meant, not where it stands")
    word = NEGATIVE.search(re.sub(r"`[^`]*`", "", item.title))
    if word:
        fact = f"the negative '{word[0]}' in the title of question '{item.id}' is easily missed"
        yield Problem(page.path, item.block.line, fact, f"Emphasise it: **{word[0]}**, or ask the other way round")


def _given_away(page: Page, item: Question, engine: Engine) -> Iterator[Problem]:
    keys = [choice for choice in item.choices if choice.key]
    if item.multiple or not keys:
        return
    key = meaning(keys[0].label)
    lines = page.text.split("\n")
    for block in page.blocks:
        if block.name == "hint" and item.block.line < block.line < item.block.end:
            hint = meaning("\n".join(lines[block.body - 1 : block.end - 1]))
            if len(key) > 1 and key != RUNS and re.search(rf"(?<!\w){re.escape(key)}(?!\w)", hint):
                yield Problem(
                    page.path, block.line, f"a hint of question '{item.id}' contains the key", "Point to the way, not to the end of it"
                )
    if item.kind not in ("predict-output", "predict-error"):
        return
    for chain in page.chains:
        for cell, output in zip(chain.cells, engine.result(chain, page).outputs, strict=False):
            shown = cell.index >= 0 and not cell.options.hidden and cell.line < item.block.line and not page.question_at(cell.line)
            lines_shown = {meaning(line) for line in [printed(output), *printed(output).split("\n")]}
            if shown and len(key) > 3 and key not in ("True", "False", "None", RUNS) and key in lines_shown:
                fact = f"the output of this cell gives away the key of question '{item.id}' at line {item.block.line}"
                yield Problem(page.path, cell.line, fact, "Use other sizes in one of the two")


def spread(pages: Sequence[Page]) -> list[Problem]:
    """Return whether the keys of the site can be guessed from their letters or lengths."""
    items = [(page, item) for page in pages for item in page.questions if not item.multiple and sum(c.key for c in item.choices) == 1]
    if len(items) < FEWEST:
        return []
    letters = Counter(next(i for i, c in enumerate(item.choices) if c.key) for _, item in items)
    found: list[Problem] = []
    place, most = letters.most_common(1)[0]
    if most > MOST * len(items):
        page, item = next((p, i) for p, i in items if i.choices[place].key)
        fact = f"the key is {chr(ord('A') + place)} in {most} of the site's {len(items)} questions"
        found.append(Problem(page.path, item.block.line, fact, "Move the key of some, beginning with this one"))
    longest = [(p, i) for p, i in items if _key_is_longest(i)]
    if len(longest) > MOST * len(items):
        page, item = longest[0]
        fact = f"the key is the longest option in {len(longest)} of the site's {len(items)} questions"
        found.append(Problem(page.path, item.block.line, fact, "Shorten some keys, or say more in a distractor, beginning with this one"))
    return found


def _key_is_longest(item: Question) -> bool:
    lengths = [len(literal(choice.label)) for choice in item.choices]
    key = next(len(literal(choice.label)) for choice in item.choices if choice.key)
    return key == max(lengths) and lengths.count(key) == 1
