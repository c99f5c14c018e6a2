"""What tools that run a page's code make of the same dozen cells, as a table in Markdown.

    python -m venv PEERS
    PEERS/bin/pip install markdown-exec mkdocs-jupyter myst-nb pytest-markdown-docs
    python benchmarks/peers.py PEERS/bin

Each cell is a page of its own, built by each tool with its settings as they come (and those that
make it run code, and fail when code fails). A build may take half a minute. This project runs its
cells in this process's environment, the others in theirs.
"""

from __future__ import annotations

import contextlib
import html
import importlib.metadata
import os
import re
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from markdown import Markdown

from unrolled.blocks import KINDS
from unrolled.read import plan
from unrolled.render.extension import UnrolledExtension
from unrolled.run.engine import Engine
from unrolled.run.perturbation import Perturbation
from unrolled.site.check import prove
from unrolled.site.library import Library
from unrolled.site.place import Site

LONGEST = 30
"""Seconds a build may take."""
FIGURE = re.compile(r"<svg[^>]*\bviewBox=\"0 0 \d{3}|<img\b[^>]*(?:data:image|_images)")
TAG = re.compile(r"<(?!t[hd]\b)[^>]*>")


@dataclass(frozen=True)
class Try:
    """A cell, and what to look for."""

    name: str
    code: str
    marks: str = ""
    """What its output holds and its code does not; empty where the build should fail."""
    figures: int = 0
    lacks: str = ""
    """What its output should not hold."""


@dataclass(frozen=True)
class Built:
    """What a tool made of a page."""

    page: str | None
    """Its HTML; None where the tool makes none."""
    status: int | None
    """None when it took too long."""


TRIES = (
    Try(
        "a progress bar ends as its last line",
        'for n in range(3):\n    print("-".join(["step", str(n)]), end="\\r")',
        "step-2",
        lacks="step-0",
    ),
    Try(
        "a thread that prints later",
        "import threading, time\n\ndef work():\n    time.sleep(0.3)\n"
        '    print("-".join(["a", "thread"]))\n\nthreading.Thread(target=work).start()',
        "a-thread",
    ),
    Try(
        "a child process prints between two lines",
        'import subprocess\nprint("-".join(["x", "1"]))\n'
        'subprocess.run(["expr", "40", "+", "2"])\nprint("-".join(["x", "3"]))',
        r"x-1\s+42\s+x-3",
    ),
    Try("two figures", "import matplotlib.pyplot as plt\nfor n in (1, 2):\n    plt.plot([n])\n"
        "    plt.show()", figures=2),
    Try(
        "a rich table",
        'class Table:\n    def _repr_html_(self):\n        cell = "-".join(["a", "cell"])\n'
        '        return f"<table><tr><td>{cell}</td></tr></table>"\n\nTable()',
        "<td>a-cell",
    ),
    Try(
        "top-level await",
        'import asyncio\nawait asyncio.sleep(0)\nprint("-".join(["a", "wait"]))',
        "a-wait",
    ),
    Try(
        "a warning",
        'import warnings\nwarnings.warn("-".join(["a", "warning"]))',
        "a-warning",
    ),
    Try("an error that nobody promised", "1 / 0"),
    Try("a loop that does not end", "while True:\n    pass"),
    Try("`os._exit(0)`", "import os\nos._exit(0)"),
    Try(
        "writing into the repository",
        'import os\nroot = os.environ.get("PEERS_REPO", "REPO")\n'
        'open(root + "/kept.txt", "w").write("changed");',
    ),
    Try("an unseeded random number", 'import random\nprint("a", random.SystemRandom().random())'),
)  # fmt: skip


def by_markdown_exec(tools: Path, root: Path, code: str) -> Built:
    """Build with MkDocs and markdown-exec."""
    page = f'```python exec="on" source="above" result="text"\n{code}\n```\n'
    settings = "site_name: a\nplugins: [markdown-exec]\nmarkdown_extensions: [pymdownx.superfences]"
    return _mkdocs(tools, root, page, "page.md", settings)


def by_mkdocs_jupyter(tools: Path, root: Path, code: str) -> Built:
    """Build with MkDocs and mkdocs-jupyter, which runs cells by nbclient."""
    settings = "site_name: a\nplugins:\n  - mkdocs-jupyter: {execute: true, allow_errors: false}"
    return _mkdocs(tools, root, f"# %%\n{code}\n", "page.py", settings)


def by_myst_nb(tools: Path, root: Path, code: str) -> Built:
    """Build with Sphinx and MyST-NB, which runs cells by nbclient."""
    head = "---\nfile_format: mystnb\nkernelspec:\n  name: python3\n---\n# A\n\n"
    (root / "index.md").write_text(f"{head}```{{code-cell}} python\n{code}\n```\n", "utf-8")
    (root / "conf.py").write_text(
        'extensions = ["myst_nb"]\nnb_execution_mode = "force"\nnb_execution_raise_on_error = True'
    )
    status = _run([tools / "sphinx-build", "-q", ".", "site"], root, tools)
    return Built(_read(root / "site/index.html"), status)


