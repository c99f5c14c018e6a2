"""Entries of the error finder: the first cell raises, the second runs, and readers get both."""

import textwrap

import pytest

from support.page import convert, form, problems
from support.paths import PROJECT
from unrolled.run.engine import Engine

ENTRY = textwrap.dedent("""\
    # Page

    /// errors | The list is empty
        id: error-empty
        older: ["list is empty, pop 3"]

    ```{.python raises=IndexError}
    [].pop()
    ```

    There is nothing to take.

    ```{.python fix}
    [1].pop()
    ```

    ///
    """)


def test_an_entry_shows_the_message_of_its_run(engine: Engine) -> None:
    content, found = convert(ENTRY + "\n/// finder\n///\n", engine)
    assert found == []
    assert ">IndexError: pop from empty list</code>" in content
    assert "indexerror pop from empty list|" in content
    assert "Older versions said, which is not run here" in content
    assert "1 causes" not in content
    assert "1 cause, run" in content


def test_a_message_of_a_gpu_needs_no_cell_that_raises(engine: Engine) -> None:
    raising = ENTRY.partition("```{.python raises")[2].partition("```\n")[0]
    text = ENTRY.replace(f"```{{.python raises{raising}```\n", "").replace("older", "gpu")
    content, found = convert(text + "\n/// finder\n///\n", engine)
    assert found == []
    assert '<code class="errors__message">list is empty, pop 3</code>' in content
    assert "data-patterns='[&quot;list is empty pop|&quot;]'" in content.replace('"', "'")
    assert "Reported from a GPU, which is not run here" in content
    assert "1 more is raised only on a GPU" in content


def test_a_message_of_a_gpu_may_stand_beside_the_cell_that_raises(engine: Engine) -> None:
    content, found = convert(ENTRY.replace("older", "gpu") + "\n/// finder\n///\n", engine)
    assert found == []
    assert ">IndexError: pop from empty list</code>" in content
    assert "list is empty pop|" in content
    assert "only on a GPU" not in content


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("the list is empty", "The list is empty"),
        ("a list is empty", "A list is empty"),
        ("num_layers is zero", "num_layers is zero"),
        ("cuDNN fails", "cuDNN fails"),
        ("nn.RNN refuses", "nn.RNN refuses"),
    ],
)
def test_a_title_has_a_capital_unless_it_begins_with_a_name(
    engine: Engine, title: str, shown: str
) -> None:
    content, _ = convert(ENTRY.replace("The list is empty", title), engine)
    assert f'<span class="errors__cause">{shown}</span>' in content


def test_a_fix_that_raises_is_a_problem(engine: Engine) -> None:
    (problem,) = problems(ENTRY.replace("[1].pop", "[][0].pop"), engine)
    assert problem.startswith("page.md:14: the cell raises IndexError: list index out of range")


def test_a_cell_that_does_not_raise_is_a_problem(engine: Engine) -> None:
    (problem,) = problems(ENTRY.replace("\n[].pop", "\n[2].pop"), engine)
    assert problem.startswith("page.md:7: the cell promises raises=IndexError, and nothing is")


@pytest.mark.parametrize(
    ("old", "new", "fact"),
    [
        (" | The list is empty", "", "the entry 'error-empty' has no title"),
        ("    id: error-empty\n", "", "an entry of the error finder has no id"),
        (".python fix", ".python notest reason='x'", "the entry 'error-empty' has no fix"),
        (" raises=IndexError", " fix", "the entry 'error-empty' has no cell that raises"),
        ('["list is empty, pop 3"]', "gone", "older of the entry 'error-empty' is no list"),
        ('older: ["list is empty, pop 3"]', "gpu: gone", "gpu of the entry 'error-empty' is no"),
    ],
)
def test_an_incomplete_entry_is_a_problem(old: str, new: str, fact: str) -> None:
    assert old in ENTRY
    assert any(fact in problem for problem in form(ENTRY.replace(old, new)))


def test_entries_of_one_message_name_each_other(engine: Engine) -> None:
    other = ENTRY.removeprefix("# Page\n").replace("error-empty", "error-taken")
    other = other.replace("The list is empty", "All was taken")
    content, found = convert(ENTRY + other, engine)
    assert found == []
    assert 'href="#error-taken">All was taken</a>' in content
    assert 'href="#error-empty">The list is empty</a>' in content


def test_the_example_of_the_guide_can_be_copied(engine: Engine) -> None:
    guide = (PROJECT / "docs/contribute/write-a-lesson.md").read_text("utf-8")
    example = guide.partition("````markdown\n/// errors")[2].partition("````")[0]
    assert problems(f"# Page\n\n/// errors{example}", engine) == []
    page, _, anchor = example.partition("see: ")[2].split("\n")[0].partition("#")
    headings = (PROJECT / "docs" / page).read_text("utf-8").lower().replace(" ", "-")
    assert f"\n##-{anchor}\n" in headings
