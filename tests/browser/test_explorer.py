"""The shape explorer: its rules are torch's over the full grid, and its page works for everyone."""

from __future__ import annotations

import gzip
import itertools
import json
import random
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import torch
from playwright.sync_api import Browser, Page, expect
from torch import nn
from torch.nn.utils.rnn import PackedSequence, pack_padded_sequence

from support import built, sites
from support.once import once
from support.pages import Opener, opener, violations
from support.paths import PROJECT
from support.serving import serving
from unrolled.site import assets

Settings = dict[str, Any]
Shape = list[int]

LIMIT = 12 * 1024
"""Bytes, compressed, that the tool may take beside what all elements share."""
SHARED = ("element.js", "store.js", "shared.js", "quiz.css")
NAMES = ("RNN", "LSTM", "GRU", "RNNCell", "LSTMCell", "GRUCell")
SIZES = ((5, 8), (7, 3), (1, 11), (0, 8), (5, 0))
CALLS = (
    {"input": "batched", "batch": 4, "seq_len": 7},
    {"input": "batched", "batch": 1, "seq_len": 1},
    {"input": "batched", "batch": 0, "seq_len": 3},
    {"input": "batched", "batch": 2, "seq_len": 0},
    {"input": "unbatched", "seq_len": 6},
    {"input": "unbatched", "seq_len": 0},
    {"input": "packed", "lengths": [7, 5, 3, 2]},
    {"input": "packed", "lengths": [2, 9]},
    {"input": "packed", "lengths": [3, 0, 1]},
    {"input": "packed", "lengths": [0, 0]},
    {"input": "packed", "lengths": []},
)
SWITCH = (False, True)


def grid() -> Iterator[Settings]:
    """Yield every layer with every combination of its settings, sizes and inputs."""
    for layer, (i, h), bias, call in itertools.product(NAMES, SIZES, SWITCH, CALLS):
        own = {"layer": layer, "input_size": i, "hidden_size": h, "bias": bias}
        is_cell = layer.endswith("Cell")
        if is_cell and call["input"] == "packed":
            continue
        kinds = ("tanh", "relu") if layer.startswith("RNN") else ("tanh",)
        # Where torch refuses a size, all else is worth fewer settings.
        counts = (0,) if is_cell else (1, 2, 3) if i and h else (0, 1)
        switches = (False,) if is_cell else SWITCH
        projections = (0,) if is_cell else (0, 2, h, h + 3) if layer == "LSTM" else (0, 2)
        for layers, first, both, proj, kind in itertools.product(
            counts, switches, switches, projections, kinds
        ):
            more = {"num_layers": layers, "batch_first": first, "bidirectional": both}
            yield own | call | more | {"proj_size": proj, "nonlinearity": kind}
    for layer, (i, h), proj in itertools.product(NAMES[:3], SIZES, (0, 2, 8)):
        own = {"layer": layer, "input_size": i, "hidden_size": h, "bias": True}
        more = {"num_layers": 0, "batch_first": False, "bidirectional": False}
        yield own | CALLS[0] | more | {"proj_size": proj, "nonlinearity": "tanh"}


def arguments(settings: Settings) -> Settings:
    """Return the arguments of the layer's constructor."""
    names = ["input_size", "hidden_size", "bias"]
    if not settings["layer"].endswith("Cell"):
        names += ["num_layers", "batch_first", "bidirectional"]
        names += ["proj_size"] if settings["proj_size"] else []
    names += ["nonlinearity"] if settings["layer"].startswith("RNN") else []
    return {name: settings[name] for name in names}


def fed(settings: Settings) -> torch.Tensor | PackedSequence:
    """Return an input."""
    width, first = settings["input_size"], settings.get("batch_first")
    if settings["input"] == "packed":
        lengths = settings["lengths"]
        sizes = [max(lengths, default=0), len(lengths)]
        padded = torch.zeros(*(reversed(sizes) if first else sizes), width)
        return pack_padded_sequence(padded, lengths, batch_first=bool(first), enforce_sorted=False)
    rows = [settings["batch"]] if settings["input"] == "batched" else []
    if settings["layer"].endswith("Cell"):
        return torch.zeros(*rows, width)
    steps = [settings["seq_len"]]
    return torch.zeros(*(rows + steps if first else steps + rows), width)


def shape(tensor: torch.Tensor | PackedSequence) -> Shape:
    """Return the shape of a tensor; of packed sequences, of their data."""
    return list(tensor.data.shape if isinstance(tensor, PackedSequence) else tensor.shape)


def states(given: Any, end: str) -> dict[str, Shape]:
    """Return the shapes of a state, or of a pair of them, by their names."""
    both = given if isinstance(given, tuple) else (given,)
    return {f"{name}_{end}": shape(each) for name, each in zip("hc", both, strict=False)}


