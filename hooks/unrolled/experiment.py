"""Experiments: reading a `/// experiment` block, and whether its form is complete. Whether its targets are reached is judged in `trial`."""

import dataclasses
import itertools
import re
from collections.abc import Iterator, Sequence

from unrolled.page import Block, Cell, Claim, Experiment, Target
from unrolled.problem import Problem
from unrolled.question import ID

OPTIONS = ("id", "targets")
ASSIGNED = re.compile(r"^metrics\s*=", re.MULTILINE)
METRICS, METRICS_AGAIN = "metrics", "metrics again"
"""Kinds of the claims that read `metrics`: when it is bound, and after the experiment's last cell, where it must be the same."""
READ = '__import__("json").dumps({str(n): [{str(m): float(v) for m, v in r.items()} for r in runs] for n, runs in metrics.items()})'
STATED = re.compile(r"(>=|<=|>|<)\s*(-?\d+(?:\.\d+)?)")
NAMED = re.compile(r"(\w[\w +-]*?)\s+(\w+)")


def read(blocks: list[Block], cells: Sequence[Cell], lines: list[str]) -> tuple[tuple[Experiment, ...], list[Cell]]:
    """Read a page's experiments, whatever their faults; return them and the cells, with a claim on the one that binds `metrics`."""
    found: list[Experiment] = []
    claimed = list(cells)
    for block in blocks:
        if block.name != "experiment":
            continue
        own = [c.index for c in cells if block.line < c.line < block.end and c.runs and ASSIGNED.search(c.code)]
        for index in own[-1:]:
            _claim(claimed, index, METRICS)
            later = (c for c in cells[index + 1 :] if c.runs and not c.options.cause and c.line < block.end)
            for last in list(itertools.takewhile(lambda c: c.options.continuation, later))[-1:]:
                _claim(claimed, last.index, METRICS_AGAIN)
        targets = tuple(_targets(block, lines))
        found.append(Experiment(block, str(block.options.get("id", "")), block.argument, targets, own[-1] if own else -1))
    return tuple(found), claimed


def form(path: str, experiments: Sequence[Experiment]) -> Iterator[Problem]:
    """Yield what is wrong with the form of experiments."""
    for item in experiments:
        line = item.block.line
        name = f"the experiment '{item.id}'"
        if not ID.fullmatch(item.id):
            yield Problem(path, line, "an experiment has no id in kebab case", "Give it one, unique on the site: id: rnn-experiment-digits")
        if not item.title:
            yield Problem(path, line, f"{name} has no title", "Write it on the first line: /// experiment | Reach 85%")
        if not item.targets:
            yield Problem(path, line, f"{name} has no targets", 'Write under targets: lines such as solution val: ">= 85"')
        for target in item.targets:
            if not target.sign or not target.metric:
                fact = f"{name} has the target '{target.text}'"
                yield Problem(path, target.line, fact, 'Name a training and a metric, and a bound: solution val: ">= 85"')
        if item.cell < 0:
            remedy = 'Bind in its last training cell metrics = {"baseline": [{"val": …}, …], "solution": […]}'
            yield Problem(path, line, f"{name} has no cell that binds 'metrics'", remedy)


def _claim(cells: list[Cell], index: int, kind: str) -> None:
    claim = Claim(-1, cells[index].line, kind, "metrics", "metrics", READ)
    cells[index] = dataclasses.replace(cells[index], claims=(*cells[index].claims, claim))


def _targets(block: Block, lines: list[str]) -> Iterator[Target]:
    stated = block.options.get("targets")
    for name, bound in stated.items() if isinstance(stated, dict) else ():
        line = next((n for n in range(block.line + 1, block.body) if _names(lines[n - 1], str(name))), block.line)
        named, said = NAMED.fullmatch(str(name).strip()), STATED.fullmatch(str(bound).strip())
        yield Target(
            f"{name}: {bound}", line, named[1] if named else "", named[2] if named else "", said[1] if said else "",
            float(said[2]) if said else 0.0,
        )  # fmt: skip


def _names(line: str, name: str) -> bool:
    """Return whether a line of options gives a value to a name, in quotes or not."""
    return re.match(rf"""\s*(["']?){re.escape(name)}\1\s*:""", line) is not None
