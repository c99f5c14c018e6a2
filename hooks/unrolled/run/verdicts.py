"""What a run says of claims, evaluated in the namespace of the cells."""

from __future__ import annotations

import contextlib
import json
import random
import sys
import warnings
from collections.abc import Callable, Generator
from typing import Any

from unrolled.model.cell import ClaimKind
from unrolled.model.output import LIMIT, NOT_REACHED
from unrolled.run import changed, display, marks
from unrolled.run.execute import EVAL
from unrolled.run.own import THEIRS

SPELLED = "AEFHILMNORSX"
"""Letters whose names begin with a vowel."""


class Verdicts:
    """Judges a cell's claims.

    Those in comments when their statement has run, the others after the cell.
    """

    def __init__(
        self, claims: list[dict[str, Any]], names: dict[str, Any], *, doubts: bool = False
    ) -> None:
        """Take the claims (`kind`, `code`, `expected`, `at`: line in the cell or 0) and names.

        Args:
            claims: The claims.
            names: What the cells bound.
            doubts: Whether those in the text are asked again with what they name changed.
        """
        self._claims = claims
        self._names = names
        self._doubts = doubts
        self._found: dict[int, list[dict[str, Any]]] = {}

    @property
    def stops(self) -> list[int]:
        """The lines at whose statements' ends claims are to be judged."""
        return sorted({claim["at"] for claim in self._claims} - {0})

    def reached(self, line: int) -> None:
        """Judge the claims of a line; 0 stands for the end of the cell."""
        due = [claim for claim in self._claims if claim["at"] == line]
        self._found[line] = judge(due, self._names, doubts=self._doubts and not line)

    def all(self) -> list[dict[str, Any]]:
        """Return the verdicts in the order of the claims.

        A claim that was never reached is refuted.
        """
        missed = {"ok": False, "text": "", "fact": NOT_REACHED, "data": None, "fixed": False}
        left = {line: list(found) for line, found in self._found.items()}
        return [left[c["at"]].pop(0) if left.get(c["at"]) else missed for c in self._claims]


def judge(
    claims: list[dict[str, Any]], names: dict[str, Any], *, doubts: bool = False
) -> list[dict[str, Any]]:
    """Return what claims come to.

    Neither the names that they bind nor the random numbers that they draw leave a mark on the cells
    after them; of those that change what a name holds, it is said.
    """
    if not claims:
        return []
    import torch

    numpy = sys.modules["numpy"]
    state = torch.get_rng_state(), random.getstate(), numpy.random.get_state()
    with _silent():
        found = [_claim(claim, names, doubts=doubts) for claim in claims]
    torch.set_rng_state(state[0])
    random.setstate(state[1])
    numpy.random.set_state(state[2])
    return found


@contextlib.contextmanager
def _silent() -> Generator[None]:
    """Show no warning, and leave no mark of one.

    `warnings.catch_warnings` would make Python forget what it has shown already.
    """
    before = {id(seen): dict(seen) for seen in _seen()}
    show = warnings.showwarning
    warnings.showwarning = lambda *_, **__: None
    try:
        yield
    finally:
        warnings.showwarning = show
        for seen in _seen():
            kept = before.get(id(seen), {})
            seen.clear()
            seen.update(kept)


def _seen() -> list[dict[Any, Any]]:
    """Return the warnings that each module has raised already."""
    modules = [vars(module) for module in list(sys.modules.values()) if hasattr(module, "__dict__")]
    return [names["__warningregistry__"] for names in modules if "__warningregistry__" in names]


def _claim(claim: dict[str, Any], names: dict[str, Any], *, doubts: bool) -> dict[str, Any]:
    """Return what a claim comes to.

    Whether it holds, its value as text, why it cannot be evaluated, its data, and whether it is
    fixed: the same whatever the names that it uses hold.
    """
    judge_value = JUDGED.get(claim["kind"], _shown)
    own = dict(names)
    fixed = False
    try:
        code = compile(claim["code"], "<claim>", "eval", dont_inherit=True)
        used = {name: names[name] for name in changed.used(code) if name in names}
        before = marks.of(used)
        with THEIRS:
            value = EVAL(code, own)
        judged = judge_value(value, claim["expected"])
        touched = marks.differing(before, used)
        if touched:
            judged = _refused(f"it changes '{touched}', which the cells after it see")
        elif doubts and judged["ok"] and claim["kind"] in DOUBTED:
            fixed = not changed.is_noticed(
                code, names, lambda value: judge_value(value, claim["expected"]), judged
            )
    except BaseException as error:  # noqa: BLE001 - whatever a claim raises refutes it
        judged = _refused(f"it raises {display.exception(error, {})['text']}")
    return {"text": "", "fact": "", "data": None, "fixed": fixed} | judged


def _shown(value: Any, expected: list[int] | None) -> dict[str, Any]:  # noqa: ARG001 - as the others
    return {"ok": True, "text": display.clean(str(value)[:LIMIT])}


def _shaped(value: Any, expected: list[int] | None) -> dict[str, Any]:
    shape = value if isinstance(value, tuple) else getattr(value, "shape", None)
    if shape is None:
        return _refused(f"it has no shape: it is {_kind(value)}")
    return {"ok": list(shape) == expected, "text": str(tuple(shape))}


def _checked(value: Any, expected: list[int] | None) -> dict[str, Any]:  # noqa: ARG001 - as the others
    ok = (
        value
        if isinstance(value, bool)
        else value.item()
        if getattr(value, "shape", None) == ()
        else None
    )
    if not isinstance(ok, bool):
        return _refused(f"it is neither true nor false: it is {_kind(value)}")
    return {"ok": ok, "text": display.clean(str(value)[:LIMIT])}


def _kind(value: Any) -> str:
    """Return in words what a value is: `an int`, `a Tensor of shape (1,)`, `None`."""
    if value is None:
        return "None"
    name = type(value).__name__
    spelled = name[1:2].isupper()  # An LSTM, as it is spoken.
    article = "an" if name[0] in (SPELLED if spelled else "AEIOaeio") else "a"
    shape = getattr(value, "shape", None)
    of_shape = f" of shape {tuple(shape)}" if isinstance(shape, tuple) and shape else ""
    return f"{article} {name}{of_shape}"


def _read(value: Any, expected: list[int] | None) -> dict[str, Any]:  # noqa: ARG001 - as the others
    return {"ok": True, "data": json.loads(json.dumps(value))}


def _refused(fact: str) -> dict[str, Any]:
    return {"ok": False, "fact": fact}


JUDGED: dict[str, Callable[[Any, list[int] | None], dict[str, Any]]] = {
    ClaimKind.SHAPE: _shaped,
    ClaimKind.CHECK: _checked,
    ClaimKind.DATA: _read,
}
"""How the value of a claim is judged, by its kind; others are shown."""
DOUBTED = (ClaimKind.VALUE, ClaimKind.SHAPE, ClaimKind.CHECK)
"""The kinds that are asked again with what they name changed."""
