"""The cache.

What is not stale does not run, what is stale does, and a damaged entry is neither an error nor a
wrong page.
"""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from support.page import cell, planned
from support.sites import WriteSite
from unrolled.blocks import KINDS
from unrolled.read import plan
from unrolled.run import imports
from unrolled.run.engine import Engine
from unrolled.site.check import prove


class Project:
    """A site with one page, run by an engine whose cache is its own folder."""

    def __init__(self, write: WriteSite, root: Path, engine: Engine) -> None:
        """Belong to a site and an engine."""
        self.write = write
        self.root = root
        self.engine = engine

    def run(self, text: str, name: str = "page.md") -> tuple[int, list[str | None]]:
        """Write the page and prove it; return how many chains ran, and the cells' values."""
        self.write({name: text})
        page = plan.read_page(self.root / "docs" / name, self.root, KINDS)
        before = self.engine.executed
        (ran,), found = prove([page], self.engine)
        assert found == []
        return self.engine.executed - before, [
            output.value for run in ran.runs for output in run.outputs
        ]


@pytest.fixture
def project(write_site: WriteSite, engine: Engine) -> Project:
    return Project(write_site, write_site({}), engine)


def unique(request: pytest.FixtureRequest, code: str) -> str:
    """Return code that no other test has run."""
    return f"# {request.node.name}\n{code}"


def test_what_is_not_stale_does_not_run_even_in_another_process(
    project: Project, request: pytest.FixtureRequest
) -> None:
    text = cell(unique(request, "1 + 1")) + "\n" + cell(unique(request, "1 + 2"))
    assert project.run(text) == (2, ["2", "3"])
    assert project.run(text) == (0, ["2", "3"])


