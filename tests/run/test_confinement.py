"""Hostile cells: what they try on the machine, on other chains and on the build is refused.

Each is tried on a project with a secret and a page's folder, and nothing there may change.
"""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from support.page import cell, panes_and_problems, problems
from unrolled.run import folders, landlock, limits
from unrolled.run.engine import Engine

confined = pytest.mark.skipif(
    landlock.version() < landlock.SCOPES_SINCE,
    reason="this system has no Landlock that keeps cells from files and signals",
)


class House:
    """A project with things that cells must leave alone, and the engine that runs them."""

    def __init__(self, root: Path) -> None:
        """Write the project."""
        self.root = root
        for name in ("docs/data.txt", ".git/config", "tests/recorded/page.txt"):
            (root / name).parent.mkdir(parents=True)
            (root / name).write_text("as it was")
        self.engine = Engine(root, root / ".cache", readable=(root / "docs",))

    def state(self) -> dict[str, tuple[int, int, bytes]]:
        """Return all files of the project with mode, time and content."""
        files = [f for f in self.root.rglob("*") if f.is_file() and ".cache" not in f.parts]
        return {
            str(f): (f.stat().st_mode, f.stat().st_mtime_ns, f.read_bytes()) for f in sorted(files)
        }


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A project that the tests of this file share."""
    made = House(tmp_path_factory.mktemp("house").resolve())
    yield made
    made.engine.close()


BY_C = (
    "import ctypes\ndef call(got):\n    if got < 0: raise PermissionError\ncall(ctypes.CDLL(None)."
)
REFUSED = {
    "the builder's environment": "open(f'/proc/{os.getppid()}/environ').read()",
    "the list of processes": "os.listdir('/proc')",
    "the repository": "open(ROOT + '/.git/config').read()",
    "writing a page's data": "open(ROOT + '/docs/data.txt', 'w')",
    "deleting it": "os.unlink(ROOT + '/docs/data.txt')",
    "cutting it": "os.truncate(ROOT + '/docs/data.txt', 0)",
    "moving the folder": "os.rename(ROOT + '/docs', ROOT + '/moved')",
    "a link into its folder": "os.link(ROOT + '/docs/data.txt', 'here')",
    "writing through a link": "os.symlink(ROOT + '/docs/data.txt', 'l'); open('l', 'w')",
    "a record": "open(ROOT + '/tests/recorded/page.txt', 'a')",
    "the cache": "os.makedirs(ROOT + '/.cache/runs/00')",
    "other chains' folders": "os.listdir(os.path.abspath('../..'))",
    "passwords": "open('/etc/shadow').read()",
    "stopping the parent": "os.kill(os.getppid(), signal.SIGSTOP)",
    "its limits": "resource.prlimit(os.getppid(), resource.RLIMIT_CPU, (1, 1))",
    "its priority": "os.setpriority(os.PRIO_USER, 0, 19)",
    # By the C library: in Python, cells get a word of their own.
    "tracing the parent": f"{BY_C}ptrace(16, os.getppid(), 0, 0))",
    "being traced": f"{BY_C}ptrace(0, 0, 0, 0))",
    "TCP": f"{BY_C}socket(socket.AF_INET, socket.SOCK_STREAM, 0))",
    "TCP of version 6": f"{BY_C}socket(socket.AF_INET6, socket.SOCK_STREAM, 0))",
    "UDP": f"{BY_C}socket(socket.AF_INET, socket.SOCK_DGRAM, 0))",
}


@confined
@pytest.mark.parametrize("code", REFUSED.values(), ids=REFUSED.keys())
def test_a_cell_is_refused(code: str, house: House) -> None:
    before = house.state()
    setting = f"import os, resource, signal, socket\nROOT = {str(house.root)!r}\n"
    (found,) = problems(cell(setting + code), house.engine)
    assert "PermissionError" in found or "OSError" in found
    assert house.state() == before


CHANGES = {
    "its mode": "os.chmod(ROOT + '/docs/data.txt', 0)",
    "its times": "os.utime(ROOT + '/docs/data.txt', (0, 0))",
    "killing all": "os.kill(-1, signal.SIGKILL)",
}


@confined
@pytest.mark.parametrize("code", CHANGES.values(), ids=CHANGES.keys())
def test_what_a_cell_does_elsewhere_changes_nothing(code: str, house: House) -> None:
    before = house.state()
    setting = f"import os, signal\nROOT = {str(house.root)!r}\n"
    problems(cell(setting + code), house.engine)
    assert house.state() == before
    assert panes_and_problems(cell("1 + 1"), house.engine) == ([("text", "2")], [])


# Beside its own folder, in which it runs, lie those of the other chains.
BESIDE = """import os
here, found = os.path.abspath("../.."), set()
own = int(os.path.basename(os.path.abspath("..")))
for number in {*range(own - 4, own + 5)} - {own}:
    for name in ("work/lie", "0.json", "lie"):
        try:
            open(f"{here}/{number}/{name}", "w").write("a lie")
            found.add("written")
        except OSError as error:
            found.add(type(error).__name__)
