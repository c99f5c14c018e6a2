"""Golden cases, `cases/`: what is wrong with a page, word for word, and what some become as HTML.

In `cases/form` nothing is run; in `cases/run` the pages are run, proved and rendered.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

import pytest

from support import cases
from support.cases import Case
from support.page import convert, form
from support.paths import CASES
from unrolled.run.engine import Engine

FORM = [case for file in cases.files(CASES / "form") for case in cases.read(file)]
RUN = [case for file in cases.files(CASES / "run") for case in cases.read(file)]


Agree = Callable[[Case, Case], None]


@pytest.fixture
def agree(request: pytest.FixtureRequest) -> Agree:
    """Return a function that compares what is found, or with `--update-golden` writes it down."""

    def compared(expected: Case, found: Case) -> None:
        if request.config.getoption("--update-golden"):
            cases.update(found)
        else:
            assert str(found) == str(expected)

    return compared


def name(case: Case) -> str:
    return f"{case.file.stem}: {case.name}"


@pytest.mark.parametrize("case", FORM, ids=name)
def test_the_form_of_a_page(case: Case, agree: Agree) -> None:
    agree(case, dataclasses.replace(case, problems=cases.listed(form(case.page))))


@pytest.mark.parametrize("case", RUN, ids=name)
def test_a_page_as_run(case: Case, agree: Agree, engine: Engine) -> None:
    content, problems = convert(case.page, engine)
    html = None if case.html is None else cases.plain(content)
    agree(case, dataclasses.replace(case, problems=cases.listed(problems), html=html))


def test_no_file_has_two_cases_of_a_name() -> None:
    names = [name(case) for case in FORM + RUN]
    assert sorted(set(names)) == sorted(names)
    assert len(names) > 100
