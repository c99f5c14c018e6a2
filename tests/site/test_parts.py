"""The parts of a page: what is changed in one is not noticed in another."""

from support.page import cell, planned
from unrolled.site.parts import paragraphs, parts

TEXT = f"""# A page

One line,
and the next.

## First

{cell("a = 1")}
Then `#!value a`.

## Second

{cell("print(a)", "continuation")}
- a point
- and another

## Third

{cell("b = 2")}
"""


def line(words: str) -> int:
    return 1 + [words in each for each in TEXT.split("\n")].index(True)


def test_sections_that_share_a_chain_are_one_part() -> None:
    part = parts(planned(TEXT))
    assert part(line("a = 1")) == part(line("print(a)")) == part(line("## First"))
    assert part(line("a = 1")) != part(line("b = 2"))
    assert len({part(number) for number in range(1, TEXT.count("\n") + 1)}) == 3


def test_a_paragraph_is_a_part_of_the_text_and_so_is_a_point() -> None:
    part = paragraphs(planned(TEXT))
    assert part(line("One line")) == part(line("and the next"))
    assert part(line("a point")) != part(line("and another")) != part(line("## Third"))
