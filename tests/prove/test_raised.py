"""Errors that a page speaks of: one of its cells gives each, or it is a problem."""

import pytest

from support.page import cell, problems
from unrolled.api import Engine

MAKE = """\
import torch
from torch import nn

rnn = nn.RNN(5, 3)
x = torch.zeros(7, 4, 5)"""
RAISES = cell("rnn(torch.zeros(7, 4, 6))", "continuation raises=RuntimeError")
LIES = {
    "a type in a sentence": "This raises a ValueError.",
    "a type as code": "This raises a `ValueError`.",
    "a type at the end": "It ends in an IndexError",
    "a type that fails": "It fails with TypeError.",
    "a type with its module": "You get a `torch.OutOfMemoryError`.",
    "a warning": "It warns with a FutureWarning.",
    "a message without its type": "You get: hx.size(-1) must be equal to input_size.",
    "a message in a quote": "> Expected hidden size of seven, got eight",
    "a message of the multiplication": "mat1 and mat2 shapes cannot be multiplied.",
    "a quoted message": 'It says "the batch is far too small".',
    "a quoted error": "The error is 'no such size in here'.",
    "dimensions": "Then x must have 4 dimensions.",
}
TRUE = {
    "the type that is raised": "This raises a RuntimeError, as `RuntimeError` says.",
    "its base": "It is an `Exception`, and so a RuntimeError.",
    "an option": "Write `raises=ValueError`.",
    "words of the message": 'It says "input.size(-1) must be equal to input_size".',
    "the message with dots": "It says `input.size(-1) must be equal to input_size. Expected …`.",
    "by a claim": "It says `#!error`.",
    "must": "The sizes must be equal.",
}


@pytest.mark.parametrize("name", LIES)
def test_an_error_that_no_cell_gives_is_one_problem(name: str, engine: Engine) -> None:
    text = f"# Page\n\n{cell(MAKE)}\n\n{RAISES}\n\n{LIES[name]}\n"
    found = problems(text, engine)
    assert len(found) == 1, found
    assert int(found[0].split(":")[1]) == text[: text.index(LIES[name])].count("\n") + 1


@pytest.mark.parametrize("name", TRUE)
def test_what_a_cell_gives_is_let_through(name: str, engine: Engine) -> None:
    assert problems(f"# Page\n\n{cell(MAKE)}\n\n{RAISES}\n\n{TRUE[name]}\n", engine) == []


COMMENTS = {
    "beside a line that works": ("rnn(x);  # raises ValueError", ""),
    "a type alone": ("rnn(x);  # ValueError", ""),
    "in words": ("rnn(x);  # this fails", ""),
    "another type": ("rnn(x[..., :4])  # ValueError", "raises=RuntimeError"),
    "at another line": (
        "y = rnn(x)  # raises RuntimeError\n\nrnn(x[..., :4])",
        "raises=RuntimeError",
    ),
}


@pytest.mark.parametrize(("code", "options"), COMMENTS.values(), ids=COMMENTS.keys())
def test_a_comment_on_an_error_that_does_not_come_is_a_problem(
    code: str, options: str, engine: Engine
) -> None:
    whole = f"{MAKE}\n{code}"
    found = problems(f"# Page\n\n{cell(whole, options)}\n", engine)
    assert len(found) == 1, found
    assert "speaks of" in found[0]


def test_a_comment_on_an_error_that_comes_is_none(engine: Engine) -> None:
    beside = cell(f"{MAKE}\nrnn(x[..., :4])  # raises RuntimeError", "raises=RuntimeError")
    handled = cell(
        f"{MAKE}\ntry:\n    rnn(x[..., :4])\nexcept RuntimeError:  # RuntimeError: no\n    pass"
    )
    assert problems(f"# Page\n\n{beside}\n\n{handled}\n", engine) == []
