"""Recorded outputs: what a page gave when it was reviewed, against what it gives now."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from support.page import cell, places
from support.sites import Project
from unrolled.cli import main
from unrolled.prove import record, records

NEAR = {
    "the last place": ("0.1234", "0.1235"),
    "zero and minus zero": ("-0.0000", "0.0000"),
    "padding for a minus sign": ("[ 0.0000, 1.5000]", "[-0.0000, 1.5000]"),
    "many places": ("0.123456789", "0.123457"),
    "an exponent": ("1.2345e-05", "1.2346e-05"),
    "text around it": ("loss 0.6931 after 3 steps", "loss 0.6932 after 3 steps"),
}
FAR = {
    "another number": ("0.12", "0.2"),
    "another whole number": ("3", "4"),
    "another whole float, as torch prints it": ("tensor([1., 2.])", "tensor([2., 4.])"),
    "one decimal place": ("0.5", "0.7"),
    "one significant digit": ("1e-05", "3e-05"),
    "another sign": ("-0.5000", "0.5000"),
    "another word": ("loss 0.5", "cost 0.5"),
    "another version": ("torch 2.13.0", "torch 2.13.1"),
    "more numbers": ("[1.0, 2.0]", "[1.0, 2.0, 3.0]"),
    "another shape": ("torch.Size([4, 7, 3])", "torch.Size([7, 4, 3])"),
    "not a number": ("0.5000", "nan"),
}


@pytest.mark.parametrize(("old", "new"), NEAR.values(), ids=NEAR.keys())
def test_near_is(old: str, new: str) -> None:
    assert records.close(old, new) and records.close(new, old)


@pytest.mark.parametrize(("old", "new"), FAR.values(), ids=FAR.keys())
def test_not_near_is(old: str, new: str) -> None:
    assert not records.close(old, new) and not records.close(new, old)


def page(*codes: str) -> str:
    """Return a page with these cells, each a chain."""
    return "\n".join(cell(code) for code in codes)


ABC = ('print("a")\n"one"', 'print("b")\n"two"', 'print("c")\n"three"')


def test_a_page_without_a_record_is_a_problem_at_its_first_output(project: Project) -> None:
    project.write({"page.md": "Text.\n\n" + page("x = 1", "2")})
    (found,) = project.check()
    assert re.fullmatch(
        r"docs/page\.md:7: the outputs of this page are not recorded\. "
        r"If the new output is right, run `.*unrolled accept docs/page\.md` and commit the"
        r" difference\.",
        found,
    )


def test_the_remedy_can_be_typed_where_no_environment_is_active(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.write({"page.md": page("2")})
    monkeypatch.setenv("PATH", "/usr/bin:/bin")
    environment(project, monkeypatch)
    monkeypatch.chdir(project.root)
    assert typed(project) == ".venv/bin/unrolled accept docs/page.md\n"
    assert "`.venv/bin/unrolled accept docs/page.md`" in project.check()[0]
    monkeypatch.setenv("PATH", f"{project.root / '.venv/bin'}:/bin")
    assert "`unrolled accept docs/page.md`" in project.check()[0]


def test_the_remedy_names_the_environment_of_the_checkout_from_any_folder(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.write({"page.md": page("2")})
    monkeypatch.setenv("PATH", "/usr/bin:/bin")
    environment(project, monkeypatch)
    monkeypatch.setattr(records, "CHECKOUT", project.root)
    assert "`.venv/bin/unrolled accept docs/page.md`" in project.check()[0]


@pytest.mark.parametrize("folder", ["elsewhere/.venv", "env"])
def test_the_remedy_names_no_path_of_this_machine(
    folder: str, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.write({"page.md": page("2")})
    monkeypatch.setenv("PATH", "/usr/bin:/bin")
    own = environment(project, monkeypatch, folder)
    monkeypatch.chdir(project.root)
    assert "run `unrolled accept docs/page.md`" in project.check()[0]
    own.unlink()
    assert "run `unrolled accept docs/page.md`" in project.check()[0]


def environment(project: Project, monkeypatch: pytest.MonkeyPatch, folder: str = ".venv") -> Path:
    """Let an environment in a folder be the one that runs this; return its command."""
    project.check()  # The cells are run by the real one, which serves from here on.
    for name in ("bin/python", "bin/unrolled"):
        file = project.root / folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text('#!/bin/sh\necho "$0 $@"\n')
        file.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(project.root / folder / "bin/python"))
    return project.root / folder / "bin/unrolled"


def typed(project: Project) -> str:
    """Type what the remedy of the first problem says; return what the command printed."""
    command = project.check()[0].split("`")[1]
    done = subprocess.run(command, shell=True, check=True, capture_output=True, text=True)  # noqa: S602 - as a reader types it
    return done.stdout


def test_a_page_without_outputs_needs_no_record(project: Project) -> None:
    project.write({"page.md": page("x = 1")})
    assert project.check() == []


KINDS = {
    "stdout and a value": page('print("out")\n"value"'),
    "standard error": page('import sys\nprint("err", file=sys.stderr)'),
    "a warning": page('import warnings\nwarnings.warn("careful")'),
    "a promised error": cell("1 / 0", "raises=ZeroDivisionError"),
    "a live value": cell("x = 41") + "\nIt is `#!value x + 1`.\n",
    "a figure": cell("import matplotlib.pyplot as plt\nplt.plot([1, 3])", 'alt="A line"'),
    "lines like a record's heads": page('print("=== a\\n--- value\\n====")'),
    "blank lines and trailing spaces": page('print("\\n\\na  \\n\\nb\\n\\n")'),
    "a carriage return": page('print("10%\\r20%")'),
    "odd line ends": page('print("a\\x0bb\\x0cc\\x85d\\u2028e")'),
    "a lone surrogate": cell('raise ValueError("\\udc80")', "raises=ValueError"),
    "a null character": page('print("a\\0b")'),
    "a cell that begins with a blank line and a comment": page("\n# first\n1"),
}


@pytest.mark.parametrize("text", KINDS.values(), ids=KINDS.keys())
def test_what_was_accepted_passes_the_next_check(text: str, project: Project) -> None:
    project.write({"page.md": text})
    assert project.check() != []
    assert project.accept() == (["tests/recorded/page.txt"], [])
    assert project.check() == []
    assert project.accept() == ([], [])


def test_a_record_reads_as_text(project: Project) -> None:
    project.write({"sub/page.md": page(ABC[0])})
    project.accept()
    assert (
        project.root / "tests/recorded/sub/page.txt"
    ).read_text() == "=== d866dc7b print(\"a\")\na\n--- value\n'one'\n"


ASKED = """\
/// question | Which?
    id: a-question
    kind: concept
    level: easy
    reviewed: true

