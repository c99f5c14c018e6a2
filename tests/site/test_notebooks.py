"""The notebooks of pages: whole, run from top to bottom, and giving what the page shows."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest

from support import built, fixture, notebooks
from support.once import once
from support.paths import PROJECT
from support.sites import settings, write
from unrolled.run.engine import Engine
from unrolled.site import place

OF_FIXTURE = ("everything", "lists-practice", "lists-learn")
OF_PROJECT = ("rnn-cheatsheet",)
PAGE = """# A page

Data first:

```{.python hidden}
from pathlib import Path

import helper

rows = Path("rows.csv").read_text().split()
```

There are `#!value len(rows)` rows, both of a number `#!check all(map(float, rows))`.
None is negative (`#!check float(min(rows)) > 0`).

```{.python continuation}
print(helper.double(rows))
```

What raises does not stop it:

```{.python continuation raises=ZeroDivisionError}
1 / 0
```

```{.python continuation}
rows[-1]
```

Then afresh, and by chance:

```{.python raises=NameError}
rows
```

```python
import random

import torch

torch.rand(2), random.random()
```

What a chain sets for its process ends with it:

```python
import warnings

import torch

warnings.simplefilter("error")
torch.set_default_dtype(torch.float64)
print(torch.ones(1).dtype)
```

```python
import warnings

import torch

warnings.warn("not raised")
torch.ones(1).dtype
```

A line that is written over, and what is shown formatted:

```python
import sys
import time

from IPython.display import Markdown, display

for step in range(4):
    print(f"\\rstep {step}", end="")
    sys.stdout.flush()
    time.sleep(0.3)
print()
display(Markdown("*Done*"))
```

/// exercise | Double it
    id: page-double

```{.python stub}
def double(n):
    return n
```

```{.python check}
assert double(2) == 4
```

//// solution
```python
def double(n):
    return 2 * n
```
////
///

/// question | What is `a`?
    id: page-concept
    kind: concept
    level: easy

```python
a = len("abc")
```

```{.python continuation hidden}
holds = [a == 3, a == 4, a == 5]
```

- [x] One

    Yes.

- [ ] Two

    No.

- [ ] Three

    No.
///
"""
HELPER = "def double(rows):\n    return [2 * float(row) for row in rows]\n"


def _name(path: str) -> str:
    """Return the name of the notebook of a page at a path."""
    stem = path.removeprefix("docs/").rpartition(".")[0].removesuffix("index").strip("/")
    return stem.replace("/", "-") or "index"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the page above, built."""
    root = tmp_path_factory.mktemp("made").resolve()
    write(root, {"page.md": PAGE, "rows.csv": "1.5\n2.5\n", "helper.py": HELPER})
    settings(root, "repo_url: https://github.com/someone/lessons\n")
    settings(root, "site_url: https://lessons.example/\n")
    done = built.build(root)
    assert done.returncode == 0, done.stderr
    return root


def test_a_notebook_gives_what_its_page_shows_wherever_it_is_opened(
    made: Path, tmp_path: Path, engine: Engine
) -> None:
    """Alone in a folder, with the data that it brings along."""
    text = (made / "site/notebooks/page.ipynb").read_text("utf-8")
    alone = tmp_path / "alone"
    alone.mkdir()
    ran = notebooks.run(text, alone)
    site = place.load(made / "mkdocs.yml")
    (page,) = [page for page in site.read() if page.path == "docs/page.md"]
    (runs,) = engine.run([page])
    assert notebooks.different(ran, page, runs) == []
    shown = [notebooks.of_notebook(cell) for cell in ran.cells if cell.cell_type == "code"]
    assert "[3.0, 5.0]" in shown and "'2.5'" in shown
    assert "NameError: name 'rows' is not defined" in shown
    assert "torch.float64" in shown and "torch.float32" in shown
    assert "step 3" in shown
    assert "AssertionError" in shown, "the check of a stub that nobody has filled in"


def test_a_notebook_is_text_cells_and_folded_answers(made: Path) -> None:
    notebook = nbformat.read(made / "site/notebooks/page.ipynb", 4)
    text = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    code = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "code")
    assert (
        text.startswith("# A page")
        and "There are `2` rows, both of a number.\nNone is negative." in text
    )
    assert "without showing it" in text
    assert "def double(n):\n    return n\n" in code + "\n" and "assert double(2) == 4" in code
    answer = re.search(r"<summary>Show the answer</summary>.*?\*\*A\*\*", text, re.DOTALL)
    assert answer and "**A.** One" in text
    assert "return 2 * n" in text and "return 2 * n" not in code
    assert "holds =" not in text + code, "what computes the answer"
    assert "pip" not in code
    assert not any(cell.get("outputs") for cell in notebook.cells)
    tagged = [c.source for c in notebook.cells if "raises-exception" in c.metadata.get("tags", [])]
    assert "1 / 0" in tagged and "rows" in tagged


def test_a_page_with_cells_offers_its_notebook_and_colab(made: Path) -> None:
    page = (made / "site/page/index.html").read_text("utf-8")
    (link,) = re.findall(r'<a [^>]*href="([^"]*\.ipynb)" download', page)
    assert (made / "site/page" / link).resolve().is_file()
    assert (
        'href="https://colab.research.google.com/github/someone/lessons/blob/notebooks/page.ipynb"'
        in page
    )
    assert "<!-- cell" not in page


def test_without_a_repository_there_is_no_colab(built_fixture: Path) -> None:
    page = (built_fixture / "lists/learn/index.html").read_text("utf-8")
    assert "Download as notebook" in page and "colab" not in page


def test_a_page_without_cells_offers_none(built_fixture: Path) -> None:
    assert "Download as notebook" not in (built_fixture / "review/index.html").read_text("utf-8")


@pytest.mark.parametrize("name", OF_FIXTURE)
def test_a_notebook_of_the_fixture_site_gives_what_its_page_shows(
    name: str, built_fixture: Path, tmp_path: Path, engine: Engine
) -> None:
    text = (built_fixture / f"notebooks/{name}.ipynb").read_text("utf-8")
    ran = notebooks.run(text, tmp_path)
    (page,) = [p for p in fixture.plans() if _name(p.path) == name]
    assert notebooks.different(ran, page, *engine.run([page])) == []
    assert sum(bool(cell.get("outputs")) for cell in ran.cells) >= 2


@pytest.fixture(scope="session")
def of_project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project's own site, as the tests in a browser have it."""
    return once(tmp_path_factory, "built-project", built.build_project)


def _names() -> Iterator[str]:
    for page in sorted((PROJECT / "docs").rglob("*.*")):
        if page.suffix in (".md", ".py"):
            yield _name(page.relative_to(PROJECT).as_posix())


@pytest.mark.parametrize("name", [*_names()])
def test_a_notebook_of_the_project_gives_what_its_page_shows(
    name: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    if name not in OF_PROJECT and not request.config.getoption("all_notebooks"):
        pytest.skip("run by `make notebooks`")
    folder: Path = request.getfixturevalue("of_project")
    file = folder / f"notebooks/{name}.ipynb"
    if not file.exists():
        pytest.skip("this page has no cells")
    ran = notebooks.run(file.read_text("utf-8"), tmp_path)
    site = place.load(PROJECT / "mkdocs.yml")
    (page,) = [page for page in site.read() if _name(page.path) == name]
    engine = site.engine()
    try:
        (runs,) = engine.run([page])
    finally:
        engine.close()
    assert notebooks.different(ran, page, runs) == []
    assert json.loads(file.read_text("utf-8"))["nbformat"] == 4
