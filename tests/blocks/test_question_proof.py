"""Proof of questions: what readers see of it. What refutes a question are golden cases."""

import pytest

from support.page import problems, render
from support.questions import GOOD, fence
from unrolled.run.engine import Engine


@pytest.mark.parametrize("text", GOOD.values(), ids=GOOD.keys())
def test_a_true_question_has_no_problem(text: str, engine: Engine) -> None:
    assert problems(text, engine) == []


def test_readers_see_how_a_question_was_proved(engine: Engine) -> None:
    """Distractors are counted, torch and the day named, and what an option raised is quoted."""
    page = render(GOOD["choose-code"], engine)
    told = "A run tried each option: the key passes the check and all 2 distractors failed, torch"
    assert f"{told} 2.13.0, 20" in page
    told = "A run gave the key, and ruled out all 2 distractors, torch 2.13.0, 20"
    assert told in render(GOOD["predict-output"], engine)
    assert (
        "it raises <code>AttributeError: module 'torch.nn' has no attribute 'SimpleRNN'</code>"
        in page
    )
    assert "A run evaluated a condition for each of the 3 options" in render(
        GOOD["concept"], engine
    )
    assert "Reviewed by a person" in render(GOOD["reviewed concept"], engine)
    assert "You get this when you run:" in render(GOOD["a cause"], engine)


def test_the_status_page_counts_what_is_proved(engine: Engine) -> None:
    page = render(
        GOOD["predict-output"]
        + "\n"
        + fence("x = 1")
        + "\n\nIt is `#!check x == 1`.\n\n/// proofs\n///\n",
        engine,
    )
    for what, number in {
        "Questions: equal to a run": "1",
        "Distractors ruled out by runs": "2",
        "Claims confirmed": "1",
    }.items():
        assert f"<td>{what}</td>\n<td>{number}</td>" in page
    assert "equal to a run" in page
