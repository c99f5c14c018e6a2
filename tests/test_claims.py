"""Live values and claims: shown as the run gives them, and a problem at their line when they do not hold."""

import html
import re

import pytest

from support.page import cell, panes, problems, render
from unrolled.run.engine import Engine

SETUP = cell("import torch\nout = torch.zeros(4, 7, 3)\nn = 3\nmark = '<b>&'")


def claims(text: str, engine: Engine) -> list[tuple[str, str]]:
    """Return the kind of each claim on a page, or `refuted`, and what it shows."""
    found = re.findall(r'<code class="claim claim--(\w+)">(.*?)</code>', render(text, engine))
    return [(kind, html.unescape(shown)) for kind, shown in found]


GOOD = {
    "value": ("#!value out.shape", "torch.Size([4, 7, 3])"),
    "value of an expression": ("#!value n * 2", "6"),
    "shape": ("#!shape out: (4, 7, 3)", "(4, 7, 3)"),
    "shape as torch prints it": ("#!shape out[0]: torch.Size([7, 3])", "(7, 3)"),
    "shape of one size": ("#!shape out[0, 0]: (3,)", "(3,)"),
    "shape of none": ("#!shape out.sum(): ()", "()"),
    "check": ("#!check n == 3", "n == 3"),
}


@pytest.mark.parametrize(("claim", "shown"), GOOD.values(), ids=GOOD.keys())
def test_a_claim_that_holds_is_shown(claim: str, shown: str, engine: Engine) -> None:
    text = f"{SETUP}\nIt is `{claim}`.\n"
    assert problems(text, engine) == []
    assert claims(text, engine) == [(claim.split()[0].removeprefix("#!"), shown)]


BAD = {
    "shape": (
        "#!shape out: (4, 3)",
        "page.md:9: 'out' has another shape. State the actual shape, or fix the code.\n    expected (4, 3)\n    actual   (4, 7, 3)",
    ),
    "check": ("#!check n == 4", "page.md:9: 'n == 4' is False. Fix the claim, or the cell before it."),
    "check of an ambiguous truth": (
        "#!check out",
        "page.md:9: the claim '#!check out' does not hold: it is neither true nor false: it is a Tensor",
    ),
    "value that raises": ("#!value n[0]", "page.md:9: the claim '#!value n[0]' does not hold: it raises TypeError: 'int' object is not"),
    "shape of what has none": ("#!shape n: (3,)", "page.md:9: the claim '#!shape n: (3,)' does not hold: it has no shape: it is a int."),
    "value that exits": ("#!value exit(0)", "page.md:9: the claim '#!value exit(0)' does not hold: it raises "),
}


@pytest.mark.parametrize(("claim", "start"), BAD.values(), ids=BAD.keys())
def test_a_claim_that_does_not_hold_is_a_problem(claim: str, start: str, engine: Engine) -> None:
    """At its line, with expected and actual; and no page shows it as if it held."""
    text = f"{SETUP}\nText and\n`{claim}`.\n"
    found = problems(text, engine)
    assert len(found) == 1
    assert found[0].startswith(start)
    assert [kind for kind, _ in claims(text, engine)] == ["refuted"]


