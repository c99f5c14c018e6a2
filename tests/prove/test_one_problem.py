"""A page with one mistake has one problem, at the mistake's own line.

Whoever does what the remedy says has none. What follows from the mistake is not said.
"""

from __future__ import annotations

import pytest

from support.page import cell, places, problems
from support.questions import CHECK, GOOD, QUESTION, RIGHT, SETUP, fence, predict, question
from unrolled.api import Engine

MAKE = """\
import torch
from torch import nn

torch.manual_seed(0)
rnn = nn.RNN(5, 3, batch_first=True)
x = torch.randn(4, 7, 5)
out, h_n = rnn(x)
rate = 0.5"""
HEAD = f"# Page\n\n{cell(MAKE)}\n"
TABS = "/// tab | One\nText.\n///\n"
CARD = "/// card | What is it?\n    id: one-card\n\nA state.\n///\n"
EXPLAIN = "- **Input**: a.\n- **State**: b.\n- **Squash**: c.\n"
PROMPT = (
    f"/// explain | How?\n    id: one-prompt\n\n{EXPLAIN}\n//// solution\nAdd both.\n////\n///\n"
)
EXERCISE = """\
/// exercise | Add one
    id: one-exercise

```{.python stub}
def add(x):
    ...
```

```{.python check}
assert add(1) == 2
```

//// solution

```{.python}
def add(x):
    return x + 1
```
////
///
"""
CONTRACT = """\
/// shapes | nn.GRU
    sweep:
        num_layers: [1, 2]

| Tensor | Sequence first |
| --- | --- |
| `h_n` | `(num_layers, N, H_out)` |
///
"""
PROMISED = GOOD["predict-error"]
ERRING = PROMISED.replace("{.python raises=RuntimeError}", "python")
"""A question about an error, and one whose cell does not say that it raises."""
BLANKS = question(
    "complete-code",
    f"{SETUP}\n\n{fence('layer = nn.RNN(____, ____)', 'blank')}\n\n{CHECK}",
    [("*`10`, `20`", "a"), ("`20`, `10`", "b"), ("`20`, `30`", "c")],
)

