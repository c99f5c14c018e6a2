"""The data that cells read, by paths relative to their page."""

from __future__ import annotations

import pytest

from support.page import cell
from support.sites import Project
from unrolled.run.engine import Engine
from unrolled.site.check import check


@pytest.fixture
def engine_of(project: Project) -> Engine:
    """The site's own engine."""
    return project.site.engine()


READS = {
    "glob above": 'import glob\nprint(sorted(glob.glob("../data/*.txt")))',
    "open above": 'print(open("../data/x.txt").read())',
    "a path's parent": (
        "from pathlib import Path\nprint((Path.cwd().parent / 'data' / 'x.txt').read_text())"
    ),
    "pathlib above": "from pathlib import Path\nprint(sorted(Path('../data').glob('*.txt')))",
    "beside": 'print(open("own.txt").read())',
    "where it runs": "import os\nprint(os.getcwd())",
}
GIVES = ["['../data/x.txt']", "x!", "x!", "[PosixPath('../data/x.txt')]", "own!", "."]


def test_data_of_the_docs_folder_is_read_relative_to_the_page(
    project: Project, engine_of: Engine
) -> None:
    text = "# Page\n\n" + "\n".join(cell(code) for code in READS.values())
    files = {"topic/page.md": text, "data/x.txt": "x!", "topic/own.txt": "own!"}
    project.write(files)
    (page,) = project.site.read()
    (ran,) = engine_of.run([page])
    assert [run.outputs[0].stdout.strip() for run in ran.runs] == GIVES
    project.write({"data/x.txt": "y!"})
    (ran,) = engine_of.run([page])
    assert ran.runs[1].outputs[0].stdout == "y!\n"
    engine_of.close()


NOWHERE = {
    "glob": 'import glob\nglob.glob("../../data/*.txt")',
    "glob with a folder that varies": 'import glob\nglob.glob("../../*/x.txt")',
    "pathlib": "from pathlib import Path\nlist(Path('../..').glob('data/*.txt'))",
    "a path in pieces": 'import glob\nup = "." * 2\nglob.glob(f"{up}/data/*.txt")',
    "a listing": 'import os\nos.listdir("../../data")',
}


def test_a_folder_that_cannot_be_read_is_a_problem_and_not_empty(
    project: Project, engine_of: Engine
) -> None:
    text = "# Page\n\n" + "\n".join(cell(code) for code in NOWHERE.values())
    project.write({"topic/page.md": text, "data/x.txt": "x!"})
    pages = project.site.read()
    found = [str(p) for p in check(project.site, pages, pages, engine_of)]
    engine_of.close()
    said = [line for line in found if "leads out of the folder of the pages" in line]
    assert len(said) == len(NOWHERE), found
    assert "Put the data beneath that folder" in said[0]


def test_what_a_cell_writes_above_its_folder_stays_its_own(
    project: Project, engine_of: Engine
) -> None:
    code = 'n = open("../data/x.txt", "w").write("changed")'
    text = f"# Page\n\n{cell(code)}"
    project.write({"topic/page.md": text, "data/x.txt": "x!"})
    engine_of.run(project.site.read())
    engine_of.close()
    assert (project.root / "docs/data/x.txt").read_text("utf-8") == "x!"
