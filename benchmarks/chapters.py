"""Whether cells of other people's notebooks give on a page what they give in Jupyter.

    python benchmarks/chapters.py NOTEBOOK…

A notebook is a file of Jupyter's, or a Python file whose cells lie between lines of `#`, as
Sphinx-Gallery has them. Its code cells become one chain of a page, as they are but for this:

- Lines that begin with `%` or `!` are left out, since no page can have them.
- The first cell sets the seeds of Python, NumPy and torch, in both; a page asks for them.

They are run by Unrolled and by nbclient, and all that each cell shows is compared. `--set
NAME=VALUE` types another value where a cell assigns a number to that name, as for a training that
takes hours; the data that a notebook reads lies in `data/` beside it. Ends with 1 where a cell
differs.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import sys
import tempfile
from dataclasses import asdict, replace
from pathlib import Path

from unrolled.blocks import KINDS
from unrolled.prove import page as proofs
from unrolled.read import plan
from unrolled.run import numerics
from unrolled.run.engine import Engine

PROJECT = Path(__file__).parents[1]
SEEDS = """import random
import numpy
import torch
random.seed(0)
numpy.random.seed(0)
torch.manual_seed(0);"""
HOLD = """from unrolled.run import numerics
numerics.hold()"""
"""What a notebook needs to compute the same last digits as any processor here."""
NOT_HERE = re.compile(r"^\s*[%!]")
LINE = re.compile(r"^#{20,}\n(?:#.*\n)*", re.MULTILINE)
LONGEST = 600
"""Seconds that a cell may take."""


def codes(file: Path, changed: dict[str, str]) -> list[str]:
    """Return the code of a notebook's cells, without what no page can have."""
    text = file.read_text("utf-8")
    if file.suffix == ".ipynb":
        cells = json.loads(text)["cells"]
        found = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    else:
        found = LINE.split(text)
    kept = []
    for code in found:
        lines = [line for line in code.splitlines() if not NOT_HERE.match(line)]
        code = "\n".join(lines).strip("\n")
        for name, value in changed.items():
            code = re.sub(rf"^(\s*{name}\s*=\s*)[\d.]+", rf"\g<1>{value}", code, flags=re.MULTILINE)
        if code.strip():
            kept.append(code)
    return kept


def page(cells: list[str]) -> str:
    """Return a page whose one chain has these cells."""
    fences = (
        f"```{{.python {'continuation' if n else ''} timeout={LONGEST}}}\n{code}\n```\n"
        for n, code in enumerate(cells)
    )
    return "# A chapter\n\n" + "\n".join(fences)


def differences(file: Path, changed: dict[str, str], folder: Path) -> tuple[int, list[str]]:
    """Return how many cells were compared, and what differs, cell by cell."""
    from support import jupyter

    docs = folder / "docs"
    docs.mkdir()
    if (data := file.parent / "data").is_dir():
        shutil.copytree(data, docs / "data")
    text = page([SEEDS, *codes(file, changed)])
    (docs / "page.md").write_text(text, "utf-8")
    engine = Engine(folder, folder / ".cache", docs=docs)
    try:
        (ran,) = engine.run([plan.plan("docs/page.md", text, KINDS, str(docs))])
    finally:
        engine.close()
    (run,) = ran.runs
    cells = [*ran.page.chains[0].cells]
    if len(run.outputs) < len(cells):  # The page ends with a cell that raises; a notebook does too.
        return len(cells), ["the page's cells end early:", *map(str, proofs.problems(ran))]
    there = jupyter.in_notebook([replace(cells[0], code=HOLD), *cells], docs)[1:]
    found: list[str] = []
    for number, (cell, ours, theirs) in enumerate(zip(cells, run.outputs, there, strict=True)):
        for name, one in asdict(jupyter.on_page(ours)).items():
            if one != (other := getattr(theirs, name)):
                first = cell.code.splitlines()[0]
                found.append(
                    f"cell {number} ({first}), {name}:\n  page    {one!r}\n  Jupyter {other!r}"
                )
    return len(cells), found


def main() -> int:
    """Compare each notebook, and print how many cells gave the same."""
    sys.path.insert(0, str(PROJECT / "tests"))
    asked = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    asked.add_argument("notebook", nargs="+", type=Path)
    asked.add_argument("--set", action="append", default=[], metavar="NAME=VALUE")
    given = asked.parse_args()
    changed = dict(each.split("=", 1) for each in given.set)
    # Neither the last digits nor the order of a set is what this is about.
    os.environ |= {**numerics.ENVIRONMENT, "PYTHONHASHSEED": "0"}
    status = 0
    for file in given.notebook:
        with tempfile.TemporaryDirectory() as folder:
            count, found = differences(file, changed, Path(folder).resolve())
        print(f"{file.name}: {count} cells, {len(found)} differences", *found, sep="\n")
        status = status or bool(found)
    return int(status)


if __name__ == "__main__":
    sys.exit(main())
