"""Remedies that name what is to be written: whoever writes it is done."""

from support.page import cell, form, problems
from unrolled.api import Engine

ENTRY = """\
/// errors | Sizes that differ
    id: error-sizes

```{.python raises=RuntimeError}
import torch

torch.zeros(2) + torch.zeros(3)
```

Both have one size.

```{.python fix}
torch.zeros(2) + torch.zeros(2)
```
///
"""


def test_a_fix_that_goes_on_stays_a_fix(engine: Engine) -> None:
    (found,) = problems(ENTRY, engine)
    assert "write {.python fix continuation} at line 12 to go on" in found
    assert problems(ENTRY.replace(".python fix", ".python fix continuation"), engine) == []


def test_a_hidden_cell_with_more_options_keeps_them(engine: Engine) -> None:
    text = cell("x = 1") + "\n" + cell("y = x", "hidden timeout=60")
    (found,) = problems(text, engine)
    assert "write {.python hidden continuation …} at line 5 to go on" in found


def test_a_package_that_is_not_there_is_to_be_installed(engine: Engine) -> None:
    (found,) = problems(cell("from missing_here.auto import bar"), engine)
    assert "Pages have only what is installed beside the project: add 'missing_here' to" in found
    assert "raises=" not in found
    (found,) = problems(cell("import json.missing"), engine)
    assert "promise the error with raises=ModuleNotFoundError" in found


def test_a_file_that_is_not_there_has_to_lie_with_the_pages(engine: Engine) -> None:
    for code in ("open('../../data/names.txt')", "import numpy\nnumpy.loadtxt('names.txt')"):
        (found,) = problems(cell(code), engine)
        assert "Put the file beneath the folder of the pages, and name it relative" in found
    (found,) = problems(cell("import subprocess\nsubprocess.run(['nowhere'])"), engine)
    assert "Put the file" not in found


def test_python_that_is_mistyped_is_meant() -> None:
    for written, meant in (("{.pyton}", ".python"), ("pyhton", "python"), ("{.pythn}", ".python")):
        (found,) = form(f"```{written}\nimport torch\n```\n")
        assert f"this code is run nowhere. Did you mean {meant}? " in found
    (found,) = form("```text\nimport torch\n```\n")
    assert "Did you mean" not in found
