"""What long work says of itself where there is no terminal."""

import pytest

from support.page import cell, problems
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
