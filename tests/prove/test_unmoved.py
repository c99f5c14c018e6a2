"""Proofs that cannot fail: a run asks each claim again with what it names changed."""

import pytest

from support.page import cell, problems
from unrolled.api import Engine

MAKE = """\
import torch
from torch import nn

torch.manual_seed(0)
rnn = nn.RNN(5, 3, batch_first=True)
x = torch.randn(4, 7, 5)
out, h_n = rnn(x)
rate = 0.5
seen = {"rnn": [0.2, 0.3], "gru": [0.1, 0.1]}
label = 'RNN'"""
EMPTY = {
    "a text that is not empty": "`#!check str(out) != ''`",
    "the same, number by number": "`#!check (out == out).all()`",
    "the same plus nothing": "`#!check torch.allclose(out, out + 0)`",
    "two names": "`#!check x is not out`",
    "a bound that nothing reaches": "`#!check out.mean() < 1e9`",
    "truths for each": "`#!check all(True for _ in out)`",
    "a list of one": "`#!check len([out]) == 1`",
    "two sums": "`#!check out.sum() == out.sum()`",
    "a square": "`#!check len(out) ** 2 >= 0`",
    "a size above nothing": "`#!check out.shape[0] > 0`",
    "no None": "`#!check not (out is None)`",
    "a largest": "`#!check max(len(out), 1) >= 1`",
    "one more": "`#!check len(out) != len(out) + 1`",
    "one of all truths": "`#!check rnn.batch_first in (True, False)`",
    "a remainder": "`#!check out.numel() % 1 == 0`",
    "less than infinity": "`#!check out.sum().item() <= float('inf')`",
    "a value by a table": "`#!value {0: 97}[0 * rate]`",
    "a value by a largest": "`#!value max(10**9, rate)`",
    "a shape that is made anew": "`#!shape x.new_zeros(9, 9): (9, 9)`",
    "a shape with a dtype": "`#!shape torch.zeros(9, 9, dtype=x.dtype): (9, 9)`",
    "a shape like another": "`#!shape torch.zeros_like(torch.zeros(9, 9)): (9, 9)`",
    "a type": "`#!check isinstance(out, torch.Tensor)`",
    "a type as a value": "`#!value isinstance(out, torch.Tensor)`",
    "one of two types": "`#!check isinstance(out, (torch.Tensor, tuple))`",
    "a type that is the type": "`#!check type(out) is torch.Tensor`",
    "a tensor": "`#!check torch.is_tensor(out)`",
    "a layer": "`#!check isinstance(rnn, nn.Module)`",
    "types of all": "`#!check all(isinstance(w, torch.Tensor) for w in rnn.parameters())`",
    "one of all numbers of axes": "`#!check h_n.dim() in (1, 2, 3, 4)`",
    "one of a range": "`#!check h_n.ndim in range(1, 5)`",
    "a number of axes between two": "`#!check 1 <= len(h_n.shape) <= 4`",
    "two or three axes": "`#!check h_n.dim() == 2 or h_n.dim() == 3`",
    "axes and a type": "`#!check h_n.dim() > 1 and isinstance(h_n, torch.Tensor)`",
    "a last size above nothing": "`#!check out.shape[-1] > 0`",
    "a size of one at least": "`#!check out.size(1) >= 1`",
    "a size that is not 0": "`#!check out.size()[0] != 0`",
    "a size not below 1": "`#!check not out.shape[-1] < 1`",
    "a size and 1": "`#!check out.numel() + 1 > 1`",
    "a size as a truth": "`#!check bool(out.shape[0])`",
    "a class": "`#!value nn.RNN`",
    "a function": "`#!value torch.tanh`",
    "a module": "`#!value torch.nn.utils`",
    "a class's name": "`#!value nn.RNN.__name__`",
    "the same by its own method": "`#!check out.equal(out)`",
    "a size and its length": "`#!check len(out) == out.size(0)`",
    "two writings of a shape": "`#!check tuple(out.shape) == out.size()`",
    "an attribute of every tensor": "`#!check hasattr(out, 'shape')`",
    "the name of every tensor's type": "`#!check type(out).__name__ == 'Tensor'`",
    "a greatest and a least": "`#!check out.max() >= out.min()`",
    "a spread": "`#!check out.std() > -1`",
    "a clone": "`#!check torch.equal(out, out.clone())`",
    "a clone of a part": "`#!check out[0].clone().equal(out[0])`",
    "two counts of entries": "`#!check out.numel() == len(out.flatten())`",
    "a count and the shape's": "`#!check out.shape.numel() == out.numel()`",
    "two numbers of axes": "`#!check out.ndim == len(out.shape)`",
    "two ways to ask for axes": "`#!check len(out.size()) == out.dim()`",
    "no part of a shape": "`#!check out.shape[:0] == ()`",
    "a place among all": "`#!check out.argmax() < out.numel()`",
    "a place as a number": "`#!check out.argmin().item() < len(out.reshape(-1))`",
    "a place from 0": "`#!check out.argmax() >= 0`",
    "two readings of names": "`#!check rnn.state_dict().keys() == rnn.state_dict().keys()`",
    "a shape as a value": "`#!value out.shape == out.shape`",
    "two sizes as a value": "`#!value len(out) == out.size(0)`",
    "tensors of its own": "`#!check torch.equal(torch.ones(3), torch.ones(3))`",
}
FULL = {
    "the last state": "`#!check torch.equal(out[:, -1], h_n[-1])`",
    "one type of two": "`#!check isinstance(out, torch.Tensor) and out.ndim == 3`",
    "a number of axes": "`#!check out.dim() == 3`",
    "one of some sizes": "`#!check out.shape[-1] in (3, 4)`",
    "a bound of a size": "`#!check out.shape[-1] > 2`",
    "a size of a dtype": "`#!value torch.float64.itemsize`",
    "the version": "`#!value torch.__version__`",
    "all near 0": "`#!check all(abs(w).max() < 1 for w in rnn.parameters())`",
    "an attribute": "`#!check rnn.batch_first`",
    "sizes of two weights": "`#!check rnn.weight_ih_l0.shape != rnn.weight_hh_l0.shape`",
    "a dtype": "`#!check out.dtype == torch.float32`",
    "a gradient that is not there": "`#!check x.grad is None`",
    "a layout": "`#!check not out.is_contiguous()`",
    "entries of a table": "`#!check max(seen['gru']) < min(seen['rnn'])`",
    "two that are alike": "`#!check seen['gru'][0] == seen['gru'][1]`",
    "a text": "`#!check label.isupper()`",
    "a count": "`#!value sum(p.numel() for p in rnn.parameters())`",
    "what a method keeps": "`#!check torch.equal(h_n.detach(), h_n)`",
    "the same two sizes of two": "`#!check len(out) == x.size(0)`",
    "axes of two": "`#!check out.ndim == len(h_n.shape)`",
    "entries of two": "`#!check x.numel() > len(out.flatten())`",
    "a part of a shape": "`#!check out.shape[:1] == x.shape[:1]`",
    "a place among those of another": "`#!check h_n.argmax() < len(h_n[0]) * 3`",
    "names of two layers": "`#!check rnn.state_dict().keys() == nn.RNN(9, 1).state_dict().keys()`",
    "a truth as a value": "`#!value out.ndim == x.ndim`",
    "an attribute of some layers": "`#!check hasattr(rnn, 'bias_hh_l0')`",
    "a greatest of two": "`#!check out.max() >= h_n.max()`",
    "a spread above a number": "`#!check out.std() >= 0.1`",
    "a size of another axis": "`#!check len(out) != out.size(1)`",
    "a shape": "`#!shape out[0]: (7, 3)`",
    "a setting": "`#!value rate`",
    "a layer": "`#!value rnn`",
}


