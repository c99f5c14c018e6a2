"""The plan of a page.

Lines whatever a file's encoding and ends, and chains without what cannot run. Faults of form are
golden cases.
"""

import pytest

from support.page import cell, places, planned
from support.sites import WriteSite
from unrolled.blocks import KINDS
from unrolled.read import plan


def test_a_syntax_error_keeps_the_rest_of_its_chain_from_running() -> None:
    page = planned(cell("x = = 1") + "\n" + cell("x", "continuation") + "\n" + cell("2"))
    assert [[c.line for c in chain.cells] for chain in page.chains] == [[9]]


def faults(write_site: WriteSite, content: str | bytes) -> list[str]:
    """Return what is wrong with the form of a page's file."""
    root = write_site({"page.md": content})
    return [str(p) for p in plan.read_page(root / "docs" / "page.md", root, KINDS).problems]


def test_front_matter_keeps_the_numbers_of_lines(write_site: WriteSite) -> None:
    found = faults(write_site, "---\ntitle: A\n---\n\n" + cell("x = 1\nx = = 2"))
    assert places(found) == [7]


def test_a_misspelt_name_of_the_front_matter_is_named(write_site: WriteSite) -> None:
    (found,) = faults(write_site, "---\ntitle: A\ndescripton: B\n---\n\n# A\n")
    assert found == (
        "docs/page.md:3: nothing reads 'descripton' of the front matter."
        " Did you mean 'description'?"
    )


@pytest.mark.parametrize("name", ["author", "tags", "date", "og_image", "template", "status"])
def test_a_name_that_a_plugin_may_read_is_let_through(write_site: WriteSite, name: str) -> None:
    assert faults(write_site, f"---\ntitle: A\n{name}: B\n---\n\n# A\n") == []


def test_line_ends_of_windows_keep_the_numbers_of_lines(write_site: WriteSite) -> None:
    text = (
        "Text.\n\n"
        + cell("x = 1\nx = = 2")
        + "\n/// details | A\n    open: true\n\nText.\n\n///\n\n///\n"
    )
    found = faults(write_site, text.replace("\n", "\r\n").encode())
    assert places(found) == [5, 15]
    assert "\r" not in "".join(found)


def test_a_byte_order_mark_is_no_fault_and_does_not_hide_front_matter(
    write_site: WriteSite,
) -> None:
    found = faults(
        write_site, b"\xef\xbb\xbf" + ("---\ntitle: A\n---\n" + cell("x = = 2")).encode()
    )
    assert places(found) == [5]


def test_a_page_that_is_not_utf_8_is_a_problem_at_the_line_of_the_byte(
    write_site: WriteSite,
) -> None:
    found = faults(write_site, b"Text.\n\nGr\xf6sse\n")
    assert found == ["docs/page.md:3: the page is not UTF-8. Save it as UTF-8."]


QUESTION = """# A

/// {name} | How many?
    id: q-one
    kind: predict-output
    level: easy

{{cell}}
- [ ] `4`

    One too few.

- [x] `5`

    Right.

- [ ] `6`

    One too many.

{marks} solution

Add.

{marks}

///
"""


@pytest.mark.parametrize(
    ("name", "marks", "problem"),
    [
        ("qestion", "////", "there is no block 'qestion'. Did you mean 'question'?"),
        (
            "question",
            "///",
            "the block 'question' is not closed before line 24, where another with 3 slashes"
            " begins. Give what belongs inside it one slash more: ////.",
        ),
    ],
)
def test_a_mistake_in_a_blocks_marker_is_one_problem(
    write_site: WriteSite, name: str, marks: str, problem: str
) -> None:
    text = QUESTION.format(name=name, marks=marks).format(cell=cell("print(2 + 3)"))
    (found,) = faults(write_site, text)
    assert found == f"docs/page.md:3: {problem}"


def test_a_misspelt_name_beside_the_right_one_is_named(write_site: WriteSite) -> None:
    (found,) = faults(write_site, "---\ndescription: D.\ndescripton: E.\n---\n\n# A\n")
    assert found == (
        "docs/page.md:3: nothing reads 'descripton' of the front matter."
        " Delete it: the page has 'description' too."
    )


def test_each_misspelt_name_of_the_front_matter_is_named(write_site: WriteSite) -> None:
    found = faults(write_site, "---\ntitel: A\noutcom: B.\n---\n\n# A\n")
    assert places(found) == [2, 3]
