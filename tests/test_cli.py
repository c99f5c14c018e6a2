"""The command `unrolled`, and `mkdocs build`: what they say, where, and their exit status."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from support.page import cell
from support.paths import PROJECT
from support.sites import WriteSite
from unrolled.cli import main

GOOD = "# Good\n\nNo cells.\n"
BAD = "# Bad\n\n" + cell("x = = 1")
QUESTION = """\
# Question

/// question | Which?
    id: same
    kind: concept
    level: easy
    reviewed: true

- [x] A

    Why.

- [ ] B

    Why.

- [ ] C

    Why.

///
"""
FIVE = {
    "a-syntax.md": "# A\n\n" + cell("x = = 1"),
    "b-name.md": "# B\n\n" + cell("x = 1\nundefined"),
    "c-raises.md": "# C\n\n" + cell("1 + 1", "raises=ValueError"),
    "d-key.md": QUESTION.replace("[x]", "[ ]").replace("id: same", "id: other"),
    "e-first.md": QUESTION,
    "f-second.md": QUESTION,
    "good.md": GOOD,
}
FIVE_PLACES = ["docs/a-syntax.md:4:", "docs/b-name.md:5:", "docs/c-raises.md:3:", "docs/d-key.md:3:", "docs/f-second.md:3:"]


def config(root: Path) -> list[str]:
    """Return the arguments that name a site's settings."""
    return ["-f", str(root / "mkdocs.yml")]


def test_all_is_well(write_site: WriteSite, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*config(write_site({"index.md": GOOD})), "check"]) == 0
    said = capsys.readouterr()
    assert said.err == ""
    assert said.out.startswith("1 pages, 0 cells: all as stated") or said.out.startswith("1 page, 0 cells: all as stated")


def test_problems_are_on_standard_error_with_status_1(write_site: WriteSite, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*config(write_site({"index.md": BAD})), "check"]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("docs/index.md:4: SyntaxError: invalid syntax. ")
    assert said.err.endswith("1 problem.\n")


@pytest.mark.parametrize("command", ["check", "accept"])
def test_five_faults_in_five_pages_are_reported_together(command: str, write_site: WriteSite, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*config(write_site(dict(FIVE))), command]) == 1
    lines = capsys.readouterr().err.splitlines()
    assert [line.split(" ")[0] for line in lines if line.startswith("docs/")] == FIVE_PLACES
    assert lines[-1] == "5 problems."


def test_a_page_is_named_to_check_it_alone(write_site: WriteSite, capsys: pytest.CaptureFixture[str]) -> None:
    root = write_site({"good.md": GOOD, "bad.md": BAD})
    assert main([*config(root), "check", str(root / "docs/good.md")]) == 0
    assert main([*config(root), "check", str(root / "docs/bad.md")]) == 1
    assert "docs/bad.md:4:" in capsys.readouterr().err


def test_a_page_is_named_relative_to_the_working_directory(write_site: WriteSite, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(write_site({"good.md": GOOD, "bad.md": BAD}) / "docs")
    assert main(["-f", "../mkdocs.yml", "check", "good.md"]) == 0


def test_a_folder_stands_for_the_pages_in_it(write_site: WriteSite, capsys: pytest.CaptureFixture[str]) -> None:
    root = write_site({"one/a.md": GOOD, "one/two/b.md": BAD, "three/c.md": BAD})
    assert main([*config(root), "check", str(root / "docs/one")]) == 1
    said = capsys.readouterr().err
    assert "docs/one/two/b.md:4:" in said and "three" not in said


def test_an_id_that_another_page_has_is_found_when_one_page_is_checked(write_site: WriteSite, capsys: pytest.CaptureFixture[str]) -> None:
    root = write_site({"a.md": QUESTION, "b.md": QUESTION})
    assert main([*config(root), "check", str(root / "docs/b.md")]) == 1
    assert "docs/b.md:3: the id 'same' is taken by the question at docs/a.md:3." in capsys.readouterr().err


def test_what_is_no_page_ends_with_status_2(write_site: WriteSite, capsys: pytest.CaptureFixture[str]) -> None:
    root = write_site({"index.md": GOOD, "data.txt": "1"})
    for name in ("docs/none.md", "docs/data.txt", "mkdocs.yml"):
        assert main([*config(root), "check", str(root / name)]) == 2
        assert f"{name}:1: this is no page of docs. Name a Markdown file beneath it." in capsys.readouterr().err


@pytest.mark.parametrize("content", [None, "site_name: [", "- a list"], ids=["missing", "no YAML", "no mapping"])
def test_settings_that_cannot_be_read_end_with_status_2(content: str | None, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    if content is not None:
        (tmp_path / "mkdocs.yml").write_text(content)
    assert main([*config(tmp_path), "check"]) == 2
    assert "mkdocs.yml:1: it cannot be read: " in capsys.readouterr().err


def test_no_command_ends_with_status_2(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([])
    assert ended.value.code == 2
    assert "usage: unrolled" in capsys.readouterr().err


def _command(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "COLUMNS": "200"}
    return subprocess.run([sys.executable, "-m", *arguments], cwd=cwd, capture_output=True, text=True, check=False, env=environment)


def _told(stderr: str) -> str:
    """Return what was said but for how far the run is, which a slow machine says."""
    return "".join(line for line in stderr.splitlines(keepends=True) if not line.startswith("running cells: "))


def test_accept_then_check_as_commands(write_site: WriteSite) -> None:
    root = write_site({"index.md": "# A\n\n" + cell("import torch\ntorch.ones(2)")})
    accepted = _command("unrolled", "accept", cwd=root)
    assert (accepted.returncode, _told(accepted.stderr)) == (0, "")
    assert "recorded tests/recorded/index.txt" in accepted.stdout
    checked = _command("unrolled", "check", cwd=root)
    assert (checked.returncode, _told(checked.stderr)) == (0, "")
    assert "0 chains run" in checked.stdout


def test_a_build_reports_the_five_faults_together_and_publishes_nothing(write_site: WriteSite) -> None:
    root = write_site({**FIVE, "index.md": GOOD})
    done = _command("mkdocs", "build", cwd=root)
    assert done.returncode == 1
    said = done.stdout + done.stderr
    assert "Traceback (most recent call last)" not in said
    assert [place for place in FIVE_PLACES if place not in said] == []
    assert "5 problems." in said
    assert not list((root / "site").rglob("*.html"))


def test_a_build_of_a_site_elsewhere_publishes_its_outputs(write_site: WriteSite) -> None:
    root = write_site({"index.md": "# A\n\n" + cell("6 * 7") + "\nAlso `#!value int(42)`.\n"})
    done = _command("mkdocs", "build", "--strict", cwd=root)
    assert done.returncode == 0, done.stderr
    page = (root / "site" / "index.html").read_text()
    assert page.count("42") >= 2 and 'class="claim claim--value"' in page
    assert str(PROJECT) not in page


def test_a_build_fails_for_a_cell_that_only_the_renderer_sees(write_site: WriteSite) -> None:
    root = write_site({"index.md": f"# A\n\n<!--\n{cell('1 / 0')}-->\n"})
    done = _command("mkdocs", "build", cwd=root)
    assert done.returncode == 1
    assert "docs/index.md:" in done.stdout + done.stderr
