"""The plan of a page: Markdown in, `Page` out, with every fault of form as a problem.

Nothing is run here.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from markdown_it.token import Token

from unrolled.model.block import Block, Doubt
from unrolled.model.cell import Cell, Chain, Claim, Role
from unrolled.model.item import Item, Trial
from unrolled.model.kind import BlockKind, Reading, Source
from unrolled.model.mode import SCRIPT
from unrolled.model.page import Page
from unrolled.model.problem import Code, Problem
from unrolled.model.visible import Visible
from unrolled.read import (
    cells,
    claims,
    conflicts,
    doubt,
    equations,
    fence,
    fences,
    front_matter,
    markers,
    names,
    pitfalls,
    script,
    tags,
    tokens,
    unrun,
    visible,
)

Kinds = Sequence[BlockKind]


def read_page(file: Path, root: Path, kinds: Kinds) -> Page:
    """Read and plan a page's file; `root` is what its problems' paths are relative to."""
    return of_file(file, file.read_bytes(), root, kinds)


def of_file(file: Path, content: bytes, root: Path, kinds: Kinds) -> Page:
    """Plan what a page's file holds; `root` is what its problems' paths are relative to."""
    path = file.relative_to(root).as_posix() if file.is_relative_to(root) else file.as_posix()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = len(re.split(rb"\r\n?|\n", content[: error.start]))
        fault = Problem(path, line, "the page is not UTF-8", "Save it as UTF-8")
        return Page(path, "", folder=str(file.parent), problems=(fault,))
    if file.name == SCRIPT:
        text = script.markdown(text)
    return plan(path, text, kinds, str(file.parent))


def plan(path: str, text: str, kinds: Kinds, folder: str = "") -> Page:
    """Plan a page from its text, front matter included.

    `path` is what problems call the page; its cells may read the data files of the absolute
    `folder`.
    """
    unseen = [*_unseen(path, text)]
    text = tokens.universal(text)
    by_name = {kind.name: kind for kind in kinds}
    stream = tokens.tokens(text)
    head = front_matter.read(text)
    read_cells, cell_faults = cells.read(path, stream, _roles(kinds))
    in_text, claim_faults = claims.read(path, text, stream)
    form = _form(path, text, stream, {kind.name: kind.options for kind in kinds})
    source = Source(path, text, stream, form.blocks, read_cells)
    tied, loose = claims.attach(path, _set_apart(by_name, source), in_text)
    source = dataclasses.replace(source, cells=tied)
    readings = _read(form.blocks, by_name, source)
    claimed = _claimed(tied, readings)
    source = dataclasses.replace(source, cells=claimed)
    unusable = cells.broken(path, claimed)
    told = {problem.line for reading in readings for problem in reading.problems}
    hanging = cells.hanging(path, claimed)
    left_out = {*unusable, *hanging, *_lost(claimed, form, cell_faults)}
    chains = cells.chains(claimed, left_out)
    items = tuple(reading.item for reading in readings if reading.item)
    nested = [*_nested(path, items)]
    doubts = (
        *form.doubts,
        *(each for reading in readings for each in reading.doubts),
        *(each for _, each in nested),
    )
    problems = [
        *unseen, *(Problem(path, *fault) for fault in head.faults),
        *cell_faults, *claim_faults, *loose, *unusable.values(),
        *(problem for line, problem in hanging.items() if line not in told),
        *(problem for reading in readings for problem in reading.problems),
        *_problems(source, items, kinds),
    ]  # fmt: skip
    shown = (*visible.head(head.values, text), *_visible(source, kinds))
    given = names.named(shown, claimed, in_text)
    return Page(
        path, text, folder, head.values,
        cells=claimed, chains=chains, claims=in_text, blocks=form.blocks, items=items,
        visible=shown, names=given, asking=names.asking(given),
        trials=tuple(_trials(items, by_name, _without(claimed, left_out), chains)),
        problems=tuple(
            sorted([*form.problems, *(p for p, _ in nested), *doubt.outside(problems, doubts)])
        ),
        doubts=(*doubts, *(each for reading in readings for each in reading.unproved)),
        fences=fences.others(stream),
    )  # fmt: skip


def _lost(claimed: Sequence[Cell], form: Form, faults: Iterable[Problem]) -> set[int]:
    """Return the lines of cells that are not to run: swallowed, or with options that are wrong.

    What a cell of wrong options would do by its other options is not what it is to do.
    """
    swallowed = {cell.line for cell in claimed if any(cell.line in d for d in form.swallowed)}
    return swallowed | {problem.line for problem in faults}


def _without(claimed: Sequence[Cell], left_out: Collection[int]) -> list[Cell]:
    return [cell for cell in claimed if cell.line not in left_out]


def _problems(source: Source, items: Sequence[Item], kinds: Kinds) -> Iterator[Problem]:
    """Yield what is wrong with a page by what it was read as."""
    path, stream, blocks = source.path, source.tokens, source.blocks
    traps = [*pitfalls.problems(path, source.text, stream, blocks)]
    yield from traps
    # That nothing runs a fence follows from why it is no cell.
    told = {problem.line for problem in traps}
    yield from (problem for problem in _unrun(path, stream, items) if problem.line not in told)
    yield from equations.problems(path, stream, blocks)
    yield from _misplaced(path, blocks, {kind.name: kind for kind in kinds})
    yield from cells.problems(path, source.cells, blocks, _places(kinds))


def _visible(source: Source, kinds: Kinds) -> Iterable[Visible]:
    shown = {kind.name: kind.shown for kind in kinds}
    return visible.read(source.tokens, source.cells, source.blocks, shown)


def _unseen(path: str, text: str) -> Iterator[Problem]:
    """Yield a problem for each line with characters that nobody sees and that do something."""
    if not tokens.UNSEEN.search(text):
        return
    for number, line in enumerate(re.split(r"\r\n?|\n", text), 1):
        found = tokens.UNSEEN.search(line)
        if found:
            fact = f"this line holds the unseen character U+{ord(found[0]):04X}"
            remedy = f"Delete it; in code, write '\\u{ord(found[0]):04x}'"
            yield Problem(path, number, fact, remedy, code=Code.PAGE)


@dataclass(frozen=True)
class Form:
    """What a page is made of, and what is wrong with its fences, blocks and marks of merges."""

    blocks: tuple[Block, ...]
    problems: tuple[Problem, ...]
    doubts: tuple[Doubt, ...]
    """Where nothing more is said, since it may follow from these problems."""
    swallowed: tuple[Doubt, ...]
    """What is in doubt because it is in a fence that goes on too far, or in two versions."""


def _form(
    path: str, text: str, stream: Sequence[Token], known: Mapping[str, Collection[str]]
) -> Form:
    """Read what everything else rests on.

    A problem may follow from those of what is read before it: it is not said.
    """
    lines = text.split("\n")
    merges = [*conflicts.conflicts(path, lines, _shown(stream))]
    open_fences = [*fences.unclosed(path, lines, stream), *tags.comments(path, stream)]
    marked = markers.read(path, text, stream, known)
    problems, doubts = [p for p, _ in merges], [d for _, d in merges]
    problems += doubt.outside((p for p, _ in open_fences), doubts)
    swallowed = tuple(doubts := doubts + [d for _, d in open_fences])
    problems += doubt.outside(marked.problems, doubt.widened(doubts, marked.blocks))
    every = doubt.widened([*doubts, *marked.doubts], marked.blocks)
    return Form(marked.blocks, tuple(problems), every, swallowed)


def _shown(stream: Iterable[Token]) -> set[int]:
    """Return the lines, from 1, of code that is only shown."""
    return {
        line + 1
        for token in stream
        if token.map
        and (
            token.type == "code_block"
            or (token.type == "fence" and fence.language(token.info) not in fence.LANGUAGES)
        )
        for line in range(*token.map)
    }


def shared_ids(pages: Iterable[Page]) -> list[Problem]:
    """Return a problem for each item whose id an earlier item has."""
    first: dict[str, tuple[str, int, str]] = {}
    found: list[Problem] = []
    for page in sorted(pages, key=lambda p: p.path):
        for item in page.items:
            if not item.id:
                continue
            path, line, kind = first.setdefault(
                item.id, (page.path, item.block.line, item.block.name)
            )
            if (path, line) != (page.path, item.block.line):
                fact = f"the id '{item.id}' is taken by the {kind} at {path}:{line}"
                found.append(
                    Problem(
                        page.path,
                        item.block.line,
                        fact,
                        "Give this one an id of its own",
                        code=Code.ID,
                    )
                )
    return found


def _read(
    blocks: Sequence[Block], by_name: Mapping[str, BlockKind], source: Source
) -> list[Reading]:
    return [by_name[block.name].read(block, source) for block in blocks if block.name in by_name]


def _set_apart(by_name: Mapping[str, BlockKind], source: Source) -> tuple[Cell, ...]:
    """Return the cells, those that are a part of a block as cells that do not run."""
    tried = {
        line
        for block in source.blocks
        if block.name in by_name
        for line in by_name[block.name].tried(block, source)
    }
    apart = lambda cell: dataclasses.replace(cell.options, role=Role.SHOWN)  # noqa: E731
    return tuple(
        dataclasses.replace(cell, options=apart(cell)) if cell.line in tried else cell
        for cell in source.cells
    )


def _unrun(path: str, stream: Sequence[Token], items: Sequence[Item]) -> Iterator[Problem]:
    """Yield what nothing proves, but for what the run of an item does."""
    proved = {line for item in items for line in item.proved_lines}
    return (problem for problem in unrun.problems(path, stream) if problem.line not in proved)


def _claimed(read: Sequence[Cell], readings: Sequence[Reading]) -> tuple[Cell, ...]:
    """Return the cells with what blocks ask of them."""
    asked: dict[int, list[Claim]] = {}
    for reading in readings:
        for line, claim in reading.claims:
            asked.setdefault(line, []).append(claim)
    return tuple(
        dataclasses.replace(cell, claims=(*cell.claims, *asked[cell.line]))
        if cell.line in asked
        else cell
        for cell in read
    )


def _trials(
    items: Sequence[Item],
    by_name: Mapping[str, BlockKind],
    usable: Sequence[Cell],
    chains: Sequence[Chain],
) -> Iterator[Trial]:
    for item in items:
        yield from by_name[item.block.name].trials(item, usable, chains)


def _misplaced(
    path: str, blocks: Sequence[Block], by_name: Mapping[str, BlockKind]
) -> Iterator[Problem]:
    """Yield a problem for each part outside the blocks that take it."""
    around: list[Block] = []
    for block in blocks:
        around = [*(each for each in around if each.end > block.line), block]
        if block.name not in by_name or not by_name[block.name].is_part:
            continue
        takers = [name for name, kind in by_name.items() if block.name in kind.parts]
        if not any(each.name in takers for each in around[:-1]):
            *some, last = (f"'{name}'" for name in takers)
            where = f"{', '.join(some)} or {last}" if some else last
            fact = f"a block '{block.name}' is outside a block {where}"
            yield Problem(path, block.line, fact, "Move it into one", code=Code.BLOCK)


def _nested(path: str, items: Iterable[Item]) -> Iterator[tuple[Problem, Doubt]]:
    """Yield a problem for each item inside another, with the lines of that one.

    What is an option, a hint or a cell of which of the two cannot be told.
    """
    around: list[Block] = []
    for block in (item.block for item in items if item.answerable):
        around = [each for each in around if each.end > block.line]
        if around:
            fact = f"a block '{block.name}' is inside the {around[0].name} of line {around[0].line}"
            remedy = f"Move it out, with as many slashes: {'/' * around[0].slashes} {block.name}"
            problem = Problem(path, block.line, fact, remedy, code=Code.BLOCK)
            yield problem, Doubt(around[0].line, around[0].end)
        around.append(block)


def _places(kinds: Kinds) -> dict[str, Collection[str]]:
    """Return, for each word that marks cells, the blocks that give it a meaning."""
    return {word: {kind.name for kind in kinds if word in kind.cells} for word in _roles(kinds)}


def _roles(kinds: Kinds) -> dict[str, Role]:
    """Return the words that mark cells, each with how such a cell runs."""
    return {word: role for kind in kinds for word, role in kind.cells.items()}
