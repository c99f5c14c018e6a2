"""The widget's step module computes what torch computes, over a grid of layers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
import torch
from playwright.sync_api import Browser, Page

from support import steps
from support.serving import serving
from unrolled.site import assets

OURS = """async given => {
  const { pass } = await import('./quiz_js/step.js');
  return JSON.stringify(JSON.parse(given).map(({ layer, input, start }) => {
    const { output, h_n, c_n } = pass(layer, input, start);
    return { output, h_n, c_n: c_n.filter(each => each.length) };
  })) }"""
ALONG = """async given => {
  const { pass } = await import('./quiz_js/step.js');
  const { layer, input, start } = JSON.parse(given);
  const [steps] = pass(layer, input, start).passes;
  return JSON.stringify(steps.map(({ h, c, gates }) => ({ h, c, ...gates }))) }"""


@pytest.fixture(scope="module")
def widget(running: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """A page beside the widget as it is shipped."""
    folder = tmp_path_factory.mktemp("steps")
    (folder / "index.html").write_text("<!doctype html><title>Steps</title>", "utf-8")
    (folder / "quiz_js").mkdir()
    shipped = dict(assets.widget())
    (folder / "quiz_js" / "step.js").write_text(shipped["step.js"], "utf-8")
    with serving(folder) as address:
        page = running.new_context().new_page()
        page.goto(address)
        yield page
        page.context.close()


def far(ours: dict[str, Any], theirs: dict[str, Any]) -> float:
    """Return how far apart the two are, at most, as a share of numbers larger than 1."""
    assert ours.keys() == theirs.keys()
    found = 0.0
    for name in ours:
        mine, other = torch.tensor(ours[name]).double(), torch.tensor(theirs[name]).double()
        assert mine.shape == other.shape, name
        if mine.numel():
            found = max(found, ((mine - other).abs() / other.abs().clamp(min=1)).max().item())
    return found


@pytest.mark.filterwarnings("ignore:LSTM with projections")
def test_a_pass_is_torchs_over_the_grid(widget: Page) -> None:
    cases = list(steps.grid())
    assert len(cases) > 1000
    found = json.loads(widget.evaluate(OURS, json.dumps([each.given() for each in cases])))
    for each, ours in zip(cases, found, strict=True):
        assert far(ours, each.torchs(torch.float64)) < 1e-9, each.settings
        assert far(ours, each.torchs(torch.float32)) < 1e-6, each.settings


@pytest.mark.parametrize(
    ("kind", "own"), [(k, own) for k, own in steps.KINDS if k != "LSTM" or not own]
)
def test_every_step_on_the_way_is_torchs(widget: Page, kind: str, own: dict[str, Any]) -> None:
    """The states by a cell of torch, step by step, and the gates by its weights."""
    case = steps.case(kind, own | {"input_size": 3, "hidden_size": 4}, 6, starts=True, seed=5)
    found = json.loads(widget.evaluate(ALONG, json.dumps(case.given())))
    cell = getattr(torch.nn, f"{kind}Cell")(3, 4, **own)
    cell.load_state_dict({n.removesuffix("_l0"): p for n, p in case.layer.state_dict().items()})
    states = [each[0] for each in case.start]
    with torch.no_grad():
        for x, ours in zip(case.x, found, strict=True):
            sums = cell.weight_ih @ x + cell.bias_ih + cell.weight_hh @ states[0] + cell.bias_hh
            after = cell(x, tuple(states) if kind == "LSTM" else states[0])
            states = list(after) if kind == "LSTM" else [after]
            names = {"LSTM": "ifgo", "GRU": "rz"}.get(kind, "")
            gates = dict(zip(names, sums.split(4), strict=False))
            wanted = {n: (torch.tanh if n == "g" else torch.sigmoid)(s) for n, s in gates.items()}
            wanted |= dict(zip("hc", states, strict=False))
            for name, value in wanted.items():
                assert torch.tensor(ours[name]) == pytest.approx(value, abs=1e-6), name


@pytest.mark.filterwarnings("ignore:LSTM with projections")
def test_what_is_written_down_for_node_is_torchs() -> None:
    written = steps.WRITTEN.read_text("utf-8").partition("CASES = ")[2].rstrip(";\n")
    for before, now in zip(json.loads(written), steps.few(), strict=True):
        assert before.keys() == now.keys()
        assert far(before["torch"], now["torch"]) < 1e-9
