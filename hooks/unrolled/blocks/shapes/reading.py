"""Reading a `/// shapes` block: the layer, the settings to sweep, and the table.

Nothing is run here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from unrolled.blocks.shapes import table
from unrolled.blocks.shapes.item import Contract, Row, Settings
from unrolled.blocks.shapes.layers import ALLOWED, FEEDS, LAYERS, SETTINGS, Layer
from unrolled.model.block import Block, Doubt
from unrolled.model.cell import Cell, Chain, Task
from unrolled.model.item import Trial
from unrolled.model.kind import Reading, Source
from unrolled.model.problem import Code, Problem
from unrolled.read.near import near

SWEEP = "sweep"
FUNCTION = "unrolled.blocks.shapes.sweep:run"
SECONDS = 30.0


def read(block: Block, source: Source) -> Reading:
    """Read a contract; of one that is not well formed, the rows that are.

    That nothing proves the rest follows from what is wrong with it.
    """
    reading = _contract(block, source)
    if not reading.problems:
        return reading
    rows = reading.item.swept_lines if reading.item else frozenset[int]()
    said = rows | {problem.line for problem in reading.problems}
    unread = (line for line in range(block.line, block.end) if line not in said)
    return replace(reading, doubts=tuple(Doubt(line, line) for line in unread))


def _contract(block: Block, source: Source) -> Reading:
    name = block.argument.strip("` ")
    layer = LAYERS.get(name)
    if layer is None:
        fact = (
            f"there is no contract for the layer '{name}'" if name else "a contract names no layer"
        )
        remedy = near(name, LAYERS, "Name it after the bar: /// shapes | nn.LSTM")
        return Reading(
            problems=(Problem(source.path, block.line, fact, remedy, code=Code.CONTRACT),)
        )
    settings, problems = _settings(source, block, name, layer)
    lines, faults = table.lines(source, block)
    problems += faults
    if not lines:
        return Reading(problems=tuple(problems))
    # Where the sweep is wrong, the table is read as if it were of all settings.
    known = {key: SETTINGS[key] for key in layer.settings} if problems else settings
    heads, faults = table.columns(source.path, lines[0], name, layer, known)
    if faults:
        return Reading(problems=(*problems, *faults))
    rows, faults = table.rows(source.path, lines[1:], heads, name, layer, known)
    wrong = {fault.line for fault in faults}
    sound = () if problems else tuple(row for row in rows if row.line not in wrong)
    unread = tuple(row.line for row in rows if row not in sound)
    columns = _columns(layer, sound)
    contract = Contract(block, "", name, tuple(settings.items()), columns, sound, unread)
    return Reading(contract, (*problems, *faults))


def _columns(layer: Layer, rows: Sequence[Row]) -> tuple[str, ...]:
    """Return the kinds of input that rows speak of."""
    used = [c for c in layer.columns if c != "Any" and any(c in dict(row.shapes) for row in rows)]
    # A contract of parameters alone needs some input to build a layer for: any will do.
    return tuple(used or [c for c in layer.columns if c not in FEEDS][:1])


def trials(contract: Contract, cells: Sequence[Cell], chains: Sequence[Chain]) -> Iterator[Trial]:  # noqa: ARG001 - of all kinds
    """Yield the sweep of a contract that has a row to prove."""
    if not contract.rows:
        return
    arguments = {
        "layer": contract.layer.removeprefix("nn."),
        "settings": {key: list(values) for key, values in contract.settings},
        "columns": list(contract.columns),
        "rows": [(row.tensor, dict(row.shapes)) for row in contract.rows],
    }
    task = Task(FUNCTION, json.dumps(arguments), SECONDS)
    yield Trial(contract, SWEEP, Chain((), task, contract.block.line))


def _settings(
    source: Source, block: Block, name: str, layer: Layer
) -> tuple[Settings, list[Problem]]:
    """Return each setting of the sweep with its values.

    A contract that says nothing sweeps all that its layer has.
    """
    if SWEEP not in block.options:
        return {key: SETTINGS[key] for key in layer.settings}, []
    sweep = block.options[SWEEP]
    if not isinstance(sweep, dict) or not sweep:
        fact = "the sweep is empty" if not sweep else "the sweep is not a list of settings"
        remedy = (
            "Give each setting a list of values, such as bidirectional: [false, true], or delete"
            " 'sweep' to sweep all that there are"
        )
        return {}, [
            Problem(source.path, _line_of(source, block, SWEEP), fact, remedy, code=Code.CONTRACT)
        ]
    settings: Settings = {}
    problems: list[Problem] = []
    for key, given in sweep.items():
        values = list(given) if isinstance(given, list) else [given]
        known = str(key) in layer.settings
        wrong = [value for value in values if not _is_allowed(value, ALLOWED[key])] if known else []
        fault = _fault(str(key), name, layer, values, wrong)
        if fault:
            problems.append(
                Problem(source.path, _line_of(source, block, str(key)), *fault, code=Code.CONTRACT)
            )
        if known:
            settings[key] = tuple(dict.fromkeys(value for value in values if value not in wrong))
    return settings, problems


def _fault(
    key: str, name: str, layer: Layer, values: list[object], wrong: list[object]
) -> tuple[str, str] | None:
    if key not in layer.settings:
        return f"the sweep of '{name}' has no setting '{key}'", near(key, layer.settings)
    if wrong:
        allowed = ALLOWED[key]
        any_size = (
            "; for 'any' the sweep chooses a size that no other dimension has"
            if "any" in allowed
            else ""
        )
        remedy = f"Use: {', '.join(map(_yaml, allowed))}{any_size}"
        return f"the sweep of '{key}' cannot have the value {_yaml(wrong[0])}", remedy
    return None if values else (f"the sweep of '{key}' is empty", "Give it values, or delete it")


def _is_allowed(value: object, allowed: Sequence[object]) -> bool:
    return any(type(value) is type(each) and value == each for each in allowed)


def _line_of(source: Source, block: Block, key: str) -> int:
    """Return the line that gives a setting, or where it may stand behind 'sweep:', in braces."""
    for name in (key, SWEEP):
        for number in range(block.line + 1, block.body):
            if re.match(rf"\s*['\"]?{re.escape(name)}['\"]?\s*:", source.lines[number - 1]):
                return number
    return block.line


def _yaml(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
