"""The cells of a site under pytest mean the same.

`raises`, `hidden`, `continuation`, tabs and claims.
"""

import subprocess
import sys
from pathlib import Path

from support.page import cell
from support.sites import WriteSite


def test_a_cell_that_breaks_its_promise_fails_at_its_line_and_others_pass(
    write_site: WriteSite,
) -> None:
    good = (
        "# Hi\n\n"
        + cell("x = [1]", "hidden")
        + "\n"
        + cell("x[3]", "continuation raises=IndexError")
        + "\nIt is `#!value len(x)`.\n"
    )
    tab = '\n=== "Tab"\n\n    ```{.python continuation}\n    assert x == [1]\n    ```\n'
    bad = "# Bad\n\n" + cell("x = 1", "raises=KeyError") + "\n" + cell("x = 2")
    root = write_site({"good.md": good + tab, "bad.md": bad})
    done = run_cells(root)
    assert "1 failed, 4 passed" in done.stdout
    assert "docs/bad.md:3: the cell promises raises=KeyError, and nothing is raised" in done.stdout


def test_a_page_that_is_a_script_is_not_imported(write_site: WriteSite) -> None:
    root = write_site({"good.md": "# Hi\n\n" + cell("x = 1")})
    (root / "docs/topic").mkdir()
    (root / "docs/topic/walkthrough.py").write_text("# # Title\n\nraise SystemExit(7)\n", "utf-8")
    done = run_cells(root)
    assert done.returncode == 0, done.stdout
    assert "1 passed" in done.stdout


def run_cells(root: Path) -> subprocess.CompletedProcess[str]:
    """Run the cells of a site's pages under pytest."""
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-p",
        "no:cacheprovider",
        "--markdown-docs",
        "--markdown-docs-syntax=superfences",
        "docs",
    ]
    return subprocess.run(
        command, cwd=root, capture_output=True, text=True, timeout=300, check=False
    )
