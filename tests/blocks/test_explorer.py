"""The shape explorer's block: torch's own messages as data, and what of them no longer holds."""

import json

import pytest
import torch
from torch import nn

from support.elements import element, text_of
from support.page import planned
from unrolled.blocks.explorer import proof, refusals
from unrolled.blocks.explorer.item import Explorer
from unrolled.model.output import Ending, Fate, Run
from unrolled.model.runs import PageRuns
from unrolled.run.engine import Engine

PAGE = "# Shapes\n\n/// explorer\n\nIt needs a script.\n\n///\n"


def test_it_carries_what_torch_says_to_what_it_refuses(engine: Engine) -> None:
    made = element("quiz-explorer", PAGE, engine)
    said = json.loads(made.attrib["data-refusals"])
    assert made.attrib["data-torch"] == torch.__version__.split("+")[0]
    assert text_of(made) == "It needs a script."
    assert set(said) == set(refusals.NAMES)
    with pytest.raises(ValueError) as raised:
        nn.LSTM(5, 8, proj_size=8)
    assert said["LSTM"]["proj_size"] == f"ValueError: {raised.value}"
    with pytest.raises(RuntimeError) as raised_later:
        nn.GRU(5, 8)(torch.zeros(0, 4, 5))
    assert said["GRU"]["seq_len"] == f"RuntimeError: {raised_later.value}"


def test_each_case_is_refused_by_each_of_its_layers() -> None:
    assert all(message for said in refusals.run().values() for message in said.values())


def test_what_torch_takes_is_a_problem() -> None:
    """A torch to come may take what today's refuses: then the rules of the page are wrong."""
    page = planned(PAGE)
    (item,) = page.of(Explorer)
    run = Run((), result={"RNN": {"seq_len": None, "lengths": "RuntimeError: no"}}, torch="9.1")
    (found,) = map(str, proof.problems(item, PageRuns(page, (run,))))
    assert found.startswith("page.md:3: torch 9.1 no longer refuses 'nn.RNN' by the case 'seq_len'")


def test_torch_that_cannot_be_asked_is_a_problem() -> None:
    page = planned(PAGE)
    (item,) = page.of(Explorer)
    fate = Fate(0, Ending.TIMEOUT)
    (found,) = map(str, proof.problems(item, PageRuns(page, (Run((), fate),))))
    assert found.startswith("page.md:3: torch cannot be asked what it refuses. ")
    assert "ended by timeout" in found
