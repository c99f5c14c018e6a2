"""The sweep of a shape contract, a task of a chain.

What its rows state, against what torch gives, in every configuration.

A configuration is a combination of settings, a set of sizes and a kind of input. Sizes are primes,
pairwise different and different from set to set, so that two dimensions, their sums or their
products cannot be mistaken for one another throughout.
"""

from __future__ import annotations

import itertools
from typing import Any

import torch
from torch import nn

from unrolled.blocks.shapes import forward, sizes
from unrolled.blocks.shapes.sizes import Sizes

AIM = 300
"""Configurations to reach, by more sets of sizes when there are few combinations of settings."""
FEWEST = 3
"""Sets of sizes at least: a coincidence in one of them is none in the next."""
MOST = 50
"""Sets of sizes at most: what these primes give without two layers of the same sizes."""


def run(
    layer: str,
    settings: dict[str, list[Any]],
    columns: list[str],
    rows: list[tuple[str, dict[str, str]]],
) -> dict[str, Any]:
    """Sweep a layer's settings and return how each row fared.

    Args:
        layer: Its class's name in `torch.nn`.
        settings: Arguments of its constructor, each with its values; `any` stands for a size chosen
            here.
        columns: The kinds of input, as the contract's columns are headed.
        rows: Each a tensor's name and, by column, its shape as an expression that the plan has
            vetted; the column `Any` is all of them.
    """
    combinations = [
        dict(zip(settings, values, strict=True)) for values in itertools.product(*settings.values())
    ]
    cases = [(chosen, [c for c in columns if _applies(c, chosen)]) for chosen in combinations]
    each = sum(len(kinds) for _, kinds in cases)
    sets = sizes.sets(min(max(FEWEST, -(-AIM // each)), MOST))
    compiled = [
        (tensor, {c: compile(e, "<shape>", "eval") for c, e in shapes.items()})
        for tensor, shapes in rows
    ]
    tallies = [_Tally() for _ in rows]
    count = 0
    with torch.no_grad():
        for size, (chosen, kinds) in itertools.product(sets, cases):
            chosen = {k: size.projected if v == "any" else v for k, v in chosen.items()}
            error = _try(layer, size, chosen, kinds, compiled, tallies)
            if error:
                return {"configurations": count, "sets": len(sets), "error": error}
            count += len(kinds)
    rows_fared = [tally.summary() for tally in tallies]
    return {"configurations": count, "sets": len(sets), "error": None, "rows": rows_fared}


def _try(
    layer: str,
    size: Sizes,
    chosen: dict[str, Any],
    kinds: list[str],
    rows: list[tuple[str, dict[str, Any]]],
    tallies: list[_Tally],
) -> dict[str, str] | None:
    """Count how the rows fare in one set of sizes and settings, with each kind of input.

    Return what fails outright.
    """
    names = sizes.names(size, chosen)
    made: nn.Module | None = None
    for kind in kinds:
        x = forward.input_of(kind, size, cell=layer.endswith("Cell"))
        where = {"call": forward.call(layer, size, chosen), "input": forward.describe(x, size)}
        try:
            module: nn.Module = made or getattr(nn, layer)(size.features, size.hidden, **chosen)
            made = module
            seen = forward.tensors(module, x, size, kind)
        except Exception as error:  # noqa: BLE001 - whatever a layer raises is what the reader of the problem wants to know
            return where | {"text": f"{type(error).__name__}: {error}"}
        refusals: dict[tuple[tuple[int, ...], ...], str] = {}
        for tally, (tensor, shapes) in zip(tallies, rows, strict=True):
            stated = {c: _evaluate(shapes[c], names) for c in (kind, "Any") if c in shapes}
            tally.add(
                [
                    (c, s, forward.judge(tensor, s, module, x, seen, refusals))
                    for c, s in stated.items()
                ],
                where,
            )
    return None


class _Tally:
    """How one row fares."""

    def __init__(self) -> None:
        self._held = 0
        self._tried: dict[str, int] = {}
        self._refuted: dict[str, dict[str, Any]] = {}

    def add(
        self,
        verdicts: list[tuple[str, tuple[int, ...] | None, tuple[int, ...] | str | None]],
        where: dict[str, str],
    ) -> None:
        """Count one configuration.

        Args:
            verdicts: For each column that speaks of it, the shape stated and the actual one; None
                where there is no such tensor.
            where: The configuration, for people.
        """
        found = [verdict for verdict in verdicts if verdict[2] is not None]
        for column, stated, actual in found:
            self._tried[column] = self._tried.get(column, 0) + 1
            if stated != actual:
                self._refuted.setdefault(
                    column, {"count": 0, "expected": stated, "actual": actual} | where
                )["count"] += 1
        self._held += bool(found) and all(stated == actual for _, stated, actual in found)

    def summary(self) -> dict[str, Any]:
        """Return what the build reads.

        In how many configurations the row held, how many each column spoke of, what refuted it
        first.
        """
        return {"held": self._held, "tried": self._tried, "refuted": self._refuted}


def _applies(column: str, chosen: dict[str, Any]) -> bool:
    first = bool(chosen.get("batch_first", False))
    return {"Sequence first": not first, "batch_first=True": first}.get(column, True)


def _evaluate(shape: Any, names: dict[str, Any]) -> tuple[int, ...] | None:
    try:
        return eval(shape, {"__builtins__": {}, "sum": sum}, names)  # noqa: S307 - the plan lets only arithmetic through
    except ZeroDivisionError:
        return None
