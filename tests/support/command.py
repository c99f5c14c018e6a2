"""The command `unrolled check`, and what it says."""

from __future__ import annotations

from pathlib import Path

import pytest

from unrolled.cli import main
from unrolled.model.problem import EXPLAINED


def said(root: Path, capsys: pytest.CaptureFixture[str], *names: str) -> list[str]:
    """Return what `unrolled check` says of a site, or of its pages with these names.

    A line of a problem each, without what ends it. How far the cells are is said as the machine
    is slow, and left out.
    """
    capsys.readouterr()
    status = main(
        ["-f", str(root / "mkdocs.yml"), "check", *(str(root / "docs" / name) for name in names)]
    )
    lines = [
        line
        for line in capsys.readouterr().err.splitlines()
        if not line.startswith("running cells: ")
    ]
    if not lines:
        assert status == 0
        return []
    *found, meaning, count = lines
    assert (status, count) == (1, f"{len(found)} problem{'s' * (len(found) > 1)}.")
    assert meaning.startswith(f"What such problems mean: {EXPLAINED} #")
    return found


def said_whole(root: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """Return what `unrolled check` says of a site in which it finds something, details included."""
    capsys.readouterr()
    assert main(["-f", str(root / "mkdocs.yml"), "check"]) == 1
    return capsys.readouterr().err
