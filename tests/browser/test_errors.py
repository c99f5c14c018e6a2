"""The error finder: what readers paste leads to its cause, by keys, on a phone, and without JS."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from support import built
from support.once import once
from support.pages import OPEN_ALL, Opener, opener, violations
from support.paths import PROJECT
from support.serving import serving

Wrap = Callable[[str], str]
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
    "RuntimeError: cuDNN error: CUDNN_STATUS_EXECUTION_FAILED": "cudnn-status",
    "RuntimeError: cuDNN error: CUDNN_STATUS_BAD_PARAM": "cudnn-status",
    "RuntimeError: cuDNN error: CUDNN_STATUS_NOT_SUPPORTED. This error may appear if you passed in"
    " a non-contiguous input.": "cudnn-contiguous",
    "RuntimeError: rnn: hx is not contiguous": "cudnn-contiguous",
    "RuntimeError: cudnn RNN backward can only be called in training mode": "cudnn-eval",
    "UserWarning: RNN module weights are not part of single contiguous chunk of memory. This means"
    " they need to be compacted at every call, possibly greatly increasing memory usage. To compact"
    " weights again call flatten_parameters().": "flatten",
    "RuntimeError: CUDA error: device-side assert triggered\nCUDA kernel errors might be"
    " asynchronously reported at some other API call, so the stacktrace below might be incorrect."
    "\nFor debugging consider passing CUDA_LAUNCH_BLOCKING=1.\nCompile with `TORCH_USE_CUDA_DSA` to"
    " enable device-side assertions.": "cuda-assert",
    "RuntimeError: CUDA out of memory. Tried to allocate 2.00 GiB (GPU 0; 7.79 GiB total capacity;"
    " 6.21 GiB already allocated; 512.00 MiB free; 6.50 GiB reserved in total by PyTorch)": (
        "memory"
    ),
    "torch.cuda.OutOfMemoryError: CUDA out of memory. Tried to allocate 20.00 MiB. GPU 0 has a"
    " total capacity of 7.79 GiB of which 18.44 MiB is free. Including non-PyTorch memory, this"
    " process has 7.30 GiB memory in use. Of the allocated memory 6.90 GiB is allocated by PyTorch,"
    " and 177.44 MiB is reserved by PyTorch but unallocated.": "memory",
    "AssertionError: Torch not compiled with CUDA enabled": "no-cuda",
    "RuntimeError: Expected all tensors to be on the same device, but got mat1 is on cuda:0,"
    " different from other tensors on cpu (when checking argument in method wrapper_CUDA_addmm)": (
        "linear-device"
    ),
    "RuntimeError: Input type (torch.cuda.FloatTensor) and weight type (torch.FloatTensor) should"
    " be the same": "two-devices",
    "RuntimeError: Placeholder storage has not been allocated on MPS device!": "two-devices",
    "TypeError: Cannot convert a MPS Tensor to float64 dtype as the MPS framework doesn't support"
    " float64. Please use float32 instead.": "dtype",
    "TypeError: can't convert cuda:0 device type tensor to numpy. Use Tensor.cpu() to copy the"
    " tensor to host memory first.": "numpy-device",
    "TypeError: Got unsupported ScalarType BFloat16": "numpy-bfloat",
    "RuntimeError: For batched 3-D input, hx should also be 3-D but got 2-D tensor": "hx-batched",
    "RuntimeError: For unbatched 2-D input, hx should also be 2-D but got 3-D tensor": (
        "hx-unbatched"
    ),
    "RuntimeError: For batched 3-D input, hx and cx should also be 3-D but got (2-D, 2-D)"
    " tensors": "hxcx-batched",
    "IndexError: index 1 is out of bounds for dimension 0 with size 1": "state-one",
    "AttributeError: 'tuple' object has no attribute 'dim'": "tuple-layer",
    "ValueError: Using a target size (torch.Size([32])) that is different to the input size"
    " (torch.Size([32, 1])) is deprecated. Please ensure they have the same size.": (
        "bce-loss-size"
    ),
    "AttributeError: 'tuple' object has no attribute 'size'": "tuple-shape",
    "AttributeError: 'list' object has no attribute 'dim'": "input-list",
    "AttributeError: 'PackedSequence' object has no attribute 'size'": "packed-shape",
    "RuntimeError: Input and hidden tensors are not the same dtype, found input tensor with Double"
    " and hidden tensor with Float": "state-dtype",
    "RuntimeError: input has inconsistent input_size: got 128, expected 64": "cell-input-size",
    "RuntimeError: hidden0 has inconsistent hidden_size: got 32, expected 64": "cell-hidden-size",
    "RuntimeError: Input batch size 17 doesn't match hidden0 batch size 32": "cell-batch",
    "TypeError: linear(): argument 'input' (position 1) must be Tensor, not PackedSequence": (
        "packed-linear"
    ),
    "TypeError: linear(): argument 'input' (position 1) must be Tensor, not tuple": "tuple-linear",
    "TypeError: embedding(): argument 'indices' (position 2) must be Tensor, not list": (
        "embedding-list"
    ),
    "RuntimeError: index out of range: Tried to access index 5000 out of table with 4999 rows. at"
    " /pytorch/aten/src/TH/generic/THTensorEvenMoreMath.cpp:418": "embedding-range",
    "RuntimeError: Expected tensor for argument #1 'indices' to have scalar type Long; but got"
    " torch.FloatTensor instead (while checking arguments for embedding)": "embedding-float",
    "RuntimeError: expected scalar type Half but found Float": "linear-dtype",
    "RuntimeError: \"addmm_impl_cpu_\" not implemented for 'Half'": "linear-dtype",
    "RuntimeError: expected scalar type Long but found Int": "target-float",
    "RuntimeError: \"nll_loss_forward_reduce_cuda_kernel_2d_index\" not implemented for 'Int'": (
        "target-float"
    ),
    "RuntimeError: 1D target tensor expected, multi-target not supported": "target-axis",
    "RuntimeError: Expected floating point type for target with class probabilities, got Long": (
        "target-probabilities"
    ),
    "RuntimeError: Found dtype Long but expected Float": "loss-whole",
    "RuntimeError: all elements of input should be between 0 and 1": "bce-range",
    "UserWarning: Using a target size (torch.Size([64])) that is different to the input size"
    " (torch.Size([64, 1])). This will likely lead to incorrect results due to broadcasting. Please"
    " ensure they have the same size.": "mse-size",
    "RuntimeError: each element in list of batch should be of equal size": "collate-lists",
    "ValueError: expected sequence of length 5 at dim 1 (got 3)": "ragged-list",
    "ValueError: only one element tensors can be converted to Python scalars": "list-of-tensors",
    "RuntimeError: shape '[32, 100]' is invalid for input of size 6400": "view-size",
    "RuntimeError: view size is not compatible with input tensor's size and stride (at least one"
    " dimension spans across two contiguous subspaces). Use .reshape(...) instead.": (
        "view-contiguous"
    ),
    "RuntimeError: The size of tensor a (10) must match the size of tensor b (5) at non-singleton"
    " dimension 1": "sizes-differ",
    "IndexError: Dimension out of range (expected to be in range of [-1, 0], but got 1)": (
        "no-such-axis"
    ),
    "ValueError: too many values to unpack (expected 2)": "unpack-many",
    "RuntimeError: Trying to backward through the graph a second time, but the buffers have already"
    " been freed. Specify retain_graph=True when calling backward the first time.": (
        "backward-twice"
    ),
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


WRAPPED: dict[str, Wrap] = {
    "rank": lambda said: re.sub("^", "[rank0]: ", SCRIPT.format(said=said), flags=re.MULTILINE),
    "compose": lambda said: re.sub("^", "trainer_1  | ", said, flags=re.MULTILINE),
    "below": lambda said: f"{said}\nwandb: View run at: https://example.org/a/b\n",
    "torchrun": lambda said: (
        f"{SCRIPT.format(said=said)}\nTraceback (most recent call last):\n    main()\n"
        "torch.distributed.elastic.multiprocessing.errors.ChildFailedError: \n"
        "=====================\ntrain.py FAILED\n"
    ),
    "long": lambda said: f"{said}\n" + "epoch 3 of 90, all is well\n" * 1500,
}


@pytest.mark.parametrize("wrap", WRAPPED.values(), ids=WRAPPED.keys())
def test_what_surrounds_a_message_does_not_hide_it(finder: Opener, wrap: Wrap) -> None:
    page = finder("")
    _paste(page, wrap("RuntimeError: Expected hidden[0] size (2, 17, 256), got [2, 32, 256]"))
    expect(page.locator("details.is-best")).to_have_attribute("id", "error-hx0-shape")


@pytest.mark.parametrize(
    "text",
    [
        "AttributeError: 'NoneType' object has no attribute 'dim'",
        "TypeError: lstm_cell(): argument 'hx' (position 2) must be tuple of Tensors, not Tensor",
        "a",
        "lstm",
        "size mismatch",
    ],
)
def test_a_generic_or_short_text_is_not_certain(finder: Opener, text: str) -> None:
    page = finder("")
    _paste(page, text)
    expect(page.locator(".errors__status")).to_contain_text("Nothing fits well")
    expect(page.locator("details.errors__entry[open]")).to_have_count(0)


@pytest.mark.parametrize("mark", ["'", "[", "\\", '"'])
def test_a_run_of_marks_does_not_freeze_the_page(finder: Opener, mark: str) -> None:
    page = finder("")
    page.set_default_timeout(3000)
    _paste(page, mark * 20000 + "x")
    expect(page.locator(".errors__status")).not_to_be_empty()


def test_a_link_to_a_hidden_entry_shows_it_and_keeps_the_text(finder: Opener) -> None:
    page = finder("", 390)
    _paste(page, next(iter(FORUM)))
    page.evaluate("location.hash = 'error-view-size'")
    expect(page.locator("#error-view-size")).to_be_in_viewport()
    expect(page.locator("#error-view-size")).to_have_attribute("open", "")
    text = page.get_by_label("Your error message or traceback")
    expect(text).to_have_value(next(iter(FORUM)))
    page.reload()
    expect(text).to_have_value(next(iter(FORUM)))
    expect(page.locator("#error-view-size")).to_be_in_viewport()
    page.locator(".question__button", has_text="Clear").click()
    page.reload()
    expect(text).to_have_value("")


def test_a_phone_does_not_zoom_in_on_the_box(finder: Opener) -> None:
    page = finder("", 390)
    size = page.locator(".errors__text").evaluate(
        "(box) => parseFloat(getComputedStyle(box).fontSize)"
    )
    assert size >= 16


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
    expect(page.locator(".errors__status")).to_contain_text("No message, but wrong")
    expect(page.get_by_role("heading", name="No message, but wrong")).to_be_visible()
    expect(page.locator(".errors__results > details")).to_have_count(0)


def test_what_torch_adds_to_every_error_of_cuda_finds_nothing(finder: Opener) -> None:
    page = finder("")
    added = next(said for said in FORUM if "device-side" in said).partition("\n")[2]
    _paste(page, f"RuntimeError: CUDA error: invalid device ordinal\n{added}")
    expect(page.locator("details.is-best")).to_have_count(0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(finder: Opener, scheme: str) -> None:
    page = finder("", 390, scheme)
    _paste(page, next(iter(FORUM)))
    page.evaluate(OPEN_ALL)
    assert violations(page) == []


def test_the_contents_lead_back_to_the_whole_list(finder: Opener) -> None:
    page = finder("", 1280)
    _paste(page, next(iter(FORUM)))
    heading = page.get_by_role("heading", name="The loss")
    expect(heading).to_be_hidden()
    page.mouse.wheel(0, 500)
    page.wait_for_timeout(500)
    assert "#" not in page.url
    page.locator(".md-sidebar--secondary").get_by_role("link", name="The loss").click()
    expect(heading).to_be_in_viewport()
    assert (heading.bounding_box() or {})["y"] > 48
    expect(page.locator(".errors__results details")).to_have_count(0)


def test_another_cause_is_shown_below_the_header(finder: Opener) -> None:
    page = finder("", 1280)
    _paste(page, next(iter(FORUM)))
    link = page.locator(".errors__results .errors__others a").first
    page.wait_for_timeout(500)
    link.click()
    entry = page.locator(f"#{(link.get_attribute('href') or '').rpartition('#')[2]}")
    expect(entry).to_have_attribute("open", "")
    page.wait_for_timeout(500)
    assert (entry.bounding_box() or {})["y"] >= 48


def test_without_javascript_every_entry_is_there_and_opens(finder: Opener) -> None:
    page = finder("", script=False)
    entries = page.locator("details.errors__entry")
    assert entries.count() >= 35
    body = entries.nth(1).locator(".errors__body")
    expect(body).to_be_hidden()
    entries.nth(1).locator("> summary").click()
    expect(body).to_be_visible()
    page.goto(page.url + "#error-view-size")
    expect(page.locator("#error-view-size")).to_be_in_viewport()
    expect(page.get_by_label("Your error message or traceback")).to_have_count(0)
