"""Processes that cells start: what they print is shown, and none that waits for work is awaited."""

from __future__ import annotations

import pytest

from support.page import cell, output, panes_and_problems
from unrolled.run.engine import Engine
from unrolled.run.threads import LONGEST

START = "import multiprocessing as mp, os, sys, time\n"
CHILD = "def work():\n    time.sleep(0.3)\n    print('child')\n"
CHILDREN = {
    "a process": "mp.Process(target=work).start()",
    "a process of a context": "mp.get_context('fork').Process(target=work).start()",
    "a process of torch's": "import torch.multiprocessing as t\nt.Process(target=work).start()",
    "a class": (
        "class Child(mp.Process):\n    def run(self):\n        work()\n"
        "child = Child()\nchild.start()"
    ),
    "one that another starts": (
        "def outer():\n    mp.Process(target=work).start()\nmp.Process(target=outer).start()"
    ),
    "one that takes from another": (
        "queue = mp.Queue()\ndef take():\n    print(queue.get())\n"
        "def give():\n    time.sleep(0.3)\n    queue.put('child')\n"
        "mp.Process(target=take).start()\nmp.Process(target=give).start()"
    ),
}


@pytest.mark.parametrize("code", CHILDREN.values(), ids=CHILDREN.keys())
def test_what_a_process_prints_is_shown_though_nobody_joins_it(code: str, engine: Engine) -> None:
    assert output(f"{START}{CHILD}{code}\nprint('parent')", engine) == "parent\nchild"


def test_it_is_shown_at_the_cell_that_started_the_process(engine: Engine) -> None:
    first = cell(f"{START}{CHILD}mp.Process(target=work).start()")
    text = f"{first}\n{cell('print(2)', 'continuation')}"
    assert panes_and_problems(text, engine) == ([("text", "child"), ("text", "2")], [])


def test_one_that_takes_longer_is_waited_for_at_the_end_of_its_chain(engine: Engine) -> None:
    slow = CHILD.replace("0.3", str(LONGEST + 1))
    first = cell(f"{START}{slow}mp.Process(target=work).start()", "timeout=20")
    text = f"{first}\n{cell('print(2)', 'continuation timeout=20')}"
    assert panes_and_problems(text, engine) == ([("text", "2\nchild")], [])


def test_one_that_does_not_end_ends_with_its_chain(engine: Engine) -> None:
    code = f"{START}mp.Process(target=time.sleep, args=(60,)).start()\nprint(1)"
    assert output(code, engine, "timeout=2") == "1"


IDLE = {
    "a daemon": "mp.Process(target=time.sleep, args=(60,), daemon=True).start()",
    "one that waits for work": "queue = mp.Queue()\nmp.Process(target=queue.get).start()",
    "one that waits at a simple queue": (
        "queue = mp.SimpleQueue()\ndef work():\n    while True: queue.get()\n"
        "mp.Process(target=work).start()"
    ),
    "one that waits at a pipe": "here, there = mp.Pipe()\nmp.Process(target=there.recv).start()",
    "one that waits for an event": "event = mp.Event()\nmp.Process(target=event.wait).start()",
    "a manager": "manager = mp.Manager()\nkept = manager.list([1])",
}


@pytest.mark.parametrize("code", IDLE.values(), ids=IDLE.keys())
def test_nobody_waits_for(code: str, engine: Engine) -> None:
    before = cell("import time\nbegan = time.monotonic()")
    after = cell(f"time.monotonic() - began < {LONGEST}", "continuation")
    text = f"{before}\n{cell(f'{START}{code}', 'continuation timeout=20')}\n{after}"
    assert panes_and_problems(text, engine) == ([("text", "True")], [])


def test_a_process_may_be_given_work_by_the_next_cell(engine: Engine) -> None:
    first = cell(
        f"{START}queue = mp.Queue()\ndef work():\n    print(queue.get())\n"
        "child = mp.Process(target=work)\nchild.start()"
    )
    second = cell("queue.put(1)\nchild.join()\nprint(2)", "continuation")
    text = f"{first}\n{second}"
    assert panes_and_problems(text, engine) == ([("text", "1\n2")], [])


ORDER = {
    "the C library": (
        "import ctypes\nlibrary = ctypes.CDLL(None)\nlibrary.printf(b'a\\n')\nprint('b')\n"
        "library.printf(b'c\\n');"
    ),
    "a Python of its own": (
        "import subprocess, sys\nprint('a', flush=True)\n"
        "code = \"import sys; print('b'); print('c', file=sys.stderr)\"\n"
        "subprocess.run([sys.executable, '-c', code], stderr=subprocess.STDOUT);"
    ),
    "a Python that is killed": (
        "import subprocess, sys\nprint('a')\n"
        "code = \"import os; print('b'); print('c'); os.kill(os.getpid(), 9)\"\n"
        "subprocess.run([sys.executable, '-c', code]);"
    ),
    "a shell": (
        "import subprocess\nprint('a')\nsubprocess.run('echo b; echo c >&2', shell=True, stderr=1);"
    ),
}


@pytest.mark.parametrize("code", ORDER.values(), ids=ORDER.keys())
def test_lines_stand_in_the_order_in_which_they_were_printed_by(code: str, engine: Engine) -> None:
    assert output(code, engine) == "a\nb\nc"


def test_standard_error_of_a_child_and_of_the_cell_stand_in_their_order(engine: Engine) -> None:
    code = (
        "import os, sys\nprint('a', file=sys.stderr)\nos.system('echo b >&2')\n"
        "print('c', file=sys.stderr)"
    )
    assert panes_and_problems(cell(code), engine) == ([("stderr", "a\nb\nc")], [])


def test_what_libraries_put_aside_does_not_lie_in_the_cells_folder(engine: Engine) -> None:
    code = "import os, tempfile\nhandle = tempfile.mkdtemp()\nprint(handle)\nos.listdir()"
    shown = output(code, engine)
    assert shown.startswith("…/tmp/") and shown.endswith("\n[]")
