"""Reading a `/// experiment` block, and whether its form is complete.

Whether its targets are reached, its proof says.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from unrolled.blocks import names
from unrolled.blocks.experiment.item import OPERATORS, Bound, Experiment, Target
from unrolled.model.block import Block
from unrolled.model.cell import Cell, Claim, ClaimKind, Role
from unrolled.model.kind import Reading, Source
from unrolled.model.problem import Code, Problem

ASSIGNED = re.compile(r"^metrics\s*=", re.MULTILINE)
METRICS, METRICS_AGAIN = "metrics", "metrics again"
"""Names of the claims that read `metrics`: when it is bound, and after the experiment's last cell,
where it must be the same."""
CODE = (
    "{str(n): [{str(m): float(v) for m, v in r.items()} for r in runs] for n, runs in"
    " metrics.items()}"
)
REMEDY = (
    'Bind for each training, for each seed, numbers by name: metrics = {"baseline": [{"val": 71.5},'
    ' …], "solution": […]}'
)
STATED = re.compile(rf"({'|'.join(sorted(OPERATORS, key=len, reverse=True))})\s*(-?\d+(?:\.\d+)?)")
NAMED = re.compile(r"(\w[\w +-]*?)\s+(\w+)")


def read(block: Block, source: Source) -> Reading:
    """Read an experiment, whatever its faults."""
    own = [cell for cell in source.cells_in(block) if cell.runs and ASSIGNED.search(cell.code)]
    measures = own[-1] if own else None
    item = Experiment(
        block=block,
        id=block.option("id"),
        targets=tuple(_targets(block, source.lines)),
        measures=measures.line if measures else None,
    )
    claims = tuple(_claims(block, source, measures)) if measures else ()
    return Reading(item, tuple(_problems(source.path, item)), claims)


def _claims(block: Block, source: Source, measures: Cell) -> Iterator[tuple[int, Claim]]:
    """Yield what is asked of the cell that measures, and of the last one that goes on from it."""
    yield measures.line, Claim(ClaimKind.DATA, measures.line, CODE, METRICS, remedy=REMEDY)
    later = [
        cell
        for cell in source.cells
        if measures.line < cell.line < block.end and cell.runs and cell.options.role is Role.PLAIN
    ]
    for last in list(itertools.takewhile(lambda cell: cell.options.continuation, later))[-1:]:
        yield last.line, Claim(ClaimKind.DATA, last.line, CODE, METRICS_AGAIN, remedy=REMEDY)


def _problems(path: str, item: Experiment) -> Iterator[Problem]:
    line = item.block.line
    name = f"the experiment '{item.id}'"
    if fault := names.fault(item.id, "an experiment", "rnn-experiment-names"):
        yield Problem(path, line, *fault, code=Code.ID)
    if not item.title:
        yield Problem(
            path,
            line,
            f"{name} has no title",
            "Write it on the first line: /// experiment | Reach 85%",
            code=Code.EXPERIMENT,
        )
    if not item.targets:
        remedy = 'Write under targets: lines such as solution val: ">= 85"'
        yield Problem(path, line, f"{name} has no targets", remedy, code=Code.EXPERIMENT)
    for target in item.targets:
        if target.bound is None:
            remedy = 'Name a training and a metric, and a bound: solution val: ">= 85"'
            yield Problem(
                path,
                target.line,
                f"{name} has the target '{target.text}'",
                remedy,
                code=Code.EXPERIMENT,
            )
    if item.measures is None:
        remedy = (
            'Bind in its last training cell metrics = {"baseline": [{"val": …}, …], "solution":'
            " […]}"
        )
        yield Problem(
            path, line, f"{name} has no cell that binds 'metrics'", remedy, code=Code.EXPERIMENT
        )


def _targets(block: Block, lines: list[str]) -> Iterator[Target]:
    stated = block.options.get("targets")
    for name, bound in stated.items() if isinstance(stated, dict) else ():
        line = next(
            (n for n in range(block.line + 1, block.body) if _gives(lines[n - 1], str(name))),
            block.line,
        )
        named, said = NAMED.fullmatch(str(name).strip()), STATED.fullmatch(str(bound).strip())
        read = Bound(named[1], named[2], said[1], float(said[2])) if named and said else None
        yield Target(f"{name}: {bound}", line, read)


def _gives(line: str, name: str) -> bool:
    """Return whether a line of options gives a value to a name, in quotes or not."""
    return re.match(rf"""\s*(["']?){re.escape(name)}\1\s*:""", line) is not None