@pytest.mark.parametrize("name", EMPTY)
def test_a_claim_that_comes_to_the_same_whatever_it_names_is_one_problem(
    name: str, engine: Engine
) -> None:
    found = problems(f"# Page\n\n{cell(MAKE)}\n\nSo {EMPTY[name]}.\n", engine)
    assert len(found) == 1, found


@pytest.mark.parametrize("name", FULL)
def test_a_claim_that_can_fail_is_none(name: str, engine: Engine) -> None:
    assert problems(f"# Page\n\n{cell(MAKE)}\n\nSo {FULL[name]}.\n", engine) == []


CHANGING = {
    "a tensor in place": "`#!value out.add_(99).sum()`",
    "an attribute": "`#!value setattr(rnn, 'a', 1)`",
    "a list": "`#!value seen['rnn'].append(1)`",
    "the mode of a layer": "`#!value rnn.eval().training`",
    "a weight": "`#!value nn.init.zeros_(rnn.weight_hh_l0).sum()`",
}


@pytest.mark.parametrize("name", CHANGING)
def test_a_claim_that_changes_what_cells_see_is_a_problem(name: str, engine: Engine) -> None:
    found = problems(f"# Page\n\n{cell(MAKE)}\n\nSo {CHANGING[name]}.\n", engine)
    assert len(found) == 1, found
    assert "which the cells after it see" in found[0]


