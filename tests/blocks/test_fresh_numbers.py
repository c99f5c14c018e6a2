"""Fresh numbers, blanks and typed answers: what their form and their runs must be."""

import json
import re

import pytest

from support.page import form, places, planned, problems, render
from support.questions import fence, question
from unrolled.run.engine import Engine

VARY = "vary: {5: [6, 8], 3: [9, 10], 7: [11, 12]}"
CAUSED = "Why.\n\n```{.python cause continuation}\nh_n.shape\n```"
STEM = fence(
    "import torch\nfrom torch import nn\n\n"
    "out, h_n = nn.RNN(5, 3)(torch.randn(7, 4, 5))\nprint(out.shape)"
)


def varied(vary: str = VARY, why: str = "Why.", stem: str = STEM, text: str = "") -> str:
    """Return a page with a question that has fresh numbers, at line 1."""
    options = [
        ("*`torch.Size([7, 4, 3])`", why),
        ("`torch.Size([1, 4, 3])`", CAUSED),
        ("`torch.Size([4, 7, 3])`", "Why."),
    ]
    return question("predict-output", f"{text}\n\n{stem}" if text else stem, options, vary)


def test_each_combination_that_holds_is_on_the_page(engine: Engine) -> None:
    page = varied()
    assert problems(page, engine) == []
    found = re.search(r"data-variants='([^']*)'|data-variants=\"([^\"]*)\"", render(page, engine))
    assert found
    variants = json.loads((found[1] or found[2]).replace("&quot;", '"'))
    assert variants["from"] == [5, 3, 7]
    assert len(variants["sets"]) == 12


@pytest.mark.parametrize(
    ("vary", "fact"),
    {
        "vary: 5": "is no mapping of integers to lists of integers",
        "vary: {5: 6}": "is no mapping of integers to lists of integers",
        "vary: {5: [-1, 6, 7]}": "is no mapping of integers to lists of integers",
        "vary: {6: [5, 7, 8]}": "changes 6, which its code does not hold",
        "vary: {5: [6, 6, 7]}": "offers a number twice for 5",
        "vary: {5: [5, 6, 7]}": "offers a number twice for 5",
        "vary: {5: [6, 8]}": "gives 2 other combinations",
    }.items(),
)
def test_what_is_wrong_with_the_option_is_named_with_its_line(vary: str, fact: str) -> None:
    found = [problem for problem in form(varied(vary)) if fact in problem]
    assert len(found) == 1
    assert places(found) == [5]


def test_text_that_would_not_follow_is_named_with_its_line() -> None:
    for text, fact in {
        "There are 17 steps.": "'17' would stay when 'vary' changes the numbers",
        "There are five features.": "the word 'five' does not follow 'vary', which changes 5",
    }.items():
        page = varied(text=text)
        found = form(page)
        assert any(fact in problem for problem in found)
        assert places(found) == [page.split("\n").index(text) + 1]


def test_a_variant_whose_key_does_not_follow_is_a_problem(engine: Engine) -> None:
    """The claim of its rationale is true of the page's own numbers alone."""
    page = varied(why="The length is the larger: `#!check out.size(0) > out.size(2) + 3`.")
    (found,) = problems(page, engine)
    assert found.startswith("page.md:5: question 'a-b' holds in ")
    assert "combinations of 'vary'" in found
    assert "the claim '#!check out.size(0) > out.size(2) + 3' does not hold" in found


def test_a_variant_with_two_options_alike_is_a_problem(engine: Engine) -> None:
    """With seven steps and four of the batch alike, two of the options say the same."""
    vary = "vary: {7: [4, 1, 11]}"
    (found,) = problems(varied(vary), engine)
    assert "holds in 1 of 3 combinations of 'vary'" in found
    assert "7 → 4: two options say" in found


BLANK = fence("layer = nn.RNN(____, ____)", "blank")
FILLED = [("*`5`, `3`", "a"), ("`3`, `5`", "b")]
CHECK = fence("assert layer(torch.randn(7, 4, 5))[0].shape == (7, 4, 3)", "check")
SETUP = fence("import torch\nfrom torch import nn", "hidden")


def filled(
    options: list[tuple[str, str]], blank: str = BLANK, extra: str = "", kind: str = "complete-code"
) -> str:
    """Return a page with a question whose code has blanks, at line 1."""
    return question(kind, f"{SETUP}\n\n{blank}\n\n{CHECK}", options, extra)