OPTIONS = "\n\n    Why.\n\n- [ ] B\n\n    Why.\n\n- [ ] C\n\n    Why.\n"
QUESTION = "/// question | Which?\n    id: a-b\n    kind: concept\n    level: easy\n\n"
PLACES = {
    "prose": "It is `{}`.\n",
    "the second line of a paragraph": "It\nis `{}`.\n",
    "bold text": "It **is `{}`**.\n",
    "a heading": "## It is `{}`\n",
    "a table": "| A | B |\n| - | - |\n| 1 | `{}` |\n",
    "a list": "- One\n- It is `{}`.\n",
    "a nested list": "- One\n\n    - It is `{}`.\n",
    "a note": "!!! note\n\n    It is `{}`.\n",
    "a tab": "/// tab | A\n\nIt is `{}`.\n\n///\n",
    "a blockquote": "> It is `{}`.\n",
    "an option": QUESTION + "- [x] It is `{}`" + OPTIONS + "\n///\n",
    "a rationale": QUESTION + "- [x] A\n\n    It is `{}`.\n\n- [ ] B\n\n    Why.\n\n- [ ] C\n\n    Why.\n\n///\n",
    "a hint": QUESTION + "- [x] A" + OPTIONS + "\n//// hint\n\nIt is `{}`.\n\n////\n\n///\n",
    "a question's title": "/// question | Is it `{}`?\n    id: a-b\n    kind: concept\n    level: easy\n\n- [x] A" + OPTIONS + "\n///\n",
    "a definition's second paragraph": "Term\n:   Definition.\n\n    It is `{}`.\n",
    "a footnote's second paragraph": "Text.[^1]\n\n[^1]: First words.\n\n    It is `{}`.\n",
    "HTML with Markdown in it": '<div markdown="1">\nIt is `{}`.\n</div>\n',
}


@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES.keys())
def test_a_claim_is_live_and_proved_in(place: str, engine: Engine) -> None:
    """What reads as a claim is either proved and live, or a problem: never passed over in silence."""
    good = f"{SETUP}\n" + place.replace("{}", "#!value n + 4")
    bad = f"{SETUP}\n" + place.replace("{}", "#!check n == 4")
    assert (claims(good, engine) and set(claims(good, engine)) == {("value", "7")}) or problems(good, engine)
    found = problems(bad, engine)
    line = next(number for number, text in enumerate(bad.split("\n"), 1) if "#!check" in text)
    assert [p for p in found if p.startswith(f"page.md:{line}: ")]


def test_a_claim_over_two_lines_is_live_or_a_problem(engine: Engine) -> None:
    text = f"{SETUP}\nIt is `#!value n +\n4`.\n"
    assert problems(text, engine) or claims(text, engine) == [("value", "7")]


def test_two_claims_on_a_line_show_their_own_values(engine: Engine) -> None:
    assert claims(f"{SETUP}\n`#!value n`, `#!value n + 1`, `#!value n`.\n", engine) == [("value", "3"), ("value", "4"), ("value", "3")]


def test_a_claim_is_tied_to_the_cell_before_it(engine: Engine) -> None:
    text = cell("n = 1") + "\nIt is `#!value n`.\n\n" + cell("n = 2", "continuation") + "\nNow `#!value n`.\n"
    assert claims(text, engine) == [("value", "1"), ("value", "2")]


def test_a_claim_in_a_fence_is_text(engine: Engine) -> None:
    text = f"{SETUP}\n```markdown\n`#!check n == 4`\n```\n"
    assert problems(text, engine) == []
    assert claims(text, engine) == []


def test_a_claim_neither_prints_nor_changes_the_random_numbers_after_it(engine: Engine) -> None:
    first = cell("import random, torch, numpy as np\ndraw = lambda: [torch.rand(1), random.random(), np.random.rand()]\n0")
    second = cell("draw()", "continuation")
    claimed = first + "\nSee `#!value (draw(), print('loud'))[1]`.\n\n" + second
    assert problems(claimed, engine) == []
    assert panes(claimed, engine) == panes(first + "\n" + second, engine) != []


def test_markup_in_a_value_is_escaped(engine: Engine) -> None:
    content = render(f"{SETUP}\nIt is `#!value mark * 2`.\n", engine)
    assert '<code class="claim claim--value">&lt;b&gt;&amp;&lt;b&gt;&amp;</code>' in content


def test_markdown_in_a_value_is_text(engine: Engine) -> None:
    assert claims(f"{SETUP}\nIt is `#!value str('**a** _b_ [c](d)')`.\n", engine) == [("value", "**a** _b_ [c](d)")]


def test_a_claim_that_does_not_end_is_a_timeout(engine: Engine) -> None:
    found = problems(cell("def spin():\n    while True:\n        pass", "timeout=0.5") + "\nIt is `#!value spin()`.\n", engine)
    assert len(found) == 1
    assert "longer than 0.5 s" in found[0]
