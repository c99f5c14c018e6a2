"""The block `/// trace`: a page's Markdown in, a figure, a table and the widget's numbers out."""

from __future__ import annotations

import json
from typing import Any

import pytest
import torch

from support.elements import element, only, rows, text_of
from support.page import cell, convert, form, panes_of, planned, problems
from unrolled.blocks.minutes import minutes
from unrolled.run.engine import Engine

MAKE = """import torch
from torch import nn

torch.manual_seed(0)
rnn, gru, lstm = nn.RNN(1, 1), nn.GRU(2, 3), nn.LSTM(2, 3, batch_first=True)
other, head = nn.GRU(2, 3), nn.Linear(3, 2)
x = torch.tensor([[0.0], [1.0], [-1.0]])
pairs = torch.randn(4, 2)"""


def page(*options: str, code: str = MAKE, title: str = "A layer reads") -> str:
    """Return a page with a hidden cell and a trace of these options."""
    lines = "".join(f"    {option}\n" for option in ("id: a-trace", *options))
    return f"# Page\n\n{cell(code, 'hidden')}\n/// trace | {title}\n{lines}\nLook closely.\n///\n"


def given(text: str, engine: Engine) -> dict[str, Any]:
    """Return what the widget gets."""
    return json.loads(element("quiz-trace", text, engine).attrib["data-trace"])


def states(layer: dict[str, Any]) -> torch.Tensor:
    """Return the states that a layer gave, step by step."""
    return torch.tensor([step["h"] for step in layer["steps"]])


def seeded() -> dict[str, Any]:
    """Return what the hidden cell binds."""
    names: dict[str, Any] = {}
    exec(MAKE, names)  # noqa: S102 - our own
    return names


def test_a_trace_is_complete_without_javascript(engine: Engine) -> None:
    made = element("quiz-trace", page("layer: rnn", "input: x"), engine)
    names = seeded()
    with torch.no_grad():
        after = names["rnn"](names["x"])[0][:, 0].tolist()
    head, *body = rows(made, "trace")
    assert head == ["Step", "Input x", "State h"]
    assert [row[:2] for row in body] == [["1", "0.00"], ["2", "1.00"], ["3", "−1.00"]]
    assert [float(row[2].replace("−", "-")) for row in body] == pytest.approx(after, abs=0.005)
    assert only(made, "details[@class='trace__all']").get("open")
    svg = only(made, ".//svg")
    assert svg.attrib["role"] == "img"
    assert "State h. Bars of one unit over 3 steps" in svg.attrib["aria-label"]
    bars = svg.findall(".//rect[@class]")
    down = [bar for bar in bars if "is-down" in bar.attrib["class"]]
    assert len(down) == sum(state < 0 for state in after)
    assert made.findall(".//math")
    assert "Look closely." in text_of(made)


@pytest.mark.parametrize(
    ("name", "gates"), [("gru", ["r", "z", "n"]), ("lstm", ["i", "f", "g", "o"])]
)
def test_the_widget_gets_the_layers_numbers(engine: Engine, name: str, gates: list[str]) -> None:
    fed = "pairs[None]" if name == "lstm" else "pairs"
    data = given(page(f"layer: {name}", f"input: {fed}", 'labels: list("abcd")'), engine)
    names = seeded()
    layer = names[name]
    x = names["pairs"]
    with torch.no_grad():
        output, _ = layer(x[None] if name == "lstm" else x)
    (traced,) = data["layers"]
    assert states(traced) == pytest.approx(output.reshape(4, 3), abs=1e-5)
    assert all(list(step["gates"]) == gates for step in traced["steps"])
    assert data["labels"] == ["a", "b", "c", "d"]
    for weight, parameter in layer.named_parameters():
        near = pytest.approx(parameter.detach(), abs=1e-6)
        assert torch.tensor(traced["weights"][weight]) == near


def test_gates_lead_to_the_state(engine: Engine) -> None:
    """By the equations of torch's documentation, from the numbers that readers get."""
    data = given(page("layer: lstm", "input: pairs[None]"), engine)
    c = [0.0] * 3
    for step in data["layers"][0]["steps"]:
        gates = step["gates"]
        c = [
            f * k + i * g for f, k, i, g in zip(gates["f"], c, gates["i"], gates["g"], strict=True)
        ]
        assert step["c"] == pytest.approx(c, abs=1e-5)
        opened = torch.tensor(gates["o"]) * torch.tensor(c).tanh()
        assert step["h"] == pytest.approx(opened.tolist(), abs=1e-5)


def test_a_twin_and_heads_stand_side_by_side(engine: Engine) -> None:
    text = page(
        "layer: gru", "input: pairs", "twin: other", "head: head", "twin_head: head",
        "classes: [yes it is, no]", "names: [first, second]",
    )  # fmt: skip
    made = element("quiz-trace", text, engine)
    data = json.loads(made.attrib["data-trace"])
    assert data["names"] == ["first", "second"]
    assert [len(layer["steps"]) for layer in data["layers"]] == [4, 4]
    assert data["layers"][0]["steps"] != data["layers"][1]["steps"]
    for layer in data["layers"]:
        assert all(sum(step["shares"]) == pytest.approx(1, abs=1e-5) for step in layer["steps"])
    assert len(made.findall(".//svg")) == 2
    captions = [text_of(each) for each in made.findall(".//table/caption")]
    assert captions == ["All steps, first", "All steps, second"]
    assert rows(made, "trace")[0][-1] == "Says"


