"""What long work says of itself where there is no terminal."""

import pytest

from support.page import cell, problems
from unrolled.run import meter
from unrolled.run.engine import Engine


def test_what_is_to_run_is_said_at_once_and_what_the_cache_holds_is_not(
    engine: Engine, capsys: pytest.CaptureFixture[str]
) -> None:
    text = cell("told = 'of its run'") + "\n" + cell("told = 'of another'")
    assert problems(text, engine) == []
    said = capsys.readouterr().err
    assert said.splitlines()[0] == "running cells: 2 chains that the cache does not hold"
    assert problems(text, engine) == []
    assert capsys.readouterr().err == ""


def test_a_line_between_two_chains_names_none(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(meter, "EVERY", -1.0)
    with meter.Meter(2) as counted:
        counted.started("page.md:3")
        counted.ended("page.md:3")
    assert capsys.readouterr().err.splitlines()[1:] == [
        "running cells: 0 of 2 chains done, at page.md:3",
        "running cells: 1 of 2 chains done",
    ]