```python
import torch

print("in it")
```

- [x] One
- [ ] Two
- [ ] Three
///
"""


def test_a_record_names_the_question_of_a_cell_and_a_line_that_tells_more_than_its_imports(
    project: Project,
) -> None:
    project.write({"page.md": f"{page('import torch', 'import torch')}\n{ASKED}"})
    pages = project.site.read()
    (found,) = record.entries(project.engine.run(pages)[0])
    assert found.name == 'a-question: print("in it")'


def test_a_folder_that_is_accepted_takes_the_records_of_its_gone_pages_along(
    project: Project, lent: None, capsys: pytest.CaptureFixture[str]
) -> None:
    project.write({f"{name}.md": page(ABC[0]) for name in ("in/a", "in/gone", "out/b", "out/gone")})
    project.accept()
    for name in ("in/gone", "out/gone"):
        (project.root / f"docs/{name}.md").unlink()
    settings = str(project.root / "mkdocs.yml")
    assert main(["-f", settings, "accept", str(project.root / "docs/in")]) == 0
    left = sorted((project.root / "tests/recorded").rglob("*.txt"))
    assert "deleted tests/recorded/in/gone.txt\n" in capsys.readouterr().out
    assert [str(file.relative_to(project.root / "tests/recorded")) for file in left] == [
        "in/a.txt",
        "out/b.txt",
        "out/gone.txt",
    ]


def test_another_output_is_a_problem_with_a_diff(project: Project) -> None:
    project.write({"page.md": page(*ABC)})
    project.accept()
    project.edit_record("'two'", "'2'")
    (found,) = project.check()
    assert found.startswith(
        "docs/page.md:6: the output of this cell differs from what is recorded. If the new output"
        " is right, run "
    )
    assert "\n    -'2'" in found and "\n    +'two'" in found


def test_an_output_within_the_last_printed_place_is_no_problem_and_keeps_its_record(
    project: Project,
) -> None:
    project.write({"page.md": page("x = 12345\nx / 100000")})
    project.accept()
    project.edit_record("0.12345", "0.12346")
    assert project.check() == []
    assert project.accept() == ([], [])
    assert "0.12346" in project.record.read_text()


def test_a_cell_that_is_gone_is_a_problem(project: Project) -> None:
    project.write({"page.md": page(*ABC)})
    project.accept()
    project.write({"page.md": page(ABC[0], ABC[2])})
    (found,) = project.check()
    assert 'tests/recorded/page.txt holds the output of a cell that is gone: print("b")' in found


def test_the_last_cell_that_is_gone_is_a_problem(project: Project) -> None:
    project.write({"page.md": page(*ABC)})
    project.accept()
    project.write({"page.md": "Text.\n"})
    assert len(project.check()) >= 1


def test_a_record_without_a_page_is_a_problem_that_accept_mends(project: Project) -> None:
    project.write({"page.md": page(ABC[0]), "old.md": page(ABC[1])})
    project.accept()
    (project.root / "docs" / "old.md").unlink()
    (found,) = project.check()
    assert re.fullmatch(
        r"tests/recorded/old\.txt:1: this record belongs to no page\. "
        r"Run `.*unrolled accept`, or delete it\.",
        found,
    )
    assert project.accept() == (["tests/recorded/old.txt"], [])
    assert project.check() == []


def test_a_page_with_problems_keeps_its_record(project: Project) -> None:
    project.write({"page.md": page(ABC[0])})
    project.accept()
    before = project.record.read_text()
    project.write({"page.md": page('print("new")', "1 / 0")})
    changed, found = project.accept()
    assert changed == []
    assert places(found) == [6]
    assert project.record.read_text() == before


def test_inserted_cells_are_reported_and_others_are_not_blamed(project: Project) -> None:
    project.write({"page.md": page(*ABC)})
    project.accept()
    new = [f'print("new {n}")' for n in range(3)]
    project.write({"page.md": page(new[0], new[1], ABC[0], ABC[1], new[2], ABC[2])})
    found = project.check()
    assert places(found) == [1, 5, 19]
    assert all("the output of this cell is not recorded" in p for p in found)


def test_cells_inserted_beside_a_changed_one_are_told_from_it(project: Project) -> None:
    project.write({"page.md": page(*ABC)})
    project.accept()
    project.edit_record("'two'", "'2'")
    project.write({"page.md": page(ABC[0], 'print("new")', ABC[1], ABC[2])})
    found = {p.split(":")[1]: p for p in project.check()}
    assert set(found) == {"6", "10"}
    assert "not recorded" in found["6"] and "differs" in found["10"]


def test_an_inserted_cell_that_begins_like_the_others_is_not_mixed_up_with_them(
    project: Project,
) -> None:
    alike = [f"import torch\n{n}" for n in (1, 2, 3)]
    project.write({"page.md": page(*alike)})
    project.accept()
    project.write({"page.md": page("import torch\n99", *alike)})
    found = project.check()
    assert places(found) == [1]
    assert "the output of this cell is not recorded" in found[0]


WHOLE = """\
# Page

