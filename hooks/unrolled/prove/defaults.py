"""The default of an argument, asked of the class or function itself."""

from __future__ import annotations

import importlib
import inspect
import typing
from collections.abc import Callable, Iterator
from typing import Any

from unrolled.model.name import MODULES

ROOTS = {**MODULES, "np": "numpy"}
"""What the first word of a name stands for."""


def shown(name: str) -> str:
    """Return the default of an argument as Python writes it.

    Args:
        name: A class or function and one of its arguments: `nn.RNN.batch_first`.

    Raises:
        LookupError: There is no such class, function or argument, or it has no default.
    """
    path, _, argument = name.rpartition(".")
    owner = _find(path)
    found = [
        parameter.default
        for signature in signatures(owner)
        if (parameter := signature.parameters.get(argument))
        and parameter.default is not inspect.Parameter.empty
    ]
    if not found:
        raise LookupError(f"'{path}' has no argument '{argument}' with a default")
    return repr(found[0])


def _find(path: str) -> Any:
    first, *rest = path.split(".")
    found: Any = importlib.import_module(ROOTS.get(first, first))
    for word in rest:
        if not hasattr(found, word):
            raise LookupError(f"there is no '{path}'")
        found = getattr(found, word)
    return found


def signatures(owner: Any) -> Iterator[inspect.Signature]:
    """Yield what can be called: overloads first, which say what `*args` hides, then base classes.

    A recurrent layer's own constructor takes `*args`; its overloads and its base name them.
    """
    classes = owner.__mro__ if inspect.isclass(owner) else (None,)
    for each in classes:
        function: Callable[..., Any] | None = each.__dict__.get("__init__") if each else owner
        if function is None or not callable(function) or function is object.__init__:
            continue
        for overload in typing.get_overloads(function):
            yield inspect.signature(overload)
        yield inspect.signature(function)
