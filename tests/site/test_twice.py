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
    "a date that is written": 'import time\nprint("on")\nprint(time.strftime("%Y-%m-%d"))',
    "a log's times": (
        "import logging\n"
        'logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")\n'
        'logging.info("begun")'
    ),
    "a stopwatch for waiting": (
        "import time\nbegan = time.monotonic()\nsum(range(200_000))\n"
        'print("took")\nprint(f"{time.monotonic() - began:.2f} s")'
    ),
    "what timeit says": (
        "import timeit\ntook = timeit.timeit('sum(range(99))', number=20_000)\n"
        'print("took")\nprint(f"{took:.1f}")'
    ),
    "a folder's order": (
        "import os\nfor name in 'bacd':\n    open(name, 'w').close()\n"
        'print("files")\nprint([name for name in os.listdir() if len(name) == 1])'
    ),
    "the order of glob": (
        "import glob\nfor name in 'bacd':\n    open(f'{name}.txt', 'w').close()\n"
        'print("files")\nprint(glob.glob("*.txt"))'
    ),
    "the machine's name": 'import platform\nprint("on")\nprint(platform.node())',
    "its processors": 'import os\nprint("of")\nprint(os.cpu_count())',
    "the name of a passing file": 'import tempfile\nprint("in")\nprint(tempfile.mkdtemp())',
    "threads that overtake each other": (
        "import random, threading, time\ndraw = random.SystemRandom().random\n"
        "def work(n):\n    time.sleep(draw() / 10)\n    done.append(n)\n"
        "done = []\nthreads = [threading.Thread(target=work, args=(n,)) for n in range(9)]\n"
        "[thread.start() for thread in threads]\n[thread.join() for thread in threads]\n"
        'print("done")\nprint(done)'
    ),
    "a warning with an address": "import warnings\nwarnings.warn(f'object {id(object())}')",
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


def test_a_picture_that_changes_is_a_problem(project: Project, again: Engine) -> None:
    """What is recorded of it says nothing of its colours.

    Nine dots: of two, one has the scale's first colour and one its last in every other run alike.
    """
    code = (
        "import matplotlib.pyplot as plt\nimport numpy as np\n"
        "plt.scatter(range(9), range(9), c=np.random.default_rng().random(9));"
    )
    project.write({"page.md": f"# Page\n\n{cell(code, 'alt=dots')}"})
    changed, (found,) = accepted(project, again)
    assert changed == []
    assert found.startswith("docs/page.md:3: the picture that this cell shows changes from run")


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
    "the dates of libraries": (  # Those written in C crash when they meet others.
        "import importlib\nimportlib.import_module('datetime').datetime.__mro__"
    ),
    "dates that are given": "import datetime\ndatetime.datetime(2024, 2, 29)",
    "sorted files": (
        "import pathlib\nfor name in 'bacd':\n    open(f'{name}.txt', 'w').close()\n"
        "sorted(path.name for path in pathlib.Path().rglob('*.txt'))"
    ),
    "waits of a loop": (
        "import asyncio\nasync def f(n):\n    await asyncio.sleep(n / 10)\n    print(n)\n"
        "await asyncio.gather(f(2), f(0), f(1));"
    ),
    "ids that a library draws": (
        "import uuid\nclass Table:\n    def _repr_html_(self):\n"
        "        return f'<style>#T_{uuid.uuid4()} td {{}}</style>"
        '<table id="T_{uuid.uuid4()}"><tr><td>1</td></tr></table>\'\nTable()'
    ),
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
