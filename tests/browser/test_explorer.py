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

TOOL = ("explorer.js", "explorer.css", "shapes.js", "python.js", "define/quiz-explorer.js")
LIMIT = 12 * 1024
"""Bytes, compressed, that the tool may take beside what all elements share."""
NAMES = ("RNN", "LSTM", "GRU", "RNNCell", "LSTMCell", "GRUCell")
SIZES = ((5, 8), (7, 3), (1, 11), (6, 6), (0, 8), (5, 0))
CALLS: tuple[Settings, ...] = (
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
    """Yield every layer with every combination of its settings, sizes and inputs.

    All of those that torch takes, and each kind of those that it refuses.
    """
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
            empty = "lengths" in call and 0 in (*call["lengths"], len(call["lengths"]))
            wrong = (not i * h) + (proj >= h or (layer != "LSTM" and proj > 0))
            wrong += empty or (call.get("seq_len") == 0 and not is_cell)
            if (wrong > 1 and (bias or both)) or (wrong and layers > 2):
                continue  # Two mistakes at once, or one in a deep layer: a few of them will do.
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
  const { code: write } = await import(new URL('/assets/quiz/python.js', location).href);
  const said = JSON.parse(document.querySelector('quiz-explorer').dataset.refusals);
  const sizes = ({ name, axes }) => [name, axes.map(axis => axis[0])];
  const shapes = list => Object.fromEntries(list.map(sizes));
  return JSON.stringify(x.map(given => {
    const settings = m.read(new URLSearchParams(given).toString());
    const [why, code] = [m.refusal(settings), write(settings)];
    if (why) return { refused: said[settings.layer][why], code };
    const { tensors, weights, count } = m.shapes(settings);
    return { tensors: shapes(tensors), weights: shapes(weights), count, code };
  })) }"""
"""What the widget's rules give for a list of settings, as the address tells them."""


def build(folder: Path) -> None:
    """Build a site of the explorer's page alone."""
    page = (PROJECT / "docs" / "explore.md").read_text("utf-8")
    root = folder.with_name("explorer-source")
    sites.write(
        root,
        {
            "index.md": "# Home\n\n[Explore](explore.md?num_layers=2#layer=GRU)\n",
            "explore.md": page,
        },
    )
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
    assert len(wanted) > 8_000
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


def chosen(page: Page) -> dict[str, str]:
    """Return the shapes that the page shows, by the names of the tensors."""
    rows = page.locator(".explorer__result > table tr")
    expect(rows.first).to_be_visible()
    script = """rows => Object.fromEntries(rows.map(row => [
        row.cells[0].textContent,
        [...row.querySelectorAll('b')].map(size => size.textContent).join(', ')]))"""
    return rows.evaluate_all(script)


def test_settings_are_chosen_by_keyboard_and_stand_in_the_address(show: Opener) -> None:
    page = show("explore/")
    page.get_by_role("radio", name="LSTM", exact=True).focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("radio", name="GRU", exact=True)).to_be_checked()
    page.keyboard.press("Tab")
    page.keyboard.type("9")
    for _ in range(4):
        page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(page.get_by_role("checkbox", name="bidirectional")).to_be_checked()
    assert page.url.endswith("/explore/#layer=GRU&input_size=9&hidden_size=8&bidirectional=true")
    shapes = {"input": "7, 4, 9", "h_0": "2, 4, 8", "output": "7, 4, 16", "h_n": "2, 4, 8"}
    assert chosen(page) == shapes
    expect(page.get_by_role("status")).to_contain_text("output (7, 4, 16), h_n (2, 4, 8)")
    page.reload()
    assert chosen(page) == shapes
    page.goto(page.url.split("explore/")[0])
    page.go_back()
    assert chosen(page) == shapes


def test_scrolling_leaves_the_address_as_it_is(show: Opener) -> None:
    """The theme writes the anchor of each heading into the address that it knows of."""
    page = show("explore/#layer=RNN&input_size=4&hidden_size=6")
    chosen(page)
    assert page.evaluate("scrollY") == 0
    for _ in range(6):
        page.mouse.wheel(0, 700)
        page.wait_for_timeout(150)
    page.wait_for_timeout(500)
    assert page.evaluate("scrollY") > 700
    assert page.url.endswith("#layer=RNN&input_size=4&hidden_size=6")


def test_links_lead_to_settings(show: Opener) -> None:
    page = show("explore/")
    page.get_by_role("link", name="Open these settings").click()
    expect(page.get_by_role("spinbutton", name="num_layers")).to_have_value("2")
    assert chosen(page)["h_n"] == "4, 4, 8"
    page.evaluate("location.hash = 'layer=RNNCell&batch=3'")
    expect(page.get_by_role("radio", name="RNNCell")).to_be_checked()
    assert chosen(page)["h_1"] == "3, 8"
    expect(page.get_by_label("num_layers")).to_be_hidden()


