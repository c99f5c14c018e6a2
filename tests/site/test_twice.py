"""`accept` runs what is new twice, and records nothing that changes from run to run."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from support.page import cell
from support.sites import Project
from unrolled.run.engine import Engine
from unrolled.run.perturbation import Perturbation
from unrolled.site.check import accept


@pytest.fixture(scope="module")
def again(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """An engine for second runs."""
    root = tmp_path_factory.mktemp("again").resolve()
    engine = Engine(root, root / ".cache", forgets=False, perturbation=Perturbation.AGAIN)
    yield engine
    engine.close()


def accepted(project: Project, again: Engine) -> tuple[list[str], list[str]]:
    """Record a site; return the records that changed, and the problems."""
    pages = project.site.read()
    changed, found = accept(project.site, pages, pages, project.engine, again)
    return changed, [str(problem) for problem in found]


CHANGING = {
    "elapsed time": (
        'import time\nbegan = time.perf_counter()\nsum(range(1000))\nprint("took")\n'
        'print(f"{time.perf_counter() - began:.4f} s")'
    ),
    "time that rounds to nothing": (
        "import time\nbegan = time.time()\nsum(range(200_000))\n"
        'print("took")\nprint(f"{time.time() - began:.2f} s")'
    ),
    "an address": 'print("at")\nprint(hex(id(object())))',
    "a generator without a seed": (
        'import numpy as np\nprint("drawn")\nprint(np.random.default_rng().random())'
    ),
    "the system's own chance": 'import uuid\nprint("id")\nprint(uuid.uuid4())',
    "a set's order": 'print("set")\nprint({"gru", "lstm", "rnn", "linear", "conv"})',
    "a hash": 'print("hash")\nhash("gru")',
    "the process": 'import os\nprint("process")\nprint(os.getpid())',
    "the day": 'from datetime import date\nprint("day")\nprint(date.today())',
    "the hour": 'import datetime\nprint("now")\nprint(datetime.datetime.now())',
}


@pytest.mark.parametrize("code", CHANGING.values(), ids=CHANGING.keys())
def test_what_changes_is_a_problem_and_not_recorded(
    code: str, project: Project, again: Engine
) -> None:
    text = f"# Page\n\n{cell('print(1)')}\n{cell(code)}\n{cell('print(2)', 'continuation')}"
    project.write({"page.md": text})
    changed, (found,) = accepted(project, again)
    assert changed == [] and not project.record.exists()
    assert found.startswith(
        "docs/page.md:7: the output of this cell changes from run to run: line "
    )
    assert "Seed the generator" in found


def test_what_changes_in_the_text_is_a_problem(project: Project, again: Engine) -> None:
    text = f"# Page\n\n{cell('x = object()')}\nIt has the number `#!value id(x)`.\n"
    project.write({"page.md": text})
    assert "changes from run to run" in accepted(project, again)[1][0]


STEADY = {
    "torch without a seed": "import torch\ntorch.rand(2)",
    "a training": (
        "import torch\nfrom torch import nn\nlayer = nn.Linear(2, 1)\n"
        "step = torch.optim.Adam(layer.parameters())\nfor _ in range(3):\n"
        "    loss = layer(torch.randn(4, 2)).square().mean()\n    step.zero_grad()\n"
        "    loss.backward()\n    step.step()\nprint(loss.item())"
    ),
    "an object without its address": "object()",
    "dates that are given": "import datetime\ndatetime.datetime(2024, 2, 29)",
    "a figure": "import matplotlib.pyplot as plt\nplt.plot([1, 2]);",
}


@pytest.mark.parametrize("code", STEADY.values(), ids=STEADY.keys())
def test_what_stays_is_recorded(code: str, project: Project, again: Engine) -> None:
    options = 'alt="a line"' if "plot" in code else ""
    project.write({"page.md": f"# Page\n\n{cell(code, options)}"})
    assert accepted(project, again) == (["tests/recorded/page.txt"], [])


def test_only_what_is_new_is_run_again(project: Project, again: Engine) -> None:
    steady = f"# Page\n\n{cell('print(1)')}"
    project.write({"page.md": steady})
    accepted(project, again)
    before = again.executed
    project.write({"page.md": f"{steady}\n{cell('print(3)')}"})
    assert accepted(project, again) == (["tests/recorded/page.txt"], [])
    assert again.executed == before + 1


def test_the_command_runs_twice(project: Project, tmp_path: Path) -> None:
    from unrolled.cli import main

    project.write({"page.md": f"# Page\n\n{cell('import os; print(os.getpid())')}"})
    assert main(["-f", str(project.root / "mkdocs.yml"), "accept"]) == 1
    assert not project.record.exists()
