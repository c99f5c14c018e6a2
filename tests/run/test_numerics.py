"""Other processors.

The settings that give the same bits, and what is compared where they cannot.
"""

from collections.abc import Iterator

import pytest

from support.page import cell, output
from support.paths import PROJECT
from support.sites import Project
from unrolled.blocks import KINDS
from unrolled.read.plan import read_page
from unrolled.run import numerics
from unrolled.run.engine import Engine
from unrolled.run.perturbation import Perturbation
from unrolled.site.perturbed import TRIED

TRAINING = """\
import torch
from torch import nn

torch.manual_seed(0)
model = nn.LSTM(3, 8)
x, y = torch.randn(5, 4, 3), torch.randn(5, 4, 8)
optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
for step in range({steps}):
    optimizer.zero_grad()
    loss = nn.functional.mse_loss(model(x)[0], y)
    loss.backward()
    optimizer.step()
print(f"loss {{loss.item():.9f}}")"""
STILL = (
    'import torch\ntorch.manual_seed(0)\nprint(f"{torch.nn.LSTM(3, 8)(torch.randn(5, 4,'
    ' 3))[0].sum():.5f}")'
)


def shift(project: Project, start: str, by: float) -> None:
    """Change the first number of the record that starts so, as another machine might."""
    number = next(
        word for word in project.record.read_text("utf-8").split() if word.startswith(start)
    )
    project.edit_record(number, f"{float(number) + by:.9f}")


def recorded(project: Project, text: str) -> Project:
    """Return the project with a page of this text, recorded as it is."""
    project.write({"page.md": text})
    assert project.accept()[1] == []
    return project


