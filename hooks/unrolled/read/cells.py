"""The cells of a page and the chains they form."""

from __future__ import annotations

import ast
import dataclasses
import warnings
from collections.abc import Collection, Iterator, Mapping, Sequence

from markdown_it.token import Token

from unrolled.model.block import Block
from unrolled.model.cell import Cell, Chain, Role
from unrolled.model.problem import Code, Problem
from unrolled.read import fence, magics
from unrolled.read.faulty import TOO_DEEP, words

SYNTAX_ERRORS = ("SyntaxError", "IndentationError", "TabError")


def read(
    path: str, stream: Sequence[Token], parts: Mapping[str, Role]
) -> tuple[tuple[Cell, ...], list[Problem]]:
    """Return the cells of a page, and what is wrong with their options.

    `parts` are the words by which blocks mark cells.
    """
    cells: list[Cell] = []
    problems: list[Problem] = []
    for token in stream:
        if (
            token.type != "fence"
            or not token.map
            or fence.language(token.info) not in fence.LANGUAGES
        ):
            continue
        line = token.map[0] + 1
        options, complaints = fence.options(token.info, parts)
        problems += [
            Problem(path, line, fact, remedy, code=Code.CELL) for fact, remedy in complaints
        ]
        cells.append(Cell(line, token.map[1], token.content.rstrip("\n"), options))
    return tuple(cells), problems


def broken(path: str, cells: Sequence[Cell]) -> dict[int, Problem]:
    """Return the cells that are not Python, by their lines, each with the problem.

    Their chains cannot run.
    """
    found: dict[int, Problem] = {}
    for cell in cells:
        if cell.options.notest or cell.options.raises in SYNTAX_ERRORS:
            continue
        if cell.options.role is Role.SHOWN:  # A wrong option may well be wrong by its syntax.
            continue
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                flag = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
                compile(cell.code, "<cell>", "exec", flag, dont_inherit=True)
            foreign = magics.disguised(cell.code)
            if foreign:
                found[cell.line] = _foreign(path, cell, foreign)
        except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
            foreign = magics.first(cell.code)
            if foreign:
                found[cell.line] = _foreign(path, cell, foreign)
                continue
            line = cell.line + (getattr(error, "lineno", None) or 1)
            kind = (
                "the cell cannot be read" if isinstance(error, TOO_DEEP) else type(error).__name__
            )
            fact = f"{kind}: {words(error)}"
            text = (getattr(error, "text", None) or "").strip()
            found[cell.line] = Problem(
                path,
                line,
                fact,
                "Fix it, or promise it with raises=SyntaxError",
                text,
                code=Code.CELL,
            )
    return found


def _foreign(path: str, cell: Cell, line: magics.Line) -> Problem:
    fact = f"'{line.text}' {line.kind.fact}"
    return Problem(path, cell.line + line.line, fact, line.kind.remedy, code=Code.CELL)


def hanging(path: str, cells: Sequence[Cell]) -> dict[int, Problem]:
    """Return the continuations that go on from nothing, by their lines, each with the problem.

    That they do not run follows from it.
    """
    found: dict[int, Problem] = {}
    before: Cell | None = None
    for cell in cells:
        if cell.runs and cell.options.continuation:
            fact, remedy = _from_nothing(before)
            found[cell.line] = Problem(path, cell.line, fact, remedy, code=Code.CELL)
        if cell.runs and cell.options.role is Role.PLAIN:
            break  # What goes on from this one has a cell before it.
        before = cell
    return found


def _from_nothing(before: Cell | None) -> tuple[str, str]:
    """Return the fact and the remedy of a continuation with at most such a cell before it."""
    if before is None:
        remedy = "Drop 'continuation', or put the first cell before it"
        return "a continuation has no cell before it", remedy
    if before.options.notest:
        remedy = "Drop 'continuation', or let a cell before it run"
        return "the cell before this continuation is not run", remedy
    part = f"a '{before.options.part}'" if before.options.part else "an option"
    fact = f"the cell before this continuation is {part}, from which none goes on"
    return fact, "Drop 'continuation', or put a first cell before both"


def problems(
    path: str, cells: Sequence[Cell], blocks: Sequence[Block], places: Mapping[str, Collection[str]]
) -> Iterator[Problem]:
    """Yield what is wrong with cells whatever they give.

    Args:
        path: What problems call the page.
        cells: The page's cells.
        blocks: Its blocks.
        places: For each word that marks cells, the names of the blocks that give it a meaning.
    """
    for cell in cells:
        if not cell.code.strip():
            yield Problem(
                path, cell.line, "the cell is empty", "Write its code, or delete it", code=Code.CELL
            )
        around = {block.name for block in blocks if block.holds(cell.line)}
        part = cell.options.part
        if part and not around & set(places[part]):
            where = " or ".join(f"'{name}'" for name in sorted(places[part]))
            fact = f"a '{part}' cell is outside a block {where}"
            yield Problem(
                path, cell.line, fact, f"Move it into one, or drop '{part}'", code=Code.CELL
            )


def chains(cells: Sequence[Cell], unusable: Collection[int]) -> tuple[Chain, ...]:
    """Return the chains of a page, without those that hold an unusable cell.

    A continuing cause is a branch of its own, so that no mistaken code is seen by what comes after
    it.

    Args:
        cells: The page's cells.
        unusable: The lines of those that are not Python.
    """
    found: list[list[Cell]] = []
    branches: list[list[Cell]] = []
    for cell in (cell for cell in cells if cell.runs):
        if cell.options.role is Role.BRANCH:
            before = found[-1] if found and cell.options.continuation else []
            branches.append(
                [*(dataclasses.replace(c, on_page=False, claims=()) for c in before), cell]
            )
        elif cell.options.continuation and found:
            found[-1].append(cell)
        else:
            found.append([cell])
    every = [*found, *branches]
    return tuple(
        Chain(tuple(chain)) for chain in every if not any(cell.line in unusable for cell in chain)
    )
