"""`mkdocs build` of a site elsewhere that only inherits.

The same behaviour, all problems at once, and nothing lost when it fails.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from mkdocs.__main__ import cli

from support.faults import FIVE, FIVE_PLACES
from support.page import cell
from support.paths import PROJECT
from support.sites import WriteSite, write

RAN = (
    "import sys; bad = [m for m in ('torch', 'IPython', 'matplotlib', 'numpy') if m in"
    " sys.modules]; print('imported:', bad)"
)
STARTED = """\
import sys
STARTS = ("subprocess.Popen", "os.fork", "os.posix_spawn")

def heard(event, args):
    # jupytext looks for pandoc when it is imported.
    if event in STARTS and (event != STARTS[0] or args[1][:1] != ["pandoc"]):
        print("started:", event, args)

sys.addaudithook(heard)
"""


def build(root: Path) -> Result:
    """Build a site, in this process."""
    return CliRunner().invoke(cli, ["build", "--strict", "--config-file", str(root / "mkdocs.yml")])


def test_a_site_that_inherits_is_built_in_the_same_way(write_site: WriteSite, lent: None) -> None:
    """Cells run, claims are live, our stylesheet is served, and no link leads to an editor."""
    root = write_site(
        {"index.md": "# Hi\n\n" + cell("answer = 6 * 7\nanswer") + "\nAlso `#!value answer`.\n"}
    )
    done = build(root)
    assert done.exit_code == 0, done.output
    page = (root / "site/index.html").read_text("utf-8")
    assert page.count("42") >= 2
    assert 'class="claim claim--value"' in page
    assert "edit/main" not in page
    assert str(PROJECT) not in page
    assert (root / "site/assets/unrolled.css").exists()


def test_a_failing_build_names_all_problems_and_keeps_the_site_as_it_was(
    write_site: WriteSite, lent: None
) -> None:
    """Faults of form, of runs and of questions, on five pages.

    None of them is published, and what was built before stays.
    """
    root = write_site({"index.md": "# Hi\n\n" + cell("print('good')")})
    assert build(root).exit_code == 0
    write_site(FIVE)
    done = build(root)
    assert done.exit_code == 1
    assert "Traceback (most recent call last)" not in done.output
    assert [place for place in FIVE_PLACES if place not in done.output] == []
    assert f"{len(FIVE_PLACES)} problems." in done.output
    assert "good" in (root / "site/index.html").read_text("utf-8")
    assert [file.parent.name for file in (root / "site").rglob("index.html")] == ["site"]


def test_a_build_fails_for_a_cell_that_only_the_renderer_sees(
    write_site: WriteSite, lent: None
) -> None:
    done = build(write_site({"index.md": f"# A\n\n<!--\n{cell('1 / 0')}-->\n"}))
    assert done.exit_code == 1
    assert "docs/index.md:4: this cell would not be run." in done.output


@pytest.mark.parametrize(
    "command",
    [["mkdocs.__main__:cli", "build", "--quiet"], ["unrolled.cli:main", "check"]],
    ids=["build", "check"],
)
def test_what_the_cache_holds_imports_no_torch_and_starts_no_process(
    command: list[str], ran_once: Path
) -> None:
    """Neither the build nor any process of it does: the fork server is not even started."""
    module, _, name = command[0].partition(":")
    call = f"sys.exit({name}({command[1:]!r}))"
    code = (
        f"{STARTED}import atexit\natexit.register(lambda: exec({RAN!r}))\nfrom {module} import"
        f" {name}\n{call}"
    )
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ran_once,
        capture_output=True,
        text=True,
        timeout=300,
        env=environment,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "imported: []" in done.stdout
    assert "started:" not in done.stdout


@pytest.fixture(scope="module")
def ran_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site with one page, accepted by the command, as a process of its own."""
    root = write(
        tmp_path_factory.mktemp("ran").resolve(),
        {"index.md": "# A\n\n" + cell("import torch\ntorch.ones(2)")},
    )
    command = [sys.executable, "-m", "unrolled", "accept"]
    done = subprocess.run(
        command, cwd=root, capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stderr
    said = [text for text in done.stderr.splitlines() if not text.startswith("running cells: ")]
    assert said == []
    assert "recorded tests/recorded/index.txt" in done.stdout
    return root
