"""The error finder: what readers paste leads to its cause, by keys, on a phone, and without JS."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from support import built
from support.once import once
from support.pages import OPEN_ALL, Opener, opener, violations
from support.paths import PROJECT
from support.serving import serving

LINK = re.compile(r"\[([^\]]+)\]\([^)]+\)|^    see: .*\n", re.MULTILINE)
NOTEBOOK = """---------------------------------------------------------------------------
{type}                              Traceback (most recent call last)
Cell In[12], line 3
      1 for batch in loader:
      2     optimizer.zero_grad()
----> 3     loss = step(batch)

File ~/miniconda3/envs/dl/lib/python3.10/site-packages/torch/nn/modules/module.py:1553, in call
   1552 else:
-> 1553     return self._call_impl(*args, **kwargs)

{said}
"""
SCRIPT = """Traceback (most recent call last):
  File "/home/anna/thesis/train.py", line 118, in <module>
    main(args)
  File "/home/anna/thesis/model.py", line 42, in forward
    out, hidden = self.lstm(x, hidden)
{said}
"""
FORUM = {
    "RuntimeError: input.size(-1) must be equal to input_size. Expected 300, got 128": "last-axis",
    "RuntimeError: Expected hidden[0] size (2, 17, 256), got [2, 32, 256]": "hx0-shape",
    "RuntimeError: Expected hidden[1] size (4, 64, 100), got [4, 64, 50]": "hx1-shape",
    "RuntimeError: Expected hidden size (1, 20, 512), got [1, 64, 512]": "hx-shape",
    "RuntimeError: mat1 and mat2 shapes cannot be multiplied (64x1024 and 512x10)": "mat1-mat2",
    "RuntimeError: size mismatch, m1: [32 x 128], m2: [256 x 10] at"
    " /pytorch/aten/src/TH/generic/THTensorMath.cpp:41": "mat1-mat2",
    "RuntimeError: mat1 dim 1 must match mat2 dim 0": "mat1-mat2",
    "RuntimeError: mat1 and mat2 must have the same dtype, but got Half and Float": "linear-dtype",
    "RuntimeError: expected m1 and m2 to have the same dtype, but got: float != double": "dtype",
    "AttributeError: 'tuple' object has no attribute 'shape'": "tuple-shape",
    "AttributeError: 'tuple' object has no attribute 'detach'": "tuple-detach",
    "IndexError: index out of range in self": "embedding-range",
    "IndexError: Target 10 is out of bounds.": "target-range",
    "ValueError: Expected input batch_size (640) to match target batch_size (32).": "target-batch",
    "ValueError: not enough values to unpack (expected 2, got 1)": "unpack-few",
    "ValueError: Target size (torch.Size([16])) must be the same as input size"
    " (torch.Size([16, 1]))": "bce-size",
    "RuntimeError: Trying to backward through the graph a second time (or directly access saved"
    " tensors after they have already been freed).": "backward-twice",
    "RuntimeError: one of the variables needed for gradient computation has been modified by an"
    " inplace operation: [torch.cuda.FloatTensor [128, 64]], which is output 0 of"
    " AsStridedBackward0, is at version 2; expected version 1 instead.": "in-place",
    "RuntimeError: Can't call numpy() on Tensor that requires grad. Use tensor.detach().numpy()"
    " instead.": "numpy-grad",
    "RuntimeError: stack expects each tensor to be equal size, but got [41] at entry 0 and [37] at"
    " entry 1": "stack-sizes",
    "RuntimeError: 'lengths' argument should be a 1D CPU int64 tensor, but got 1D cuda:0 Long"
    " tensor": "lengths-cpu",
    "RuntimeError: Error(s) in loading state_dict for Net:\n\tsize mismatch for fc.weight: copying"
    " a param with shape torch.Size([10, 64]) from checkpoint, the shape in current model is"
    " torch.Size([5, 64]).": "state-dict",
    "RuntimeError: input must have 3 dimensions, got 1": "lstm-dims",
    "UserWarning: dropout option adds dropout after all but last recurrent layer, so non-zero"
    " dropout expects num_layers greater than 1, but got dropout=0.2 and num_layers=1": (
        "dropout-one-layer"
    ),
    "TypeError: __init__() missing 1 required positional argument: 'hidden_size'": (
        "hidden-size-missing"
    ),
    "RuntimeError: Input and parameter tensors are not at the same device, found input tensor at"
    " cuda:0 and parameter tensor at cpu": "two-devices",
    "RuntimeError: Input and hidden tensors are not at the same device, found input tensor at"
    " cuda:0 and hidden tensor at cpu": "state-device",
    "RuntimeError: Expected all tensors to be on the same device, but found at least two devices,"
    " cuda:0 and cpu! (when checking argument for argument mat1 in method addmm)": "linear-device",
}
"""Messages with other numbers and names than the page's own, each with its entry."""


