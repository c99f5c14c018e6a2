"""Cells that bind anew what Python and its library hold: as in Jupyter, they harm only themselves.

What our own code needs of Python it has as it was.
"""

from __future__ import annotations

import pytest

from support.page import cell, panes, panes_and_problems
from unrolled.run.engine import Engine

AFTER = "y = [3, 4]\nprint(len(y), list((1,)))\ny"
NEXT = ("text", "2 [1]\n[3, 4]")

SHOWN = {
    "a name of a builtin": ("print = None\nlist = [1]\nlist", "[1]"),
    "len": ("import builtins\nbuiltins.len = lambda x: 42\nlen([1])", "42"),
    "no len": ("import builtins\ndel builtins.len\n'a'", "'a'"),
    "isinstance": ("import builtins\nbuiltins.isinstance = lambda *a: True\n'a'", "'a'"),
    "str": ("import builtins\nbuiltins.str = int\n'a'", "'a'"),
    "all builtins": ("import builtins\nvars(builtins).clear()\n7", "7"),
    "import": ("import builtins\nbuiltins.__import__ = None\n7", "7"),
    "no __builtins__": ("del __builtins__\nprint(1)", "1"),
    "through __builtins__": ("__builtins__.len = None\n6", "6"),
    "open": ("open = None\nimport builtins\nbuiltins.open = None\n7", "7"),
    "standard output": ("import sys\nsys.stdout = None\nprint('x')\n7", "7"),
    "a tensor's repr": (
        "import torch\ntorch.Tensor.__repr__ = lambda self, **k: 'T!'\ntorch.ones(2)",
        "T!",
    ),
    "json.dumps": ("import json\njson.dumps = lambda *a, **k: 'x'\nprint(1)\n7", "1\n7"),
    "json": ("import json\njson.dumps = json.loads = json.JSONEncoder = None\n7", "7"),
    "pickle": ("import pickle\npickle.dumps = pickle.loads = None\n7", "7"),
    "os.write that writes nothing": ("import os\nos.write = lambda *a: 0\n7", "7"),
    "os": ("import os\nos.write = os.read = os.close = os._exit = os.fork = None\n7", "7"),
    "os.path": ("import os\nos.path.join = os.path.exists = None\n7", "7"),
    "the clock": ("import time\ntime.monotonic = time.time = None\n7", "7"),
    "all modules": ("import sys\nsys.modules.clear()\n7", "7"),
    "a module imported again": (
        "import sys\ndel sys.modules['json']\nimport json\njson.dumps({})",
        "'{}'",
    ),
    "await": ("import json\njson.dumps = None\nasync def f(): return 3\nawait f()", "3"),
}


@pytest.mark.parametrize(("code", "text"), SHOWN.values(), ids=SHOWN.keys())
def test_what_a_cell_binds_anew_harms_neither_it_nor_the_next_chain(
    code: str, text: str, engine: Engine
) -> None:
    page = cell(code) + "\n" + cell(AFTER)
    assert panes_and_problems(page, engine) == ([("text", text), NEXT], [])


RAISED = {
    "traceback": ("import traceback\ntraceback.walk_tb = None\n1 / 0", "4", "ZeroDivisionError"),
    "isinstance": ("import builtins\nbuiltins.isinstance = None\n1 / 0", "4", "ZeroDivisionError"),
    "exceptions": ("BaseException = Exception = None\n1 / 0", "3", "ZeroDivisionError"),
    "a builtin that is called": ("print = None\n\nprint(1)", "4", "TypeError"),
    "list": ("list = [1, 2]\nlist(3)", "3", "TypeError"),
    "an interrupted repr": (
        "class A:\n    def __repr__(self):\n        raise KeyboardInterrupt\nA()",
        "4",
        "KeyboardInterrupt",
    ),
    "a broken repr": (
        "import torch\ndef bad(self, **k):\n    raise ValueError('no')\n"
        "torch.Tensor.__repr__ = bad\ntorch.ones(2)",
        "4",
        "ValueError",
    ),
}


@pytest.mark.parametrize(("code", "line", "name"), RAISED.values(), ids=RAISED.keys())
def test_an_error_after_it_is_at_its_own_line(
    code: str, line: str, name: str, engine: Engine
) -> None:
    shown, (found,) = panes_and_problems(cell(code) + "\n" + cell(AFTER), engine)
    assert found.startswith(f"page.md:{line}: the cell raises {name}")
    assert shown == [NEXT]


def test_the_next_cell_of_the_chain_finds_what_was_bound(engine: Engine) -> None:
    page = (
        cell("import builtins, os\nbuiltins.len = lambda x: 42\nos.getcwd = lambda: 'here'\nx = []")
        + "\nIt is `#!value len(x)`.\n\n"
        + cell("print(len([]), os.getcwd())", "continuation")
    )
    assert panes(page, engine) == [("text", "42 here")]
