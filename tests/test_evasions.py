"""Lies that once passed, and truths that were once refused: pages that a reviewer wrote to get around the checks."""

import pytest

from support.page import cell, panes, problems, render
from support.sites import WriteSite
from support.questions import CHECK, CODE, HOLDS, RIGHT, SETUP, code_question, fence, predict, question
from unrolled.run.engine import Engine
from unrolled.site.place import load

ONE = cell("import torch\n\nout = torch.zeros(4, 7, 3)")
LIES = {
    "a tuple as a check": (ONE + "\n`#!check torch.equal(out, out), False`\n", "neither true nor false"),
    "a function as a check": (ONE + "\n`#!check torch.equal`\n", "neither true nor false"),
    "a constant as a value": (ONE + "\n`#!value (9, 9, 9)`\n", "asks nothing of a run"),
    "a claim with a space in its mark": (ONE + "\n`#! value out.shape`\n", "would not be proved"),
    "a language in capitals": ("```Python\n1 / 0\n```\n", "would not be run"),
    "a language in braces without a dot": ("```{python}\n1 / 0\n```\n", "would not be run"),
    "an option with a dot": (cell("1 / 0", ".notest"), "the option '.notest' begins with a dot"),
    "an option in prose": (predict(*RIGHT[:2], "It prints `torch.Size([7, 4, 3])`"), "is not code alone"),
    "an exception without its message": (question("predict-error", fence("x = 1"), [("*runs", "a"), ("`ValueError`", "b"), ("`KeyError: 1`", "c")]), "is not an exception with its message"),
    "a distractor that lacks an import": (code_question(SETUP + "\n\n" + CHECK, [*CODE[:2], "`layer = torch.nn.RNN(10, 20)`"]), "wrong only by a name that is missing"),
    "a mistyped checkbox": (predict(*RIGHT).replace("- [ ] `torch.Size([1", "- [] `torch.Size([1"), "has no checkbox"),
    "a list right before the options": (predict(*RIGHT).replace("\n- [x]", "\n- one\n- two\n\n- [x]"), "has no checkbox"),
    "a second shape in a proved comment": (cell("import torch\nout = torch.zeros(4, 7)  # out: (4, 7), h_n is (9, 9)"), "nothing proves the shape in the comment"),
    "axes behind a layer that is called": (cell("import torch\nfrom torch import nn\n\nout = nn.Linear(5, 3)(torch.zeros(2, 5))  # batch=9, size=9"), "has another shape"),
    "a comment in a function": (cell("import torch\nh = torch.zeros(4, 3)\n\n\ndef f(x):\n    h = x.sum()  # h: (4, 3)\n    return h"), "nothing proves the shape in the comment"),
    "front matter that is no YAML": ("---\ntitle: Shapes: what they are\n---\n\n# A\n", "page.md:2: the front matter cannot be read"),
    "a reviewed prediction": (predict(*RIGHT).replace("level: easy", "level: easy\n    reviewed: true"), "says reviewed: true"),
    "a list in a sweep": ("/// shapes | nn.GRU\n    sweep:\n        num_layers: [[1, 2]]\n\n| Tensor | Sequence first |\n| --- | --- |\n| `h_n` | `(num_layers, N, H_out)` |\n\n///\n", "cannot have the value [1, 2]"),
    "a shape beside a contract's table": ("/// shapes | nn.GRU\n\nIt is (9, 9, 9).\n\n| Tensor | Sequence first |\n| --- | --- |\n| `h_n` | `(D * num_layers, N, H_out)` |\n\n///\n", "nothing proves the shape (9, 9, 9)"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "fact"), LIES.values(), ids=LIES.keys())
def test_a_lie_is_found(text: str, fact: str, engine: Engine) -> None:
    found = problems(text, engine)
    assert any(fact in problem for problem in found), found


TRUTHS = {
    "arguments of a layer": cell("from torch import nn\n\nmodel = nn.LSTM(5, 3)  # input_size=5, hidden_size=3"),
    "a number": cell("hidden = 64  # hidden_size=64"),
    "a shape's shape": ONE + "\n`#!shape out.shape: (4, 7, 3)`\n",
    "thousands and years": "It has (1,200,000) weights, and was written then (1997, 2000).\n",
    "an annotated name": cell("import torch\n\nx: torch.Tensor = torch.zeros(2, 3)  # batch=2, size=3"),
    "a future import": cell("from __future__ import annotations\n\nimport torch\n\nx = torch.zeros(2, 3)  # batch=2, size=3\n\n\ndef f(a: Missing) -> None: ..."),
    "a bar in a table": cell("x = 1") + "\n| a |\n| --- |\n| `#!value x \\| 2` |\n",
    "a stem that goes on from the lesson": fence("from torch import nn") + "\n\n" + code_question(fence("size = 20", "continuation hidden") + "\n\n" + CHECK, CODE),
    "evidence": question("concept", HOLDS, [("*Two", "a"), ("Three", "b"), ("Four", "c")]),
}  # fmt: skip


@pytest.mark.parametrize("text", TRUTHS.values(), ids=TRUTHS.keys())
def test_a_truth_is_accepted(text: str, engine: Engine) -> None:
    assert problems(text, engine) == []


def test_mistaken_code_is_seen_by_nothing_else(engine: Engine) -> None:
    """Each cause goes on from the stem, and so do the claims after it."""
    causes = [
        "    ```{.python cause continuation}\n    x = x + 1\n    print(x)\n    ```",
        "    ```{.python cause continuation}\n    print(x + 2)\n    ```",
    ]
    text = question(
        "predict-output", fence("x = 2\nprint(x)"), [("*`2`", "Why."), ("`3`", causes[0].replace("    ", "", 1)), ("`4`", "Why.")]
    )
    text = text.replace("    ```{.python cause", "    ```{.python cause").replace(
        "- [ ] `4`\n\n    Why.", "- [ ] `4`\n\n" + causes[1] + "\n\n    It is `#!value x`."
    )
    text = text.replace("\n        x = x + 1\n        print(x)\n        ```", "\n    x = x + 1\n    print(x)\n    ```")
    assert problems(text, engine) == []
    assert [shown for _, shown in panes(text, engine)].count("4") == 1
    assert '<code class="claim claim--value">2</code>' in render(text, engine)


def test_a_question_in_a_list_is_rendered(engine: Engine) -> None:
    """Its block is marked at its own indentation."""
    text = "1. Step\n\n" + "\n".join("    " + line if line else "" for line in predict(*RIGHT).split("\n"))
    assert not any("Traceback" in p for p in problems(text, engine))


def test_a_page_with_another_markdown_suffix_is_proved(write_site: WriteSite) -> None:
    root = write_site({"index.md": "# A\n", "lesson.markdown": "# B\n\n" + cell("1 / 0")})
    assert [page.path for page in load(root / "mkdocs.yml").read()] == ["docs/index.md", "docs/lesson.markdown"]