```python
x = [1, 2]
print(x)
```

Is `#!value x[0]`.

```{.python continuation}
print(len(x))
```

Is `#!value len(x)`.
"""
BROKEN = {
    "a bracket missing": ("[1, 2]", "[1, 2", 4),
    "a claim misspelt": ("x[0]", "x[7]", 8),
    "a name misspelt": ("print(x)", "print(y)", 5),
    "a later cell that raises": ("print(len(x))", "1 / 0", 11),
    "a fence not closed": ("```\n\nIs `#!value x[0]", "\nIs `#!value x[0]", 3),
    "a cell that ends its process": ("print(x)", "import os; os._exit(3)", 3),
}


@pytest.mark.parametrize(("old", "new", "line"), BROKEN.values(), ids=BROKEN.keys())
def test_what_breaks_a_chain_is_one_problem(
    old: str, new: str, line: int, project: Project
) -> None:
    project.write({"page.md": WHOLE})
    assert project.accept() == (["tests/recorded/page.txt"], [])
    assert old in WHOLE
    project.write({"page.md": WHOLE.replace(old, new, 1)})
    (found,) = project.check()
    assert found.startswith(f"docs/page.md:{line}: ")


def test_a_record_that_cannot_be_read_is_one_problem_that_accept_mends(project: Project) -> None:
    project.write({"page.md": page(*ABC)})
    project.accept()
    good = project.record.read_text("utf-8")
    mark = "<<<<<<< HEAD\n"
    for content, said in {
        good.encode().replace(
            b"two", b"tw\xe9"
        ): "tests/recorded/page.txt:8: this record is not UTF",
        (mark + good).encode(): "tests/recorded/page.txt:1: a merge is not finished here. ",
        b"\nfew\n" + good.encode(): "tests/recorded/page.txt:2: this line belongs to no cell's ",
    }.items():
        project.record.write_bytes(content)
        (found,) = project.check()
        assert found.startswith(said), found
        assert project.accept() == (["tests/recorded/page.txt"], [])
        assert project.record.read_text("utf-8") == good


def test_a_folder_where_a_record_belongs_is_one_problem(project: Project) -> None:
    project.write({"page.md": page(*ABC)})
    project.record.mkdir(parents=True)
    said = "tests/recorded/page.txt:1: this is a folder, where the record of a page belongs. Move"
    for found in (project.check(), project.accept()[1]):
        assert [problem[: len(said)] for problem in found] == [said]


def test_a_file_where_the_folder_of_records_belongs_is_one_problem(project: Project) -> None:
    project.write({"page.md": page(*ABC)})
    (project.root / "tests").write_text("")
    said = "tests:1: this is a file, where the folder of records belongs. Move it, or delete it."
    assert project.check() == project.accept()[1] == [said]


def test_what_is_printed_is_told_from_a_value(project: Project) -> None:
    project.write({"page.md": page("x = 3\nx")})
    project.accept()
    project.write({"page.md": page('x = 3\nprint("--- value")\nprint(x)')})
    (found,) = project.check()
    assert "the output of this cell differs from what is recorded" in found
    assert project.accept() == (["tests/recorded/page.txt"], [])
    assert project.check() == []
