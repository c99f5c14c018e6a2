"""Comments in cells: names of axes by what they mean, results, dtypes and devices."""

import pytest

from support.page import cell, problems
from unrolled.api import Engine

HEAD = "import torch\nfrom torch import nn\n\n"
WRONG = {
    "axes swapped": (
        f"{HEAD}x = torch.zeros(3, 5, 9)  # batch=3, seq_len=5, input_size=9\n"
        "rnn = nn.RNN(9, 4)\nout, h_n = rnn(x)",
        "the comment calls axis 0 'batch', and 'rnn' reads it as time",
    ),
    "axes swapped, batch first": (
        f"{HEAD}rnn = nn.GRU(9, 4, batch_first=True)\n"
        "x = torch.zeros(3, 5, 9)  # seq_len=3, batch=5, input_size=9\nout, h_n = rnn(x)",
        "the comment calls axis 0 'seq_len', and 'rnn' reads it as batch",
    ),
    "unknown names": (
        f"{HEAD}x = torch.zeros(3, 5)  # bananas=3, apples=5",
        "nothing is known of an axis 'bananas'",
    ),
    "arguments swapped": (
        f"{HEAD}rnn = nn.RNN(4, 6)  # hidden_size=4, input_size=6",
        "the comment says hidden_size=4, input_size=6, the run gives hidden_size=6, input_size=4.",
    ),
    "a list": (f"{HEAD}x = torch.zeros(3, 5)  # x: [3, 6]", "[3, 6]"),
    "in words": (f"{HEAD}x = torch.zeros(3, 5)  # x is 3 x 6", "nothing proves the shape"),
    "symbolic": (f"{HEAD}x = torch.zeros(3, 5)  # (batch, features)", "nothing proves the shape"),
    "a dtype": (
        f"{HEAD}x = torch.zeros(3)  # x: float64",
        "the comment says x: float64, the run gives float32. Fix the comment or the cell.",
    ),
    "a device": (
        f"{HEAD}x = torch.zeros(3)  # x: float32 on cuda:0",
        "says x: float32 on cuda:0, the run gives float32 on cpu.",
    ),
    "a dtype alone": (
        f"{HEAD}x = torch.zeros(3)  # float64",
        "says float64, the run gives float32.",
    ),
    "a dtype among words": (
        f"{HEAD}x = torch.zeros(3)  # a float64 tensor",
        "says float64, the run gives float32.",
    ),
    "a dtype as an argument": (
        f"{HEAD}x = torch.zeros(3)  # dtype=torch.float64",
        "says torch.float64, the run gives float32.",
    ),
    "a dtype behind a shape": (
        f"{HEAD}x = torch.zeros(3)  # x: (3,), float64",
        "says float64, the run gives float32.",
    ),
    "a dtype of a layer": (f"{HEAD}rnn = nn.RNN(4, 6)  # float64", "the run gives float32."),
    "a dtype that is shown": (f"{HEAD}torch.zeros(3)  # still float16", "the run gives float32."),
    "a device alone": (
        f"{HEAD}x = torch.zeros(3)  # on the GPU",
        "says on the GPU, the run gives cpu.",
    ),
    "a device among words": (
        f"{HEAD}x = torch.zeros(3)  # stays on cuda:0 here",
        "says on cuda:0, the run gives cpu.",
    ),
    "an argument": (
        f"{HEAD}rnn = nn.RNN(5, 6)  # hidden_size=4",
        "says hidden_size=4, the run gives 6.",
    ),
    "an argument by a name": (
        f"{HEAD}units = 6\nrnn = nn.RNN(5, units)  # hidden_size=4",
        "says hidden_size=4, the run gives 6.",
    ),
    "an argument among words": (
        f"{HEAD}rnn = nn.RNN(5, 6)  # the layer, hidden_size=4",
        "says hidden_size=4, the run gives 6.",
    ),
    "an argument within the call": (
        f"{HEAD}rnn = nn.RNN(\n    5,\n    6,  # hidden_size=4\n)",
        "says hidden_size=4, the run gives 6.",
    ),
    "an argument of a container's": (
        f"{HEAD}conv = nn.Conv1d(5, 6, 3)  # kernel_size=2",
        "says kernel_size=2, the run gives 3.",
    ),
    "a number that the line binds": (
        f"{HEAD}units = 6  # hidden_size=4",
        "says hidden_size=4, the run gives 6.",
    ),
    "a number that is worked out": (
        f"{HEAD}x = torch.zeros(3, 5)\nn = x.size(0)  # batch=4",
        "says batch=4, the run gives 3.",
    ),
    "a number that was bound": (
        f"{HEAD}units = 6\n# Now units=4.\nrnn = nn.RNN(5, units)",
        "says units=4, the run gives 6.",
    ),
    "an attribute": (
        f"{HEAD}rnn = nn.RNN(5, 6)\nout = rnn  # rnn.num_layers is 2",
        "says rnn.num_layers is 2, the run gives 1.",
    ),
    "a result": (
        f"{HEAD}print(1 + 1)  # 3",
        "the comment says 3, the run gives 2. Fix the comment or the cell.",
    ),
    "a truth": (
        f"{HEAD}x = torch.zeros(2)\nx.requires_grad  # True",
        "the comment says True, the run gives False.",
    ),
    "a printed shape": (
        f"{HEAD}print(torch.zeros(2, 3).shape)  # torch.Size([2, 4])",
        "expected torch.Size([2, 4])\n    actual   torch.Size([2, 3])",
    ),
    "the second of two": ("print(1)\nprint(2)  # 3", "the comment says 3, the run gives 2."),
    "after a loop that prints": (
        "for n in range(2):\n    print(n)\nprint(2)  # 3",
        "the comment says 3, the run gives something else.",
    ),
    "what is assigned": ("x = 1 + 1  # 3", "the comment says 3, the run gives 2."),
    "a truth that is assigned": (
        f"{HEAD}b = torch.zeros(2).any()  # True",
        "the comment says True, the run gives tensor(False).",
    ),
    "a truth in small letters": (
        f"{HEAD}b = bool(torch.zeros(2).any())  # true",
        "the comment says true, the run gives False.",
    ),
    "a number in words": (
        f"{HEAD}print(torch.ones(3).sum().item())  # five",
        "the comment says five, the run gives 3.0.",
    ),
    "a number in words that is assigned": (
        f"{HEAD}n = torch.ones(3).sum()  # gives four",
        "the comment says gives four, the run gives 3.0.",
    ),
    "a truth that is asked": (
        f"{HEAD}a = torch.zeros(2)\nif a.any():  # True\n    print(a)",
        "the comment says True, the run gives False.",
    ),
}
RIGHT = {
    "axes": (
        f"{HEAD}x = torch.zeros(3, 5, 9)  # batch=3, seq_len=5, input_size=9\n"
        "rnn = nn.RNN(9, 4, batch_first=True)\nout, h_n = rnn(x)"
    ),
    "axes of a name bound anew": (
        f"{HEAD}rnn = nn.RNN(9, 4)\nx = torch.zeros(3, 5, 9)  # seq_len=3, batch=5, input_size=9\n"
        "out, h_n = rnn(x)\nx = torch.zeros(3, 5, 9)  # batch=3, seq_len=5, input_size=9\n"
        "batched = nn.RNN(9, 4, batch_first=True)\nout, h_n = batched(x)"
    ),
    "what is meant": (
        f"{HEAD}x = torch.zeros(3, 5, 9)  # meant: batch=3, seq_len=5, input_size=9\n"
        "out, h_n = nn.RNN(9, 4)(x)"
    ),
    "arguments": f"{HEAD}rnn = nn.RNN(4, 6)  # input_size=4, hidden_size=6",
    "a dtype": f"{HEAD}x = torch.zeros(3, dtype=torch.float64)  # x: float64 on the cpu",
    "a result": f"{HEAD}print(1 + 1)  # 2",
    "a printed shape": f"{HEAD}print(torch.zeros(2, 3).shape)  # torch.Size([2, 3])",
    "no result": f"{HEAD}it = iter([1, 2])\nnext(it)  # 1",
    "a number that is a remark": f"{HEAD}x = 3  # 5",
    "a dtype among words": f"{HEAD}x = torch.zeros(3)  # a float32 tensor, on the CPU",
    "a dtype of another case": f"{HEAD}x = torch.zeros(3)  # not float64",
    "two dtypes": f"{HEAD}x = torch.zeros(3).double()  # float32 becomes float64",
    "a dtype of a function": f"{HEAD}def f(x):\n    y = x + 1  # float64\n    return y",
    "a dtype of words": f"{HEAD}x = 'a'  # float64",
    "arguments by names": f"{HEAD}units = 6\nrnn = nn.RNN(5, units)  # input_size=5, hidden_size=6",
    "a number that the line binds": f"{HEAD}units = 6  # hidden_size=6",
    "a number of what is not there": f"{HEAD}units = 6  # as with hidden_size=4, see above",
    "a number of another name": f"{HEAD}units = 6  # lr=1 comes later",
    "a number in words": f"{HEAD}print(torch.ones(3).sum().item())  # three",
    "a truth in small letters": f"{HEAD}b = torch.zeros(2).any()  # false",
    "a word that is a remark": f"{HEAD}x = 5  # three\nx = print  # one",
    "a truth that is asked": f"{HEAD}a = torch.ones(2)\nif a.any():  # True\n    print(a)",
    "a truth that the statement changes": "n = 1\nif n > 0:  # True\n    n = 0",
    "one axis": f"{HEAD}x = torch.zeros(3)  # batch=3",
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_comment_is_one_problem(name: str, engine: Engine) -> None:
    code, wanted = WRONG[name]
    (found,) = problems(f"# Page\n\n{cell(code)}\n", engine)
    assert wanted in found


@pytest.mark.parametrize("name", RIGHT)
def test_a_right_comment_is_none(name: str, engine: Engine) -> None:
    assert problems(f"# Page\n\n{cell(RIGHT[name])}\n", engine) == []