def test_code_with_blanks_is_typed(engine: Engine) -> None:
    page = filled(FILLED)
    assert problems(page, engine) == []
    assert 'data-typed="code"' in render(page, engine)


def test_a_listed_filling_that_fails_the_check_is_a_problem(engine: Engine) -> None:
    page = filled([*FILLED, ("*`5`, `hidden_size=4`", "c")])
    (found,) = problems(page, engine)
    line = page.split("\n").index("- [x] `5`, `hidden_size=4`") + 1
    assert places([found]) == [line]


def test_a_wrong_filling_that_passes_the_check_is_a_problem(engine: Engine) -> None:
    page = filled([*FILLED, ("`input_size=5`, `hidden_size=3`", "c")])
    (found,) = problems(page, engine)
    line = page.split("\n").index("- [ ] `input_size=5`, `hidden_size=3`") + 1
    assert places([found]) == [line]


@pytest.mark.parametrize(
    ("page", "fact"),
    [
        (filled([("*`5`", "a"), ("`3`, `5`", "b")]), "fills 1 blanks of 2"),
        (filled([("*`5`, `3`", "a")]), "names no wrong filling"),
        (filled(FILLED, fence("layer = nn.RNN(5, 3)", "blank")), "has 0 blanks"),
        (filled(FILLED, f"{BLANK}\n\n{BLANK}"), "has 2 cells with blanks"),
        (filled(FILLED, extra="multiple: true"), "says multiple: true"),
        (filled(FILLED, kind="choose-code"), "has code with blanks and is choose-code"),
    ],
)
def test_what_is_wrong_with_blanks_is_named(page: str, fact: str) -> None:
    assert any(fact in problem for problem in form(page)), form(page)


@pytest.mark.parametrize(
    ("key", "typed"),
    [("torch.Size([7, 4, 3])", "shape"), ("(7, 4)", "shape"), ("-2.5", "number"), ("RNN", "")],
)
def test_a_key_that_is_a_shape_or_a_number_can_be_typed(key: str, typed: str) -> None:
    options = [(f"*`{key}`", "a"), ("`(1, 2)`", "b"), ("`7`", "c")]
    (item,) = planned(question("predict-output", fence(f"print('{key}')"), options)).items
    assert getattr(item, "typed", None) == typed


EXPLAINED = {
    "a reason": ("Why it is so.", "Why it is really so."),
    "a hint": ("Look again.", "Look twice."),
    "a solution": ("Add them.", "Add them up."),
    "a link's target": ("learn.md#old", "learn.md#new"),
    "where to read again": ("read: learn.md", "read: recap.md"),
    "its level": ("level: easy", "level: hard"),
}
TOLD = {
    "the stem": ("Think [first]", "Think [twice]"),
    "the title": ("What is printed?", "What is shown?"),
    "the code": ("print(1 + 1)", "print(1 + 2)"),
    "an option": ("- [ ] `3`", "- [ ] `4`"),
    "the key": ("- [x] `2`", "- [ ] `2`"),
}
ITEM = """\
/// question | What is printed?
    id: a-b
    kind: predict-output
    level: easy
    read: learn.md

Think [first](learn.md#old).

```python
print(1 + 1)
```

- [x] `2`

    Why it is so.

- [ ] `3`

    No.

- [ ] `11`

    No.

//// hint
Look again.
////

//// solution
Add them.
////

///
"""


def digest(text: str) -> str:
    """Return by which hash the item of a page is known."""
    page = planned(text)
    return page.digest(page.items[0].block)


@pytest.mark.parametrize("name", EXPLAINED)
def test_an_edit_that_explains_better_forgets_no_answer(name: str) -> None:
    old, new = EXPLAINED[name]
    assert ITEM.count(old) == 1
    assert digest(ITEM.replace(old, new)) == digest(ITEM)


@pytest.mark.parametrize("name", TOLD)
def test_an_edit_of_what_is_asked_makes_the_item_new(name: str) -> None:
    old, new = TOLD[name]
    assert ITEM.count(old) == 1
    assert digest(ITEM.replace(old, new)) != digest(ITEM)


def test_calls_in_code_are_no_links() -> None:
    page = ITEM.replace("print(1 + 1)", "print([len][0](x))")
    assert digest(page) != digest(page.replace("[0](x)", "[0](y)"))
