"""Which names torch has, asked of torch itself: this runs where cells run."""

from __future__ import annotations

import dis
import importlib
import inspect
import re
from collections.abc import Callable, Iterable
from typing import Any

from unrolled.prove.defaults import ROOTS, signatures
from unrolled.read.near import near_word

CALL = re.compile(r"(?P<path>[\w.]+)\((?P<keyword>\w*)\)(?P<more>[\w.]*)")
PARAMETER = re.compile(r"(?:weights?|bias(?:es)?)_\w+(?:\[k\])?")
RECURRENT = ("RNN", "LSTM", "GRU")
MOST = 9
"""The highest number of a layer that is tried."""


def run(asked: Iterable[str]) -> dict[str, str]:
    """Return the names that torch does not have, each with the nearest that it has.

    Args:
        asked: `nn.RNN.batch_first`, `nn.RNN(batch_first)` for an argument, `nn.RNN().batch_first`
            for what a call gives, or `weight_ih_l0` for a parameter.
    """
    return {name: near for name in asked if (near := missing(name)) is not None}


def missing(name: str) -> str | None:
    """Return the name nearest to one that torch does not have; empty where none is near.

    None where torch has it, or where nobody can tell.
    """
    call = CALL.fullmatch(name)
    if call:
        owner, wrong = _found(call["path"])
        if wrong is not None:
            return None  # The name by itself is asked for too.
        if call["keyword"]:
            return _argument(owner, call["path"], call["keyword"])
        return _attribute(owner, call) if inspect.isclass(owner) else None
    if PARAMETER.fullmatch(name):
        every = {each for layer in (*RECURRENT, *_cells()) for each in _parameters(layer, name)}
        return None if _numbered(name) in every else near_word(_numbered(name), every)
    return _found(name)[1]


def _attribute(owner: Any, call: re.Match[str]) -> str | None:
    """Return the nearest name to one that no instance of a class has."""
    word = call["more"][1:].partition(".")[0]
    return None if _has(owner, word) else _near(owner, f"{call['path']}()", word)


def _found(name: str) -> tuple[Any, str | None]:
    """Return what a name stands for, and the nearest one where torch has none of that name."""
    first, *rest = name.split(".")
    path = ROOTS.get(first, first)
    found: Any = importlib.import_module(path)
    for n, word in enumerate(rest):
        owner, path = found, f"{path}.{word}"
        found = inspect.getattr_static(owner, word, None)
        if hasattr(owner, word):
            found = getattr(owner, word)
        elif inspect.ismodule(owner) and (module := _module(path)):
            found = module
        elif inspect.isclass(owner) and _has(owner, word):
            return None, None  # What an instance holds: no class tells of what kind it is.
        else:
            return None, _near(owner, ".".join([first, *rest[:n]]), word)
    return found, None


def _module(path: str) -> Any:
    try:
        return importlib.import_module(path)
    except ImportError:
        return None


def _near(owner: Any, path: str, word: str) -> str:
    names = {*dir(owner)} | (_held(owner) if inspect.isclass(owner) else set[str]())
    public = {name for name in names if not name.startswith("_")}
    found = near_word(word, public)
    return f"{path}.{found}" if found else ""


def _has(owner: type, word: str) -> bool:
    return hasattr(owner, word) or word in _held(owner) or _numbered(word) in _held(owner, word)


def _held(owner: type, like: str = "") -> set[str]:
    """Return what instances of a class hold: annotated, assigned or registered when it is made."""
    found: set[str] = set()
    for each in owner.__mro__:
        found |= {*inspect.get_annotations(each)}
        made: Callable[..., Any] | None = each.__dict__.get("__init__")
        if inspect.isfunction(made):
            steps = dis.get_instructions(made)
            found |= {step.argval for step in steps if step.opname == "STORE_ATTR"}
            found |= {text for text in made.__code__.co_consts if isinstance(text, str)}
    return found | _parameters(owner.__name__, like)


def _argument(owner: Any, path: str, keyword: str) -> str | None:
    """Return the nearest argument to one that a call does not take."""
    known: set[str] = set()
    whole = False
    try:
        for each in signatures(owner):
            known |= {*each.parameters} - {"self", "args", "kwargs"}
            kinds = {parameter.kind for parameter in each.parameters.values()}
            whole = inspect.Parameter.VAR_KEYWORD not in kinds
            if whole:
                break  # What its bases take is none of a caller's business.
    except (TypeError, ValueError):
        return None  # Written in C: nobody can tell.
    if not whole or keyword in known:
        return None
    near = near_word(keyword, known)
    return f"{path}({near}=…)" if near else ""


def _cells() -> tuple[str, ...]:
    return tuple(f"{layer}Cell" for layer in RECURRENT)


def _parameters(layer: str, like: str) -> set[str]:
    """Return what the parameters of a recurrent layer are called, up to a name's number of layers.

    Both directions and a projection count.
    """
    from torch import nn

    if layer in _cells():
        return {name for name, _ in getattr(nn, layer)(1, 1).named_parameters()}
    if layer not in RECURRENT:
        return set()
    number = re.search(r"\d+", like)
    layers = min(int(number[0]) if number else 0, MOST) + 1
    more = {"proj_size": 1} if layer == "LSTM" else {}
    made = getattr(nn, layer)(2, 2, layers, bidirectional=True, device="meta", **more)
    return {name for name, _ in made.named_parameters()}


def _numbered(name: str) -> str:
    """Return a parameter's name with a number for the `k` that stands for any layer."""
    return re.sub(r"_l(?:\[k\]|k)(?![a-z])", "_l0", name)