print("written" in found, "PermissionError" in found)
"""


@confined
def test_a_cell_cannot_write_into_the_folder_of_a_chain_beside_it(house: House) -> None:
    honest = cell("import os, time\ntime.sleep(1)\nprint(os.listdir())")
    text = "\n".join([honest, cell(BESIDE), honest.replace("1)", "1.0)")])
    shown, found = panes_and_problems(text, house.engine)
    assert (shown, found) == ([("text", "[]"), ("text", "False True"), ("text", "[]")], [])


# Signal 0 asks whether another may be sent, and harms nobody.
NEIGHBOURS = """import os
own, reached, refused = os.getpid(), [], set()
threads = {int(name) for name in os.listdir("/proc/self/task")}
for pid in {*range(own - 100, own + 100), os.getppid()} - threads:
    try:
        os.kill(pid, 0)
        reached.append(pid)
    except ProcessLookupError:
        pass
    except PermissionError:
        refused.add(pid)
print(reached, os.getppid() in refused)
"""


@confined
def test_a_cell_cannot_signal_a_chain_beside_it(house: House) -> None:
    other = cell("import time\ntime.sleep(2)\nprint('whole')")
    shown, found = panes_and_problems(f"{other}\n{cell(NEIGHBOURS)}", house.engine)
    assert (shown, found) == ([("text", "whole"), ("text", "[] True")], [])


WORKS = {
    "the page's folder": ("open(ROOT + '/docs/data.txt').read()", "'as it was'"),
    "its own folder": ("open('x', 'w').write('1'); shutil.copy2('x', 'y')", "'y'"),
    "training": (
        "import torch\nnet = torch.nn.LSTM(2, 3)\nstep = torch.optim.Adam(net.parameters())\n"
        "net(torch.ones(4, 2))[0].sum().backward(); step.step()\n1",
        "1",
    ),
    "a loader's workers": (
        "import torch\nfrom torch.utils.data import DataLoader\n"
        "[b.sum().item() for b in DataLoader(torch.ones(4, 2), batch_size=2, num_workers=2)]",
        "[4.0, 4.0]",
    ),
    "a pool": (
        "import multiprocessing\nwith multiprocessing.get_context('fork').Pool(2) as pool:\n"
        "    found = pool.map(abs, [-1, 2])\nfound",
        "[1, 2]",
    ),
    "another program": (
        "import subprocess\nsubprocess.run(['echo', 'hi'], capture_output=True).stdout",
        r"b'hi\n'",
    ),
    "an abstract socket of its own": (
        "import socket\na = socket.socket(socket.AF_UNIX)\na.bind(chr(0) + 'u'); a.listen()\n"
        "socket.socket(socket.AF_UNIX).connect(chr(0) + 'u')\n2",
        "2",
    ),
}


@pytest.mark.parametrize(("code", "value"), WORKS.values(), ids=WORKS.keys())
def test_what_is_a_cells_own_works(code: str, value: str, house: House) -> None:
    if "chr(0)" in code and sys.platform != "linux":
        pytest.skip("only Linux has abstract sockets")
    text = cell(f"import shutil\nROOT = {str(house.root)!r}\n{code}")
    assert panes_and_problems(text, house.engine) == ([("text", value)], [])


TELL = """import json, os
def tell(text):
    for number in range(3, 1024):
        try:
            os.write(number, text.encode("utf-8", "surrogatepass"))
        except OSError:
            pass
