"""The plan of a page: Markdown in, `Page` out, with every fault of form as a problem. Nothing is run here."""

import ast
import dataclasses
import difflib
import re
import warnings
from collections.abc import Iterable, Iterator
from pathlib import Path

from markdown_it.token import Token

from unrolled import comment, contract, experiment, fence, probe, question, recap, source, traps
from unrolled.page import Block, Cell, Chain, Claim, Page, Question
from unrolled.problem import Problem

SHAPE = re.compile(r"(?P<code>.+?):\s*(?:torch\.Size\(\[(?P<list>[\d,\s]*)\]\)|\((?P<tuple>[\d,\s]*)\))", re.DOTALL)
OURS = {
    "question": question.OPTIONS, "hint": (), "solution": (), "mistakes": (), "example": (), "proofs": (), "shapes": contract.OPTIONS,
    "experiment": experiment.OPTIONS, "bonus": (), "card": recap.OPTIONS, "explain": recap.OPTIONS,
    "modes": (), "topics": (), "review": (), "progress": (),
}  # fmt: skip
"""Our blocks and the options they take."""
AROUND = {"solution": ("question", "explain", "experiment"), "mistakes": ("question",), "bonus": ("experiment",)}
"""Blocks that stand only inside another."""
PYMDOWN = (
    "tab", "admonition", "details", "html", "define", "caption", "figure-caption", "table-caption",
    "note", "attention", "caution", "danger", "error", "tip", "warning",
)  # fmt: skip
"""Blocks that pymdownx brings."""


def read_page(file: Path, root: Path) -> Page:
    """Read and plan a page's file; `root` is what its problems' paths are relative to."""
    path = file.relative_to(root).as_posix() if file.is_relative_to(root) else file.as_posix()
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = file.read_bytes()[: error.start].count(b"\n") + 1
        fault = Problem(path, line, "the page is not UTF-8", "Save it as UTF-8")
        return Page(path, "", problems=(fault,), folder=str(file.parent))
    return plan(path, text.replace("\r\n", "\n"), str(file.parent))


def plan(path: str, text: str, folder: str = "") -> Page:
    """Plan a page from its text.

    Args:
        path: What problems call the page.
        text: The Markdown, front matter included.
        folder: Absolute folder whose data files the cells may read.
    """
    stream = source.tokens(text)
    problems: list[Problem] = [Problem(path, *fault) for fault in source.front_matter_faults(text)]
    cells = list(_cells(path, stream, problems))
    claims = list(_claims(path, text, stream, problems))
    problems += traps.problems(path, text, stream)
    cells = _attach(path, cells, claims, problems)
    blocks = list(_blocks(path, text, stream, problems))
    questions = list(_questions(path, text, blocks, stream, cells, problems))
    cards, explains = recap.read(blocks, stream)
    problems += recap.problems(path, cards, explains, text.split("\n"))
    contracts = tuple(contract.read(path, text, blocks, stream, problems))
    cells = probe.with_evidence(questions, cells)
    experiments, cells = experiment.read(blocks, cells, text.split("\n"))
    problems += experiment.form(path, experiments)
    broken = dict(_syntax_errors(path, cells))
    unusable = {cells[index].line for index in broken}
    problems += [*broken.values(), *_cell_problems(path, cells, questions)]
    chains = tuple(c for c in _chains(path, cells, problems) if not any(cell.line in unusable for cell in c.cells))
    tried = tuple(probe.probes(questions, cells, chains, broken))
    return Page(
        path, text, tuple(cells), chains, tuple(claims), tuple(blocks), tuple(questions), tried, tuple(sorted(problems)), folder, contracts,
        cards, explains, experiments,
    )  # fmt: skip


def shared_ids(pages: Iterable[Page]) -> list[Problem]:
    """Return a problem for each item whose id an earlier item has."""
    first: dict[str, tuple[str, int, str]] = {}
    found: list[Problem] = []
    for page in sorted(pages, key=lambda p: p.path):
        for item in page.items:
            if not item.id:
                continue
            path, line, kind = first.setdefault(item.id, (page.path, item.block.line, item.block.name))
            if (path, line) != (page.path, item.block.line):
                fact = f"the id '{item.id}' is taken by the {kind} at {path}:{line}"
                found.append(Problem(page.path, item.block.line, fact, "Give this one an id of its own"))
    return found