def test_a_name_that_a_claim_binds_is_not_seen_by_the_next_cell(engine: Engine) -> None:
    text = cell(MAKE) + "\nSo `#!value (n := len(out))`.\n\n" + cell("print(n)", "continuation")
    (found,) = problems(text, engine)
    assert "NameError" in found


HIDDEN = {
    "a quotient": ("acc = 97 / 100", "`#!value acc`"),
    "a text that is read": ("acc = float('0.97')", "`#!value acc`"),
    "a text": ("acc = '97%'", "`#!value acc`"),
    "a whole number": ("acc = 97", "`#!value acc`"),
    "an entry": ("acc = [0.97][0]", "`#!value acc`"),
    "a largest": ("acc = max(0.97, 0.1)", "`#!value acc`"),
    "a table": ("acc = dict(a=0.97)", "`#!value acc['a']`"),
    "a function": ("def acc():\n    return 0.97", "`#!value acc()`"),
    "a lambda": ("acc = lambda: 0.97", "`#!value acc()`"),
    "a tensor": ("acc = torch.tensor(0.97)", "`#!value acc`"),
    "the number of a tensor": ("acc = torch.tensor(0.97)", "`#!value acc.item()`"),
    "a sum": ("acc = 0.9\nacc += 0.07", "`#!value acc`"),
    "a loop": ("for acc in [0.97]:\n    pass", "`#!value acc`"),
    "two at once": ("acc, other = 0.97, 1", "`#!value acc`"),
    "a truth": ("ok = not False", "`#!check ok`"),
    "a comparison": ("ok = 1 == 1", "`#!check ok`"),
    "another tensor by the name": ("out = torch.zeros(9, 9)", "`#!shape out: (9, 9)`"),
    "another number by the name": ("rate = 0.97", "`#!value rate`"),
}


@pytest.mark.parametrize(("code", "claim"), HIDDEN.values(), ids=HIDDEN.keys())
def test_a_result_that_a_hidden_cell_types_is_a_problem(
    code: str, claim: str, engine: Engine
) -> None:
    text = f"{cell(MAKE)}\n{cell(code, 'continuation hidden')}\nIt is {claim}.\n"
    (found,) = problems(text, engine)
    assert "asks nothing of a run" in found


SET_UP = {
    "a small number": ("n = 3", "`#!value n + 1`"),
    "words": ("letters = ['a', 'b']", "`#!value letters[-1]`"),
    "entries": ("pair = torch.tensor([[0.5, 1.0]])", "`#!shape pair: (1, 2)`"),
    "a tensor": ("w = torch.zeros(9, 9)", "`#!shape w: (9, 9)`"),
}


@pytest.mark.parametrize(("code", "claim"), SET_UP.values(), ids=SET_UP.keys())
def test_what_a_hidden_cell_sets_up_can_be_told(code: str, claim: str, engine: Engine) -> None:
    text = f"{cell(MAKE)}\n{cell(code, 'continuation hidden')}\nIt is {claim}.\n"
    assert problems(text, engine) == []


def test_what_a_hidden_cell_finds_out_proves_something(engine: Engine) -> None:
    code = (
        "rows = []\nfor gain in (1.0, 2.0):\n    rows.append(rnn(gain * x)[0].std().item())\n"
        "refused = False\ntry:\n    rnn(x[..., :4])\nexcept RuntimeError:\n    refused = True\n"
        "felt = {t for t in range(7) if out[0, t].sum() > 0}\nlayer = nn.GRU(5, 3)\nsteps = 7"
    )
    claims = (
        "`#!value rows[0]`, `#!check refused`, `#!value felt`, `#!shape layer(x)[0]: (4, 7, 3)`"
    )
    text = f"{cell(MAKE)}\n{cell(code, 'continuation hidden')}\nIt is {claims}.\n"
    assert problems(text, engine) == []
