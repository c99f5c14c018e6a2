"""Pages of the dialect with small damages: whatever they have become, the check says what is wrong.

It never ends in a traceback, never names a line that is not there, and nothing that a run gave
reaches the page as HTML. Nothing is run: an engine says the same of every cell.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from support.damages import PARTS, Damage, damages
from support.page import Known, planned, to_html
from unrolled.model.output import Output, Run, Verdict
from unrolled.model.page import Page
from unrolled.model.runs import PageRuns
from unrolled.prove import page as proofs
from unrolled.read import front_matter
from unrolled.render.rendering import Rendering

HOSTILE = '<hostile a="b">&\x02\x03klzzwxh:0001</code></pre><script>1</script>'
"""What every cell prints, and every claim comes to."""


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


@pytest.fixture(scope="module", autouse=True)
def _extensions_are_read() -> None:
    """Read the extensions before an example has a deadline."""
    checked("# A page\n")


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


UNSEEN = {
    "in text": ("a\0b\n", 1, "U+0000"),
    "in code, as Python-Markdown marks places": (
        '```python\nx = "\x02wzxhzdk:0\x03"\n```\n',
        2,
        "U+0002",
    ),
    "a form feed in code": ("```python\nx = 1\x0c\n```\n", 2, "U+000C"),
    "an escape in a title": ("# a\x1b[31m\n", 1, "U+001B"),
    "words turned round": ("# Page\n\na \u202eb\u202c\n", 3, "U+202E"),
}


@pytest.mark.parametrize(("text", "line", "code"), UNSEEN.values(), ids=UNSEEN.keys())
def test_a_character_that_nobody_sees_is_one_problem(text: str, line: int, code: str) -> None:
    (problem,) = planned(text).problems
    assert str(problem).startswith(f"page.md:{line}: this line holds the unseen character {code}.")
    checked(text)


def found(texts: Iterable[str]) -> list[str]:
    return [str(problem) for text in texts for problem in planned(text).problems]


def test_the_parts_are_well_formed() -> None:
    page = "# Page\n\n```python\nx = 2\n```\n\n"
    assert found(page + part for part in PARTS[1:] if "details" not in part) == []
