"""Chapters of courses, as people write them, give on a page what they give in Jupyter.

`chapters/` holds them as pages; their cells also run as a notebook, and all that each cell shows is
compared. What may differ stands in "What differs from Jupyter" of the contributors' guide.
"""

from __future__ import annotations

import importlib.util
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import nbclient
import nbformat
import pytest

from support.page import planned
from unrolled.model.cell import Cell
from unrolled.model.output import Output, ShownKind
from unrolled.prove import page as proofs
from unrolled.run import numerics
from unrolled.run.engine import Engine
from unrolled.run.terminal import settled

CHAPTERS = sorted((Path(__file__).parent / "chapters").glob("*.md"))
NEEDS = re.compile(r"<!-- needs: (.*) -->")
"""Packages that the project itself does without."""
MEDIA = {
    "image/png": ShownKind.FIGURE,
    "text/html": ShownKind.HTML,
    "text/markdown": ShownKind.MARKDOWN,
    "text/latex": ShownKind.LATEX,
}
WARNING = re.compile(r"^\S+:\d+: (\w+Warning: .*)\n(?:  .*\n)?", re.MULTILINE)
"""As Python prints it; a page shows its kind and its words, and not the file and the line."""

WIDGETS = "TqdmWarning: IProgress not found"
"""Said where a notebook has no widgets; here there are none to have, and bars are text."""


@dataclass(frozen=True)
class Gave:
    """What a cell gave, in a form that both have."""

    text: str
    """What it printed, and as text what it displayed."""
    errors: str
    warnings: tuple[str, ...]
    kinds: tuple[str, ...]
    """The forms of what it showed, in their order; text beside text counts once."""
    raised: str


def in_jupyter(cells: list[Cell], folder: Path) -> list[Gave]:
    """Return what cells give in a notebook."""
    book = nbformat.v4.new_notebook(
        cells=[
            nbformat.v4.new_code_cell(
                cell.code, metadata={"tags": ["raises-exception"] if cell.options.raises else []}
            )
            for cell in cells
        ]
    )
    client = nbclient.NotebookClient(book, resources={"metadata": {"path": str(folder)}})
    # A thread of its own: a browser's event loop may run in this one.
    with ThreadPoolExecutor(1) as threads:
        threads.submit(client.execute).result()
    return [_of_notebook(each.outputs) for each in book.cells]


def _of_notebook(outputs: list[nbformat.NotebookNode]) -> Gave:
    text, errors, raised = "", "", ""
    kinds: list[str] = []
    for output in outputs:
        if output.output_type == "error":
            raised = f"{output.ename}: {output.evalue}"
        elif output.output_type == "stream" and output.name == "stderr":
            errors += output.text
        elif output.output_type == "stream":
            text += output.text
            kinds.append(ShownKind.TEXT)
        else:
            kind = next((MEDIA[name] for name in MEDIA if name in output.data), ShownKind.TEXT)
            kinds.append(kind)
            if kind is not ShownKind.FIGURE:
                text += "\n" if text and not text.endswith("\n") else ""
                text += _words(output.data) + "\n"
    warned = tuple(one for one in WARNING.findall(errors) if not one.startswith(WIDGETS))
    return Gave(_plain(text), _plain(WARNING.sub("", errors)), warned, _merged(kinds), raised)


def _words(data: dict[str, str]) -> str:
    names = ("text/markdown", "text/latex", "text/plain")
    return next(data[name] for name in names if name in data)


def _of_page(output: Output) -> Gave:
    kinds = [shown.kind for shown in output.shown if shown.content.strip()]
    raised = output.exception.text if output.exception else ""
    text, errors = _plain(output.text), _plain(output.stderr)
    return Gave(text, errors, output.warnings, _merged(kinds), raised)


def _merged(kinds: list[str]) -> tuple[str, ...]:
    merged: list[str] = []
    for kind in map(str, kinds):
        if not (merged and merged[-1] == kind == ShownKind.TEXT):
            merged.append(kind)
    return tuple(merged)


def _plain(text: str) -> str:
    lines = (line.rstrip() for line in settled(text).splitlines())
    return re.sub(r"0x[0-9a-f]+", "0x…", "\n".join(lines)).strip()


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
    expected = in_jupyter(cells, tmp_path)
    for cell, notebook, output in zip(cells, expected, run.outputs, strict=True):
        assert _of_page(output) == notebook, cell.code