@pytest.fixture(scope="module")
def finder(tmp_path_factory: pytest.TempPathFactory, running: Browser) -> Iterator[Opener]:
    """Open the error finder, built alone: its links to other pages are taken out."""

    def build(folder: Path) -> None:
        root = tmp_path_factory.mktemp("finder")
        (root / "docs").mkdir()
        text = (PROJECT / "docs" / "errors.md").read_text("utf-8")
        (root / "docs" / "index.md").write_text(LINK.sub(r"\1", text), "utf-8")
        config = f"INHERIT: {PROJECT / 'mkdocs.yml'}\ndocs_dir: docs\n"
        (root / "mkdocs.yml").write_text(config, "utf-8")
        built.mkdocs(root / "mkdocs.yml", folder)

    site = once(tmp_path_factory, "built-finder", build)
    with serving(site, built.ORIGIN) as address, opener(running, address) as opened:
        yield opened


def _paste(page: Page, text: str) -> None:
    page.get_by_label("Your error message or traceback").fill(text)


@pytest.mark.parametrize(
    "shape",
    ["{said}", '"{said}"', "`{said}`", "“{said}”", NOTEBOOK, SCRIPT],
    ids=["alone", "quoted", "code", "curled", "notebook", "script"],
)
def test_messages_of_forums_find_their_entry(finder: Opener, shape: str) -> None:
    page = finder("")
    best = page.locator(".errors__results > details").first
    found: dict[str, str | None] = {}
    for said in FORUM:
        _paste(page, shape.format(said=said, type=said.partition(":")[0]))
        is_best = "is-best" in (best.get_attribute("class") or "")
        found[said] = best.get_attribute("id") if is_best else None
    assert found == {said: f"error-{entry}" for said, entry in FORUM.items()}


def test_the_best_entry_comes_first_and_open_and_escape_empties(finder: Opener) -> None:
    page = finder("", 390)
    everything = page.locator("details.errors__entry").count()
    expect(page.locator("details.errors__entry[open]")).to_have_count(0)
    page.get_by_label("Your error message or traceback").focus()
    page.keyboard.type("mat1 and mat2 shapes")
    shown = page.locator("details.errors__entry:visible")
    expect(shown.first).to_have_attribute("id", "error-mat1-mat2")
    expect(shown.first).to_have_attribute("open", "")
    assert shown.count() < everything
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.keyboard.press("Escape")
    expect(page.locator("details.errors__entry:visible")).to_have_count(everything)
    assert "mat1" not in page.url


@pytest.mark.parametrize(
    "text", ["ConnectionError: HTTPSConnectionPool", "good morning everyone", "12, 34"]
)
def test_it_says_so_when_nothing_fits(finder: Opener, text: str) -> None:
    page = finder("")
    _paste(page, text)
    expect(page.locator(".errors__status")).to_contain_text("Nothing here fits")
    expect(page.locator(".errors__results > details")).to_have_count(0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(finder: Opener, scheme: str) -> None:
    page = finder("", 390, scheme)
    _paste(page, next(iter(FORUM)))
    page.evaluate(OPEN_ALL)
    assert violations(page) == []


def test_without_javascript_every_entry_is_there_and_open(finder: Opener) -> None:
    page = finder("", script=False)
    entries = page.locator("details.errors__entry")
    assert entries.count() >= 35
    expect(page.locator("details.errors__entry[open]")).to_have_count(entries.count())
    expect(page.get_by_label("Your error message or traceback")).to_have_count(0)
