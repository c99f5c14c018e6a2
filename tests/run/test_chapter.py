"""Chapters of courses, as people write them, give on a page what they give in Jupyter.

`chapters/` holds them as pages; their cells also run as a notebook, and all that each cell shows is
compared. What may differ stands in "What differs from Jupyter" of the contributors' guide.
"""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

import pytest

from support import jupyter
from support.page import planned
from unrolled.prove import page as proofs
from unrolled.run import numerics
from unrolled.run.engine import Engine

CHAPTERS = sorted((Path(__file__).parent / "chapters").glob("*.md"))
NEEDS = re.compile(r"<!-- needs: (.*) -->")
"""Packages that the project itself does without."""


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("chapter", CHAPTERS, ids=[chapter.stem for chapter in CHAPTERS])
def test_each_cell_of_a_chapter_gives_what_it_gives_in_jupyter(
    chapter: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, engine: Engine
) -> None:
    for name in ("IPYTHONDIR", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR"):
        monkeypatch.setenv(name, str(tmp_path / name))
    for name, value in numerics.ENVIRONMENT.items():  # The last digits are not what this is about.
        monkeypatch.setenv(name, value)
    text = chapter.read_text("utf-8")
    needed = NEEDS.search(text)
    for package in needed[1].split(", ") if needed else ():
        if not importlib.util.find_spec(package):
            pytest.skip(f"it needs {package}")
    (ran,) = engine.run([planned(text)])
    assert [*map(str, proofs.problems(ran))] == []
    (run,) = ran.runs
    cells = list(ran.page.chains[0].cells)
    expected = jupyter.in_notebook(cells, tmp_path)
    for cell, notebook, output in zip(cells, expected, run.outputs, strict=True):
        assert jupyter.on_page(output) == notebook, cell.code