def by_markdown_docs(tools: Path, root: Path, code: str) -> Built:
    """Test with pytest-markdown-docs, which shows no output."""
    (root / "page.md").write_text(f"```python\n{code}\n```\n", "utf-8")
    return Built(None, _run([tools / "pytest", "-q", "--markdown-docs", "page.md"], root, tools))


def _mkdocs(tools: Path, root: Path, page: str, name: str, settings: str) -> Built:
    (root / "docs").mkdir()
    (root / "docs" / name).write_text(page, "utf-8")
    (root / "mkdocs.yml").write_text(settings, "utf-8")
    status = _run([tools / "mkdocs", "build", "-q"], root, tools)
    return Built(_read(root / "site/page/index.html"), status)


def _run(command: list[Path | str], root: Path, tools: Path) -> int | None:
    """Run a command; return its status, or None when it took too long."""
    environment = os.environ | {
        "PATH": f"{tools}{os.pathsep}{os.environ['PATH']}",
        "PEERS_REPO": str(root),
    }
    started = subprocess.Popen(
        command, cwd=root, env=environment, start_new_session=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        return started.wait(LONGEST)
    except subprocess.TimeoutExpired:
        return None
    finally:
        with contextlib.suppress(OSError):
            os.killpg(started.pid, signal.SIGKILL)
        started.wait()


def _read(file: Path) -> str | None:
    return file.read_text("utf-8") if file.is_file() else ""


class Here:
    """This project."""

    def __init__(self, root: Path) -> None:
        """Start an engine, and one that runs what is new again, as `accept` does."""
        self._root = root
        self._engine = Engine(root, root / ".cache")
        self._again = Engine(root, root / ".cache", perturbation=Perturbation.AGAIN)

    def build(self, tools: Path, root: Path, code: str) -> Built:  # noqa: ARG002 - as the others
        """Run and render a page; run it again, as `accept` does."""
        options = 'timeout=10 alt="a | b"' if "plt" in code else "timeout=10"
        text = f"```{{.python {options}}}\n{code.replace('REPO', str(root))}\n```\n"
        page = plan.plan("page.md", text, KINDS)
        (ran,), found = prove([page], self._engine)
        (again,) = self._again.run([page])
        differs = [r.outputs for r in ran.runs] != [r.outputs for r in again.runs]
        library = Library(Site(self._root, self._root / "docs"), self._engine)
        content = Markdown(extensions=[UnrolledExtension(provider=library)]).convert(text)
        return Built(content, 1 if found or differs else 0)

    def close(self) -> None:
        """End the engines."""
        self._engine.close()
        self._again.close()


def verdict(tried: Try, built: Built, root: Path) -> str:
    """Return in a word or two what a tool made of a cell."""
    if (root / "kept.txt").read_text("utf-8") != "as it was":
        return "**written**"
    if built.status is None:
        return "no end"
    if not (tried.marks or tried.figures):
        return "fails" if built.status else "**passes**"
    if built.page is None:
        return "fails" if built.status else "runs"
    shown = html.unescape(TAG.sub("", built.page.partition("<body")[2] or built.page))
    figures = len(FIGURE.findall(built.page))
    if tried.figures:
        return "shown" if figures >= tried.figures else f"**{figures} shown**"
    if not re.search(tried.marks, shown):
        return "**fails**" if built.status else "**not shown**"
    return "**all lines**" if tried.lacks and tried.lacks in shown else "shown"


def main(tools: Path) -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()
        here = Here(folder)
        columns: dict[str, Callable[[Path, Path, str], Built]] = {
            "Unrolled": here.build,
            "mkdocs-jupyter": by_mkdocs_jupyter,
            "myst-nb": by_myst_nb,
            "markdown-exec": by_markdown_exec,
            "pytest-markdown-docs": by_markdown_docs,
        }

        def tell(tried: Try, column: str) -> str:
            root = Path(tempfile.mkdtemp(dir=folder))
            (root / "kept.txt").write_text("as it was", "utf-8")
            return verdict(tried, columns[column](tools, root, tried.code), root)

        print(f"| A cell | {' | '.join(columns)} |\n| --- {'| --- ' * len(columns)}|")
        with ThreadPoolExecutor(2) as pool:
            for tried in TRIES:
                first = tell(tried, "Unrolled")
                others = pool.map(lambda column, tried=tried: tell(tried, column), [*columns][1:])
                print(f"| {tried.name} | {' | '.join([first, *others])} |", flush=True)
        here.close()
    versions = subprocess.run(
        [tools / "pip", "list", "--format=freeze"], capture_output=True, text=True, check=True
    ).stdout.split()
    known = (*columns, "nbclient", "jupytext")
    print("\n" + ", ".join(one.replace("==", " ") for one in versions if one.startswith(known)))
    print(f"Python {sys.version.split()[0]}, torch {importlib.metadata.version('torch')}")


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())
