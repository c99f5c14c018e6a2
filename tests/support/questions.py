"""Questions of each kind, as pages, with nothing wrong about them."""

QUESTION = """\
# Page

/// question | What is printed?
    id: sum-of-two
    kind: predict-output
    level: easy
    seconds: 90

Think first.

```python
print("out" + "come")
```

- [x] `outcome`

    Strings are joined.

- [ ] `out come`

    There is **no** space.

- [ ] `An error`

    `+` takes two strings.

//// hint

Read the operator.

////

//// hint

Both are strings.

////

//// solution

1. Join them.

////

//// mistakes

Adding a space.

////

///
"""
"""A question with all that one can have, at line 3 of its page."""

STEM = (
    "import torch\nfrom torch import nn\n\nout, h_n = nn.RNN(5, 3)(torch.randn(7, 4,"
    " 5))\nprint(out.shape)"
)


def question(kind: str, stem: str, options: list[tuple[str, str]], extra: str = "") -> str:
    """Return a page with one question.

    The options as label and rationale, the key's label begun with `*`.
    """
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
        why = ["    " + line if line else "" for line in rationale.split("\n")]
        lines += ["", f"- {box} {label.removeprefix('*')}", "", *why]
    return "\n".join([*lines, "", "///", ""])


def fence(code: str, options: str = "") -> str:
    """Return a fence without a line break at its end."""
    return f"```{{.python {options}}}\n{code}\n```" if options else f"```python\n{code}\n```"


def predict(*labels: str) -> str:
    """Return a question about what `STEM` prints."""
    return question("predict-output", fence(STEM), [(label, "Why.") for label in labels])


def code_question(stem: str, labels: list[str]) -> str:
    """Return a question whose options are code."""
    return question("choose-code", stem, [(label, "Why.") for label in labels])


RIGHT = ["*`torch.Size([7, 4, 3])`", "`torch.Size([4, 7, 3])`", "`torch.Size([1, 4, 3])`"]
"""Options of a question about `STEM`."""
RAISING = fence("import torch\ntorch.zeros(2) + torch.zeros(3)", "raises=RuntimeError")
MESSAGE = (
    "RuntimeError: The size of tensor a (2) must match the size of tensor b (3) at non-singleton"
    " dimension 0"
)
CHECK = fence("assert layer.hidden_size == 20", "check")
SETUP = fence("from torch import nn", "hidden")
CODE = ["*`layer = nn.RNN(10, 20)`", "`layer = nn.RNN(20, 10)`", "`layer = nn.SimpleRNN(10, 20)`"]
"""Options of a question whose check is `CHECK`."""
HOLDS = fence("holds = [(n := 1) + 1 == 2, n + 1 == 3, n > 1]", "hidden")
PROSE = [("*Two", "a"), ("Three", "b"), ("Four", "c")]
"""Options of a question whose evidence is `HOLDS`."""
CAUSE = "Why.\n\n    ```{.python cause continuation}\n    h_n.shape\n    ```\n\n///"
RAISED_BY_CAUSE = (
    "`IndexError: list index out of range`",
    fence("x[3]", "cause continuation raises=IndexError"),
)

GOOD = {
    "predict-output": predict(*RIGHT),
    "predict-error": question(
        "predict-error",
        RAISING,
        [(f"*`{MESSAGE}`", "a"), ("`runs`", "b"), ("`ValueError: no`", "c")],
    ),
    "predict-error that runs": question(
        "predict-error",
        fence("x = 1"),
        [("*`runs`", "a"), ("`ValueError: a`", "b"), ("`ValueError: b`", "c")],
    ),
    "choose-code": code_question(f"{SETUP}\n\n{CHECK}", CODE),
    "choose-code with a syntax error": code_question(
        f"{SETUP}\n\n{CHECK}", [*CODE[:2], "`layer = nn.RNN(input_size=10, 20)`"]
    ),
    "concept": question("concept", HOLDS, PROSE),
    "reviewed concept": question("concept", "Stem.", PROSE, "reviewed: true"),
    "a cause": predict(*RIGHT).replace("Why.\n\n///", CAUSE),
    "a cause that raises": question(
        "predict-error",
        fence("x = [1]"),
        [("*`runs`", "a"), RAISED_BY_CAUSE, ("`KeyError: 3`", "c")],
    ),
}
