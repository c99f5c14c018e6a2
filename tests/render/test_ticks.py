"""Claims as readers see them: what torch says, and a tick that leads to the code behind it."""

import html
import re

import pytest

from support.page import cell, convert, problems, render
from unrolled.api import Engine

MAKE = """\
import torch
from torch import nn

torch.manual_seed(0)
rnn = nn.RNN(5, 3)
out, h_n = rnn(torch.zeros(7, 4, 5))"""
TEXT = f"""# Page

{cell(MAKE, "hidden")}

It has shape `#!shape out: (7, 4, 3)`. The parts agree: `#!check torch.equal(out[-1], h_n[0])`. Its
default is `#!default nn.RNN.batch_first`, and `#!value rnn.hidden_size` units.
"""


def test_a_claim_is_shown_with_a_tick_that_leads_to_its_line(engine: Engine) -> None:
    page = render(TEXT, engine)
    shown = re.sub(r"<pre.*?</pre>", "", page, flags=re.DOTALL)
    words = html.unescape(re.sub(r"<[^>]+>", "", shown))
    assert "It has shape (7, 4, 3)✓." in words
    assert "The parts agree ✓." in words
    assert "default is False✓, and 3✓ units" in words
    ticks = re.findall(r'class="claim__tick" href="#([^"]+)"', page)
    assert len(ticks) == 4
    assert all(f'id="{name}"' in page for name in ticks)


def test_the_code_behind_the_ticks_runs_as_it_stands_hidden_cells_included(
    engine: Engine,
) -> None:
    page = render(TEXT, engine)
    listed = re.search(r"<quiz-proofs>.*?<pre>(.*?)</pre>", page, re.DOTALL)
    assert listed
    code = html.unescape(re.sub(r"<[^>]+>", "", listed[1]))
    assert MAKE in code
    assert "assert torch.equal(out[-1], h_n[0])" in code
    names: dict[str, object] = {}
    exec(code, names)  # noqa: S102 - a reader would
    assert "out" in names


def test_a_page_without_claims_has_no_proofs(engine: Engine) -> None:
    assert "quiz-proofs" not in render("# Page\n\nNothing.\n", engine)


def test_a_cell_that_raises_does_not_end_the_listing(engine: Engine) -> None:
    text = (
        f"# Page\n\n{cell('x = 1')}\n{cell('1 / 0', 'continuation raises=ZeroDivisionError')}\n"
        f"{cell('y = x + 1', 'continuation')}\n`#!value y`\n"
    )
    listed = re.search(r"<quiz-proofs>.*?<pre>(.*?)</pre>", render(text, engine), re.DOTALL)
    assert listed
    names: dict[str, object] = {}
    exec(html.unescape(re.sub(r"<[^>]+>", "", listed[1])), names)  # noqa: S102
    assert names["y"] == 2


RAISES = cell("import torch\ntorch.zeros(2) + torch.zeros(3)", "raises=RuntimeError")


def test_the_message_of_a_cell_that_raises_is_shown_whole_or_in_part(engine: Engine) -> None:
    text = f"# Page\n\n{RAISES}\n`#!error` and `#!error must match the size`.\n"
    content, found = convert(text, engine)
    assert found == []
    assert "<code>RuntimeError: The size of tensor a (2) must match" in content
    assert "<code>must match the size</code>" in content


@pytest.mark.parametrize(
    ("claim", "before", "wanted"),
    [
        ("#!error must not match", RAISES, "the message does not say so. The message is 'Runt"),
        ("#!error", cell("x = 1"), "no cell before it raises. Put a cell with raises=… before it."),
        ("#!count questions", "", "the page has no questions. Drop the claim, or name what"),
        ("#!count question", "", "nothing is called so. Did you mean 'questions'?"),
        ("#!default nn.RNN.batch_frist", cell("x = 1"), "has no argument 'batch_frist'"),
        ("#!default batch_first", cell("x = 1"), "names no argument. Name a class or function"),
    ],
)
def test_a_claim_that_does_not_hold_is_a_problem_at_its_line(
    claim: str, before: str, wanted: str, engine: Engine
) -> None:
    text = f"# Page\n\n{before}\n\nIt is `{claim}`.\n"
    (found,) = problems(text, engine)
    line = text[: text.index(claim)].count("\n") + 1
    assert found.startswith(f"page.md:{line}: ")
    assert wanted in found


def test_counts_and_minutes_are_those_of_the_page(engine: Engine) -> None:
    card = "/// card | What is {0}?\n    id: card-{0}\n\nA.\n///\n"
    text = f"# Page\n\n`#!count cards` cards, `#!minutes` minutes.\n\n{card.format('a')}\n"
    content, found = convert(text + card.format("b"), engine)
    assert found == []
    assert '<span class="claim claim--count">2</span> cards' in content
    assert '<span class="claim claim--minutes">1</span> minutes' in content