def _cells(path: str, stream: list[Token], problems: list[Problem]) -> Iterator[Cell]:
    index = 0
    for token in stream:
        if token.type != "fence" or not token.map or fence.language(token.info) not in fence.LANGUAGES:
            continue
        line = token.map[0] + 1
        options, complaints = fence.options(token.info)
        problems += [Problem(path, line, fact, remedy) for fact, remedy in complaints]
        yield Cell(index, line, token.map[1], token.content.rstrip("\n"), options)
        index += 1


def _claims(path: str, text: str, stream: list[Token], problems: list[Problem]) -> Iterator[Claim]:
    index = 0
    lines = text.split("\n")
    for line, content in source.code_spans(text, stream):
        match = source.CLAIM.match(content)
        if not match:
            continue
        kind, text = match.group(1), match.group(2).strip()
        if content not in lines[line - 1].replace(r"\|", "|"):
            remedy = "Write it on one line"
            problems.append(Problem(path, line, "a claim goes on in the next line", remedy))
            continue
        if kind not in source.CLAIMS:
            near = difflib.get_close_matches(kind, source.CLAIMS, 1)
            remedy = f"Did you mean '#!{near[0]}'?" if near else f"Use #!{', #!'.join(source.CLAIMS)}, or drop the '#!'"
            problems.append(Problem(path, line, f"there is no claim '#!{kind}'", remedy))
            continue
        code, expected = text, None
        if kind == "shape":
            shape = SHAPE.fullmatch(text)
            if not shape:
                fact, remedy = (
                    f"the claim '#!shape {text}' states no shape",
                    "Write an expression, a colon and a shape: #!shape out: (4, 7, 3)",
                )
                problems.append(Problem(path, line, fact, remedy))
                continue
            code = shape["code"]
            expected = tuple(int(n[:18]) for n in re.findall(r"\d+", shape["list"] or shape["tuple"] or ""))
        try:
            tree = ast.parse(code, mode="eval")
        except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
            fact = f"the claim '{content[:80]}' is no Python expression: {getattr(error, 'msg', error)}"
            problems.append(Problem(path, line, fact, "Mend it"))
            continue
        if not any(isinstance(node, ast.Name) for node in ast.walk(tree)):
            problems.append(
                Problem(path, line, f"the claim '{content}' asks nothing of a run", "Name something that the cell before it makes")
            )
            continue
        yield Claim(index, line, kind, text, content, code, expected)
        index += 1


def _attach(path: str, cells: list[Cell], claims: list[Claim], problems: list[Problem]) -> list[Cell]:
    """Tie each claim to the nearest cell before it that runs."""
    tied: dict[int, list[Claim]] = {}
    for claim in claims:
        before = [c for c in cells if c.runs and not c.options.cause and c.line < claim.line]
        if before:
            tied.setdefault(before[-1].index, []).append(claim)
        else:
            fact = f"no cell stands before the claim '{claim.source}'"
            problems.append(Problem(path, claim.line, fact, "Put a cell before it (a hidden one will do), or drop the '#!'"))
    return [
        dataclasses.replace(cell, claims=(*tied.get(cell.index, ()), *(comment.claims(cell.code, cell.line) if cell.runs else ())))
        for cell in cells
    ]


def _chains(path: str, cells: list[Cell], problems: list[Problem]) -> Iterator[Chain]:
    """Yield the chains. A continuing cause is a branch of its own, so that no mistaken code is seen by what comes after it."""
    chain: list[Cell] = []
    branches: list[Chain] = []
    for cell in cells:
        if not cell.runs:
            continue
        if cell.options.continuation and not chain:
            remedy = "Drop 'continuation', or put the first cell before it"
            problems.append(Problem(path, cell.line, "a continuation has no cell before it", remedy))
        if cell.options.cause:
            before = [dataclasses.replace(c, index=-1, claims=()) for c in chain if cell.options.continuation]
            branches.append(Chain((*before, cell)))
            continue
        if not cell.options.continuation and chain:
            yield Chain(tuple(chain))
            chain = []
        chain.append(cell)
    if chain:
        yield Chain(tuple(chain))
    yield from branches


