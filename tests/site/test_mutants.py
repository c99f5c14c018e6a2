"""Mutants: what the check notices of a small change, and what it does not."""

import pytest

from support.page import cell
from support.questions import GOOD
from support.sites import WriteSite
from unrolled.cli import main
from unrolled.run.engine import Engine
from unrolled.site import mutants, survivors
from unrolled.site.check import accept
from unrolled.site.place import load

MAKE = (
    "import torch\nfrom torch import nn\n\nrnn = nn.RNN(5, 3, batch_first=True)\nout, h_n ="
    " rnn(torch.randn(4, 7, 5))"
)


def left_of(write_site: WriteSite, engine: Engine, text: str) -> tuple[int, list[str]]:
    """Return how many mutants a page has, and the kinds of those that the check does not notice."""
    where = load(write_site({"index.md": text}) / "mkdocs.yml")
    chosen = where.read()
    _, found = accept(where, chosen, chosen, engine)
    assert found == []
    ((_, (count, left)),) = survivors.survivors(where, chosen, chosen, engine)
    return count, [m.kind for m in left]


def test_every_mutant_of_a_page_whose_statements_are_proved_is_noticed(
    write_site: WriteSite, engine: Engine
) -> None:
    """Numbers and order in shapes, the key, a raises type, batch_first and the record."""
    claims = (
        cell(MAKE + "  # out: (4, 7, 3)")
        + "\nIt is `#!shape out: (4, 7, 3)`, and `#!value h_n.numel()` numbers.\n\n"
    )
    raising = cell("rnn(torch.randn(4, 7, 6))", "continuation raises=RuntimeError")
    count, left = left_of(write_site, engine, claims + raising + "\n" + GOOD["concept"])
    assert left == []
    assert count >= 14


SAID = """
It is `#!shape out: (4, 7, 3)`, of `#!value h_n.numel()` numbers: `#!check out.numel() == 84`.
By itself it takes `#!default nn.RNN.num_layers`.

{raising}

It says `#!error`.
"""
KINDS = {
    "shape typed with crosses", "shape typed with hyphens", "shape typed in words",
    "shape of a tensor of its own", "share in words", "fraction in words", "factor in words",
    "number that is typed", "percentage that is typed", "value that is fixed", "check of a text",
    "check that cannot fail", "check turned round", "comparison turned round",
    "message that is typed", "message without its type", "error that never comes",
    "default that is typed", "another argument's default", "comment on an error",
}  # fmt: skip


def test_results_that_are_typed_in_place_of_claims_are_noticed(
    write_site: WriteSite, engine: Engine
) -> None:
    raising = cell("rnn(torch.randn(4, 7, 6))", "continuation raises=RuntimeError")
    text = cell(f"{MAKE}\nprint(len(out))") + SAID.format(raising=raising)
    where = load(write_site({"index.md": text}) / "mkdocs.yml")
    made = {each.kind for page in where.read() for each in mutants.mutants(page, "")}
    assert made >= KINDS
    _, left = left_of(write_site, engine, text)
    assert left == []


def test_what_nothing_proves_survives(write_site: WriteSite, engine: Engine) -> None:
    """A reviewed key, and a layer whose layout nothing shows."""
    _, left = left_of(write_site, engine, cell(MAKE) + "\n" + GOOD["reviewed concept"])
    assert sorted(left) == ["batch_first", "key moved", "key moved"]


def test_the_command_fails_unless_all_survivors_are_reviewed(
    write_site: WriteSite, lent: None, capsys: pytest.CaptureFixture[str]
) -> None:
    root = write_site({"index.md": GOOD["reviewed concept"]})
    assert main(["-f", str(root / "mkdocs.yml"), "mutants"]) == 0
    assert (
        "2 mutants, 0 noticed, 2 not (2 of them in reviewed questions)" in capsys.readouterr().out
    )
    write_site({"index.md": cell(MAKE)})
    assert main(["-f", str(root / "mkdocs.yml"), "mutants"]) == 1
    assert "docs/index.md:5: batch_first: True → False" in capsys.readouterr().err
