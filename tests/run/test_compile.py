"""`torch.compile` in cells: with a compiler it works, and without one it says so at once."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pytest

from support.page import cell, output, problems
from unrolled.run.compiler import COMPILER
from unrolled.run.engine import Engine

LAYER = (
    "import torch\nfrom torch import nn\n\nlayer = nn.GRU(2, 3)\nx = torch.ones(4, 1, 2)\n"
    "fast = torch.compile(layer{})\nout, h_n = fast(x)\n"
    "print(out.shape, torch.allclose(out, layer(x)[0], atol=1e-6))"
)
GIVES = "torch.Size([4, 1, 3]) True"


@pytest.mark.parametrize("backend", ["eager", "aot_eager"])
def test_a_backend_that_makes_no_code_works(backend: str, engine: Engine) -> None:
    assert output(LAYER.format(f', backend="{backend}"'), engine, "timeout=120") == GIVES


@pytest.mark.skipif(shutil.which(COMPILER) is None, reason="this system has no C++ compiler")
def test_the_default_backend_works_where_there_is_a_compiler(engine: Engine) -> None:
    code = (
        "import torch\n\n@torch.compile\ndef step(x, h):\n    return torch.tanh(x + 2 * h)\n\n"
        "step(torch.zeros(2), torch.zeros(2))"
    )
    # A chain that trains makes the server import more of torch, which settles on a folder.
    trains = "import torch\ntorch.optim.Adam([torch.ones(1, requires_grad=True)]).step()"
    assert output(trains, engine) == ""
    assert output(code, engine, "timeout=300") == "tensor([0., 0.])"


@pytest.mark.skipif(sys.platform == "darwin", reason="its system folder holds a compiler's name")
def test_without_a_compiler_it_says_so_and_what_to_write(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", os.pathsep.join([str(Path(sys.executable).parent)]))
    engine = Engine(tmp_path, tmp_path / ".cache")
    try:
        (found,) = problems(cell(LAYER.format("")), engine)
    finally:
        engine.close()
    assert found.startswith("page.md:7: torch.compile() makes C++ code by default"), found
    assert 'backend="aot_eager"' in found
