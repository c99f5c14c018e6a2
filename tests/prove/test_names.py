"""Names of torch in what readers see: torch itself says whether it has them."""

import pytest

from support.page import cell, problems
from unrolled.api import Engine

MAKE = """\
import torch
from torch import nn

rnn = nn.RNN(5, 3)
out, h_n = rnn(torch.randn(7, 4, 5))"""
WRONG = {
    "an attribute": ("It is `nn.RNN.hidden_sizes`.", "nn.RNN.hidden_size"),
    "an attribute in prose": ("It is nn.RNN.hidden_sizes, as set.", "nn.RNN.hidden_size"),
    "a parameter": ("It is `weight_hh_10`.", "weight_hh_l1"),
    "a parameter of a layer": ("It is `rnn.weights_ih_l0`.", "nn.RNN.weight_ih_l0"),
    "a parameter of whatever": ("It is `model.weights_ih_l0`.", "weight_ih_l0"),
    "a parameter backwards": ("It is `bias_hh_l1_reversed`.", "bias_hh_l1_reverse"),
    "a parameter that the class lacks": ("It is `nn.GRU.weight_hr_l0`.", "nn.GRU.weight_ih_l0"),
    "a function": (
        "Use `torch.nn.utils.rnn.pack_sequences`.", "torch.nn.utils.rnn.pack_sequence",
    ),
    "a function called": ("Use `nn.utils.clip_grad_norms_(w, 1)`.", "nn.utils.clip_grad_norm_"),
    "an import": (
        "`from torch.nn.utils.rnn import PackedSequence, pack_sequences`",
        "torch.nn.utils.rnn.pack_sequence",
    ),
    "a class": ("Take `nn.Embeding`.", "nn.Embedding"),
    "a functional": ("Take `F.cross_entropie`.", "F.cross_entropy"),
    "an argument": ("Write `nn.LSTM(hidden_sizes=…)`.", "nn.LSTM(hidden_size=…)"),
    "an argument behind others": (
        "Write `nn.LSTM(5, int(3), batch_frist=True)`.", "nn.LSTM(batch_first=…)",
    ),
    "an argument of a cell": ("`nn.LSTMCell(5, 3, biases=False)`", "nn.LSTMCell(bias=…)"),
    "what a call gives": ("`nn.RNN(5, 3).flatten_params()`", "nn.RNN.flatten_parameters"),
    "what a layer of the page has": ("`rnn.hidden_sizes` is a setting.", "nn.RNN.hidden_size"),
    "in a table": ("| what |\n| --- |\n| `nn.RNN.hidden_sizes` |", "nn.RNN.hidden_size"),
    "in a comment": (cell("# As nn.RNN.hidden_sizes says.\n1 + 1"), "nn.RNN.hidden_size"),
    "in code that cannot run": (
        cell("model = nn.LSTM(\n    5, hidden_sizes=3\n)", 'notest reason="no GPU"'),
        "nn.LSTM(hidden_size=…)",
    ),
    "in a picture's text": ("![nn.RNN.hidden_sizes](a.svg)", "nn.RNN.hidden_size"),
}  # fmt: skip
RIGHT = {
    "attributes": "`nn.RNN.hidden_size`, `nn.Linear.weight`, `torch.Tensor.unsqueeze`.",
    "parameters": "`weight_ih_l0`, `bias_hh_l1_reverse`, `weight_hr_l0`, `rnn.weight_hh_l0`.",
    "parameters of any layer": "`weight_ih_l[k]`, `weight_hh_lk_reverse`, `weight_ih`, `bias_hh`.",
    "functions": "`torch.nn.utils.rnn.pack_sequence`, `F.softmax`, `optim.Adam`, `torch.zeros`.",
    "modules": "`torch.nn.utils.rnn`, `torch.backends.mkldnn`, torch.compile.",
    "arguments": '`nn.RNN(5, 3, nonlinearity="relu")`, `nn.LSTM(5, 3, proj_size=2)`.',
    "a call in an argument": "`nn.LSTM(5, round(3, ndigits=0))`.",
    "what a call gives": "`nn.LSTM(5, 3).to(x.device)`, `nn.RNN(5, 3).batch_first`.",
    "what a layer has": "`rnn.num_layers`, `rnn.flatten_parameters()`, `rnn.all_weights`.",
    "others' names": "`weight_decay=0.1` and `bias_sum`; see torch/nn/modules/rnn.py.",
    "a layer's name bound to another": cell("rnn = [1]", "continuation") + "\n`rnn.append`.",
}


@pytest.mark.parametrize(("text", "near"), WRONG.values(), ids=WRONG.keys())
def test_a_name_that_torch_does_not_have_is_one_problem(
    text: str, near: str, engine: Engine
) -> None:
    (found,) = [each for each in problems(f"{cell(MAKE)}\n{text}\n", engine) if "has no" in each]
    assert found.startswith("page.md:")
    assert found.endswith(f"Did you mean '{near}'?")


@pytest.mark.parametrize("text", RIGHT.values(), ids=RIGHT.keys())
def test_a_name_that_torch_has_is_none(text: str, engine: Engine) -> None:
    assert problems(f"{cell(MAKE)}\n{text}\n", engine) == []


def test_the_problem_stands_at_its_line(engine: Engine) -> None:
    (found,) = problems("# Page\n\nText,\nand `nn.RNN.hidden_sizes`.\n", engine)
    assert found == (
        "page.md:4: torch has no 'nn.RNN.hidden_sizes'. Did you mean 'nn.RNN.hidden_size'?"
    )


def test_what_is_near_to_none_says_what_to_do(engine: Engine) -> None:
    (found,) = problems("`nn.RNN(qwertz=1)`\n", engine)
    assert "torch has no 'nn.RNN(qwertz=…)'. Write the one that is meant" in found


def test_a_name_that_code_shows_to_be_wrong_is_let_through(engine: Engine) -> None:
    wrong = cell("from torch import nn\n\nnn.LSTM(5, hidden_sizes=3)", "raises=TypeError")
    assert problems(f"{wrong}\nNever write `nn.LSTM(hidden_sizes=3)`: `#!error`.\n", engine) == []


def test_the_options_of_a_question_are_left_to_their_runs(engine: Engine) -> None:
    question = """\
/// question | Which one makes the layer?
    id: names
    kind: choose-code
    level: easy

```python
from torch import nn
```

```{.python check}
assert layer.hidden_size == 3
```

- [ ] `layer = nn.RNN(5, hidden_sizes=3)`

    The argument has another name.

- [x] `layer = nn.RNN(5, hidden_size=3)`

    That is its name.

- [ ] `layer = nn.RNN(3, 5)`

    This swaps both.

//// solution
See the names.
////
//// mistakes
- To take the plural.
////
///
"""
    assert [each for each in problems(question, engine) if "torch has no" in each] == []
