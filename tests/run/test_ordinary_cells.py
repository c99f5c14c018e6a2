"""Ordinary code, as people write it in notebooks: it runs, and shows what Jupyter would show."""

from __future__ import annotations

import pytest

from support.page import cell, output, panes, panes_and_problems, problems, render
from unrolled.run.engine import Engine
from unrolled.run.threads import LONGEST

IDLE = {
    "a daemon that waits for ever": (
        "import threading\nthreading.Thread(target=threading.Event().wait, daemon=True).start()\n"
        "print(1)"
    ),
    "a daemon that sleeps": (
        "import threading, time\n"
        "threading.Thread(target=time.sleep, args=(60,), daemon=True).start()\nprint(1)"
    ),
    "a thread that waits for work": (
        "import queue, threading\nwork = queue.Queue()\n"
        "threading.Thread(target=lambda: work.get()).start()\nprint(1)"
    ),
    "a thread that waits for a lock": (
        "import threading\nlock = threading.Lock()\nlock.acquire()\n"
        "threading.Thread(target=lock.acquire).start()\nprint(1)"
    ),
    "a pool of threads that is not shut down": (
        "from concurrent.futures import ThreadPoolExecutor\npool = ThreadPoolExecutor(2)\n"
        "print(sum(pool.map(abs, [-1, 0])))"
    ),
    "a pool of processes that is not shut down": (
        "from concurrent.futures import ProcessPoolExecutor\npool = ProcessPoolExecutor(2)\n"
        "print(sum(pool.map(abs, [-1, 0])))"
    ),
    "a pool of multiprocessing": (
        "import multiprocessing\npool = multiprocessing.Pool(2)\nprint(sum(pool.map(abs, [-1, 0])))"
    ),
    "a queue between processes": (
        "import multiprocessing as mp\nqueue = mp.Queue()\nqueue.put(1)\nprint(queue.get())"
    ),
    "the thread that writes IPython's history": (
        "from IPython.core.history import HistoryManager\n"
        "from IPython.core.interactiveshell import InteractiveShell\n"
        "shell = InteractiveShell()\nmanager = HistoryManager(shell, hist_file='history.sqlite')\n"
        "print(int(manager.save_thread.is_alive()))"
    ),
    "a loader's workers": (
        "from torch.utils.data import DataLoader\nloader = DataLoader([1, 2], num_workers=1)\n"
        "print(len(list(loader)) - 1)"
    ),
    "a loader's workers that stay": (
        "from torch.utils.data import DataLoader\n"
        "loader = DataLoader([1, 2], num_workers=1, persistent_workers=True)\n"
        "print(len(list(loader)) - 1)"
    ),
}


@pytest.mark.parametrize("code", IDLE.values(), ids=IDLE.keys())
def test_nobody_waits_for(code: str, engine: Engine) -> None:
    before = cell("import time\nbegan = time.monotonic()")
    after = cell(f"time.monotonic() - began < {LONGEST}", "continuation")
    text = f"{before}\n{cell(code, 'continuation timeout=20')}\n{after}"
    assert panes_and_problems(text, engine) == ([("text", "1"), ("text", "True")], [])


def test_the_error_of_a_thread_that_outlives_its_cell_is_reported_at_that_cell(
    engine: Engine,
) -> None:
    first = cell(
        "import threading\ngo = threading.Event()\n"
        'def late():\n    go.wait()\n    int("no")\n'
        "thread = threading.Thread(target=late, daemon=True)\nthread.start()"
    )
    second = cell("go.set()\nthread.join()\n1", "continuation")
    assert [line.partition(". ")[0] for line in problems(f"{first}\n{second}", engine)] == [
        "page.md:6: the cell raises ValueError: invalid literal for int() with base 10: 'no'"
    ]


def test_a_thread_that_still_prints_is_waited_for(engine: Engine) -> None:
    code = (
        "import threading, time\ndef work():\n    for step in range(3):\n        time.sleep(0.1)\n"
        "        print(step)\nthreading.Thread(target=work).start()"
    )
    assert output(code, engine) == "0\n1\n2"


def test_a_timer_is_waited_for(engine: Engine) -> None:
    code = 'import threading\nthreading.Timer(0.2, print, ["late"]).start()'
    assert output(code, engine) == "late"


LINES = {
    "the last of several": ('for n in range(3):\n    print("epoch", n, end="\\r")', "epoch 2"),
    "what a shorter text leaves": ('print("longer", end="\\r")\nprint("ab")', "abnger"),
    "nothing of what is erased": ('print("longer", end="\\r")\nprint("\\x1b[Kab")', "ab"),
    "a progress bar written by hand": (
        'import sys\nfor n in (1, 2):\n    sys.stdout.write("\\r[" + "#" * n + f"] {n}/2")\n'
        "print()",
        "[##] 2/2",
    ),
    "backspaces": ('print("abc\\b\\bX")', "aXc"),
    "lines above": ('print("one\\ntwo")\nprint("\\x1b[2A\\rONE\\n\\nend")', "ONE\ntwo\nend"),
    "no colours": ('print("\\x1b[31mred\\x1b[0m")', "red"),
}


