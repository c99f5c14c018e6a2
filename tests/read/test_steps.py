"""Reading a page takes steps by its length alone: twice the text, twice the calls."""

import sys
from collections.abc import Callable

import pytest

from support.page import planned

CELL = "```python\nx = 1\n```\n\n"
NEXT = "```{.python continuation}\nx\n```\n\n"
MANY: dict[str, Callable[[int], str]] = {
    "continuations": lambda n: CELL + NEXT * n,
    "comments": lambda n: "```python\n" + "x = 1  # x: (4, 7)\n" * n + "```\n",
    "names in a comment": lambda n: "```python\nx = 1  # " + "a=1, " * n + "\n```\n",
    "claims": lambda n: CELL + "It is `#!value x`.\n\n" * n,
}


def calls(text: str) -> int:
    """Return how many functions are called and left while a page is read."""
    count = 0

    def heard(*_: object) -> None:
        nonlocal count
        count += 1

    sys.setprofile(heard)
    try:
        planned(text)
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("make", MANY.values(), ids=MANY.keys())
def test_twice_as_much_takes_twice_the_calls(make: Callable[[int], str]) -> None:
    planned(make(1))  # What is kept for later is made here.
    assert calls(make(160)) < 2.5 * calls(make(80))
