"""Cells that crash, hang, flood or kill.

Each is a problem at its line, and nothing else suffers.
"""

import os
import signal
from pathlib import Path

import pytest

from support.page import cell, convert, panes_and_problems, places, problems
from support.sites import WriteSite
from unrolled.blocks import KINDS
from unrolled.read import plan
from unrolled.run import landlock
from unrolled.run.engine import Engine
from unrolled.site.check import prove


def test_a_hang_names_the_line_that_was_running(engine: Engine) -> None:
    found = problems(cell("x = 1\nwhile True:\n    pass", "timeout=0.5"), engine)
    assert len(found) == 1
    assert places(found)[0] in (3, 4)
    assert (
        "the cell takes longer than 0.5 s; this line was running. Make it shorter, or allow it more"
        " with timeout=S." in found[0]
    )


def test_a_thread_that_does_not_end_ends_with_its_chain(engine: Engine) -> None:
    code = "def work():\n    while True:\n        time.sleep(0.01)"
    start = "threading.Thread(target=work).start()"
    assert problems(cell(f"import threading, time\n{code}\n{start}", "timeout=1"), engine) == []


ENDS = {
    "os._exit": (
        "import os\nos._exit(0)",
        "the cell ends its process (exit 0). Delete the call that ends it, such as os._exit.",
    ),
    "sys.exit": ("import sys\nsys.exit(0)", "the cell raises SystemExit: 0. Delete the call."),
    "a crash": (
        "import ctypes\nctypes.string_at(0)",
        "the cell crashes with signal SIGSEGV. Fix the code;",
    ),
    "its own kill": ("import os\nos.kill(os.getpid(), 9)", "the cell crashes with signal SIGKILL."),
}


@pytest.mark.parametrize(("code", "fact"), ENDS.values(), ids=ENDS.keys())
def test_a_cell_that_ends_its_process_is_a_problem(code: str, fact: str, engine: Engine) -> None:
    """The cells of other chains still show outputs, and so does the cell before it."""
    text = (
        cell('print("before")') + "\n" + cell(code, "continuation") + "\n" + cell('print("other")')
    )
    shown, found = panes_and_problems(text, engine)
    assert len(found) == 1
    assert fact in found[0]
    assert places(found)[0] in range(5, 9)
    assert [pane for kind, pane in shown if kind == "text"] == ["before", "other"]


def test_a_crash_names_its_line(engine: Engine) -> None:
    assert places(problems(cell("import ctypes\nx = 1\nctypes.string_at(0)"), engine)) == [4]


def test_killing_the_fork_server_is_blamed_on_the_culprit_alone(engine: Engine) -> None:
    others = [cell(f'import time\ntime.sleep(0.1)\nprint("chain {n}")') for n in range(4)]
    text = "\n".join(
        [*others[:2], cell("import os, time\nos.kill(os.getppid(), 9)\ntime.sleep(5)"), *others[2:]]
    )
    shown, found = panes_and_problems(text, engine)
    assert len(found) == 1
    assert places(found)[0] in range(13, 18)
    if landlock.version() >= landlock.SCOPES_SINCE:
        assert "PermissionError" in found[0]
    else:
        assert "the process that runs all cells ended while this chain ran" in found[0]
    assert shown == [("text", f"chain {n}") for n in range(4)]


DEEP = {"attributes": "x" + ".real" * 100_000, "signs": "-" * 100_000 + "x", "brackets": "(" * 5000}


@pytest.mark.parametrize("code", DEEP.values(), ids=DEEP.keys())
def test_code_that_is_too_deep_is_one_problem(code: str, engine: Engine) -> None:
    (found,) = problems(cell(f"x = 1\n{code}"), engine)
    assert places([found]) == [3] or "the cell cannot be read: it is nested too deeply" in found
    (found,) = problems(f"{cell('x = 1')}\nIt is `#!value {code}`.\n", engine)
    assert found.startswith("page.md:5: the claim '#!value ") and "no" in found
    assert len(found) < 1000


def test_a_flood_of_output_is_cut_and_a_problem(engine: Engine) -> None:
    text = cell('for _ in range(100_000):\n    print("x" * 50)')
    content, found = convert(text, engine)
    assert [str(p) for p in found] == [
        "page.md:1: the cell prints more than 64 KiB. Print less: nobody reads that much."
    ]
    assert len(content) < 100_000


def test_an_endless_flood_of_output_ends(engine: Engine) -> None:
    found = problems(
        cell('import os\nblock = b"x" * (1 << 20)\nwhile True:\n    os.write(1, block)'), engine
    )
    assert any("File too large" in p for p in found)


def test_endless_memory_is_a_memory_error(engine: Engine) -> None:
    found = problems(cell("kept = []\nwhile True:\n    kept.append(bytes(1 << 28))"), engine)
    assert found[0].startswith("page.md:4: the cell raises MemoryError")


def test_a_child_process_left_running_does_not_hold_up_the_build(engine: Engine) -> None:
    text = cell('import subprocess\nchild = subprocess.Popen(["sleep", "300"])\nprint("on")')
    assert panes_and_problems(text, engine) == ([("text", "on")], [])


def test_a_cell_may_change_its_working_directory(engine: Engine) -> None:
    """Neither is that a problem, nor does it bring the machine's paths onto the page."""
    text = (
        cell('import os\nfirst = os.getcwd()\nos.chdir("/")\nprint(first)')
        + "\n"
        + cell('print("on")', "continuation")
    )
    shown, found = panes_and_problems(text, engine)
    assert found == []
    assert "/" not in shown[0][1]
    assert shown[1] == ("text", "on")


def test_a_cell_may_import_a_module_that_it_wrote(engine: Engine, write_site: WriteSite) -> None:
    code = (
        'from pathlib import Path\nPath("made_here.py").write_text("answer = 42")\nimport'
        " made_here\nprint(made_here.answer)"
    )
    root = write_site({"page.md": cell(code)})
    page = plan.read_page(root / "docs" / "page.md", root, KINDS)
    assert prove([page], engine)[1] == []


def test_closing_standard_output_does_not_take_the_page_down(engine: Engine) -> None:
    text = cell("import os\nos.close(1)") + "\n" + cell('print("on")', "continuation")
    assert panes_and_problems(text, engine) == ([("text", "on")], [])


def test_a_child_process_in_a_session_of_its_own_does_not_outlive_its_chain(engine: Engine) -> None:
    text = cell('import subprocess\nsubprocess.Popen(["sleep", "60"], start_new_session=True).pid')
    shown, found = panes_and_problems(text, engine)
    assert found == []
    process = Path("/proc") / shown[0][1]
    try:
        assert not process.exists()
    finally:
        if process.exists():
            os.kill(int(process.name), signal.SIGKILL)
