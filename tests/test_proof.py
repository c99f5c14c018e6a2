"""Proof of questions: each rule is shown failing, with its line and what actually happened."""

import pytest

from conftest import problems, render
from unrolled.run.engine import Engine

STEM = "import torch\nfrom torch import nn\n\nout, h_n = nn.RNN(5, 3)(torch.randn(7, 4, 5))\nprint(out.shape)"


def question(kind: str, stem: str, options: list[tuple[str, str]], extra: str = "") -> str:
    """Return a page with one question; the options as label and rationale, the key's label begun with `*`."""
    lines = [
        "/// question | What happens?",
        "    id: a-b",
        f"    kind: {kind}",
        "    level: easy",
        *([f"    {extra}"] if extra else []),
        "",
        stem,
    ]
    for label, rationale in options:
        box = "[x]" if label.startswith("*") else "[ ]"
        lines += ["", f"- {box} {label.removeprefix('*')}", "", *("    " + line if line else "" for line in rationale.split("\n"))]
    return "\n".join([*lines, "", "///", ""])


def fence(code: str, options: str = "") -> str:
    return f"```{{.python {options}}}\n{code}\n```" if options else f"```python\n{code}\n```"


def predict(*labels: str) -> str:
    return question("predict-output", fence(STEM), [(label, "Why.") for label in labels])


RIGHT = ["*`torch.Size([7, 4, 3])`", "`torch.Size([4, 7, 3])`", "`torch.Size([1, 4, 3])`"]
RAISING = fence("import torch\ntorch.zeros(2) + torch.zeros(3)", "raises=RuntimeError")
MESSAGE = "RuntimeError: The size of tensor a (2) must match the size of tensor b (3) at non-singleton dimension 0"
CHECK = fence("assert layer.hidden_size == 20", "check")
SETUP = fence("from torch import nn", "hidden")
CODE = ["*`layer = nn.RNN(10, 20)`", "`layer = nn.RNN(20, 10)`", "`layer = nn.SimpleRNN(10, 20)`"]
HOLDS = fence("holds = [1 + 1 == 2, 1 + 1 == 3, False]", "hidden")


def code_question(stem: str, labels: list[str]) -> str:
    return question("choose-code", stem, [(label, "Why.") for label in labels])


GOOD = {
    "predict-output": predict(*RIGHT),
    "predict-error": question("predict-error", RAISING, [(f"*`{MESSAGE}`", "a"), ("`runs`", "b"), ("`ValueError: no`", "c")]),
    "predict-error that runs": question("predict-error", fence("x = 1"), [("*`runs`", "a"), ("`ValueError: a`", "b"), ("`ValueError: b`", "c")]),
    "choose-code": code_question(SETUP + "\n\n" + CHECK, CODE),
    "choose-code with a syntax error": code_question(SETUP + "\n\n" + CHECK, [*CODE[:2], "`layer = nn.RNN(input_size=10, 20)`"]),
    "concept": question("concept", HOLDS, [("*Two", "a"), ("Three", "b"), ("Four", "c")]),
    "reviewed concept": question("concept", "Stem.", [("*Two", "a"), ("Three", "b"), ("Four", "c")], "reviewed: true"),
    "a cause": predict(*RIGHT).replace("Why.\n\n///", "Why.\n\n    ```{.python cause continuation}\n    h_n.shape\n    ```\n\n///"),
    "a cause that raises": question(
        "predict-error", fence("x = [1]"), [("*`runs`", "a"), ("`IndexError: list index out of range`", fence("x[3]", "cause continuation raises=IndexError")), ("`KeyError: 3`", "c")]
    ),
}  # fmt: skip


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
    "a cause outside a question": ("```{.python cause}\n1\n```\n", "a 'cause' cell stands outside a question"),
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
    for what, number in {"Questions proved by runs": "1 (100%)", "Distractors proved wrong": "2", "Claims borne out": "1"}.items():
        assert f"<td>{what}</td>\n<td>{number}</td>" in page
    assert "outcome of a run" in page