@pytest.mark.parametrize(("code", "expected"), LINES.values(), ids=LINES.keys())
def test_a_terminals_line_keeps(code: str, expected: str, engine: Engine) -> None:
    assert output(code, engine) == expected


ORDER = {
    "a child of the shell": 'import os\nprint("first")\nos.system("echo hi")\nprint("last");',
    "a child": ('import subprocess\nprint("first")\nsubprocess.run(["echo", "hi"])\nprint("last")'),
    "a fork": (
        'import os\nprint("first")\npid = os.fork()\nif not pid:\n    print("hi")\n'
        '    os._exit(0)\nos.waitpid(pid, 0)\nprint("last")'
    ),
    "C code": 'import os\nprint("first")\nos.write(1, b"hi\\n")\nprint("last")',
    "the end of a line": (
        'import os\nprint("fir", end="")\nos.system("echo st; echo hi")\nprint("last");'
    ),
}


@pytest.mark.parametrize("code", ORDER.values(), ids=ORDER.keys())
def test_what_comes_first_stands_first_with(code: str, engine: Engine) -> None:
    assert output(code, engine) == "first\nhi\nlast"


def test_a_filter_of_warnings_holds_through_the_chain(engine: Engine) -> None:
    text = (
        cell('import warnings\nwarnings.filterwarnings("ignore")')
        + "\n"
        + cell('warnings.warn("look out")\n1', "continuation")
    )
    assert panes_and_problems(text, engine) == ([("text", "1")], [])


def test_a_warning_from_one_place_is_shown_once(engine: Engine) -> None:
    text = (
        cell('import warnings\ndef f():\n    warnings.warn("look out")\n    return 1\nf()')
        + "\nIt is `#!value f()`.\n\n"
        + cell("f()", "continuation")
    )
    shown = [("text", "1"), ("warning", "UserWarning: look out"), ("text", "1")]
    assert panes_and_problems(text, engine) == (shown, [])


def test_log_lines_are_standard_error_and_no_warning(engine: Engine) -> None:
    code = (
        "import logging\n"
        'logging.basicConfig(level=logging.INFO, format="%(levelname)s %(message)s")\n'
        'logging.info("epoch 1")\nprint("done")'
    )
    content = render(cell(code), engine)
    assert panes(cell(code), engine) == [("text", "done"), ("stderr", "INFO epoch 1")]
    assert "Standard error" in content and "Warning" not in content


AWAITED = {
    "await": (
        'import asyncio\nasync def f():\n    await asyncio.sleep(0)\n    return "got"\nawait f()',
        "'got'",
    ),
    "await inside a statement": (
        "import asyncio\nfor n in range(2):\n    await asyncio.sleep(0)\n    print(n)",
        "0\n1",
    ),
    "async for": (
        "async def numbers():\n    yield 1\n    yield 2\nasync for n in numbers():\n    print(n)",
        "1\n2",
    ),
    "async with": (
        "import asyncio\nlock = asyncio.Lock()\nasync with lock:\n    print(lock.locked())",
        "True",
    ),
    "an asynchronous comprehension": (
        "async def numbers():\n    yield 1\n    yield 2\n[n async for n in numbers()]",
        "[1, 2]",
    ),
    "a loop of the cell's own": (
        "import asyncio\nasync def f():\n    return 3\nasyncio.run(f())",
        "3",
    ),
}


@pytest.mark.parametrize(("code", "expected"), AWAITED.values(), ids=AWAITED.keys())
def test_a_cell_may_wait_with(code: str, expected: str, engine: Engine) -> None:
    assert output(code, engine) == expected


def test_a_task_of_one_cell_can_be_awaited_in_the_next(engine: Engine) -> None:
    first = cell(
        "import asyncio\nasync def f():\n    await asyncio.sleep(0.01)\n    return 7\n"
        "task = asyncio.create_task(f())"
    )
    text = f"{first}\n{cell('await task', 'continuation')}"
    assert panes_and_problems(text, engine) == ([("text", "7")], [])


FAILS = "import asyncio\nasync def fail():\n    {}\n    int('no')\n"
UNAWAITED = {
    "a task that nobody keeps": FAILS.format("pass") + "asyncio.create_task(fail());",
    "a task that a name keeps": FAILS.format("pass") + "task = asyncio.create_task(fail())",
    "a task that waits a moment": (
        FAILS.format("await asyncio.sleep(0)") + "asyncio.ensure_future(fail());"
    ),
    "a task while the cell waits": (
        FAILS.format("pass") + "task = asyncio.create_task(fail())\nawait asyncio.sleep(0.01)"
    ),
    "a task in a loop of the cell's own": (
        FAILS.format("pass")
        + "async def main():\n    asyncio.create_task(fail())\n    await asyncio.sleep(0.01)\n"
        "asyncio.run(main())"
    ),
}


