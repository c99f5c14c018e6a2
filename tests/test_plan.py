"""Every fault of a page's form is a problem at its line, with a remedy. Nothing is run here."""

from pathlib import Path

import pytest

from support.page import cell, form, places, planned
from support.sites import WriteSite
from unrolled.blocks import KINDS
from unrolled.read import plan

FAULTS = {
    "a list right beneath a line": (
        "Choose:\n- this\n- that\n",
        ["page.md:2: this list would be shown as a part of the line above it. Leave a blank line before it."],
    ),
    "an option said twice": (
        "/// card | Front\n    id: a-b\n    id: a-c\n\nBack.\n///\n",
        ["page.md:1: a block 'card' has no id.", "page.md:2: the options of 'card' cannot be read: 'id' is said twice."],
    ),
    "unknown option": (
        cell("1", "raise=ValueError"),
        ["page.md:1: a cell has no option 'raise'. Did you mean 'raises'?"],
    ),
    "unknown option like no other": (cell("1", "zzz"), ["page.md:1: a cell has no option 'zzz'. Use one of: continuation, "]),
    "options without braces": (
        "```python hidden\n1\n```\n",
        ["page.md:1: the options 'hidden' stand without braces. Write ```{.python hidden}."],
    ),
    "a bad timeout": (
        cell("1", "timeout=soon"),
        ["page.md:1: timeout is 'soon'. Give a positive number of seconds, such as timeout=60."],
    ),
    "a timeout of nothing": (cell("1", "timeout=0"), ["page.md:1: timeout is '0'. Give a positive number"]),
    "a flag with a value": (cell("1", "hidden=no"), ["page.md:1: 'hidden' takes no value. Write just hidden."]),
    "raises without a type": (
        cell("1", "raises=value error"),
        ["page.md:1: a cell has no option 'error'.", "page.md:1: raises is 'value'"],
    ),
    "a continuation without a cell": (
        "Text.\n\n" + cell("1", "continuation"),
        ["page.md:3: a continuation has no cell before it. Drop 'continuation', or put the first cell before it."],
    ),
    "a syntax error": (
        "Text.\n\n" + cell("x = 1\nx = = 2\nx"),
        ["page.md:5: SyntaxError: invalid syntax. Fix it, or promise it with raises=SyntaxError.\n    x = = 2"],
    ),
    "an empty cell": ("```python\n```\n", ["page.md:1: the cell is empty. Write its code, or delete it."]),
    "reason without notest": (cell("1", 'reason="none"'), ["page.md:1: 'reason' stands without 'notest'."]),
    "unknown block": ("/// qestion | A\n\n///\n", ["page.md:1: there is no block 'qestion'. Did you mean 'question'?"]),
    "unknown block like no other": ("/// zzz\n\n///\n", ["page.md:1: there is no block 'zzz'. Use one of: "]),
    "a block not closed": (
        "Text.\n\n/// details | A\n\nText.\n",
        ["page.md:3: the block 'details' is not closed. Close it with a line ///."],
    ),
    "a stray closing marker": (
        "Text.\n\n///\n",
        ["page.md:3: this marker closes no block. Delete it, or give it as many slashes as the block it closes."],
    ),
    "bad YAML in options": (
        "/// details | A\n    open: [\n\nText.\n\n///\n",
        ["page.md:2: the options of 'details' cannot be read: "],
    ),
    "options that are no mapping": (
        "/// details | A\n    open\n\n///\n",
        ["page.md:2: the options of 'details' cannot be read: they are not"],
    ),
    "an unknown option of a block": (
        "/// example\n    titel: A\n\nText.\n\n///\n",
        ["page.md:2: the block 'example' has no option 'titel'. Delete it: the block takes none."],
    ),
    "a solution outside a question": (
        "/// solution\n\n///\n",
        ["page.md:1: a block 'solution' stands outside a block 'question', 'experiment' or 'explain'. Move it into one."],
    ),
    "an unknown claim": (cell("x = 1") + "\nIs `#!vaule x`.\n", ["page.md:5: there is no claim '#!vaule'. Did you mean '#!value'?"]),
    "a claim without a shape": (
        cell("x = 1") + "\nIs\n`#!shape x`.\n",
        ["page.md:6: the claim '#!shape x' states no shape. Write an expression, a colon and a shape: #!shape out: (4, 7, 3)."],
    ),
    "a claim before any cell": (
        "Is `#!value x`.\n\n" + cell("x = 1"),
        ["page.md:1: no cell stands before the claim '#!value x'. Put a cell"],
    ),
    "a claim that is no Python": (cell("x = 1") + "\nIs `#!value x +`.\n", ["page.md:5: the claim '#!value x +' is no Python expression"]),
}


