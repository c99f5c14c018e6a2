"""`mkdocs build` of a site elsewhere that only inherits: the same behaviour, all problems at once, and nothing lost when it fails."""

import subprocess
import sys
from pathlib import Path

from support.page import cell
from support.sites import WriteSite

NOISY = "import sys; bad = [m for m in ('torch', 'IPython', 'matplotlib') if m in sys.modules]; print('imported:', bad)"


def build(root: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "mkdocs", "build", "--strict"], cwd=root, capture_output=True, text=True, timeout=300)


def test_a_site_that_inherits_is_built_in_the_same_way(write_site: WriteSite) -> None:
    """Cells run, our stylesheet is served, nothing links to an editor where no repository is named."""
    root = write_site({"index.md": "# Hi\n\n" + cell("import torch\ntorch.zeros(2, 3).shape")})
    done = build(root)
    assert done.returncode == 0, done.stderr
    page = (root / "site/index.html").read_text("utf-8")
    assert "torch.Size([2, 3])" in page
    assert "edit/main" not in page
    assert (root / "site/assets/unrolled.css").exists()


def test_a_failing_build_names_all_problems_and_keeps_the_site_as_it_was(write_site: WriteSite) -> None:
    """Both pages are named; the page built before still stands."""
    root = write_site({"index.md": "# Hi\n\n" + cell("print('good')")})
    assert build(root).returncode == 0
    write_site({"index.md": "# Hi\n\n" + cell("1 / 0"), "b.md": "# B\n\n" + cell("x = (")})
    done = build(root)
    assert done.returncode != 0
    assert "docs/index.md:4: the cell raises ZeroDivisionError" in done.stderr
    assert "docs/b.md:4: SyntaxError" in done.stderr
    assert "good" in (root / "site/index.html").read_text("utf-8")


def test_a_second_build_with_nothing_changed_does_not_import_torch(write_site: WriteSite) -> None:
    """Neither the build nor any process of it does: the fork server is not even started."""
    root = write_site({"index.md": "# Hi\n\n" + cell("import torch\ntorch.ones(2).sum()")})
    assert build(root).returncode == 0
    (root / "trap").mkdir()
    (root / "trap/torch.py").write_text("raise SystemExit('torch was imported')", "utf-8")
    trap = f"import sys; sys.path.insert(0, {str(root / 'trap')!r}); from mkdocs.__main__ import cli"
    code = f"{trap}; import atexit; atexit.register(lambda: exec({NOISY!r})); cli()"
    done = subprocess.run([sys.executable, "-c", code, "build"], cwd=root, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    assert "imported: []" in done.stdout


def test_the_cells_of_a_site_under_pytest_mean_the_same(write_site: WriteSite) -> None:
    """`raises`, `hidden`, `continuation`, tabs and claims; a cell that breaks its promise fails at its line."""
    good = "# Hi\n\n" + cell("x = [1]", "hidden") + "\n" + cell("x[3]", "continuation raises=IndexError") + "\nIt is `#!value len(x)`.\n"
    tab = '\n=== "Tab"\n\n    ```{.python continuation}\n    assert x == [1]\n    ```\n'
    root = write_site({"good.md": good + tab, "bad.md": "# Bad\n\n" + cell("x = 1", "raises=KeyError") + "\n" + cell("x = 2")})
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "--markdown-docs", "--markdown-docs-syntax=superfences", "docs"]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, timeout=300)
    assert "1 failed, 4 passed" in done.stdout
    assert "docs/bad.md:3: the cell promises raises=KeyError, and nothing is raised" in done.stdout