Row = tuple[str, str, str]
"""What is on the page, the mistake in it, and what the remedy makes of the mistake."""
ROWS: dict[str, Row] = {
    "a false shape": ("It is <>.", "`#!shape out: (4, 7, 9)`", "`#!shape out: (4, 7, 3)`"),
    "a false check": ("So<>.", " `#!check out.ndim == 4`", " `#!check out.ndim == 3`"),
    "false, and never true": ("So<>.", " `#!check out is x`", " `#!check out.ndim == 3`"),
    "false by its form": ("So<>.", " `#!check 1 == 2`", " `#!check len(out) == 4`"),
    "false, of one thing": ("So<>.", " `#!check out is not out`", " `#!check len(out) == 4`"),
    "false of each": ("So<>.", " `#!check len(out) < 0`", " `#!check len(out) < 5`"),
    "an unknown name": (
        "It is <>.",
        "`#!value otu.shape`",
        "`#!value out.shape`",
    ),
    "a claim that cannot be read": ("It is <>.", "`#!value out.shape[`", "`#!value out.shape`"),
    "a claim of another name": ("It is <>.", "`#!valeu out.shape`", "`#!value out.shape`"),
    "a shape typed": ("It is <>.", "(4, 7, 3)", "`#!shape out: (4, 7, 3)`"),
    "a number typed": ("It is <>.", "0.973", "`#!value rate`"),
    "a shape typed in a comment": (
        "<>",
        cell("y = out[0]  # (7, 3)", "continuation"),
        cell("y = out[0]  # y: (7, 3)", "continuation"),
    ),
    "a false comment": (
        "<>",
        cell("y = out[0]  # y: (9, 3)", "continuation"),
        cell("y = out[0]  # y: (7, 3)", "continuation"),
    ),
    "an error in a cell": (
        "<>\n\n" + cell("y", "continuation") + "\nSo `#!value y`.",
        cell("y = out @ x", "continuation"),
        cell("y = out", "continuation"),
    ),
    "a name that is not bound": (
        "<>\n\n" + cell("print(z)", "continuation"),
        cell("z = zz", "continuation"),
        cell("z = 2", "continuation"),
    ),
    "a cell that is no Python": (
        "<>\n\n" + cell("y + 1", "continuation") + "\nSo `#!value y`.",
        cell("y = (1", "continuation"),
        cell("y = 1", "continuation"),
    ),
    "an error that does not come": (
        "<>",
        cell("y = 1", "continuation raises=ValueError"),
        cell("y = 1", "continuation"),
    ),
    "another error": (
        "<>",
        cell("x[9]", "continuation raises=ValueError"),
        cell("x[9]", "continuation raises=IndexError"),
    ),
    "an option that does not exist": (
        "<>",
        cell("y = out\ny.shape", "continuatoin"),
        cell("y = out\ny.shape", "continuation"),
    ),
    "an alternative text without a figure": (
        "<>",
        cell("y = 1", 'continuation alt="a line"'),
        cell("y = 1", "continuation"),
    ),
    "a list glued to a line": ("<>", "Text.\n- one\n- two", "Text.\n\n- one\n- two"),
    "a fence that is not closed": (
        "Text.\n\n<>\n\nSo `#!shape out: (4, 7, 3)`.",
        "```python\ny = 1",
        "```{.python continuation}\ny = 1\n```",
    ),
    "a block of another name": ("<>", TABS.replace("tab", "tba"), TABS),
    "a block that is not closed": ("<>", TABS.replace("\n///\n", "\n"), TABS),
    "a marker too many": ("<>", TABS + "\n///\n", TABS),
    "a card without an id": ("<>", CARD.replace("    id: one-card\n", ""), CARD),
    "an id in capitals": ("<>", CARD.replace("one-card", "One Card"), CARD),
    "an option of a card": ("<>", CARD.replace("    id", "    level: easy\n    id"), CARD),
    "a prompt of two concepts": (
        "<>",
        PROMPT.replace("- **Squash**: c.\n", ""),
        PROMPT,
    ),
    "a stub that passes": ("<>", EXERCISE.replace("    ...", "    return 1 + x"), EXERCISE),
    "a solution that fails": ("<>", EXERCISE.replace("return x + 1", "return x + 2"), EXERCISE),
    "a false contract": ("<>", CONTRACT.replace("num_layers, N", "N, num_layers"), CONTRACT),
    "a contract of no layer": ("<>", CONTRACT.replace("nn.GRU", "nn.GRUU"), CONTRACT),
    "a contract of no such tensor": ("<>", CONTRACT.replace("h_n", "h_m"), CONTRACT),
    "a contract of no such symbol": ("<>", CONTRACT.replace("H_out", "H_uot"), CONTRACT),
    "a contract of no such setting": ("<>", CONTRACT.replace("num_layers:", "layers:"), CONTRACT),
    "a false key": (
        "<>",
        predict("*`torch.Size([4, 7, 3])`", "`torch.Size([7, 4, 3])`", RIGHT[2]),
        predict(*RIGHT),
    ),
    "no key": ("<>", predict(RIGHT[0].strip("*"), *RIGHT[1:]), predict(*RIGHT)),
    "two keys": (
        "<>",
        predict(*RIGHT).replace("- [ ]", "- [x]", 1),
        predict(*RIGHT),
    ),
    "an option twice": (
        "<>",
        predict(*RIGHT).replace(RIGHT[1], RIGHT[2], 1),
        predict(*RIGHT),
    ),
    "an exception that is mistyped": (
        "<>",
        cell("x[9]", "continuation raises=IndexErorr"),
        cell("x[9]", "continuation raises=IndexError"),
    ),
    "seconds in words": (
        "<>",
        predict(*RIGHT).replace("level: easy", "level: easy\n    seconds: many"),
        predict(*RIGHT),
    ),
    "an option without a reason": (
        "<>",
        QUESTION.partition("\n\n")[2].replace("    `+` takes two strings.\n\n", ""),
        QUESTION.partition("\n\n")[2],
    ),
    "a level that does not exist": (
        "<>",
        predict(*RIGHT).replace("level: easy", "level: simple"),
        predict(*RIGHT),
    ),
    "a kind that does not exist": (
        "<>",
        predict(*RIGHT).replace("predict-output", "predict"),
        predict(*RIGHT),
    ),
    "a stem that is to raise, and another key": (
        "<>",
        ERRING.replace("[x]", "[ ]").replace("[ ] `runs`", "[x] `runs`"),
        PROMISED,
    ),
    "a stem that is to raise, and a message that is mistyped": (
        "<>",
        ERRING.replace("tensor a (2)", "tensor a (9)"),
        PROMISED,
    ),
    "a stem that is to raise, and a kind that is mistyped": (
        "<>",
        ERRING.replace("predict-error", "predict-eror"),
        PROMISED,
    ),
    "a stem that is to raise, and promises nothing": ("<>", ERRING, PROMISED),
    "a blank of three underscores": ("<>", BLANKS.replace("____, ", "___, "), BLANKS),
    "a blank of five underscores": ("<>", BLANKS.replace("____, ", "_____, "), BLANKS),
    "a filling too many": ("<>", BLANKS.replace("- [x] `10`", "- [x] `9`, `10`"), BLANKS),
    "a stem that raises": (
        "<>",
        predict(*RIGHT).replace("print(out.shape)", "print(out.shpae)"),
        predict(*RIGHT),
    ),
    "an equation that cannot be read": ("It is <>.", r"$\foo$", "$x$"),
    "a claim in a heading": ("<>", "## It is `#!value rate`", "## It is so"),
    "a style": ("<>", '<p style="color: red">x</p>', '<p class="red">x</p>'),
    "an error that is typed": (
        "<>",
        "You get `IndexError: index 9 is out of bounds`.",
        cell("x[9]", "continuation raises=IndexError") + "\nYou get `#!error`.",
    ),
    "output in a fence": ("<>", "```text\nloss: 0.53\n```", cell("rate", "continuation")),
    "a fence without a dot": (
        "<>",
        cell("rnn(x)", "continuation").replace(".python", "python"),
        cell("rnn(x)", "continuation"),
    ),
    "a fence with commas": (
        "<>",
        cell("rnn(x)", "continuation, hidden"),
        cell("rnn(x)", "continuation hidden"),
    ),
    "a result in a comment": (
        "<>",
        cell("print(out.ndim)  # 4", "continuation"),
        cell("print(out.ndim)  # 3", "continuation"),
    ),
    "an empty cell": ("<>", cell("", "continuation"), cell("2", "continuation")),
    "Python in a plain fence": (
        "<>",
        "```\nimport torch\ny = rnn(x)\n```",
        cell("y = rnn(x)", "continuation"),
    ),
    "a shape of a module": ("It is <>.", "`#!shape rnn: (4, 7, 3)`", "`#!shape out: (4, 7, 3)`"),
    "a check that is a tensor": (
        "So<>.",
        " `#!check out > -2`",
        " `#!check (out == h_n[0][:, None]).any()`",
    ),
    "a claim over two lines": ("It is <>.", "`#!value\nout.shape`", "`#!value out.shape`"),
}
BELOW = (
    "a shape typed in a comment", "a false comment", "an error in a cell",
    "a name that is not bound", "a cell that is no Python", "a list glued to a line",
    "a result in a comment",
)  # fmt: skip
"""Mistakes that stand in the second line of what is wrong."""


@pytest.mark.parametrize("name", ROWS)
def test_one_mistake_is_one_problem_at_its_line(name: str, engine: Engine) -> None:
    page, wrong, _ = ROWS[name]
    found = problems(HEAD + page.replace("<>", wrong) + "\n", engine)
    assert len(found) == 1, found
    assert places(found)[0] >= first(page, wrong) + (name in BELOW)
    assert places(found)[0] <= first(page, wrong) + wrong.count("\n")


def first(page: str, wrong: str) -> int:
    """Return the line in which a mistake begins."""
    return (HEAD + page.partition("<>")[0]).count("\n") + 1 + (len(wrong) - len(wrong.lstrip("\n")))


@pytest.mark.parametrize("name", ROWS)
def test_whoever_follows_the_remedy_has_none(name: str, engine: Engine) -> None:
    page, _, right = ROWS[name]
    assert problems(HEAD + page.replace("<>", right) + "\n", engine) == []
