"""Output that is long or odd costs time by its length alone, and what nobody reads is not made."""

from __future__ import annotations

import time

import pytest

from support.page import cell, output, panes_and_problems, problems
from unrolled.run.engine import Engine


@pytest.fixture(autouse=True)
def _warm(engine: Engine) -> None:
    """Let the engine have started before the time is taken."""
    problems(cell("1"), engine)


HUGE = {
    "a text": ("'v' * 50_000_000", "the cell's value is"),
    "bytes": ("b'v' * 50_000_000", "the cell's value is"),
    "a list of texts": ("['v' * 1_000_000 for _ in range(50)]", "the cell's value is"),
    "a dictionary": ("{'a': ['v' * 50_000_000]}", "the cell's value is"),
    "a table": (
        "from IPython.display import HTML\nHTML('<b>x</b>' * 6_000_000)",
        "the cell's value is",
    ),
    "an exception": ("raise ValueError('x' * 50_000_000)", "the cell's exception is"),
    "a warning": ("import warnings\nwarnings.warn('w' * 50_000_000)", "the cell's warnings are"),
    "a print": ("print('x' * 50_000_000)", "prints more than 64 KiB"),
    "many values": ("for n in range(3000):\n    display('v' * 1000)", "prints more than 64 KiB"),
}


@pytest.mark.parametrize(("code", "fact"), HUGE.values(), ids=HUGE.keys())
def test_what_is_far_too_long_is_one_quick_problem(code: str, fact: str, engine: Engine) -> None:
    began = time.monotonic()
    found = [one for one in problems(cell(code), engine) if "the cell raises" not in one]
    assert time.monotonic() - began < 8
    assert any(fact in one for one in found), found
    assert sum("longer than what a page can show" in one for one in found) <= 1


def test_a_claims_long_value_is_one_quick_problem(engine: Engine) -> None:
    began = time.monotonic()
    found = problems(cell("x = 'v' * 50_000_000") + "\nIt is `#!value x`.\n", engine)
    assert time.monotonic() - began < 8
    assert any("the cell's claims come to a text" in one for one in found)


AS_IPYTHON = {
    "a text": ("'it\\'s'", '"it\'s"'),
    "bytes": (r"b'a\x00'", r"b'a\x00'"),
    "a long list": ("list(range(2000))[:1001] == 1, [1] * 3", "(False, [1, 1, 1])"),
    "a nested list": ("[['a' * 40] * 2]", "[['" + "a" * 40 + "',\n  '" + "a" * 40 + "']]"),
    "a class of texts": (
        "class A(str):\n    def __repr__(self):\n        return 'A!'\nA('b'), [A('c')]",
        "(A!, [A!])",
    ),
}


@pytest.mark.parametrize(("code", "text"), AS_IPYTHON.values(), ids=AS_IPYTHON.keys())
def test_a_value_is_written_as_ipython_writes_it(code: str, text: str, engine: Engine) -> None:
    assert panes_and_problems(cell(code), engine) == ([("text", text)], [])


ODD = {
    "spaces": "print(' ' * 60_000 + 'x')",
    "spaces before a bracket": "print((' ' * 600 + '(') * 100)",
    "titles of a terminal that do not end": r"print('\x1b]' * 30_000)",
    "steps of the cursor": r"print('\x1b[A' * 20_000)",
    "carriage returns": r"print('x\r' * 30_000)",
    "backspaces": r"print('x\b' * 30_000)",
    "rates that do not end": "print('[00:00<00:00, ' * 4_000)",
}


@pytest.mark.parametrize("code", ODD.values(), ids=ODD.keys())
def test_odd_output_takes_linear_time(code: str, engine: Engine) -> None:
    began = time.monotonic()
    assert problems(cell(code), engine) == []
    assert time.monotonic() - began < 8


def test_a_step_of_the_cursor_may_have_more_digits_than_python_counts(engine: Engine) -> None:
    assert output(r"print('\x1b[' + '9' * 5000 + 'A' + 'up')", engine) == "up"
