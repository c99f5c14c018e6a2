"""Lies in words, and shapes that hidden cells typed: each is one problem, what is true is none."""

from __future__ import annotations

import pytest
import torch
from torch import nn

from support.page import cell, problems
from unrolled.api import Engine
from unrolled.prove import counted, gates

MAKE = """\
import torch
from torch import nn

rnn = nn.RNN(5, 3)
x = torch.randn(7, 4, 5)
out, h_n = rnn(x)
counts = [10, 20, 30]"""


def found(text: str, engine: Engine) -> list[str]:
    """Return what is wrong with a page that says so."""
    return problems(f"# Page\n\n{cell(MAKE)}\n{text}\n", engine)


def more(code: str, options: str = "continuation") -> str:
    return cell(code, options)


def hidden(code: str, claim: str) -> str:
    return f"{cell(code, 'continuation hidden')}\nIt is `{claim}`."


LIES = {
    "axes": "`out` has four axes.",
    "dimensions": "`h_n` has two dimensions.",
    "axes in digits": "`x` has 4 axes.",
    "axes of the output": "The output has four axes.",
    "a layer of an earlier cell": more("y, h = rnn(x)") + "\n`h` has two axes.",
    "gates": "An LSTM has five gates.",
    "gates in code": "A `GRU` has 4 gates.",
    "gates of the layer that the page makes": "There are 3 gates.",
    "gates of the last one named": "An LSTM has four gates and a GRU has five gates.",
    "gates of an owner": "All come from the LSTM's six gates.",
    "gates behind 'with'": "It is a GRU with four gates.",
    "gates before their layer": "It stacks the five gates of an LSTM.",
    "states": "An LSTM carries three states.",
    "states of a GRU": "A GRU has two hidden states, as an LSTM.",
    "bias vectors": "An `nn.RNN` has three bias vectors.",
    "biases": "A GRU has four biases.",
    "matrices": "An LSTM has three weight matrices.",
    "parameters": "An `nn.LSTM` has three parameters.",
    "parameters that are a number of the code": "An `nn.LSTM` has 3 parameters.",
    "tensors": "An `nn.GRU` has six parameter tensors in all.",
    "order of gates": "PyTorch stacks the gates in the order i, f, o, g.",
    "order of gates in words": "The order in the weights is update, reset, new.",
    "more parameters": "A GRU has more parameters than an LSTM.",
    "more weights of many": "RNNs have more weights than GRUs.",
    "gates of a layer": "`nn.GRU` has four gates.",
    "fewer weights": "An `nn.LSTM` has fewer weights than an `nn.GRU` of the same size.",
    "batch first at a call": more("y, h = rnn(x)  # batch first"),
    "batch first above a call": more("# The layer reads the batch first.\ny, h = rnn(x)"),
    "batch first at a layer": more("gru = nn.GRU(5, 3)  # batch first"),
    "time first at a layer": more("gru = nn.GRU(5, 3, batch_first=True)  # time first"),
    "batch_first=True": more("gru = nn.GRU(5, 3)  # batch_first=True"),
    "under a new name": hidden("a = torch.zeros(4, 9)\ny = a", "#!shape y: (4, 9)"),
    "under two new names": hidden("a = torch.zeros(4, 9)\ny, z = a, a", "#!shape y: (4, 9)"),
    "under a new name that readers see": cell("a = torch.zeros(4, 9)", "continuation hidden")
    + "\n"
    + more("y = a")
    + "\nIt is `#!shape y: (4, 9)`.",
    "one in five": "It gets one in five right.",
    "one in five of them": "One in five sentences is wrong.",
    "three times": "`#!value counts[1]` is three times as many as `#!value counts[0]`.",
    "half": "It is `#!value counts[0]`, half as many as `#!value counts[2]`.",
}
TRUTHS = {
    "what a hidden cell sets up": hidden("a = torch.zeros(4, 9)", "#!shape a: (4, 9)"),
    "axes": "`out` has three axes.",
    "axes of the output": "The output has three axes.",
    "axes of another module's output": more("y = nn.Linear(3, 2)(out[-1])")
    + "\nThe output has two axes.",
    "gates": "An LSTM has three gates, and a GRU has two gates.",
    "gates of another library": "Keras' LSTM has five gates.",
    "no gates of that number": "An LSTM never has five gates.",
    "some of the gates": "The other two gates of the LSTM stay shut.",
    "states": "An LSTM carries two states, and a GRU has one state.",
    "states of two layers": "With two layers a GRU returns two states.",
    "bias vectors": "An `nn.RNN` has two bias vectors. An LSTM's eight biases lie in them.",
    "biases of two layers": "An RNN of two layers has four biases.",
    "tensors": "An `nn.GRU` has four parameter tensors in all.",
    "gates and the candidate": "An LSTM has four gates, as PyTorch counts.",
    "order of gates": "PyTorch stacks the gates in the order i, f, g, o.",
    "another library's order": "Keras stacks the gates in the order input, forget, output, cell.",
    "gates in no order": "The output, the forget and the input gate each have weights.",
    "more parameters": "An LSTM has more parameters than a GRU.",
    "more parameters of one layer": "Here the GRU has more weights than the LSTM.",
    "one gate more": "An LSTM has one gate more than a GRU.",
    "gates for something": "The LSTM has two gates that are shut.",
    "axes of another case": "If `out` has four axes, it is none of a layer's.",
    "axes that it does not have": "`out` never has four axes.",
    "a step": more("for x_t in x:\n    pass") + "\n`x_t` has two axes.",
    "time first": more("y, h = rnn(x)  # time first"),
    "not batch first": more("y, h = rnn(x)  # not batch first"),
    "batch first": more("gru = nn.GRU(5, 3, batch_first=True)  # batch first"),
    "what a hidden cell gives to a layer": hidden(
        "a = torch.zeros(2, 4, 5)\nb, _ = rnn(a)", "#!shape b: (2, 4, 3)"
    ),
    "its input": hidden("a = torch.zeros(2, 4, 5)\nb, _ = rnn(a)", "#!shape a: (2, 4, 5)"),
    "twice": "`#!value counts[1]` is twice as many as `#!value counts[0]`.",
    "three times": "`#!value counts[2]` is three times as many as `#!value counts[0]`.",
    "a check": "`#!value counts[2]` is twice as many, `#!check counts[1] == 2 * counts[0]`.",
    "more than half": "`#!value counts[1]` is more than half as many as `#!value counts[2]`.",
}