"""
END = '{"end": {"result": null, "late": [], "files": {}, "modules": [], "torch": "9"}}\\n'
FORGED = {
    "garbage": "tell('garbage' + chr(10))",
    "another kind": "tell('{}' + chr(10))",
    "an output without parts": "tell(json.dumps({'output': {}}) + chr(10))",
    "a list": "tell(json.dumps({'output': []}) + chr(10))",
    "depth": "tell('[' * 100_000 + chr(10))",
    "an end before its time": f"tell('{END}')\nos._exit(0)",
    "no end of it": "while True: tell('x' * 65536)",
}


@pytest.mark.parametrize("code", FORGED.values(), ids=FORGED.keys())
def test_a_forged_message_is_a_problem_of_its_page_alone(code: str, house: House) -> None:
    text = cell(TELL + code, "timeout=20") + "\n" + cell('print("other")')
    shown, found = panes_and_problems(text, house.engine)
    assert shown == [("text", "other")]
    assert len(found) == 1
    assert "not ours" in found[0] or "of outputs" in found[0]


LONG = {
    "value": "'v' * 5_000_000",
    "exception": "raise ValueError('x' * 3_000_000)",
    "warnings": "import warnings\nfor n in range(600):\n    warnings.warn(str(n) + 'w' * 10_000)",
}


@pytest.mark.parametrize("part", LONG)
def test_what_is_too_long_for_a_page_is_cut_and_a_problem(part: str, house: House) -> None:
    found = problems(cell(LONG[part]), house.engine)
    assert any(f"the cell's {part}" in one and "longer than what a page" in one for one in found)
    assert sum(map(len, found)) < 100_000


def test_a_figure_that_is_too_long_is_one_problem(house: House) -> None:
    dots = "np.random.default_rng(0).random((2, 40_000))"
    code = f"import matplotlib.pyplot as plt\nimport numpy as np\nplt.scatter(*{dots});"
    (found,) = problems(cell(code, 'alt="Dots"'), house.engine)
    assert "longer than what a page can show" in found


ENDS = {
    "a signal without a name": ("os.kill(os.getpid(), 40)", "crashes with signal 40"),
    "closing everything": ("os.closerange(3, 4096)", "closes the channel"),
    "too many processes": (
        "for _ in range(300):\n    if not os.fork():\n        time.sleep(9); os._exit(0)\n"
        "time.sleep(9)",
        "more than 100 processes",
    ),
    "depth": ("-" * 3000 + "1", "nested too deeply"),
    "a deadline put off": (
        "import faulthandler; faulthandler.cancel_dump_traceback_later()\nwhile True: pass",
        "longer than 0.5 s",
    ),
}


@pytest.mark.skipif(sys.platform != "linux", reason="signals and processes as on Linux")
@pytest.mark.parametrize(("code", "fact"), ENDS.values(), ids=ENDS.keys())
def test_a_bad_end_is_a_problem_in_words(code: str, fact: str, house: House) -> None:
    options = "timeout=0.5" if "0.5" in fact else ""
    (found,) = problems(cell(f"import os, time\n{code}", options), house.engine)
    assert fact in found


HARMLESS = {
    "pipes in place of its files": "os.unlink('../stdout'); os.mkfifo('../stdout')",
    "a folder closed to its owner": "os.makedirs('a/b'); os.mkdir('c', 0)",
    "low descriptors closed": "os.closerange(3, 256)",
    "a deep folder": "for _ in range(1500): os.mkdir('d'); os.chdir('d')",
}


@pytest.mark.parametrize("code", HARMLESS.values(), ids=HARMLESS.keys())
def test_an_odd_cell_costs_nothing(code: str, house: House) -> None:
    shown, found = panes_and_problems(cell(f"import os\n{code}\nprint('on')"), house.engine)
    assert (shown, found) == ([("text", "on")], [])


def test_a_fork_that_goes_on_gives_no_second_end_of_the_cell(house: House) -> None:
    """What it prints is shown when it comes before its chain has ended, as in Jupyter.

    Two processes write at the same time, so that line ends fall anywhere.
    """
    shown, found = panes_and_problems(cell("import os\nos.fork()\nprint('on')"), house.engine)
    assert found == []
    ((kind, text),) = shown
    assert kind == "text" and text.replace("\n", "") in ("on", "onon")


@pytest.mark.parametrize("seconds", ["1e12", "nan", "inf", "601", "0", "99999999999"])
def test_a_timeout_has_a_maximum(seconds: str, house: House) -> None:
    found = problems(cell("1", f"timeout={seconds}"), house.engine)
    assert any("at most 600" in one for one in found)


@pytest.mark.skipif(sys.platform != "linux", reason="the shared memory of Linux")
def test_what_a_chain_leaves_in_shared_memory_is_removed(house: House) -> None:
    name = f"/dev/shm/unrolled-test-{os.getpid()}"  # noqa: S108 - the place itself is meant
    problems(cell(f"open({name!r}, 'w').write('x')"), house.engine)
    assert not Path(name).exists()


@pytest.mark.skipif(sys.platform != "linux", reason="processes are listed on Linux alone")
def test_memory_is_counted_over_all_that_a_chain_started(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(limits, "memory", lambda: 1 << 20)
    child = subprocess.Popen(
        [sys.executable, "-c", "print(flush=True); input()"], stdin=-1, stdout=-1
    )
    try:
        assert child.stdout and child.stdout.readline()
        assert "of memory" in limits.exceeded(child.pid, tmp_path, limits.processes())
    finally:
        child.kill()
        child.communicate()


BUILD = """
import sys
from pathlib import Path
from unrolled.blocks import KINDS
from unrolled.read import plan
from unrolled.run.engine import Engine
root = Path(sys.argv[1])
code = "import os, subprocess, time\\nsubprocess.Popen(['sleep', '77'], start_new_session=True)"
text = f"```python\\n{code}\\ntime.sleep(60)\\n```\\n"
Engine(root, root / ".cache").run([plan.plan("page.md", text, KINDS)])
"""


@pytest.mark.skipif(sys.platform != "linux", reason="processes are listed on Linux alone")
@pytest.mark.parametrize("delay", [0.0, 1.0, 6.0])
@pytest.mark.parametrize("both", [False, True], ids=["the builder", "builder and server"])
def test_a_killed_build_leaves_nothing_behind(
    delay: float, both: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At the latest, the next run removes it."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", None)
    builder = subprocess.Popen([sys.executable, "-c", BUILD, str(tmp_path)], stderr=subprocess.PIPE)
    while not list(tmp_path.glob(f"{folders.PREFIX}*")):
        time.sleep(0.02)
    time.sleep(delay)
    server = [p.pid for p in limits.family(builder.pid, limits.processes())][1:2]
    builder.kill()
    for pid in server if both else []:
        os.kill(pid, signal.SIGKILL)
    assert builder.stderr
    builder.stderr.close()
    builder.wait()
    deadline = time.monotonic() + (0 if both else 120)  # A server that starts hears later.
    while list(tmp_path.glob(f"{folders.PREFIX}*")) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert both or not list(tmp_path.glob(f"{folders.PREFIX}*"))
    folders.sweep()
    assert not list(tmp_path.glob(f"{folders.PREFIX}*"))
    mark = f"{folders.MARK}={tmp_path.resolve()}".encode()
    deadline = time.monotonic() + 10  # The server itself may be on its way out.
    while left := [p.pid for p in limits.processes() if mark in _environment(p.pid)]:
        assert time.monotonic() < deadline, left
        time.sleep(0.1)
    monkeypatch.setattr(tempfile, "tempdir", None)


def _environment(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/environ").read_bytes()
    except OSError:
        return b""


@pytest.mark.skipif(sys.platform != "linux", reason="processes are listed on Linux alone")
def test_a_server_that_does_not_answer_is_replaced(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """As if a cell had stopped it: the chain runs again, alone, and shows what it should."""
    from unrolled.run import session

    others = _servers()
    engine = Engine(tmp_path, tmp_path / ".cache")
    try:
        problems(cell("'warm'"), engine)
        (server,) = _servers() - others
        os.kill(server, signal.SIGSTOP)
        monkeypatch.setattr(session, "START", 3.0)
        begin = session.Session._start  # pyright: ignore[reportPrivateUsage] - nothing else knows

        def begin_again(self: session.Session) -> None:
            begin(self)
            if _servers() - others - {server}:  # The new one may take its time.
                monkeypatch.setattr(session, "START", 600.0)

        monkeypatch.setattr(session.Session, "_start", begin_again)
        text = cell("'after'", "timeout=1")
        assert panes_and_problems(text, engine) == ([("text", "'after'")], [])
        assert server not in _servers()
    finally:
        engine.close()


def _servers() -> set[int]:
    """Return the servers of this process's engines; other tests' engines have theirs."""
    family = limits.family(os.getpid(), limits.processes())
    return {p.pid for p in family if b"run.server" in _command(p.pid) and p.parent == os.getpid()}


def _command(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""
