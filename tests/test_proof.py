"""Proof of questions: each rule is shown failing, with its line and what actually happened."""

import pytest

from support.page import problems, render
from support.questions import CHECK, CODE, GOOD, HOLDS, RAISING, RIGHT, SETUP, code_question, fence, predict, question
from unrolled.run.engine import Engine

@pytest.mark.parametrize("text", GOOD.values(), ids=GOOD.keys())
def test_a_true_question_has_no_problem(text: str, engine: Engine) -> None:
    assert problems(text, engine) == []


WRONG = {
    "a wrong key": (predict("`torch.Size([2, 2, 2])`", "*`torch.Size([4, 7, 3])`", "`torch.Size([1, 4, 3])`"), "the key of question 'a-b' is not what the run gives"),
    "a right distractor": (predict("*`torch.Size([4, 7, 3])`", "`torch.Size([7, 4, 3])`", "`torch.Size([1, 4, 3])`"), "the distractor `torch.Size([7, 4, 3])` of question 'a-b' is right"),
    "a right distractor, written otherwise": (predict("*`torch.Size([4, 7, 3])`", "`(7,4,3)`", "`torch.Size([1, 4, 3])`"), "the distractor `(7,4,3)` of question 'a-b' is right"),
    "two options that mean the same": (predict(*RIGHT[:2], "`(4, 7, 3)`"), "the options `torch.Size([4, 7, 3])` and `(4, 7, 3)` of question 'a-b' mean the same"),
    "a cell that raises": (question("predict-output", RAISING, [("*`1`", "a"), ("`2`", "b"), ("`3`", "c")]), "the cell of question 'a-b' raises RuntimeError"),
    "a cell that prints nothing": (question("predict-output", fence("x = 1"), [("*`1`", "a"), ("`2`", "b"), ("`3`", "c")]), "the cell of question 'a-b' prints nothing"),
    "no cell": (question("predict-output", "Stem.", [("*`1`", "a"), ("`2`", "b"), ("`3`", "c")]), "question 'a-b' is predict-output and has no cell"),
    "another message": (question("predict-error", RAISING, [("*`RuntimeError: The sizes differ`", "a"), ("`runs`", "b"), ("`c`", "c")]), "the key of question 'a-b' is not what the run gives"),
    "an error where it runs": (question("predict-error", fence("x = 1"), [("*`ValueError: a`", "a"), ("`runs`", "b"), ("`c`", "c")]), "the distractor `runs` of question 'a-b' is right"),
    "a key that fails its check": (code_question(SETUP + "\n\n" + CHECK, ["`layer = nn.RNN(10, 30)`", "*`layer = nn.RNN(20, 10)`", CODE[2]]), "the key `layer = nn.RNN(20, 10)` of question 'a-b' fails its check"),
    "a distractor that passes": (code_question(SETUP + "\n\n" + CHECK, [*CODE[:2], "`layer = nn.RNN(hidden_size=20, input_size=10)`"]), "of question 'a-b' passes the check"),
    "no check": (code_question(SETUP, CODE), "question 'a-b' is choose-code and has no check cell"),
    "no evidence": (question("concept", "Stem.", [("*Two", "a"), ("Three", "b"), ("Four", "c")]), "question 'a-b' is a concept question without evidence"),
    "evidence and reviewed": (question("concept", HOLDS, [("*Two", "a"), ("Three", "b"), ("Four", "c")], "reviewed: true"), "has evidence and says reviewed: true"),
    "a key that does not hold": (question("concept", HOLDS, [("Two", "a"), ("*Three", "b"), ("Four", "c")]), "the key of question 'a-b' does not hold in the run"),
    "a distractor that holds": (question("concept", HOLDS, [("Two", "a"), ("*Three", "b"), ("Four", "c")]), "a distractor of question 'a-b' holds in the run"),
    "too few truths": (question("concept", HOLDS.replace(", False]", "]"), [("*Two", "a"), ("Three", "b"), ("Four", "c")]), "'holds' has 2 values and question 'a-b' 3 options"),
    "a cause that leads elsewhere": (GOOD["a cause"].replace("h_n.shape", "out.shape"), "this mistaken code does not lead to its option"),
    "a cause in the key": (predict(*RIGHT).replace("Why.", "Why.\n\n    ```{.python cause continuation}\n    out.shape\n    ```", 1), "a 'cause' cell stands outside a distractor's rationale"),
    "a cause outside a question": ("```{.python cause}\n1\n```\n", "a 'cause' cell stands outside a block 'question'"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "fact"), WRONG.values(), ids=WRONG.keys())
def test_a_false_question_is_refuted(text: str, fact: str, engine: Engine) -> None:
    found = problems(text, engine)
    assert any(fact in problem for problem in found), found


def test_expected_and_actual_stand_beneath(engine: Engine) -> None:
    found = problems(WRONG["a wrong key"][0], engine)[0]
    assert found.endswith("    expected torch.Size([4, 7, 3])\n    actual   torch.Size([7, 4, 3])")


def test_readers_see_how_a_question_was_proved(engine: Engine) -> None:
    """The distractors are counted, the torch and the day are named, and what an option raised is quoted."""
    page = render(GOOD["choose-code"], engine)
    assert "Key and all 2 distractors proved by a run, torch 2.13.0, 20" in page
    assert "it raises <code>AttributeError: module 'torch.nn' has no attribute 'SimpleRNN'</code>" in page
    assert "A run computed whether each of the 3 options holds" in render(GOOD["concept"], engine)
    assert "Reviewed by a person" in render(GOOD["reviewed concept"], engine)
    assert "You get this when you run:" in render(GOOD["a cause"], engine)


def test_the_status_page_counts_what_is_proved(engine: Engine) -> None:
    page = render(GOOD["predict-output"] + "\n" + fence("x = 1") + "\n\nIt is `#!check x == 1`.\n\n/// proofs\n///\n", engine)
    for what, number in {"Questions proved by runs": "1 (100%)", "Distractors proved wrong": "2", "Claims confirmed": "1"}.items():
        assert f"<td>{what}</td>\n<td>{number}</td>" in page
    assert "outcome of a run" in page
