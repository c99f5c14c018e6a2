"""The sizes that a sweep tries: primes, different from one another and from set to set."""

from __future__ import annotations

import random
from typing import Any, NamedTuple

PRIMES = (5, 7, 11, 13, 17, 19, 23, 29, 31)
"""No `D * num_layers` is among them, nor a number of gates."""
STEPS = PRIMES[:2]
"""Few, for speed: a layer takes its time by the step."""


class Sizes(NamedTuple):
    """One set of sizes."""

    batch: int
    steps: int
    features: int
    hidden: int
    projected: int
    lengths: list[int]
    """Of packed sequences, longest first: `steps`. The sum is a prime unlike the other sizes."""


def sets(count: int) -> list[Sizes]:
    """Return sets of sizes, always the same.

    From one set to the next every size changes, so that no number stated for it can hold; and no
    two sets give a layer the same `input_size` and `hidden_size`, so that no configuration is
    counted twice.
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
                batch,
                steps,
                features,
                hidden,
                projected,
                _lengths(batch, steps, (features, hidden, projected)),
            )
            last = drawn
    return list(found.values())


def _lengths(batch: int, steps: int, others: tuple[int, ...]) -> list[int]:
    """Return the lengths of packed sequences, longest first.

    About half of what the batch could hold.
    """
    taken = (batch, steps, *others)
    totals = [
        n
        for n in range(batch * steps // 2, batch * steps)
        if n not in taken and all(n % p for p in range(2, n))
    ]
    lengths = [steps]
    for left in range(batch - 2, -1, -1):
        lengths.append(min(steps, totals[0] - sum(lengths) - left))
    assert len(lengths) == batch
    assert sum(lengths) == totals[0]
    assert min(lengths) > 0
    return lengths


def names(sizes: Sizes, chosen: dict[str, Any]) -> dict[str, Any]:
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