def test_what_is_known_of_layers_is_what_torch_holds() -> None:
    for name, blocks in gates.BLOCKS.items():
        layer = getattr(nn, name)(3, 5)
        assert layer.weight_ih_l0.shape == (blocks * 5, 3)
        assert layer.weight_hh_l0.shape == (blocks * 5, 5)
        assert len(gates.ORDERS.get(name, "h")) == blocks


def test_how_many_a_layer_has_is_what_torch_holds() -> None:
    for name in gates.BLOCKS:
        layer = getattr(nn, name)(3, 5)
        state = layer(torch.zeros(1, 3))[1]
        matrices = [each for each in layer.parameters() if each.ndim == 2]
        assert len(list(layer.parameters())) in counted.HAS["parameter"][name]
        assert len(matrices) in counted.HAS["matrix"][name]
        assert len(layer.state_dict()) - len(matrices) in counted.HAS["bias vector"][name]
        assert (len(state) if isinstance(state, tuple) else 1) in counted.HAS["state"][name]
        assert gates.BLOCKS[name] - 1 in counted.HAS["gate"][name]


def test_gates_are_stacked_in_the_order_that_is_known() -> None:
    """A large bias closes or opens one gate at a time, and the state tells which it was."""
    x, size = torch.zeros(1, 2), 3
    for name, closed in (("forget", 0.0), ("input", 0.0), ("output", 0.0)):
        lstm = nn.LSTM(2, size)
        place = gates.ORDERS["LSTM"].index(name)
        with torch.no_grad():
            for weights in lstm.parameters():
                weights.zero_()
            bias = lstm.state_dict()["bias_ih_l0"]
            bias[2 * size : 3 * size] = 50.0
            bias[place * size : (place + 1) * size] = -50.0
        start = torch.ones(1, size), torch.ones(1, size)
        _, (h, c) = lstm(x, start)
        given = {"forget": c - 0.5, "input": c - 0.5, "output": h}[name]
        assert torch.allclose(given, torch.full_like(given, closed), atol=1e-6)
    gru, start = nn.GRU(2, size), torch.ones(1, size)
    place = gates.ORDERS["GRU"].index("update")
    with torch.no_grad():
        for weights in gru.parameters():
            weights.zero_()
        gru.state_dict()["bias_ih_l0"][place * size : (place + 1) * size] = 50.0
    assert torch.allclose(gru(x, start)[1], start)


@pytest.mark.parametrize("text", LIES.values(), ids=LIES.keys())
def test_a_lie_is_one_problem(text: str, engine: Engine) -> None:
    assert len(found(text, engine)) == 1


@pytest.mark.parametrize("text", TRUTHS.values(), ids=TRUTHS.keys())
def test_what_is_true_is_none(text: str, engine: Engine) -> None:
    assert found(text, engine) == []