def test_what_is_not_stale_does_not_run_however_the_builder_was_started(
    project: Project, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`python -m mkdocs` knows itself by a name that nothing had when the cells ran."""
    text = cell(unique(request, "1 + 2"))
    monkeypatch.setattr(sys.modules["__main__"], "__spec__", None)
    project.run(text)
    imports.is_importable.cache_clear()
    monkeypatch.setattr(sys.modules["__main__"], "__spec__", pytest.__spec__)
    assert project.run(text) == (0, ["3"])


def test_changed_prose_moved_cells_and_new_options_of_style_run_nothing(
    project: Project, request: pytest.FixtureRequest
) -> None:
    one, two = cell(unique(request, "10 + 1")), cell(unique(request, "10 + 2"))
    project.run("Prose.\n\n" + one + "\n" + two)
    styled = two.replace("```python", '```{.python title="Two" timeout=9}')
    assert project.run("# Other prose\n\nLonger.\n\n" + styled + "\n" + one) == (0, ["12", "11"])


def test_changed_code_runs_its_chain_alone(
    project: Project, request: pytest.FixtureRequest
) -> None:
    one, two = cell(unique(request, "20 + 1")), cell(unique(request, "20 + 2"))
    project.run(one + "\n" + two)
    assert project.run(one.replace("20", "30") + "\n" + two) == (1, ["31", "22"])


def test_a_changed_claim_runs_its_chain(project: Project, request: pytest.FixtureRequest) -> None:
    text = cell(unique(request, "n = 3")) + "\nIt is `#!check n == 3`.\n"
    project.run(text)
    assert project.run(text.replace("n == 3", "n < 4"))[0] == 1


READERS = {
    "open": 'open("data.txt").read()',
    "open to read and write": 'open("data.txt", "r+").read()',
    "pathlib": 'from pathlib import Path\nPath("data.txt").read_text()',
    "numpy": 'import numpy\nint(numpy.loadtxt("data.txt"))',
    "a memory map": 'import numpy\nbytes(numpy.memmap("data.txt", dtype="uint8"))',
    "os.open": 'import os\nos.read(os.open("data.txt", os.O_RDONLY), 99)',
    "a child process": (
        'import subprocess\nsubprocess.run(["cat", "data.txt"], capture_output=True,'
        " check=True).stdout"
    ),
    "its size": 'import os\nos.path.getsize("data.txt")',
    "a folder's listing": (
        'import os\nsorted(f for f in os.listdir() if f.endswith(".txt")),'
        ' os.stat("data.txt").st_size'
    ),
}


@pytest.mark.parametrize("code", READERS.values(), ids=READERS.keys())
def test_a_changed_data_file_runs_again_what_read_it_by(
    code: str, project: Project, request: pytest.FixtureRequest
) -> None:
    """The file lies beside the page; both an older value and a cache entry of it exist."""
    text = cell(unique(request, code))
    project.write({"data.txt": "1"})
    first = project.run(text)
    assert first[0] == 1
    assert project.run(text) == (0, first[1])
    project.write({"data.txt": "234"})
    ran, values = project.run(text)
    assert (ran, values != first[1]) == (1, True)


def test_a_data_file_that_appears_runs_again_what_missed_it(
    project: Project, request: pytest.FixtureRequest
) -> None:
    text = cell(
        unique(
            request,
            'try:\n    found = open("late.txt").read()\nexcept OSError:\n    found ='
            ' "missing"\nfound',
        )
    )
    assert project.run(text) == (1, ["'missing'"])
    project.write({"late.txt": "here"})
    assert project.run(text) == (1, ["'here'"])


def test_a_data_file_that_disappears_runs_again_what_read_it(
    project: Project, request: pytest.FixtureRequest
) -> None:
    text = cell(
        unique(
            request,
            'try:\n    found = open("gone.txt").read()\nexcept OSError:\n    found ='
            ' "missing"\nfound',
        )
    )
    project.write({"gone.txt": "here"})
    assert project.run(text) == (1, ["'here'"])
    (project.root / "docs" / "gone.txt").unlink()
    assert project.run(text) == (1, ["'missing'"])


def test_a_changed_local_module_runs_again_what_imported_it(
    project: Project, request: pytest.FixtureRequest
) -> None:
    """Also one that only another local module imports."""
    text = cell(unique(request, "import outer\nouter.inner.answer"))
    project.write({"outer.py": "import inner\n", "inner.py": "answer = 41\n"})
    assert project.run(text) == (1, ["41"])
    assert project.run(text) == (0, ["41"])
    project.write({"inner.py": "answer = 42\n"})
    assert project.run(text) == (1, ["42"])


def test_a_changed_file_in_another_folder_runs_nothing(
    project: Project, request: pytest.FixtureRequest
) -> None:
    text = cell(unique(request, "50"))
    project.write({"../other/data.txt": "1"})
    project.run(text)
    project.write({"../other/data.txt": "2"})
    assert project.run(text)[0] == 0


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "truncated": lambda entry: entry[: len(entry) // 2],
    "empty": lambda _: b"",
    "garbage": lambda _: b"\x00\xff" * 50,
    "other JSON": lambda _: b"[]",
    "a wrong checksum": lambda entry: entry.replace(b"right", b"wrong"),
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES.keys())
def test_a_damaged_entry_is_a_miss(
    damage: Callable[[bytes], bytes],
    project: Project,
    engine: Engine,
    request: pytest.FixtureRequest,
) -> None:
    text = cell(unique(request, '"right"'))
    folder = _runs(request)
    before = set(folder.rglob("*.json")) if folder.exists() else set()
    assert project.run(text) == (1, ["'right'"])
    (entry,) = set(folder.rglob("*.json")) - before
    assert damage(entry.read_bytes()) != entry.read_bytes()
    entry.write_bytes(damage(entry.read_bytes()))
    assert project.run(text) == (1, ["'right'"])


def _runs(request: pytest.FixtureRequest) -> Path:
    """Return the folder in which the shared engine keeps its entries."""
    return request.getfixturevalue("engine_cache") / "runs"


def test_a_chain_that_fails_is_not_kept(engine: Engine, request: pytest.FixtureRequest) -> None:
    page = planned(cell(unique(request, "1 / 0")))
    for _ in range(2):
        before = engine.executed
        assert len(prove([page], engine)[1]) == 1
        assert engine.executed == before + 1


def test_a_cell_cannot_write_into_the_folder_of_the_pages(
    project: Project, request: pytest.FixtureRequest
) -> None:
    project.write({"data.txt": "1"})
    code = (
        'for name in ("data.txt", "new.txt"):\n    with open(name, "w") as stream:\n       '
        ' print("changed", file=stream)'
    )
    project.run(cell(unique(request, code)))
    assert sorted(f.name for f in (project.root / "docs").iterdir()) == ["data.txt", "page.md"]
    assert (project.root / "docs" / "data.txt").read_text() == "1"
