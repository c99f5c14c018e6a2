"""The contributors' page of problems explains each kind of them, and no other."""

import re

from support.paths import PROJECT
from unrolled.model.problem import EXPLAINED, Code

HEADING = re.compile(r"^## .+ \{#([\w-]+)\}$", re.MULTILINE)


def test_each_kind_of_problem_has_its_section_in_the_order_of_the_code() -> None:
    """A section without an anchor of its own would be of no kind."""
    text = (PROJECT / EXPLAINED).read_text("utf-8")
    assert HEADING.findall(text) == [code.value for code in Code]
    assert len(re.findall(r"^## ", text, re.MULTILINE)) == len(Code)


def test_each_section_says_something() -> None:
    text = (PROJECT / EXPLAINED).read_text("utf-8")
    said = re.split(r"^## .*$", text, flags=re.MULTILINE)[1:]
    assert all(len(section.split()) > 5 for section in said)
