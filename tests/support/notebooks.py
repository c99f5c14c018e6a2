"""Running notebooks as Jupyter does, and what their cells gave beside what the page says."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from unittest import mock

import nbformat
from nbclient import NotebookClient

from unrolled.model.output import Output, ShownKind
from unrolled.model.page import Page
from unrolled.model.runs import PageRuns
from unrolled.prove.closeness import Comparison, close
from unrolled.run.numerics import ENVIRONMENT
from unrolled.run.terminal import settled

Node = Any
PICTURES = ("image/png", "image/svg+xml", "image/jpeg")
RICH = ("text/html", "text/markdown", "text/latex")
"""What pages and notebooks show formatted: its text is not compared."""


def run(text: str, folder: Path) -> Node:
    """Run a notebook from its first cell to its last, in a folder.

    The kernel computes as the pages' cells do: with one thread, and as on any processor.

    Raises:
        nbclient.exceptions.CellExecutionError: A cell raises and is not said to.
    """
    notebook = nbformat.reads(text, as_version=4)
    with mock.patch.dict(os.environ, ENVIRONMENT):
        client = NotebookClient(notebook, timeout=120, resources={"metadata": {"path": folder}})
        # A thread of its own: a browser's event loop may run in this one.
        with ThreadPoolExecutor(1) as threads:
            threads.submit(client.execute).result()
    return notebook


def different(notebook: Node, page: Page, ran: PageRuns) -> list[str]:
    """Return where a notebook that was run shows something else than its page."""
    found: list[str] = []
    for cell in notebook.cells:
        line = cell.metadata.get("unrolled", {}).get("line")
        planned = page.cell_at(line) if line else None
        output = ran.output(planned) if planned else None
        if output is None:
            continue
        expected, actual = of_page(output), of_notebook(cell)
        how = {"comparison": Comparison.PERTURBED, "trained": output.trained}
        if not close(expected, actual, **how):
            found.append(f"{page.path}:{line}:\n{expected}\n--- and the notebook:\n{actual}")
    return found


def of_page(output: Output) -> str:
    """Return what the page shows of a cell, as one text."""
    texts = [shown.content for shown in output.shown if shown.kind is ShownKind.TEXT]
    pictures = sum(shown.kind.is_picture for shown in output.shown)
    error = [output.exception.text] if output.exception else []
    return _whole([*texts, *error], pictures)


def of_notebook(cell: Node) -> str:
    """Return what Jupyter shows of a cell, as one text."""
    texts: list[str] = []
    pictures = 0
    printed = ""
    for output in cell.outputs:
        if output.output_type == "stream":
            # A line that is written over may come in several pieces.
            printed += output.text if output.name == "stdout" else ""
            continue
        texts.append(settled(printed))
        printed = ""
        if output.output_type == "error":
            texts.append(f"{output.ename}: {output.evalue}" if output.evalue else output.ename)
        elif any(kind in output.data for kind in PICTURES):
            pictures += 1
        elif not any(kind in output.data for kind in RICH):
            texts.append(output.data["text/plain"])
    return _whole([*texts, settled(printed)], pictures)


def _whole(texts: list[str], pictures: int) -> str:
    lines = "\n".join(text.strip("\n") for text in texts if text.strip()).split("\n")
    return "\n".join([*(line.rstrip() for line in lines), *(["[picture]"] * pictures)])