@pytest.mark.parametrize("code", UNAWAITED.values(), ids=UNAWAITED.keys())
def test_what_a_task_raises_that_nobody_awaits_is_the_cells_problem(
    code: str, engine: Engine
) -> None:
    shown, found = panes_and_problems(f"{cell(code)}\n{cell('1', 'continuation')}", engine)
    assert [line.partition(". ")[0] for line in found] == [
        "page.md:5: the cell raises ValueError: invalid literal for int() with base 10: 'no'"
    ]
    assert "stderr" not in dict(shown)


def test_what_a_task_raises_in_a_later_cell_is_reported_at_its_own(engine: Engine) -> None:
    first = cell(f"{FAILS.format('await asyncio.sleep(0.01)')}asyncio.create_task(fail());")
    second = cell("await asyncio.sleep(0.1)\n1", "continuation")
    found = problems(f"{first}\n{second}", engine)
    assert [line.partition(": ")[0] for line in found] == ["page.md:5"]


def test_what_a_task_raises_can_be_caught_in_the_next_cell(engine: Engine) -> None:
    first = cell(f"{FAILS.format('pass')}task = asyncio.create_task(fail())")
    second = cell("try:\n    await task\nexcept ValueError:\n    print('caught')", "continuation")
    shown = panes_and_problems(f"{first}\n{second}", engine)
    assert shown == ([("text", "caught")], [])


def test_a_task_that_sleeps_is_not_waited_for(engine: Engine) -> None:
    code = (
        "import asyncio\nasync def work():\n    print(1)\n    await asyncio.sleep(3600)\n"
        "    print(2)\ntask = asyncio.create_task(work())"
    )
    assert output(code, engine) == "1"


def test_an_error_after_await_is_reported_at_its_line(engine: Engine) -> None:
    found = problems(cell("import asyncio\nawait asyncio.sleep(0)\n1 / 0"), engine)
    assert found[0].startswith("page.md:4: the cell raises ZeroDivisionError")


NOT_HERE = {
    "input": ('name = input("Name? ")', 2, "input() asks for a line"),
    "getpass": ("import getpass\ngetpass.getpass()", 3, "getpass() asks for a line"),
    "get_ipython": ('get_ipython().run_line_magic("time", "1")', 2, "get_ipython()"),
    "an imported get_ipython": (
        "from IPython import get_ipython\nget_ipython().system('ls')",
        3,
        "get_ipython()",
    ),
    "breakpoint": ("x = 1\nbreakpoint()", 3, "breakpoint()"),
    "%matplotlib inline": ("%matplotlib inline\nx = 1", 2, "'%matplotlib'"),
    "%time": ("x = 1\n%time sum([x])", 3, "'%time'"),
    "%%timeit": ("%%timeit\n1 + 1", 2, "'%%timeit'"),
    "%load_ext": ("%load_ext autoreload\n%autoreload 2", 2, "'%load_ext'"),
    "a magic that is assigned": ("x = %timeit -o 1", 2, "'%timeit'"),
    "!pip": ("!pip install torch", 2, "'!pip install torch'"),
    "a shell line that is assigned": ("files = !ls", 2, "'!ls'"),
    "a shell line in a block": ("if True:\n    !ls", 3, "'!ls'"),
    "a question": ("import torch\ntorch.nn.RNN?", 3, "'torch.nn.RNN?'"),
    "a question before": ("x = 1\n?x", 3, "'?x'"),
}


@pytest.mark.parametrize(("code", "line", "named"), NOT_HERE.values(), ids=NOT_HERE.keys())
def test_what_needs_a_notebook_is_one_problem(
    code: str, line: int, named: str, engine: Engine
) -> None:
    (found,) = problems(cell(code), engine)
    assert found.startswith(f"page.md:{line}: ") and named in found
    assert "the cell raises" not in found


def test_libraries_may_ask_whether_they_are_in_a_notebook(engine: Engine) -> None:
    code = "from rich.console import Console\nConsole(width=20).print('plain')"
    assert output(code, engine) == "plain"


BAR = """
import sys, threading, time


class Bar:
    def __init__(self, steps):
        self.steps = steps
        threading.Thread(target=time.sleep, args=(60,), daemon=True).start()

    def __iter__(self):
        for n in range(self.steps + 1):
            rate = f"{time.perf_counter():.2f}it/s"
            line = f"{n / self.steps:4.0%}|#####| {n}/{self.steps} [00:00<00:00, {rate}]"
            sys.stderr.write(f"\\r{line}")
            yield n
        sys.stderr.write("\\n")


sum(Bar(4))
"""


def test_a_progress_bar_ends_with_its_last_line_without_times_and_rates(engine: Engine) -> None:
    shown = [("text", "10"), ("stderr", "100%|#####| 4/4")]
    assert panes_and_problems(cell(BAR), engine) == (shown, [])


def test_a_magic_may_be_shown_and_not_run(engine: Engine) -> None:
    assert problems(cell("!pip install torch", 'notest reason="a shell\'s line"'), engine) == []
