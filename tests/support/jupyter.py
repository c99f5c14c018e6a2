"""What cells give in a notebook and on a page, in one form, so that both can be compared."""

from __future__ import annotations

import re
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import nbclient
import nbformat

from unrolled.model.cell import Cell
from unrolled.model.output import Output, ShownKind
from unrolled.run.terminal import settled

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


def in_notebook(cells: list[Cell], folder: Path) -> list[Gave]:
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


def on_page(output: Output) -> Gave:
    """Return what a cell gives on a page."""
    kinds = [shown.kind for shown in output.shown if shown.content.strip()]
    raised = output.exception.text if output.exception else ""
    text, errors = _plain(output.text), _plain(output.stderr)
    return Gave(text, errors, output.warnings, _merged(kinds), raised)


def _merged(kinds: Sequence[str]) -> tuple[str, ...]:
    merged: list[str] = []
    for kind in map(str, kinds):
        if not (merged and merged[-1] == kind == ShownKind.TEXT):
            merged.append(kind)
    return tuple(merged)


def _plain(text: str) -> str:
    lines = (line.rstrip() for line in settled(text).splitlines())
    return re.sub(r"0x[0-9a-f]+", "0x…", "\n".join(lines)).strip()
