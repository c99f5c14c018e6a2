"""Reading a `/// exercise` block, whether its form is complete, and what is run for it."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence

from unrolled.blocks import names
from unrolled.blocks.exercise.item import CHECK, STUB, Exercise
from unrolled.model.block import Block
from unrolled.model.cell import Cell, Chain, Options
from unrolled.model.item import Trial
from unrolled.model.kind import Reading, Source
from unrolled.model.problem import Code, Problem


def read(block: Block, source: Source) -> Reading:
    """Read an exercise, whatever its faults."""
    solutions = [child for child in source.children(block) if child.name == "solution"]
    cells = source.cells_in(block)
    marked = {
        part: [cell.line for cell in cells if cell.options.part == part] for part in (STUB, CHECK)
    }
    solving = [
        cell.line for cell in cells if cell.runs and any(s.holds(cell.line) for s in solutions)
    ]
    item = Exercise(
        block=block,
        id=block.option("id"),
        stub=next(iter(marked[STUB]), None),
        check=next(iter(marked[CHECK]), None),
        solution=tuple(solving),
    )
    own = {cell.line: cell for cell in cells}
    found = [
        *_problems(source.path, item, marked),
        *_apart(source.path, item, own),
        *_second(source.path, item, solutions),
    ]
    return Reading(item, tuple(found))


def _apart(path: str, item: Exercise, cells: Mapping[int, Cell]) -> Iterator[Problem]:
    """Yield the fault that the solution goes on from a cell from which the stub does not."""
    if item.stub is None or not item.solution:
        return
    stub, first = cells[item.stub], cells[item.solution[0]]
    if first.options.continuation and not stub.options.continuation:
        fact = f"the solution of exercise '{item.id}' goes on from a cell, and its stub does not"
        remedy = (
            "Drop 'continuation' and write here what it needs of the stub; or write"
            " ```{.python stub continuation}, with a cell before both"
        )
        yield Problem(path, first.line, fact, remedy, code=Code.EXERCISE)


def _second(path: str, item: Exercise, solutions: Sequence[Block]) -> Iterator[Problem]:
    """Yield each solution after the first: only the last of those that do the same is proved."""
    for extra in solutions[1:]:
        fact = f"exercise '{item.id}' has a second solution"
        remedy = "Put what belongs together into one block, and delete the other"
        yield Problem(path, extra.line, fact, remedy, code=Code.EXERCISE)


def _problems(path: str, item: Exercise, marked: dict[str, list[int]]) -> Iterator[Problem]:
    line, name = item.block.line, f"exercise '{item.id}'"
    if fault := names.fault(item.id, "an exercise", "rnn-exercise-step"):
        yield Problem(path, line, *fault, code=Code.ID)
    if not item.title:
        yield Problem(
            path,
            line,
            f"{name} has no title",
            "Write it on the first line: /// exercise | Write one step",
            code=Code.EXERCISE,
        )
    for part, what in (
        (STUB, "the code to fill in"),
        (CHECK, "assertions that only right code passes"),
    ):
        if not marked[part]:
            yield Problem(
                path,
                line,
                f"{name} has no {part}",
                f"Mark {what}: ```{{.python {part}}}",
                code=Code.EXERCISE,
            )
        for extra in marked[part][1:]:
            yield Problem(
                path,
                extra,
                f"{name} has a second {part}",
                "Put both into one cell",
                code=Code.EXERCISE,
            )
    if not item.solution:
        remedy = "Put one into a block: //// solution"
        yield Problem(
            path, line, f"{name} has no solution with a cell that runs", remedy, code=Code.EXERCISE
        )


def trials(item: Exercise, cells: Sequence[Cell], chains: Sequence[Chain]) -> Iterator[Trial]:
    """Yield the stub with the check, and the solution with it.

    Both go on from the cells that prepare for them.
    """
    by_line = {cell.line: cell for cell in cells}
    stub, check = by_line.get(item.stub or 0), by_line.get(item.check or 0)
    solution = [by_line[line] for line in item.solution if line in by_line]
    if stub is None or check is None or not solution or len(solution) < len(item.solution):
        return
    before = _before(stub, item, cells, chains)
    yield Trial(item, "stub", Chain((*before, _tried(stub), _tried(check))))
    yield Trial(item, "solution", Chain((*before, *map(_tried, solution), _tried(check))))


def _before(
    stub: Cell, item: Exercise, cells: Sequence[Cell], chains: Sequence[Chain]
) -> list[Cell]:
    """Return what prepares for the stub.

    The chain of the cell before it, if the stub goes on from it.
    """
    if not stub.options.continuation:
        return []
    last = [
        cell
        for cell in cells
        if cell.runs and cell.line < stub.line and cell.line not in item.solution
    ][-1:]
    chain = next((chain.cells for chain in chains if last and last[0] in chain.cells), ())
    return [
        dataclasses.replace(cell, claims=(), on_page=False)
        for cell in chain
        if cell.line <= last[0].line
    ]


def _tried(cell: Cell) -> Cell:
    options = Options(probe=True, timeout=cell.options.timeout)
    return dataclasses.replace(cell, options=options, claims=(), on_page=False)
