"""What `make` says and does before it builds: the address, and the environment.

The project set up here is a small one with the Makefile and the scripts of this one; pip finds its
packages in a folder. So the real `make`, venv and pip run, without the internet.
"""

import ast
import contextlib
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

import wheels
from support.paths import PROJECT

PYPROJECT = """\
[build-system]
requires = ["setuptools>=77"]
build-backend = "setuptools.build_meta"

[project]
name = "demo"
version = "1.0"
dependencies = [
    # Exact.
    "torch==2.13.0",
]
"""


@dataclass(frozen=True)
class Small:
    """A small project, and how to call its make."""

    root: Path
    """The folder with its Makefile."""
    index: Path
    """Where pip finds its packages."""

    def command(self, *arguments: str) -> list[str]:
        """Return the command line of a make."""
        return ["make", "-C", str(self.root), f"PYTHON={sys.executable}", *arguments]

    def environment(self) -> dict[str, str]:
        """Return an environment in which pip knows of one folder, and of no other make."""
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("PIP_", "MAKE", "MFLAGS"))}
        offline = {"PIP_CONFIG_FILE": os.devnull, "PIP_NO_INDEX": "1"}
        return {**kept, **offline, "PIP_FIND_LINKS": str(self.index), "TORCH_INDEX": ""}

    def make(self, *arguments: str) -> tuple[int, str]:
        """Run a make; return its exit status and all that it printed."""
        done = subprocess.run(
            self.command(*arguments),
            env=self.environment(),
            check=False,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        return done.returncode, done.stdout

    def lock(self, *lines: str) -> None:
        """Write the lock."""
        (self.root / "requirements.txt").write_text("# How it is made.\n" + "".join(lines))

    def imports(self, *names: str) -> bool:
        """Return whether the environment holds these modules."""
        command = [str(self.root / ".venv/bin/python"), "-c", f"import {', '.join(names)}"]
        return subprocess.run(command, check=False, capture_output=True).returncode == 0


@pytest.fixture
def small(tmp_path: Path) -> Small:
    """The small project, without a lock."""
    root, index = tmp_path / "project", tmp_path / "index"
    root.mkdir()
    index.mkdir()
    shutil.copy(PROJECT / "Makefile", root)
    shutil.copytree(PROJECT / "scripts", root / "scripts")
    (root / "pyproject.toml").write_text(PYPROJECT)
    wheels.write(index, "torch", "2.13.0", {"torch.py": ""})
    return Small(root, index)


def setuptools(small: Small, backend: str = wheels.BACKEND, version: str = "99.0") -> str:
    """Return the line of the lock for what stands in for setuptools."""
    files = {"setuptools/__init__.py": "", "setuptools/build_meta.py": backend}
    return wheels.write(small.index, "setuptools", version, files)


def test_the_life_of_an_environment(small: Small) -> None:
    """Create, leave alone, move, interrupt, change.

    One test, since each environment takes seconds.
    """
    builder, one = setuptools(small), wheels.write(small.index, "one", "1.0", {"one.py": ""})
    small.lock(one, builder)
    status, said = small.make("ready")
    assert status == 0, said
    lines = said_by_us(said)
    assert all(line.startswith("set-up: ") for line in lines), said
    assert ("TORCH_INDEX=https://" in lines[2]) == (sys.platform == "linux"), said
    steps = re.findall(r"^set-up: (\d of \d): (?!still at it)", said, re.MULTILINE)
    assert steps == [f"{n} of {len(steps)}" for n in range(1, len(steps) + 1)]
    assert "requirements.txt, 2 packages (about 270 MB to download, unless pip has it)" in said
    assert "torch==2.13.0 (" in said
    assert small.imports("one", "torch", "setuptools")
    assert said_by_us(small.make("ready")[1]) == []

    # Settings of other tools are not a reason to install anything.
    pyproject = small.root / "pyproject.toml"
    pyproject.write_text(pyproject.read_text() + "\n[tool.ruff]\nline-length = 100\n")
    assert said_by_us(small.make("ready")[1]) == []

    small = Small(small.root.rename(small.root.parent / "moved"), small.index)
    said = interrupted(small)
    assert "has moved: deleting .venv and starting again" in said
    assert "set-up: interrupted. The next make starts again." in said
    status, said = small.make("ready")
    assert (status, small.imports("one")) == (0, True), said
    assert "the last set-up was interrupted: deleting .venv and starting again" in said

    two = wheels.write(small.index, "two", "1.0", {"two.py": ""})
    more = wheels.BACKEND.replace("torch==2.13.0", "other>=2")
    small.lock(one, two, setuptools(small, more, "99.1"))
    status, said = small.make("ready")
    assert "requirements.txt has changed: updating .venv" in said
    assert "to download" not in said
    assert small.imports("two")
    assert status != 0
    assert "demo 1.0 requires other, which is not installed" in said
    assert "If pyproject.toml names a new package or version, run `make lock`." in said


def test_a_package_with_another_hash_is_refused_with_all_that_pip_says(small: Small) -> None:
    setuptools(small)
    small.lock(re.sub("sha256:.*", "sha256:" + "0" * 64, setuptools(small)))
    status, said = small.make("ready")
    assert status != 0
    assert re.search(r"set-up: this failed: .*pip.*\n(.*\n)*.*DO NOT MATCH THE HASHES", said), said
    assert "Expected sha256 " + "0" * 64 in said
    assert "run the same command again" in said
    assert "torch==" not in said


def interrupted(small: Small) -> str:
    """Begin a set-up and end it when it creates the environment; return what was said.

    The signal comes again and again, as from somebody who holds Ctrl-C down.
    """
    process = subprocess.Popen(
        small.command("ready"),
        env=small.environment(),
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert process.stdout
    said: list[str] = []
    for line in process.stdout:
        said.append(line)
        if " 1 of " in line and "still at it" not in line:
            end = time.monotonic() + 1
            while time.monotonic() < end:
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGTERM)
    process.wait(60)
    return "".join(said)


def test_an_environment_of_somebody_else_is_kept(small: Small) -> None:
    small.lock(setuptools(small))
    (small.root / ".venv").mkdir()
    (small.root / ".venv/mine").write_text("work")
    status, said = small.make("ready")
    assert status != 0
    assert "the .venv that is here was not created by make. Delete it" in said
    assert (small.root / ".venv/mine").read_text() == "work"


def test_a_port_in_use_is_one_line_before_anything_is_set_up(small: Small) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        status, said = small.make("serve", f"ADDRESS=127.0.0.1:{port}")
    assert status != 0
    line, *rest = said_by_us(said)
    assert rest == []
    found = re.fullmatch(
        rf"make serve: 127\.0\.0\.1:{port} is in use by another program\. "
        r"Choose another: make serve ADDRESS=127\.0\.0\.1:(\d+)",
        line,
    )
    assert found, said
    with socket.socket() as free:
        free.bind(("127.0.0.1", int(found[1])))
    assert not (small.root / ".venv").exists()


@pytest.mark.parametrize(
    ("address", "fact"),
    [
        ("", "ADDRESS is '', expected HOST:PORT"),
        ("8001", "ADDRESS is '8001', expected HOST:PORT"),
        ("127.0.0.1:", "ADDRESS is '127.0.0.1:', expected HOST:PORT"),
        ("localhost:http", "the port in ADDRESS is 'http', expected a number from 1 to 65535"),
        ("127.0.0.1:0", "the port in ADDRESS is '0', expected a number from 1 to 65535"),
        ("127.0.0.1:65536", "the port in ADDRESS is '65536', expected a number from 1 to 65535"),
        ("example.org:80", "the host in ADDRESS is 'example.org', expected localhost or an IP"),
        ("192.0.2.1:8000", "192.0.2.1:8000 is not an address of this machine"),
    ],
)
def test_an_address_that_cannot_be_is_one_line(small: Small, address: str, fact: str) -> None:
    status, said = small.make("serve", f"ADDRESS={address}")
    assert status != 0
    (line,) = said_by_us(said)
    assert line.startswith(f"make serve: {fact}"), said
    assert re.search(r"make serve ADDRESS=\S+:\d+$", line)
    assert not (small.root / ".venv").exists()


def said_by_us(output: str) -> list[str]:
    """Return the lines that are not make's own."""
    return [line for line in output.splitlines() if not re.match(r"make(\[\d+\])?: ", line)]


def test_an_old_python_is_told_its_age(small: Small) -> None:
    small.lock()
    old = "import sys, runpy; sys.version_info = (3, 9, 6); sys.path.insert(0, 'scripts')"
    run = "runpy.run_path('scripts/environment.py', run_name='__main__')"
    done = subprocess.run(
        [sys.executable, "-c", f"{old}; sys.argv = ['environment.py']; {run}"],
        cwd=small.root,
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1
    assert "Python 3.11 or newer is needed" in done.stdout
    assert "is 3.9.6." in done.stdout
    for script in (PROJECT / "scripts").iterdir():
        if script.suffix == ".py":
            ast.parse(script.read_text("utf-8"), feature_version=(3, 8))