def _cell_problems(path: str, cells: list[Cell], questions: list[Question]) -> Iterator[Problem]:
    for cell in cells:
        if not cell.code.strip():
            yield Problem(path, cell.line, "the cell is empty", "Write its code, or delete it")
        if cell.options.cause and not any(q.block.line < cell.line < q.block.end for q in questions):
            yield Problem(
                path, cell.line, "a 'cause' cell stands outside a question", "Move it into a distractor's rationale, or drop 'cause'"
            )
        if cell.options.check and not any(cell.index in q.cells and q.kind == "choose-code" for q in questions):
            yield Problem(
                path, cell.line, "a 'check' cell stands outside a choose-code question", "Move it into the question's stem, or drop 'check'"
            )


def _syntax_errors(path: str, cells: list[Cell]) -> Iterator[tuple[int, Problem]]:
    """Yield the cells that are no Python, with the problem; their chains cannot run."""
    for cell in cells:
        if cell.options.notest or cell.options.raises in ("SyntaxError", "IndentationError", "TabError"):
            continue
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                compile(cell.code, "<cell>", "exec", dont_inherit=True)
        except (SyntaxError, ValueError) as error:
            line = cell.line + (getattr(error, "lineno", None) or 1)
            message = getattr(error, "msg", None) or str(error)
            text = (getattr(error, "text", None) or "").strip()
            yield (
                cell.index,
                Problem(path, line, f"{type(error).__name__}: {message}", "Mend it, or promise it with raises=SyntaxError", text),
            )


def _blocks(path: str, text: str, stream: list[Token], problems: list[Problem]) -> Iterator[Block]:
    found, strays = source.blocks(text, stream)
    problems += [
        Problem(path, line, "this marker closes no block", "Delete it, or give it as many slashes as the block it closes")
        for line in strays
    ]
    for index, raw in enumerate(found):
        if raw.name not in OURS and raw.name not in PYMDOWN:
            near = difflib.get_close_matches(raw.name, [*OURS, *PYMDOWN], 1)
            remedy = f"Did you mean '{near[0]}'?" if near else f"Use one of: {', '.join(sorted({*OURS, *PYMDOWN}))}"
            problems.append(Problem(path, raw.line, f"there is no block '{raw.name}'", remedy))
        if not raw.end:
            problems.append(Problem(path, raw.line, f"the block '{raw.name}' is not closed", f"Close it with a line {'/' * raw.slashes}"))
        if raw.bad_options:
            fact = f"the options of '{raw.name}' cannot be read: {raw.bad_options}"
            problems.append(
                Problem(path, raw.line + 1, fact, "Write one 'name: value' a line, indented by four spaces, values with a colon in quotes")
            )
        elif raw.name in OURS:
            problems += list(_unknown_options(path, raw))
        end = raw.end or text.count("\n") + 2
        yield Block(index, raw.name, raw.argument, raw.line, raw.body, end, raw.depth, raw.slashes, raw.options)


def _unknown_options(path: str, raw: source.RawBlock) -> Iterator[Problem]:
    known = OURS[raw.name]
    for name in raw.options:
        if name not in known:
            near = difflib.get_close_matches(name, known, 1)
            remedy = f"Did you mean '{near[0]}'?" if near else (f"Use: {', '.join(known)}" if known else "Delete it: the block takes none")
            yield Problem(path, raw.line + 1, f"the block '{raw.name}' has no option '{name}'", remedy)


def _questions(
    path: str, text: str, blocks: list[Block], stream: list[Token], cells: list[Cell], problems: list[Problem]
) -> Iterator[Question]:
    lines, items = text.split("\n"), list(question.items(stream))
    for block in blocks:
        inside = [b for b in blocks if block.line < b.line < block.end and b.depth == block.depth + 1]
        if block.name == "question":
            own = [item for item in items if block.line < item.line < block.end]
            read = question.read(block, inside, own, cells)
            problems += question.problems(path, read, inside, own, lines)
            yield read
        elif block.name in AROUND and not any(b.name in AROUND[block.name] and b.line < block.line < b.end for b in blocks):
            *some, last = (f"'{name}'" for name in AROUND[block.name])
            around = f"{', '.join(some)} or {last}" if some else last
            problems.append(Problem(path, block.line, f"a block '{block.name}' stands outside a block {around}", "Move it into one"))