def reference(settings: Settings) -> dict[str, Any]:
    """Return what torch gives, or how it refuses."""
    try:
        layer = getattr(nn, settings["layer"])(**arguments(settings))
        x = fed(settings)
        given = layer(x)
    except Exception as error:  # noqa: BLE001 - whatever torch raises
        return {"refused": f"{type(error).__name__}: {error}"}
    data = ".data" if isinstance(x, PackedSequence) else ""
    tensors = {f"input{data}": shape(x)}
    if settings["layer"].endswith("Cell"):
        after = states(given, "1")
        tensors |= {f"{name[0]}_0": each for name, each in after.items()} | after
    else:
        after = states(given[1], "n")
        tensors |= {f"{name[0]}_0": each for name, each in after.items()}
        tensors |= {f"output{data}": shape(given[0])} | after
    weights = {name: list(each.shape) for name, each in layer.named_parameters()}
    count = sum(each.numel() for each in layer.parameters())
    return {"tensors": tensors, "weights": weights, "count": count}


OURS = """async x => {
  const m = await import(new URL('/assets/quiz/shapes.js', location).href);
  const said = JSON.parse(document.querySelector('quiz-explorer').dataset.refusals);
  const shapes = list => Object.fromEntries(list.map(({name, axes}) => [name, axes.map(a => a[0])]));
  return JSON.stringify(x.map(given => {
    const settings = m.read(new URLSearchParams(given).toString());
    const [why, code] = [m.refusal(settings), m.code(settings)];
    if (why) return { refused: said[settings.layer][why], code };
    const { tensors, weights, count } = m.shapes(settings);
    return { tensors: shapes(tensors), weights: shapes(weights), count, code };
  })) }"""
"""What the widget's rules give for a list of settings, as the address tells them."""


def build(folder: Path) -> None:
    """Build a site of the explorer's page alone."""
    page = (PROJECT / "docs" / "explore.md").read_text("utf-8")
    root = folder.with_name("explorer-source")
    sites.write(root, {"index.md": "# Home\n\n[Explore](explore.md)\n", "explore.md": page})
    record = root / "tests" / "recorded" / "explore.txt"
    record.parent.mkdir(parents=True)
    record.write_text((PROJECT / "tests" / "recorded" / "explore.txt").read_text("utf-8"), "utf-8")
    built.mkdocs(root / "mkdocs.yml", folder)


@pytest.fixture(scope="session")
def explorer_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a site that holds the explorer's page."""
    with serving(once(tmp_path_factory, "built-explorer", build), built.ORIGIN) as here:
        yield here


@pytest.fixture
def show(running: Browser, explorer_address: str) -> Iterator[Opener]:
    """Return a function that opens a page of that site."""
    with opener(running, explorer_address) as opened:
        yield opened


def ours(page: Page, wanted: list[Settings]) -> list[dict[str, Any]]:
    """Return what the widget's rules give."""
    told = [
        {
            name: ",".join(map(str, value)) if isinstance(value, list) else str(value)
            for name, value in settings.items()
        }
        for settings in wanted
    ]
    return json.loads(page.evaluate(OURS, told))


def test_the_rules_are_those_of_torch_over_the_full_grid(show: Opener) -> None:
    wanted = list(grid())
    found = ours(show("explore/"), wanted)
    refused = 0
    with warnings.catch_warnings(), torch.no_grad():
        warnings.simplefilter("ignore")
        for settings, mine in zip(wanted, found, strict=True):
            theirs = reference(settings)
            assert {**mine, "code": None} == {**theirs, "code": None}, settings
            assert list(mine.get("weights", ())) == list(theirs.get("weights", ())), settings
            refused += "refused" in theirs
    assert len(wanted) > 9_000
    assert 0.25 < refused / len(wanted) < 0.75


def test_the_code_to_copy_gives_what_the_page_says(show: Opener) -> None:
    wanted = random.Random(3).sample(list(grid()), 1500)  # noqa: S311 - no secret
    for settings, mine in zip(wanted, ours(show("explore/"), wanted), strict=True):
        names: dict[str, Any] = {}
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                exec(mine["code"], names)  # noqa: S102 - our own, and what readers run
        except Exception as error:  # noqa: BLE001 - whatever torch raises
            assert mine.get("refused") == f"{type(error).__name__}: {error}", mine["code"]
            continue
        assert "refused" not in mine, (settings, mine["code"])
        given = {name.removesuffix(".data"): each for name, each in mine["tensors"].items()}
        given.pop("input")
        assert {name: shape(names[name]) for name in given} == given, mine["code"]
        layer = names[settings["layer"].removesuffix("Cell").lower()]
        assert sum(p.numel() for p in layer.parameters()) == mine["count"]
