"""Strict.

A warning of anybody fails what `make check` runs, and what is published agrees with what was
recorded.
"""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from support.built import STRICT, build
from support.page import cell
from support.paths import PROJECT
from support.sites import WriteSite, settings
from unrolled.cli import main

HOOK = """
from mkdocs.plugins import get_plugin_logger

def on_page_markdown(markdown, **event):
    get_plugin_logger("another").warning("this is odd")
"""


def commands(target: str) -> list[list[str]]:
    """Return the builds that a target of the Makefile runs, as they are run here."""
    told = subprocess.run(
        ["make", "--dry-run", target], cwd=PROJECT, capture_output=True, text=True, check=True
    ).stdout
    return [
        [sys.executable, "-m", *words.split()]
        for words in re.findall(r"bin/(mkdocs build.*)", told)
    ]


def test_every_target_that_checks_or_publishes_builds_the_site() -> None:
    assert len(commands("check")) == len(commands("site")) == 1


BUILDS = {
    "make check": commands("check")[0],
    "make site": commands("site")[0],
    "the tests": list(STRICT),
}


@pytest.mark.parametrize(
    "command", [*BUILDS.values(), [*STRICT, "--quiet"]], ids=[*BUILDS, "quietly"]
)
def test_a_warning_of_another_plugin_fails_the_build(
    command: list[str], write_site: WriteSite
) -> None:
    """And is shown, or nobody knows why it failed; without it the same build is well."""
    root = write_site({"index.md": "# Home\n"})
    assert subprocess.run(command, cwd=root, capture_output=True, timeout=300).returncode == 0
    (root / "odd.py").write_text(HOOK, "utf-8")
    settings(root, "hooks:\n  - odd.py\n")
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, timeout=300)
    assert done.returncode != 0
    assert "another: this is odd" in done.stderr
    assert "Aborted with 1 warnings in strict mode" in done.stdout


def recorded(write_site: WriteSite) -> Path:
    """Return a site whose outputs are recorded."""
    root = write_site({"index.md": f"# Home\n\n{cell('chr(64 + 1)')}"})
    assert main(["-f", str(root / "mkdocs.yml"), "accept"]) == 0
    return root


def test_a_build_compares_the_records(write_site: WriteSite) -> None:
    root = recorded(write_site)
    record = root / "tests/recorded/index.txt"
    assert build(root).returncode == 0
    page = (root / "site/index.html").read_text("utf-8")
    record.write_text(record.read_text("utf-8").replace("'A'", "'B'"), "utf-8")
    for options in ((), ("--clean",)):
        done = build(root, *options)
        assert done.returncode != 0
        assert (
            "docs/index.md:3: the output of this cell differs from what is recorded." in done.stderr
        )
        assert (root / "site/index.html").read_text("utf-8") == page
    record.rename(record.with_name("gone.txt"))
    done = build(root)
    assert "docs/index.md:3: the outputs of this page are not recorded." in done.stderr
    assert "tests/recorded/gone.txt:1: this record belongs to no page." in done.stderr


def test_a_site_that_keeps_no_records_is_built(write_site: WriteSite) -> None:
    root = write_site({"index.md": f"# Home\n\n{cell('6 * 7')}"})
    assert build(root).returncode == 0


def test_a_build_refuses_keys_that_can_be_guessed_as_the_check_does(write_site: WriteSite) -> None:
    question = (
        "/// question | Which {0}?\n    id: q-{0}\n    kind: concept\n    level: easy\n   "
        " reviewed: true\n\n- [x] One\n\n    Yes.\n\n- [ ] Two\n\n    No.\n\n- [ ] Three\n\n   "
        " No.\n///\n"
    )
    root = write_site({"index.md": "# Home\n\n" + "\n".join(question.format(n) for n in range(12))})
    assert "docs/index.md:3: the key is A in 12 of the site's 12 questions." in build(root).stderr
