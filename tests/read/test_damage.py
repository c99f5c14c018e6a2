"""Pages of the dialect with small damages: whatever they have become, the check says what is wrong.

It never ends in a traceback, never names a line that is not there, and nothing that a run gave
reaches the page as HTML. Nothing is run: an engine says the same of every cell.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from support.page import Known, planned, to_html
from support.questions import QUESTION
from unrolled.model.output import Output, Run, Verdict
from unrolled.model.page import Page
from unrolled.model.runs import PageRuns
from unrolled.prove import page as proofs
from unrolled.read import front_matter
from unrolled.render.rendering import Rendering

HOSTILE = '<hostile a="b">&\x02\x03klzzwxh:0001</code></pre><script>1</script>'
"""What every cell prints, and every claim comes to."""
PARTS = (
    "---\ntitle: A page\n---\n",
    "# Page\n",
    "Text with `#!value x` and `#!shape x: (4, 7)`.\n",
    '```python\nx = 2  # x: (4, 7)\nprint("hello")\n```\n',
    "```{.python continuation hidden}\nx\n```\n",
    '```{.python raises=ValueError alt="A line" timeout=3}\nraise ValueError("no")\n```\n',
    "- an item\n\n    ```python\n    y = 1\n    ```\n\n- another\n    - nested `#!check x == 2`\n",
    '1. one\n\n    !!! note "Title"\n\n        Text.\n\n2. two\n',
    "| a | b |\n| :--- | ---: |\n| `#!value x` | 1 |\n",
    '=== "Tab"\n\n    ```python\n    z = 3\n    ```\n',
    "> A quote.\n>\n> ```python\n> q = 1\n> ```\n",
    "<!-- a comment\nover lines -->\n",
    "````markdown\n```python\n1 / 0\n```\n````\n",
    "Code:\n\n    ```python\n    verbatim\n    ```\n",
    "A footnote[^1].\n\n[^1]: Its text `#!value x`.\n",
    '/// details | A\n    open: true\n\n//// tab | B\n\nText.\n\n////\n\n///\n',
    "/// card | Front\n    id: card-a\n\nBack.\n///\n",
    "/// shapes | nn.RNN\n\n"
    "| | `batch_first=True` |\n| --- | --- |\n| `input` | `(N, L, H_in)` |\n\n///\n",
    QUESTION.removeprefix("# Page\n\n"),
    '<div markdown>\n\nText in HTML, `#!value x`.\n\n</div>\n',
)  # fmt: skip
ODD = (
    "```", "~~~", "///", "////", "/// question What", "`#!value x", "- [x]", "<!--", "-->", "\t",
    "=======", "<<<<<<< HEAD", ">>>>>>> other", "|", "{: .a }", "[^1]:", "\x00", "\x0c", "\u2028",
    "\r", "    id: &a [*a, *a]", "1) x", "> ", "]: <", '```{.python alt="a "b" c"}', "---", "{%",
    "<div markdown>", "`" * 30, "`#!claim 7`", "`#!claim 99999999999999999999`", "\ufeff", "!!!",
)  # fmt: skip

Damage = Callable[[list[str]], list[str]]


@st.composite
def damages(draw: st.DrawFn) -> Damage:
    """Return something that goes wrong with a line."""
    kind = draw(st.sampled_from(("delete", "double", "swap", "indent", "dedent", "insert", "cut")))
    place, count = draw(st.integers(0, 400)), draw(st.integers(1, 5))
    odd = draw(st.sampled_from(ODD))

    def damage(lines: list[str]) -> list[str]:
        n = place % max(1, len(lines))
        before, line, after = lines[:n], lines[n : n + 1], lines[n + 1 :]
        match kind:
            case "delete":
                return before + after
            case "double":
                return before + line + line + after
            case "swap":
                return before + after[:1] + line + after[1:]
            case "indent":
                return before + [" " * count + text for text in line] + after
            case "dedent":
                return before + [text[count:] for text in line] + after
            case "insert":
                return [*before, odd, *line, *after]
            case _:
                return before + [text[: len(text) // 2] + odd for text in line] + after

    return damage


def runs(page: Page) -> PageRuns:
    """Return a page as if each of its cells had given something hostile."""
    return PageRuns(
        page,
        tuple(
            Run(
                tuple(
                    Output(
                        stdout=HOSTILE,
                        value=HOSTILE,
                        warnings=(HOSTILE,),
                        claims=tuple(Verdict(ok=True, text=HOSTILE) for _ in cell.claims),
                    )
                    for cell in chain.cells
                )
            )
            for chain in page.all_chains
        ),
    )


def lines_of(text: str) -> int:
    return len(re.split(r"\r\n?|\n", text))


def checked(text: str) -> None:
    """Check a page and render it."""
    page = planned(text)
    ran = runs(page)
    known = list(proofs.problems(ran))
    rendering = Rendering(ran=ran, known=known)
    content = to_html(text, Known(rendering))
    assert all(1 <= p.line <= lines_of(text) for p in rendering.problems), rendering.problems
    assert "<hostile" not in content
    assert "<script>1" not in content
    front_matter.body(page.text)


@settings(
    max_examples=60,
    deadline=5000,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
@given(
    st.lists(st.sampled_from(PARTS), min_size=1, max_size=6),
    st.lists(damages(), max_size=4),
)
def test_a_damaged_page_is_checked_and_shown(parts: list[str], went: list[Damage]) -> None:
    lines = "\n".join(parts).split("\n")
    for damage in went:
        lines = damage(lines)
    checked("\n".join(lines))


@pytest.mark.parametrize("end", ["\r", "\r\n", "\n"])
def test_line_ends_are_no_matter(end: str) -> None:
    page = planned("\n".join((PARTS[1], PARTS[3], PARTS[2])).replace("\n", end))
    assert [cell.line for cell in page.cells] == [3]
    assert page.problems == ()


def found(texts: Iterable[str]) -> list[str]:
    return [str(problem) for text in texts for problem in planned(text).problems]


def test_the_parts_are_well_formed() -> None:
    page = "# Page\n\n```python\nx = 2\n```\n\n"
    assert found(page + part for part in PARTS[1:] if "details" not in part) == []
