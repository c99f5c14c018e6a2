"""Files that a page takes in by pymdownx.snippets: text, held to the rules of the page's own.

What is to be proved stands in the page. Each fault is said once, at the line that takes the file
in.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from support.page import cell
from support.sites import WriteSite, settings
from unrolled.cli import main

CELL = "```python\n1 / 0\n```\n"
QUESTION = """/// question | What is it?
    id: snippet-question
    kind: concept
    level: easy
    skill: shapes
    reviewed: true

- [x] One

    Because.

- [ ] Two

    No.

- [ ] Three

    Never.
///
"""
CLAIM = "Included `#!value x`.\n"
SECTIONS = (
    "--8<-- [start:text]\nA text.\n--8<-- [end:text]\n\n"
    f"--8<-- [start:cell]\n{CELL}--8<-- [end:cell]\n"
)
HEAD = "# Snippets\n\n" + cell("x = 2") + "\n"
TAKE = '--8<-- "inc.txt"\n'
ITSELF = "Write it in the page itself."
PROVABLE = "Write it in the page itself, where a run can prove it."


def check(root: Path, capsys: pytest.CaptureFixture[str], options: str = "") -> list[str]:
    """Return what the check of a site with snippets says, but that nothing is recorded."""
    given = f"{{base_path: ['{root}']{options}}}"
    settings(root, f"markdown_extensions: [{{pymdownx.snippets: {given}}}]\n")
    main(["-f", str(root / "mkdocs.yml"), "check"])
    lines = capsys.readouterr().err.split("\n")
    return [line for line in lines if line.startswith("docs/") and "not recorded" not in line]


FAULTS: dict[str, tuple[str, Mapping[str, str], list[str]]] = {
    "a claim": (TAKE, {"inc.txt": CLAIM}, [f"7: a snippet holds a claim: #!value x. {ITSELF}"]),
    "a cell": (TAKE, {"inc.txt": CELL}, [f"7: a snippet holds a cell: 1 / 0. {ITSELF}"]),
    "a question": (
        TAKE,
        {"inc.txt": QUESTION},
        [f"7: a snippet holds a block 'question': What is it?. {ITSELF}"],
    ),
    "the second of two": (
        '--8<-- "plain.txt"\n\n--8<-- "inc.txt"\n',
        {"plain.txt": "Plain.\n", "inc.txt": CLAIM},
        [f"9: a snippet holds a claim: #!value x. {ITSELF}"],
    ),
    "claims around it": (
        f"Here `#!value x`.\n\n{TAKE}\nThen `#!value x + 1`.\n",
        {"inc.txt": CLAIM},
        [f"9: a snippet holds a claim: #!value x. {ITSELF}"],
    ),
    "in a list": (
        f"- An item.\n\n    {TAKE}",
        {"inc.txt": CELL},
        [f"9: a snippet holds a cell: 1 / 0. {ITSELF}"],
    ),
    "in a note": (
        f"!!! note\n    Text.\n\n    {TAKE}",
        {"inc.txt": CLAIM},
        [f"10: a snippet holds a claim: #!value x. {ITSELF}"],
    ),
    "in a tab": (
        f"/// tab | One\n\n{TAKE}\n///\n",
        {"inc.txt": QUESTION.replace("///", "////")},
        [f"9: a snippet holds a block 'question': What is it?. {ITSELF}"],
    ),
    "in an option": (
        QUESTION.replace("    No.", f"    {TAKE.strip()}"),
        {"inc.txt": CLAIM},
        [f"20: a snippet holds a claim: #!value x. {ITSELF}"],
    ),
    "a table": (
        TAKE,
        {"inc.txt": "| a | b |\n| --- | --- |\n| one | `#!value x` |\n"},
        [f"7: a snippet holds a claim: #!value x. {ITSELF}"],
    ),
    "several files": (
        "--8<--\nplain.txt\n\ninc.txt\n--8<--\n",
        {"plain.txt": "Plain.\n", "inc.txt": CELL},
        [f"10: a snippet holds a cell: 1 / 0. {ITSELF}"],
    ),
    "a section": (
        '--8<-- "inc.txt:text"\n\n--8<-- "inc.txt:cell"\n',
        {"inc.txt": SECTIONS},
        [f"9: a snippet holds a cell: 1 / 0. {ITSELF}"],
    ),
    "some lines": (
        '--8<-- "inc.txt:1:1"\n\n--8<-- "inc.txt:3:5"\n',
        {"inc.txt": f"Text.\n\n{CELL}"},
        [f"9: a snippet holds a cell: 1 / 0. {ITSELF}"],
    ),
    "a file in a file": (
        TAKE,
        {"inc.txt": 'Text.\n\n--8<-- "inner.txt"\n', "inner.txt": CLAIM},
        [f"7: a snippet holds a claim: #!value x. {ITSELF}"],
    ),
    "a typed number": (
        TAKE,
        {"inc.txt": "It is right in 97 % of all cases.\n"},
        [f"7: nothing proves the percentage '97 %'. {PROVABLE}"],
    ),
    "a typed shape": (
        TAKE,
        {"inc.txt": "The output is (4, 7, 3).\n"},
        [f"7: nothing proves the shape '(4, 7, 3)'. {PROVABLE}"],
    ),
    "typed output": (
        f"```text\n{TAKE}```\n",
        {"inc.txt": "Epoch 1\nloss: 0.31\n"},
        [f"8: nothing proves the output 'Epoch 1'. {PROVABLE}"],
    ),
    "a page's own list": (
        TAKE,
        {"inc.txt": "Text.\n- one\n- two\n"},
        ["7: this list would be shown as a part of the line above it. Leave a blank line before"
         " it."],
    ),
    "no such file": (
        '--8<-- "gone.txt"\n',
        {},
        ["7: there is no file 'gone.txt' for this snippet. Name one as it lies beneath the"
         " base_path of snippets."],
    ),
    "no such section": (
        '--8<-- "inc.txt:gone"\n',
        {"inc.txt": SECTIONS},
        ["7: the file 'inc.txt' has no section 'gone'. Begin it there: --8<-- [start:gone]."],
    ),
    "no such lines": (
        '--8<-- "inc.txt:50:60"\n',
        {"inc.txt": "Text.\n"},
        ["7: the file 'inc.txt' has no such lines: it has 2. Name lines that are there."],
    ),
    "outside": (
        '--8<-- "../../../etc/hostname"\n',
        {},
        ["7: there is no file '../../../etc/hostname' for this snippet. Name one as it lies beneath"
         " the base_path of snippets."],
    ),
    "elsewhere": (
        '--8<-- "https://example.org/inc.txt"\n',
        {},
        ["7: a snippet comes from another host: https://example.org/inc.txt. Put a copy beneath the"
         " site's folder, and name that."],
    ),
    "itself": (
        TAKE,
        {"inc.txt": f"Text.\n\n{TAKE}"},
        ["7: the snippet 'inc.txt' takes in itself. Take that line out of the file."],
    ),
    "a list that is not closed": (
        f"--8<--\ninc.txt\n\n{cell('x', 'continuation')}",
        {"inc.txt": "Text.\n"},
        ["7: this list of snippets is not closed. Close it with a line --8<--."],
    ),
    "in a cell": (
        "```python\n--8<-- 'code.py'\nprint(1)\n```\n",
        {"code.py": "y = 1\n"},
        ["8: '--8<-- 'code.py'' would take in another file, and a cell runs as it stands. Write the"
         " code in the cell, or import it from a module beside the page."],
    ),
    "a list in a cell": (
        "```python\n--8<--\ncode.py\n--8<--\n```\n",
        {"code.py": "y = 1\n"},
        ["8: '--8<--' would take in another file, and a cell runs as it stands. Write the"
         " code in the cell, or import it from a module beside the page."],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("page", "files", "expected"), FAULTS.values(), ids=FAULTS.keys())
def test_what_a_snippet_may_not_hold_is_said_once(
    page: str,
    files: Mapping[str, str],
    expected: list[str],
    write_site: WriteSite,
    lent: None,
    capsys: pytest.CaptureFixture[str],
) -> None:
    root = write_site({"index.md": HEAD + page})
    for name, text in files.items():
        (root / name).write_text(text, "utf-8")
    assert check(root, capsys) == [f"docs/index.md:{problem}" for problem in expected]


def test_all_that_is_wrong_with_snippets_is_said_at_once(
    write_site: WriteSite, lent: None, capsys: pytest.CaptureFixture[str]
) -> None:
    page = f'# Snippets\n\n{TAKE}\n--8<-- "gone.txt"\n\n--8<-- "plain.txt"\n'
    root = write_site({"index.md": page})
    (root / "inc.txt").write_text('--8<-- "inner.txt"\n', "utf-8")
    (root / "inner.txt").write_text("```python\n1 / 0\n```\n", "utf-8")
    (root / "plain.txt").write_text("A loss of 0.31, and 97 %.\n", "utf-8")
    found = check(root, capsys, ", check_paths: true")
    assert [line.partition(". ")[0] for line in found] == [
        "docs/index.md:3: a snippet holds a cell: 1 / 0",
        "docs/index.md:5: there is no file 'gone.txt' for this snippet",
        "docs/index.md:7: nothing proves the number '0.31'",
        "docs/index.md:7: nothing proves the percentage '97 %'",
    ]


def test_a_problem_names_the_line_of_the_file_too(
    write_site: WriteSite, lent: None, capsys: pytest.CaptureFixture[str]
) -> None:
    root = write_site({"index.md": f"# Snippets\n\n    {TAKE}\n- a\n\n    {TAKE}"})
    (root / "inc.txt").write_text("Text.\n\nIt is 97 % here.\n", "utf-8")
    settings(root, f"markdown_extensions: [{{pymdownx.snippets: {{base_path: ['{root}']}}}}]\n")
    assert main(["-f", str(root / "mkdocs.yml"), "check"]) == 1
    assert "\n    inc.txt:3: It is 97 % here.\n" in capsys.readouterr().err


def test_text_from_a_snippet_stands_on_the_page(
    write_site: WriteSite, lent: None, capsys: pytest.CaptureFixture[str]
) -> None:
    page = (
        f'{HEAD}{TAKE}\n--8<-- "inc.txt:1:1"\n\n- item\n\n    {TAKE}\n```yaml\n{TAKE}```\n\n'
        f"```markdown\n;{TAKE}```\n\n[there](#part)\n"
    )
    root = write_site({"index.md": page})
    (root / "inc.txt").write_text("Words.\n\n--8<-- 'deep.md'\n", "utf-8")
    (root / "deep.md").write_text("[more](#snippets)\n", "utf-8")
    found = check(root, capsys)
    assert [line.partition(". ")[0] for line in found] == [
        "docs/index.md:23: the link '#part' leads nowhere: docs/index.md has no anchor '#part'"
    ]


def test_a_file_by_a_symbolic_link_out_of_the_folder_is_not_taken_in(
    write_site: WriteSite, lent: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = write_site({"index.md": f"# Snippets\n\n{TAKE}"})
    (tmp_path / "secret.txt").write_text("A secret.\n", "utf-8")
    (root / "inc.txt").symlink_to(tmp_path / "secret.txt")
    assert check(root, capsys) == [
        "docs/index.md:3: the snippet 'inc.txt' leads out of the folders of snippets. Put a copy"
        " there."
    ]
