"""The command `unrolled`: what it says, where, and its exit status."""

from pathlib import Path

import pytest

from support.faults import BAD, FIVE, FIVE_PLACES, GOOD, QUESTION
from support.sites import WriteSite
from unrolled.cli import main


def config(root: Path) -> list[str]:
    """Return the arguments that name a site's settings."""
    return ["-f", str(root / "mkdocs.yml")]


def test_all_is_well(write_site: WriteSite, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*config(write_site({"index.md": GOOD})), "check"]) == 0
    said = capsys.readouterr()
    assert said.err == ""
    assert said.out.startswith("1 page, 0 cells: all as stated")


def test_problems_are_on_standard_error_with_status_1(
    write_site: WriteSite, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*config(write_site({"index.md": BAD})), "check"]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("docs/index.md:4: SyntaxError: invalid syntax. ")
    assert said.err.endswith("1 problem.\n")


@pytest.mark.parametrize("command", ["check", "accept"])
def test_five_faults_in_five_pages_are_reported_together(
    command: str, write_site: WriteSite, lent: None, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*config(write_site(FIVE)), command]) == 1
    lines = capsys.readouterr().err.splitlines()
    assert [line.split(" ")[0] for line in lines if line.startswith("docs/")] == FIVE_PLACES
    assert lines[-1] == "5 problems."


def test_what_is_not_recorded_is_told_once_before_any_perturbation(
    write_site: WriteSite, lent: None, capsys: pytest.CaptureFixture[str]
) -> None:
    root = write_site({"index.md": "# Page\n\n```python\nprint(1)\n```\n"})
    assert main([*config(root), "perturb", str(root / "docs/index.md")]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("the outputs of this page are not recorded") == 1
    assert said.err.endswith("1 problem.\n")


def test_a_page_is_named_to_check_it_alone(
    write_site: WriteSite, capsys: pytest.CaptureFixture[str]
) -> None:
    root = write_site({"good.md": GOOD, "bad.md": BAD})
    assert main([*config(root), "check", str(root / "docs/good.md")]) == 0
    assert main([*config(root), "check", str(root / "docs/bad.md")]) == 1
    assert "docs/bad.md:4:" in capsys.readouterr().err


def test_a_page_is_named_relative_to_the_working_directory(
    write_site: WriteSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(write_site({"good.md": GOOD, "bad.md": BAD}) / "docs")
    assert main(["-f", "../mkdocs.yml", "check", "good.md"]) == 0


def test_a_folder_stands_for_the_pages_in_it(
    write_site: WriteSite, capsys: pytest.CaptureFixture[str]
) -> None:
    root = write_site({"one/a.md": GOOD, "one/two/b.md": BAD, "three/c.md": BAD})
    assert main([*config(root), "check", str(root / "docs/one")]) == 1
    said = capsys.readouterr().err
    assert "docs/one/two/b.md:4:" in said and "three" not in said


def test_an_id_that_another_page_has_is_found_when_one_page_is_checked(
    write_site: WriteSite, capsys: pytest.CaptureFixture[str]
) -> None:
    root = write_site({"a.md": QUESTION, "b.md": QUESTION})
    assert main([*config(root), "check", str(root / "docs/b.md")]) == 1
    assert (
        "docs/b.md:3: the id 'same' is taken by the question at docs/a.md:3."
        in capsys.readouterr().err
    )


def test_what_is_no_page_ends_with_status_2(
    write_site: WriteSite, capsys: pytest.CaptureFixture[str]
) -> None:
    root = write_site({"index.md": GOOD, "data.txt": "1"})
    for name in ("docs/none.md", "docs/data.txt", "mkdocs.yml"):
        assert main([*config(root), "check", str(root / name)]) == 2
        assert (
            f"{name}:1: this is not a page of docs. Name a Markdown file beneath it."
            in capsys.readouterr().err
        )


@pytest.mark.parametrize(
    "content", [None, "site_name: [", "- a list"], ids=["missing", "no YAML", "no mapping"]
)
def test_settings_that_cannot_be_read_end_with_status_2(
    content: str | None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if content is not None:
        (tmp_path / "mkdocs.yml").write_text(content)
    assert main([*config(tmp_path), "check"]) == 2
    assert "mkdocs.yml:1: it cannot be read: " in capsys.readouterr().err


def test_no_command_ends_with_status_2(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([])
    assert ended.value.code == 2
    assert "usage: unrolled" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [["--help"], ["check", "--help"], ["accept", "--help"]])
def test_help_says_that_without_a_page_it_is_the_whole_site(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 0
    assert "without a PAGE, of the whole site" in " ".join(capsys.readouterr().out.split())