def test_a_link_from_another_page_leads_to_the_tool_and_not_to_the_rules(show: Opener) -> None:
    """By the theme's instant navigation, which scrolls to what the address names, and back."""
    page = show("")
    page.evaluate("window.same = true")
    page.locator("article").get_by_role("link", name="Explore").click()
    expect(page.get_by_role("radio", name="GRU", exact=True)).to_be_checked()
    expect(page.get_by_role("spinbutton", name="num_layers")).to_have_value("2")
    page.wait_for_timeout(700)
    assert page.evaluate("[window.same, scrollY]") == [True, 0]
    page.get_by_role("spinbutton", name="hidden_size").fill("9")
    page.go_back()
    expect(page.get_by_role("link", name="Explore", exact=True).last).to_be_visible()
    page.go_forward()
    expect(page.get_by_role("spinbutton", name="hidden_size")).to_have_value("9")
    assert page.url.endswith("/explore/#layer=GRU&input_size=5&hidden_size=9&num_layers=2")
    assert chosen(page)["h_n"] == "2, 4, 9"


def test_a_field_that_cannot_be_read_is_asked_for(show: Opener) -> None:
    page = show("explore/")
    page.get_by_role("spinbutton", name="num_layers").fill("-1")
    expect(page.locator(".explorer__asked")).to_have_text(
        "num_layers is a whole number, from 0 to 24."
    )
    assert "num_layers" not in page.url
    page.get_by_role("spinbutton", name="num_layers").fill("2")
    assert chosen(page)["h_n"] == "2, 4, 8"


def test_a_number_with_an_exponent_is_read_as_the_browser_reads_it(show: Opener) -> None:
    page = show("explore/")
    page.get_by_role("spinbutton", name="hidden_size").fill("1e2")
    assert chosen(page)["h_n"] == "1, 4, 100"
    assert "hidden_size=100" in page.url


def test_what_the_address_asks_for_in_vain_is_said_until_a_setting_is_changed(
    show: Opener,
) -> None:
    page = show("explore/#layer=GRU&num_layers=99&hiden_size=3")
    said = page.locator(".explorer__unread")
    expect(said).to_contain_text("num_layers=99 is not a whole number from 0 to 24: 24 is shown.")
    expect(said).to_contain_text("hiden_size is no setting, and is left out.")
    expect(page.get_by_role("status")).to_contain_text("24 is shown.")
    assert chosen(page)["h_n"] == "24, 4, 8"
    assert violations(page) == []
    page.get_by_role("spinbutton", name="num_layers").fill("2")
    expect(said).to_be_hidden()
    page.evaluate("location.hash = 'layer=CNN'")
    expect(said).to_contain_text("layer=CNN is not one of RNN, LSTM, GRU")
    page.evaluate("location.hash = 'layer=RNN'")
    expect(said).to_be_hidden()
    expect(page.get_by_role("status")).to_have_text("")


def test_the_name_of_a_part_of_the_page_is_no_setting(show: Opener) -> None:
    page = show("explore/?h=shapes#nngru")
    chosen(page)
    expect(page.locator(".explorer__unread")).to_be_hidden()


def test_the_code_is_copied(show: Opener) -> None:
    page = show("explore/#layer=GRU")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy").click()
    expect(page.get_by_role("button", name="Copied")).to_be_focused()
    text = str(page.evaluate("navigator.clipboard.readText()"))
    assert text.startswith("import torch\n")
    assert text.endswith("\noutput, h_n = gru(x, h_0)")


def test_a_refusal_is_torchs_own_message(show: Opener) -> None:
    page = show("explore/#layer=LSTM&hidden_size=8&proj_size=8")
    with pytest.raises(ValueError) as raised:
        nn.LSTM(5, 8, proj_size=8)
    expect(page.locator(".explorer__refused code")).to_have_text(f"ValueError: {raised.value}")
    page.get_by_role("spinbutton", name="proj_size").fill("3")
    expect(page.locator(".explorer__refused")).to_have_count(0)
    assert chosen(page)["c_n"] == "1, 4, 8"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize(
    "state",
    [
        "",
        "#layer=RNNCell",
        "#layer=LSTM&num_layers=2&bidirectional=true&proj_size=3&input=packed",
        "#layer=GRU&proj_size=3",
        "#layer=LSTM&input_size=999999&hidden_size=999999&batch=999999&seq_len=999999",
    ],
)
def test_every_state_of_the_page_is_for_everyone(
    show: Opener, state: str, width: int, scheme: str
) -> None:
    page = show(f"explore/{state}", width, scheme)
    expect(page.locator(".explorer__code")).to_be_visible()
    for details in page.locator(".explorer__weights > summary").all():
        details.click()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_without_javascript_the_rules_are_there_as_tables(show: Opener) -> None:
    page = show("explore/#layer=GRU", script=False)
    expect(page.get_by_text("The explorer needs JavaScript")).to_be_visible()
    tables = page.locator(".contract table")
    assert tables.count() >= 4
    expect(page.get_by_role("heading", name="nn.GRU", exact=True)).to_be_in_viewport()
    expect(page.locator(".contract__proof")).to_have_count(tables.count())


def test_the_tool_is_small() -> None:
    files = [text for path, text in assets.widget() if path in TOOL]
    assert len(files) == len(TOOL)
    assert sum(len(gzip.compress(text.encode(), 9)) for text in files) <= LIMIT
