"""Lint: shapes that nothing proves, claims in comments, and questions that can be answered without knowing."""

import pytest

from support.page import cell, places, planned, problems
from support.questions import RIGHT, fence, predict, question
from unrolled.model.page import Page
from unrolled.run.engine import Engine
from unrolled.site.check import among

MAKE = "import torch\n\nout = torch.zeros(4, 7, 3)"
UNPROVED = {
    "prose": ("It is (4, 7, 3).\n", 1),
    "inline code": ("It is `(4, 7, 3)`.\n", 1),
    "torch.Size": ("It is `torch.Size([4, 7, 3])`.\n", 1),
    "a table": ("| a |\n| --- |\n| `(4, 7)` |\n", 3),
    "front matter": ("---\ntitle: a (4, 7) shape\n---\n\nText.\n", 2),
    "a text fence": ("```text\ntorch.Size([4, 7])\n```\n", 2),
    "alternative text": ('```{.python alt="A (4, 7) image."}\nimport matplotlib.pyplot as plt\nplt.plot([1]);\n```\n', 1),
    "raw HTML": ('<p title="(4, 7)">x</p>\n', 1),
    "an option of a concept question": (question("concept", fence("holds = [True, False, False]", "hidden"), [("*(4, 7)", "a"), ("b", "b"), ("c", "c")]), 10),
    "a comment": (cell(MAKE + "\n# the shape (4, 7, 3)"), 5),
    "a comment inside a function": (cell("import torch\n\n\ndef f():\n    x = torch.zeros(2, 3)  # batch=2, seq_len=3\n    return x"), 6),
    "a comment of a cell that is not run": (cell("x = 1  # x: (2, 3)", 'notest reason="no"'), 2),
    "a symbolic shape": ("It is `(L, N, D * H_out)`.\n", 1),
}  # fmt: skip


@pytest.mark.parametrize(("text", "line"), UNPROVED.values(), ids=UNPROVED.keys())
def test_a_shape_that_nothing_proves_is_a_problem(text: str, line: int, engine: Engine) -> None:
    found = [p for p in problems(text, engine) if "nothing proves" in p]
    assert places(found) == [line], problems(text, engine)


PROVED = {
    "a claim": cell(MAKE) + "\nIt is `#!shape out: (4, 7, 3)`.\n",
    "code": "Call `torch.randn(4, 7, 5)` or `nn.RNN(5, 3)`.\n",
    "a comment that names a tensor": cell(MAKE + "  # out: (4, 7, 3)"),
    "a comment that names the axes": cell(MAKE + "  # batch=4, seq_len=7, features=3"),
    "two in a comment": cell(MAKE + "\nh = out[0]\nboth = out, h  # out: (4, 7, 3), h: torch.Size([7, 3])"),
    "the options of a proved question": predict(*RIGHT),
    "one number in brackets": "The first (1) and the second (2).\n",
}


@pytest.mark.parametrize("text", PROVED.values(), ids=PROVED.keys())
def test_a_shape_that_a_run_proves_is_none(text: str, engine: Engine) -> None:
    assert problems(text, engine) == []


REFUTED = {
    "a name": cell(MAKE + "  # out: (7, 4, 3)"),
    "axes": cell(MAKE + "  # seq_len=7, batch=4, features=3"),
    "too few axes": cell(MAKE + "  # batch=4, seq_len=7"),
    "an index": cell(MAKE + "\nlast = out[:, -1]  # out[:, -1]: (4, 7)"),
}


@pytest.mark.parametrize("text", REFUTED.values(), ids=REFUTED.keys())
def test_a_comment_with_another_shape_is_refuted(text: str, engine: Engine) -> None:
    found = problems(text, engine)
    assert len(found) == 1
    assert "has another shape" in found[0] and "actual" in found[0]


def test_a_comment_speaks_of_its_own_line(engine: Engine) -> None:
    """A variable bound anew later in the cell does not matter."""
    code = "import torch\n\nx = torch.zeros(2, 3)  # batch=2, features=3\nx = x.T  # x: (3, 2)\nx = 1"
    assert problems(cell(code), engine) == []


def test_a_comment_on_a_line_that_was_not_reached_is_refuted(engine: Engine) -> None:
    found = problems(cell("import torch\n1 / 0\nx = torch.zeros(2, 3)  # x: (2, 3)", "raises=ZeroDivisionError"), engine)
    assert len(found) == 1 and "did not come to its line" in found[0]


GUESSED = {
    "above": (question("concept", fence("holds = [True, False, False]", "hidden"), [("*a", "a"), ("b, as above", "b"), ("c", "c")]), "'above' in an option"),
    "all of these": (question("concept", fence("holds = [True, False, False]", "hidden"), [("*a", "a"), ("all of these", "b"), ("c", "c")]), "'all of these' in an option"),
    "a negative": (predict(*RIGHT).replace("What happens?", "What is not printed?"), "the negative 'not' in the title"),
    "a hint with the key": (predict(*RIGHT).replace("\n///\n", "\n//// hint\nIt is (7, 4, 3), is it?\n////\n///\n"), "a hint of question 'a-b' contains the key"),
    "an output before it": (cell("print('torch.Size([7, 4, 3])')") + "\n" + predict(*RIGHT), "the output of this cell gives away the key"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "fact"), GUESSED.values(), ids=GUESSED.keys())
def test_a_question_that_gives_itself_away_is_a_problem(text: str, fact: str, engine: Engine) -> None:
    assert any(fact in p for p in problems(text, engine)), problems(text, engine)


def test_an_emphasised_negative_is_fine(engine: Engine) -> None:
    assert problems(predict(*RIGHT).replace("What happens?", "What is **not** printed?"), engine) == []


def facts(keys: str, long: int = 0) -> list[str]:
    """Return what is wrong with a site of one question a page, its keys at the given letters; the first `long` keys are the longest option."""
    pages: list[Page] = []
    for number, letter in enumerate(keys):
        options: list[tuple[str, str]] = []
        for name in "ABC":
            more = "longer" if (name == letter) == (number < long) else ""
            options.append((f"{'*' if name == letter else ''}{name.lower()}{more}", "Why."))
        text = question("concept", "Stem.", options, "reviewed: true").replace("a-b", f"a-{number}")
        pages.append(planned(text, f"p{number:02}.md"))
    return [problem.fact for problem in among(pages, pages)]


def test_the_letter_of_the_key_is_spread_over_the_site() -> None:
    assert facts("ABC" * 5) == []
    assert facts("A" * 9 + "BC" * 3) == ["the key is A in 9 of the site's 15 questions"]


def test_a_few_questions_say_nothing_of_the_letters() -> None:
    assert facts("A" * 6) == []


def test_the_key_is_not_usually_the_longest() -> None:
    assert facts("ABC" * 5, long=8) == ["the key is the longest option in 8 of the site's 15 questions"]