@pytest.mark.parametrize(("text", "expected"), FAULTS.values(), ids=FAULTS.keys())
def test_a_fault_of_form_is_reported(text: str, expected: list[str]) -> None:
    """Once, at its line, with its remedy."""
    found = form(text)
    assert len(found) == len(expected)
    for problem, start in zip(found, expected, strict=True):
        assert problem.startswith(start)


GOOD = {
    "all options": 'Text.\n\n```{.python raises=ValueError timeout=2.5 title="A" linenums="1" hl_lines="1"}\nraise ValueError\n```\n',
    "other languages": "```bash\nls --all\n```\n\n```{.json .wide}\n{}\n```\n\n```\npython\n```\n",
    "a longer fence shows a fence": "````markdown\n```{.python zzz}\nx = = 1\n```\n\n/// zzz\n````\n",
    "indented code": "Text.\n\n    x = = 1\n",
    "a shape as torch prints it": cell("x = 1") + "\nIs `#!shape x: torch.Size([2, 3])` or `#!shape x: ()` or `#!shape x: (4,)`.\n",
    "a promised syntax error": cell("x = = 1", "raises=SyntaxError"),
    "blocks of pymdownx": "/// tab | A\n    new: true\n\nText.\n\n//// note | B\n\nText.\n\n////\n\n///\n",
}


@pytest.mark.parametrize("text", GOOD.values(), ids=GOOD.keys())
def test_good_form_gives_no_problem(text: str) -> None:
    assert form(text) == []


def test_a_syntax_error_keeps_the_rest_of_its_chain_from_running() -> None:
    page = planned(cell("x = = 1") + "\n" + cell("x", "continuation") + "\n" + cell("2"))
    assert [[c.line for c in chain.cells] for chain in page.chains] == [[9]]


def test_all_faults_of_a_page_are_reported_together_in_order() -> None:
    text = cell("x = = 1") + "\n" + cell("1", "zzz") + "\nIs `#!vaule x`.\n\n/// zzz\n\n///\n"
    assert places(form(text)) == [2, 5, 9, 11]


def test_a_claim_after_a_code_span_of_two_lines_keeps_its_line() -> None:
    assert places(form(cell("x = 1") + "\nSee `one\ntwo` and\n`#!vaule x`.\n")) == [7]


def _page(write_site: WriteSite, content: str | bytes) -> tuple[list[str], Path]:
    root = write_site({"page.md": content})
    return [str(p) for p in plan.read_page(root / "docs" / "page.md", root, KINDS).problems], root


def test_front_matter_keeps_the_numbers_of_lines(write_site: WriteSite) -> None:
    found, _ = _page(write_site, "---\ntitle: A\n---\n\n" + cell("x = 1\nx = = 2"))
    assert places(found) == [7]


def test_line_ends_of_windows_keep_the_numbers_of_lines(write_site: WriteSite) -> None:
    text = "Text.\n\n" + cell("x = 1\nx = = 2") + "\n/// details | A\n    open: true\n\nText.\n\n///\n\n///\n"
    found, _ = _page(write_site, text.replace("\n", "\r\n").encode())
    assert places(found) == [5, 15]
    assert "\r" not in "".join(found)


def test_a_byte_order_mark_is_no_fault_and_does_not_hide_front_matter(write_site: WriteSite) -> None:
    found, _ = _page(write_site, b"\xef\xbb\xbf" + ("---\ntitle: A\n---\n" + cell("x = = 2")).encode())
    assert places(found) == [5]


def test_a_page_that_is_not_utf_8_is_a_problem_at_the_line_of_the_byte(write_site: WriteSite) -> None:
    found, _ = _page(write_site, b"Text.\n\nGr\xf6sse\n")
    assert found == ["docs/page.md:3: the page is not UTF-8. Save it as UTF-8."]


@pytest.mark.parametrize("text", ["Choose:\n\n- this\n", "- this\n    - that\n", "# Page\n- this\n"])
def test_a_list_that_is_shown_as_one_is_no_fault(text: str) -> None:
    assert form(text) == []
