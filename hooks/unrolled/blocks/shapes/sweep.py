"""The sweep of a shape contract, a task of a chain: what its rows state, against what torch gives, in every configuration.

A configuration is a combination of settings, a set of sizes and a kind of input. Sizes are primes, pairwise different and different from
set to set, so that two dimensions, their sums or their products cannot be mistaken for one another throughout.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from typing import Any, NamedTuple

import torch
from torch import Tensor, nn
from torch.nn.utils.rnn import PackedSequence, pack_padded_sequence

AIM = 300
"""Configurations to reach, by more sets of sizes when there are few combinations of settings."""
FEWEST = 3
"""Sets of sizes at least: a coincidence in one of them is none in the next."""
MOST = 50
"""Sets of sizes at most: what these primes give without two layers of the same sizes."""
PRIMES = (5, 7, 11, 13, 17, 19, 23, 29, 31)
"""No `D * num_layers` is among them, nor a number of gates."""
STEPS = PRIMES[:2]
"""Few, for speed: a layer takes its time by the step."""
DEFAULTS: dict[str, object] = {
    "num_layers": 1, "nonlinearity": "tanh", "bias": True, "batch_first": False, "bidirectional": False, "proj_size": 0,
}  # fmt: skip
INITIAL = ("h_0", "c_0")


class Sizes(NamedTuple):
    """One set of sizes."""

    batch: int
    steps: int
    features: int
    hidden: int
    projected: int
    lengths: list[int]
    """Of packed sequences, longest first, `steps`; in all a prime that is none of the other sizes."""


def run(layer: str, settings: dict[str, list[Any]], columns: list[str], rows: list[tuple[str, dict[str, str]]]) -> dict[str, Any]:
    """Sweep a layer's settings and return how each row fared.

    Args:
        layer: Its class's name in `torch.nn`.
        settings: Arguments of its constructor, each with its values; `any` stands for a size chosen here.
        columns: The kinds of input, as the contract's columns are headed.
        rows: Each a tensor's name and, by column, its shape as an expression that the plan has vetted; the column `Any` is all of them.
    """
    combinations = [dict(zip(settings, values, strict=True)) for values in itertools.product(*settings.values())]
    cases = [(chosen, [c for c in columns if _applies(c, chosen)]) for chosen in combinations]
    each = sum(len(kinds) for _, kinds in cases)
    sets = sizes(min(max(FEWEST, -(-AIM // each)), MOST))
    compiled = [(tensor, {c: compile(e, "<shape>", "eval") for c, e in shapes.items()}) for tensor, shapes in rows]
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
    """Count how the rows fare in one set of sizes and settings, with each kind of input; return what fails outright."""
    names = _names(size, chosen)
    made: nn.Module | None = None
    for kind in kinds:
        x = _input(kind, size, cell=layer.endswith("Cell"))
        where = {"call": _call(layer, size, chosen), "input": _describe(x, size)}
        try:
            module: nn.Module = made or getattr(nn, layer)(size.features, size.hidden, **chosen)
            made = module
            seen = _tensors(module, x, size, kind)
        except Exception as error:  # noqa: BLE001 - whatever a layer raises is what the reader of the problem wants to know
            return where | {"text": f"{type(error).__name__}: {error}"}
        refusals: dict[tuple[tuple[int, ...], ...], str] = {}
        for tally, (tensor, shapes) in zip(tallies, rows, strict=True):
            stated = {c: _evaluate(shapes[c], names) for c in (kind, "Any") if c in shapes}
            tally.add([(c, s, _judge(tensor, s, module, x, seen, refusals)) for c, s in stated.items()], where)
    return None


def sizes(count: int) -> list[Sizes]:
    """Return sets of sizes, always the same.

    From one set to the next every size changes, so that no number stated for it can hold; and no two sets give a layer the same
    `input_size` and `hidden_size`, so that no configuration is counted twice.
    """
    draw = random.Random(0)  # noqa: S311 - no secret
    found: dict[tuple[int, int], Sizes] = {}
    last = [0] * 5
    while len(found) < count:
        drawn = draw.sample(PRIMES, 5)
        batch, steps, features, hidden, projected = drawn
        changed = all(a != b for a, b in zip(drawn, last, strict=True))
        if changed and steps in STEPS and projected < hidden and (features, hidden) not in found:
            found[features, hidden] = Sizes(
                batch, steps, features, hidden, projected, _lengths(batch, steps, (features, hidden, projected))
            )
            last = drawn
    return list(found.values())


def _lengths(batch: int, steps: int, others: tuple[int, ...]) -> list[int]:
    """Return the lengths of packed sequences, longest first: about half of what the batch could hold."""
    taken = (batch, steps, *others)
    totals = [n for n in range(batch * steps // 2, batch * steps) if n not in taken and all(n % p for p in range(2, n))]
    lengths = [steps]
    for left in range(batch - 2, -1, -1):
        lengths.append(min(steps, totals[0] - sum(lengths) - left))
    assert len(lengths) == batch
    assert sum(lengths) == totals[0]
    assert min(lengths) > 0
    return lengths


class _Tally:
    """How one row fares."""

    def __init__(self) -> None:
        self._held = 0
        self._tried: dict[str, int] = {}
        self._refuted: dict[str, dict[str, Any]] = {}

    def add(self, verdicts: list[tuple[str, tuple[int, ...] | None, tuple[int, ...] | str | None]], where: dict[str, str]) -> None:
        """Count one configuration.

        Args:
            verdicts: For each column that speaks of it, the shape stated and the actual one; None where there is no such tensor.
            where: The configuration, for people.
        """
        found = [verdict for verdict in verdicts if verdict[2] is not None]
        for column, stated, actual in found:
            self._tried[column] = self._tried.get(column, 0) + 1
            if stated != actual:
                self._refuted.setdefault(column, {"count": 0, "expected": stated, "actual": actual} | where)["count"] += 1
        self._held += bool(found) and all(stated == actual for _, stated, actual in found)

    def summary(self) -> dict[str, Any]:
        """Return what the build reads: in how many configurations the row held, how many each column spoke of, what refuted it first."""
        return {"held": self._held, "tried": self._tried, "refuted": self._refuted}


def _applies(column: str, chosen: dict[str, Any]) -> bool:
    first = bool(chosen.get("batch_first", False))
    return {"Sequence first": not first, "batch_first=True": first}.get(column, True)


def _input(kind: str, sizes: Sizes, *, cell: bool) -> Tensor | PackedSequence:
    """Return an input of a kind: `(L, N, H_in)`, `(N, L, H_in)`, `(L, H_in)`, packed; for a cell `(N, H_in)` or `(H_in)`."""
    n, steps, features = sizes.batch, sizes.steps, sizes.features
    if cell:
        return torch.zeros(features) if kind == "Unbatched" else torch.zeros(n, features)
    if kind == "Unbatched":
        return torch.zeros(steps, features)
    if kind == "Packed":
        return pack_padded_sequence(torch.zeros(steps, n, features), torch.tensor(sizes.lengths))
    return torch.zeros(n, steps, features) if kind == "batch_first=True" else torch.zeros(steps, n, features)


def _tensors(module: nn.Module, x: Tensor | PackedSequence, sizes: Sizes, kind: str) -> dict[str, tuple[int, ...]]:
    """Return the shapes of what goes into a layer and of what comes out.

    Raises:
        ValueError: The layer does not take the axis for the batch that the kind of input says; then no row would mean anything.
    """
    result: Any = module(x)
    if isinstance(module, nn.RNNBase):
        output, state = result
        before, names = {"output": output}, ("h_n", "c_n")
    else:
        before, names, state = dict[str, Any](), ("h_1", "c_1"), result
    states: dict[str, Any] = dict(zip(names, state if isinstance(state, tuple) else (state,), strict=False))
    seen = {name: tuple(tensor.data.shape) for name, tensor in ({"input": x} | before | states).items()}
    last = seen[names[0]]
    if kind != "Unbatched" and last[-2:-1] != (sizes.batch,):
        raise ValueError(f"the state's shape {last} has no batch of {sizes.batch} before its last axis")
    return seen


def _judge(
    tensor: str,
    stated: tuple[int, ...] | None,
    module: nn.Module,
    x: Tensor | PackedSequence,
    seen: dict[str, tuple[int, ...]],
    refusals: dict[tuple[tuple[int, ...], ...], str],
) -> tuple[int, ...] | str | None:
    """Return a tensor's actual shape; None when the module has none of that name.

    Of an initial state, torch is the judge: it is given one of the stated shape, and what it raises is returned instead. `refusals`
    remembers that, so that the states of a right contract are tried once, together.
    """
    if tensor not in INITIAL:
        parameter = getattr(module, tensor, None) if tensor not in seen else None
        return tuple(parameter.shape) if isinstance(parameter, Tensor) else seen.get(tensor)
    if stated is None:
        return seen[tensor.replace("0", "n" if "output" in seen else "1")]
    after = [shape for name, shape in seen.items() if name not in ("input", "output")]
    given = tuple(stated if name == tensor else shape for name, shape in zip(INITIAL, after, strict=False))
    if given not in refusals:
        refusals[given] = _refusal(module, x, given)
    return refusals[given] or stated


def _refusal(module: nn.Module, x: Tensor | PackedSequence, shapes: tuple[tuple[int, ...], ...]) -> str:
    """Return what a layer raises when it is given initial states of these shapes, "" when nothing."""
    try:
        state = [torch.zeros(()).expand(shape) for shape in shapes]  # Expanded: a wrong shape may be huge.
        module(x, tuple(state) if len(state) > 1 else state[0])
    except Exception as error:  # noqa: BLE001 - a refusal, whatever its type, is what refutes the row
        return f"{type(error).__name__}: {error}"
    return ""


def _names(sizes: Sizes, chosen: dict[str, Any]) -> dict[str, Any]:
    """Return what the symbols of a shape stand for."""
    projected = chosen.get("proj_size", 0)
    return {
        "N": sizes.batch,
        "L": sizes.steps,
        "D": 1 + chosen.get("bidirectional", False),
        "num_layers": chosen.get("num_layers", 1),
        "H_in": sizes.features,
        "input_size": sizes.features,
        "H_cell": sizes.hidden,
        "hidden_size": sizes.hidden,
        "proj_size": projected,
        "H_out": projected or sizes.hidden,
        "lengths": sizes.lengths,
    }


def _evaluate(shape: Any, names: dict[str, Any]) -> tuple[int, ...] | None:
    try:
        return eval(shape, {"__builtins__": {}, "sum": sum}, names)  # noqa: S307 - the plan lets only arithmetic through
    except ZeroDivisionError:
        return None


def _call(layer: str, sizes: Sizes, chosen: dict[str, Any]) -> str:
    """Return the constructor's call; settings at their default are left out."""
    return f"nn.{layer}({', '.join([f'input_size={sizes.features}', f'hidden_size={sizes.hidden}', *_unusual(chosen)])})"


def _unusual(chosen: dict[str, Any]) -> Iterator[str]:
    for name, value in chosen.items():
        if value != DEFAULTS[name]:
            yield f"{name}={value!r}"


def _describe(x: Tensor | PackedSequence, sizes: Sizes) -> str:
    packed = f", packed, lengths {sizes.lengths}" if isinstance(x, PackedSequence) else ""
    return f"{tuple(x.data.shape)}{packed}"
