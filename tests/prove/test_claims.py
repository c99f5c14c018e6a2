"""Claims and what evaluating them does.

Neither prints, nor changes what comes after, nor lasts for ever. The rest are golden cases.
"""

from support.page import cell, panes, problems
from unrolled.run.engine import Engine


def test_a_claim_neither_prints_nor_changes_the_random_numbers_after_it(engine: Engine) -> None:
    first = cell(
        "import random, torch, numpy as np\ndraw = lambda: [torch.rand(1), random.random(),"
        " np.random.rand()]\n0"
    )
    second = cell("draw()", "continuation")
    claimed = first + "\nSee `#!value (print('loud'), len(draw()))[1]`.\n\n" + second
    assert problems(claimed, engine) == []
    assert panes(claimed, engine) == panes(first + "\n" + second, engine) != []


def test_a_claim_that_does_not_end_is_a_timeout(engine: Engine) -> None:
    found = problems(
        cell("def spin():\n    while True:\n        pass", "timeout=0.5")
        + "\nIt is `#!value spin()`.\n",
        engine,
    )
    assert len(found) == 1
    assert "longer than 0.5 s" in found[0]