def test_a_trace_starts_where_it_is_told(engine: Engine) -> None:
    code = f"{MAKE}\nh_0 = torch.full((1, 3), 0.5)"
    data = given(page("layer: gru", "input: pairs", "start: h_0", code=code), engine)
    assert data["start"]["h"] == [0.5, 0.5, 0.5]
    names = seeded()
    with torch.no_grad():
        output, _ = names["gru"](names["pairs"], torch.full((1, 3), 0.5))
    assert states(data["layers"][0]) == pytest.approx(output, abs=1e-5)


def test_a_trace_may_hold_its_own_cell(engine: Engine) -> None:
    opening = "/// trace | Inside\n    id: own\n    layer: rnn\n    input: x\n"
    text = f"# Page\n\n{opening}\n{cell(MAKE)}///\n"
    assert given(text, engine)["labels"] == ["0", "1", "-1"]


def test_a_trace_takes_time_and_no_progress() -> None:
    read = planned(page("layer: rnn", "input: x"))
    assert minutes(read) >= 2
    assert read.answerable == ()


FORMS = {
    "names no layer": page("input: x"),
    "names no input": page("layer: rnn"),
    "'labels' of the trace 'a-trace' is no Python": page("layer: rnn", "input: x", "labels: a b"),
    "has no title": page("layer: rnn", "input: x", title=""),
    "are not one for each layer": page("layer: rnn", "input: x", "names: [a, b]"),
    "a twin_head, and no twin": page("layer: rnn", "input: x", "twin_head: head"),
    "a head for one of its two layers": page(
        "layer: gru", "input: pairs", "twin: other", "head: head"
    ),
    "has no cell before it": "# P\n\n/// trace | A\n    id: a\n    layer: rnn\n    input: x\n///\n",
    "a trace has no id": "# P\n\n/// trace | A\n    layer: rnn\n    input: x\n///\n",
}


@pytest.mark.parametrize("fact", FORMS)
def test_a_faulty_form_is_said_before_anything_runs(fact: str) -> None:
    found = form(FORMS[fact])
    assert any(fact in problem for problem in found), found


REFUSED = {
    "the layer is of the type 'Linear'": ["layer: head", "input: x"],
    "GRU(2, 3, num_layers=2)": ["layer: nn.GRU(2, 3, num_layers=2)", "input: pairs"],
    "RNN(1, 1, bidirectional=True)": ["layer: nn.RNN(1, 1, bidirectional=True)", "input: x"],
    "the trace has 40 units": ["layer: nn.RNN(1, 40)", "input: x"],
    "the trace has 99 steps": ["layer: rnn", "input: torch.zeros(99, 1)"],
    "the input has the shape (4, 2)": ["layer: rnn", "input: pairs"],
    "the input is torch.int64": ["layer: rnn", "input: x.long()"],
    "the input is a list": ["layer: rnn", "input: x.tolist()"],
    "the trace has 2 labels for 3 steps": ["layer: rnn", "input: x", "labels: [a, b]"],
    "the twin is GRU(2, 3), and the layer RNN(1, 1)": ["layer: rnn", "input: x", "twin: gru"],
    "the start is not a state of 1 numbers": ["layer: rnn", "input: x", "start: pairs"],
    "the start is not a pair of states of 3 numbers": [
        "layer: lstm", "input: pairs[None]", "start: torch.zeros(3)",
    ],
    "the head reads 3 units and tells 2 classes": ["layer: rnn", "input: x", "head: head"],
    "classes and no head": ["layer: rnn", "input: x", "classes: [a]"],
    "is not finite": ["layer: rnn", "input: x / 0"],
    "NameError: name 'rmm' is not defined": ["layer: rmm", "input: x"],
}  # fmt: skip


@pytest.mark.parametrize("fact", REFUSED)
def test_what_cannot_be_traced_is_a_problem_at_its_block(engine: Engine, fact: str) -> None:
    text = page(*REFUSED[fact])
    (found,) = problems(text, engine)
    line = text.split("\n").index("/// trace | A layer reads") + 1
    assert found.startswith(f"page.md:{line}: ")
    assert fact in found


def test_a_layer_that_gives_something_else_than_its_weights_do_is_a_problem(engine: Engine) -> None:
    code = f"""{MAKE}


class Reset(nn.GRU):
    def forward(self, x, h=None):
        out, h_n = super().forward(x, h)
        return 0.9 * out, h_n


gru = Reset(2, 3)"""
    (found,) = problems(page("layer: gru", "input: pairs", code=code), engine)
    assert "the layer's output at step " in found
    assert "is not what its weights give" in found


def test_a_trace_with_a_problem_still_shows_its_text(engine: Engine) -> None:
    content, found = convert(page("layer: rnn", "input: pairs"), engine)
    assert len(found) == 1
    assert "Look closely." in content
    assert "data-trace" not in content


def test_no_layer_is_changed_by_being_traced(engine: Engine) -> None:
    """Neither its numbers, nor what is drawn after it, nor whether gradients flow."""
    after = cell("print(torch.rand(1).item(), rnn.weight_hh_l0.requires_grad)", "continuation")
    plain = page("layer: rnn", "input: x") + "\n" + after
    with_it, _ = convert(plain, engine)
    without, _ = convert(f"# Page\n\n{cell(MAKE, 'hidden')}\n{after}", engine)
    (shown,) = panes_of(with_it)
    assert panes_of(without) == [shown]
    assert shown[1].endswith("True")