@pytest.fixture
def arm(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the check believe that it runs on another architecture."""
    monkeypatch.setattr(numerics.platform, "machine", lambda: "arm64")


def test_what_trains_is_held_to_its_promises_on_another_architecture(
    project: Project, arm: None
) -> None:
    promise = (
        cell(TRAINING.format(steps=8) + "\nassert loss < 2") + "\nIt falls: `#!check loss < 2`.\n"
    )
    shift(recorded(project, promise), "1.", 0.3)
    assert project.check() == []


def test_a_broken_promise_of_what_trains_fails_on_another_architecture(
    project: Project, arm: None
) -> None:
    text = cell(TRAINING.format(steps=8))
    recorded(project, text)
    project.write({"page.md": text + "\nIt falls: `#!check loss < 0.1`.\n"})
    assert any("'loss < 0.1' is" in p for p in project.check())


def test_what_trains_is_compared_number_by_number_here(project: Project) -> None:
    recorded(project, cell(TRAINING.format(steps=8)))
    assert project.check() == []
    shift(project, "1.", 0.01)
    (found,) = project.check()
    assert "this machine may compute otherwise" in found and "make processors" in found
    assert "unrolled accept" not in found


def test_an_edited_cell_whose_numbers_differ_is_sent_to_accept(project: Project) -> None:
    recorded(project, cell(TRAINING.format(steps=8)))
    project.write({"page.md": cell(TRAINING.format(steps=9))})
    (found,) = project.check()
    assert "unrolled accept docs/page.md" in found and "machine" not in found


@pytest.mark.parametrize(("by", "holds"), [(0.004, True), (0.5, False)])
def test_what_does_not_train_is_compared_with_a_tolerance_elsewhere(
    by: float, holds: bool, project: Project, arm: None
) -> None:
    recorded(project, cell(STILL))
    number = project.record.read_text("utf-8").split()[-1]
    shift(project, number, by * float(number))
    assert (project.check() == []) is holds


@pytest.fixture(scope="module", params=TRIED)
def perturbed(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Engine]:
    """An engine for each perturbation; its fork server takes seconds to start."""
    root = tmp_path_factory.mktemp("perturbed")
    kind: Perturbation = request.param
    engine = Engine(root, root / ".cache", perturbation=kind)
    yield engine
    engine.close()


def test_a_promise_that_hangs_by_a_thread_is_found(
    perturbed: Engine, project: Project, engine: Engine
) -> None:
    """The last bits of weights after some training are nobody's promise; that it falls is one."""
    code = (
        TRAINING.format(steps=30)
        .replace("range(30):", "range(30):\n    order = torch.randperm(4)")
        .replace("mse_loss(model(x)[0], y)", "mse_loss(model(x[:, order[:2]])[0], y[:, order[:2]])")
    )
    recorded(project, cell(code) + "\nIt falls: `#!check loss < 2`.\n")
    assert project.check(perturbed) == []
    total = "model.weight_hh_l0.double().abs().sum().item()"
    exact = output(f"{code}\n{total}", engine).split()[-1]
    recorded(project, cell(code) + f"\nIt ends there: `#!check {total} == {exact}`.\n")
    assert project.check() == []
    assert any("is False" in p for p in project.check(perturbed))


def test_a_square_root_is_rounded_right(engine: Engine) -> None:
    """MKL's own is not, and its last bit depends on the processor's maker."""
    code = """\
import numpy as np
import torch

x = torch.rand(20000)
exact = torch.from_numpy(np.sqrt(x.double().numpy()).astype("f4"))
forms = [x.sqrt(), torch.sqrt(x), x**0.5, x.clone().sqrt_(), torch.sqrt(x, out=torch.empty(0))]
forms += [torch._foreach_sqrt([x])[0], x.expand(2, -1).sqrt()[1]]
forms += [x[::2].sqrt().repeat_interleave(2)[::2].repeat(2)]
print([torch.equal(form, exact) for form in forms[:-1]], torch.equal(x[::2].sqrt(), exact[::2]))"""
    assert output(code, engine) == "[True, True, True, True, True, True, True] True"


KEPT = {
    "a gradient": (
        "x = torch.tensor([4.0], requires_grad=True)\nx.sqrt().backward()\nprint(x.grad.item())"
    ),
    "whole numbers": "print(torch.tensor([4, 9]).sqrt())",
    "half precision": "print(torch.tensor([4.0, 9.0]).half().sqrt())",
    "complex numbers": "print(torch.tensor([-4 + 0j]).sqrt())",
    "a negative number": "print(torch.tensor([-1.0, 4.0]).sqrt())",
    "no storage": 'print(torch.ones(2, device="meta").sqrt())',
    "a number alone": "print(torch.tensor(4.0).sqrt(), torch.tensor(4.0) ** 0.5)",
    "whole numbers in place": "print(torch.tensor([4]).sqrt_())",
}
SHOWN = {
    "a gradient": "0.25",
    "whole numbers": "tensor([2., 3.])",
    "half precision": "tensor([2., 3.], dtype=torch.float16)",
    "complex numbers": "tensor([0.+2.j])",
    "a negative number": "tensor([nan, 2.])",
    "no storage": "tensor(..., device='meta', size=(2,))",
    "a number alone": "tensor(2.) tensor(2.)",
}


@pytest.mark.parametrize("name", SHOWN)
def test_a_replaced_function_is_torchs_own_in_all_else(name: str, engine: Engine) -> None:
    assert output(f"import torch\n\n{KEPT[name]}", engine) == SHOWN[name]


def test_what_torch_refuses_is_still_refused(engine: Engine) -> None:
    refused = output(
        f"import torch\n\ntry:\n    {KEPT['whole numbers in place']}\nexcept RuntimeError as e:\n  "
        "  print(e)",
        engine,
    )
    assert refused == "result type Float can't be cast to the desired output type Long"


def test_the_cells_have_the_settings(engine: Engine) -> None:
    code = (
        f"import os\nall(os.environ.get(k) == v for k, v in {dict(numerics.ENVIRONMENT)!r}.items())"
    )
    assert output(code, engine) == "True"
    assert output("import torch\ntorch.backends.cpu.get_cpu_capability()", engine) == "'DEFAULT'"


def test_the_chains_that_other_processors_run_can_be_read() -> None:
    """Else `make processors` would compare nothing."""
    page = read_page(PROJECT / "benchmarks" / "processors" / "chains.md", PROJECT, KINDS)
    assert page.problems == () and len(page.chains) >= 6
