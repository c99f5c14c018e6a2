"""Questions.

Each fault of form at its line, and the HTML of a good one, complete without JavaScript.
"""

import re
from xml.etree.ElementTree import Element, tostring

import pytest

from support.edits import Edit, put
from support.elements import element, text_of
from support.page import form, places, planned, render
from support.questions import QUESTION
from unrolled.read import plan
from unrolled.run.engine import Engine

FAULTS: dict[str, tuple[Edit, int, str]] = {
    "no key": (
        put("[x]", "[ ]"),
        3,
        "question 'sum-of-two' has no key. Mark the right option with [x].",
    ),
    "two keys": (
        put("[ ]", "[x]"),
        19,
        "question 'sum-of-two' has 2 keys (lines 15, 19). Leave one [x], or say multiple: true.",
    ),
    "fewer than three options": (
        put("- [ ] `An error`\n\n    `+` takes two strings.\n\n", ""),
        3,
        "question 'sum-of-two' has 2 options. Offer at least 3.",
    ),
    "no rationale": (
        put("    There is **no** space.\n\n", ""),
        19,
        "option '`out come`' of question 'sum-of-two' has no rationale.",
    ),
    "no rationale, and the block ends": (
        put(
            "\n\n    `+` takes two strings.\n\n//// hint\n\nRead the operator.\n\n////",
            "\n//// hint\nRead.\n////",
        ),
        23,
        "option '`An error`' of question 'sum-of-two' has no rationale.",
    ),
    "no blank line before the options": (
        put("```\n\n- [x]", "```\n\nChoose:\n- [x]"),
        16,
        (
            "the options of question 'sum-of-two' follow a line of text. Put a blank line before"
            " the first option."
        ),
    ),
    "a rationale indented by two": (
        put("    There is", "  There is"),
        21,
        (
            "this belongs to a list item, and is indented by 2 spaces: the page would take the list"
            " apart. Indent it by 4"
        ),
    ),
    "options torn apart": (
        put("    There is **no** space.", "    There is none.\n\nTorn."),
        23,
        "the option list of question 'sum-of-two' is interrupted before line 25.",
    ),
    "a rationale without a blank line": (
        put("`out come`\n\n", "`out come`\n"),
        19,
        "an option of question 'sum-of-two' runs on in the next line.",
    ),
    "the same option twice": (
        put("`out come`", "`outcome`"),
        19,
        "option '`outcome`' of question 'sum-of-two' appears twice.",
    ),
    "an empty option": (
        put("[ ] `An error`", "[ ]"),
        23,
        "an option of question 'sum-of-two' is empty.",
    ),
    "a bad kind": (
        put("predict-output", "guess"),
        5,
        "question 'sum-of-two' has the kind 'guess'. Use one of: predict-output, ",
    ),
    "a bad level": (
        put("easy", "hrad"),
        6,
        "question 'sum-of-two' has the level 'hrad'. Use one of: easy, medium, hard.",
    ),
    "a bad id": (put("sum-of-two", "Sum_of two"), 3, "the id 'Sum_of two' is not in kebab case."),
    "no id": (put("    id: sum-of-two\n", ""), 3, "a question has no id. Give it one"),
    "no title": (put(" | What is printed?", ""), 3, "question 'sum-of-two' has no title."),
    "bad seconds": (
        put("seconds: 90", "seconds: soon"),
        7,
        "question 'sum-of-two' has seconds: soon. Give a whole number",
    ),
    "a bad flag": (
        put("seconds: 90", "multiple: 3"),
        7,
        "'multiple' of question 'sum-of-two' is 3.",
    ),
    "an unknown option": (
        put("seconds: 90", "second: 90"),
        7,
        "the block 'question' has no option 'second'. Did you mean 'seconds'?",
    ),
}


@pytest.mark.parametrize(("edit", "line", "start"), FAULTS.values(), ids=FAULTS.keys())
def test_a_fault_of_a_question_is_reported(edit: Edit, line: int, start: str) -> None:
    """At its line, with its remedy.

    What follows from it may be reported too, never anything on an earlier line.
    """
    found = form(edit(QUESTION))
    assert [p for p in found if p.startswith(f"page.md:{line}: {start}")], found


def test_a_good_question_has_no_fault() -> None:
    assert form(QUESTION) == []


def test_several_keys_are_no_fault_when_the_question_says_so() -> None:
    assert form(QUESTION.replace("[ ]", "[x]", 1).replace("seconds: 90", "multiple: true")) == []


def test_an_id_used_on_two_pages_is_a_problem_that_names_both() -> None:
    pages = [planned("Text.\n\n" + QUESTION, "docs/b.md"), planned(QUESTION, "docs/a.md")]
    assert [str(p) for p in plan.shared_ids(pages)] == [
        "docs/b.md:5: the id 'sum-of-two' is taken by the question at docs/a.md:3. Give this one an"
        " id of its own."
    ]


def test_an_id_used_twice_on_a_page_is_a_problem() -> None:
    page = planned(QUESTION + "\n" + QUESTION)
    assert places([str(p) for p in plan.shared_ids([page])]) == [QUESTION.count("\n") + 4]


@pytest.fixture(scope="module")
def section(engine: Engine) -> Element:
    """The question as the page has it."""
    return element("quiz-question", QUESTION, engine)


def test_a_question_names_itself(section: Element) -> None:
    assert section.get("id") == "sum-of-two"
    title = section.find("h2")
    assert title is not None and title.get("id") == "sum-of-two-title"
    # The name is without the link that the theme adds to a heading.
    name = next(e for e in section.iter() if e.get("id") == section.get("aria-labelledby"))
    assert text_of(name) == "What is printed?"


def test_a_question_lists_its_options_without_giving_the_key_away(section: Element) -> None:
    listed = section.find("ol")
    assert [text_of(li) for li in listed or []] == ["outcome", "out come", "An error"]
    assert not re.search(
        r"key|right|checked|\[x\]", tostring(listed, "unicode") if listed is not None else ""
    )


def test_a_question_has_hints_in_order_then_the_answer_in_details(section: Element) -> None:
    summaries = [text_of(d.find("summary")) for d in section.findall("details")]
    assert summaries == ["Hint 1", "Hint 2", "Show the answer"]
    assert all("open" not in d.attrib for d in section.iter("details"))


def test_the_answer_holds_the_key_every_rationale_the_solution_and_the_mistakes(
    section: Element,
) -> None:
    answer = section.findall("details")[-1]
    assert "Answer: A" in text_of(answer)
    rationales = [text_of(li) for li in answer.find("ol") or []]
    assert [r.split()[0] for r in rationales] == ["Right", "Wrong", "Wrong"]
    assert [
        "Strings are joined." in rationales[0],
        "There is no space." in rationales[1],
        "two strings" in rationales[2],
    ] == [True] * 3
    assert [text_of(d.find("summary")) for d in answer.iter("details") if d is not answer] == [
        "Solution, step by step",
        "Common mistakes",
    ]


def test_the_output_of_a_stems_cell_is_only_in_the_answer(section: Element) -> None:
    answer = section.findall("details")[-1]
    assert len([pre for pre in answer.iter("pre") if text_of(pre) == "outcome"]) == 1
    section_panes = [
        d for d in section.iter("div") if "cell-output" in (d.get("class") or "").split()
    ]
    answer_panes = [
        d for d in answer.iter("div") if "cell-output" in (d.get("class") or "").split()
    ]
    assert section_panes == answer_panes != []


@pytest.mark.parametrize(
    ("before", "tag"),
    [("# Page", "h2"), ("# Page\n\n## Part", "h3"), ("# Page\n\n## Part\n\n### Sub", "h4")],
)
def test_a_questions_heading_is_one_below_the_last(before: str, tag: str, engine: Engine) -> None:
    content = render(
        QUESTION.replace("# Page", before)
        + "\n"
        + QUESTION.split("\n\n", 1)[1].replace("sum-of-two", "other"),
        engine,
    )
    assert re.findall(r'<(h\d)[^>]*id="(?:sum-of-two|other)-title"', content) == [tag, tag]


def test_all_ids_of_a_page_with_questions_are_unique(engine: Engine) -> None:
    content = render(
        QUESTION
        + "\n## What is printed?\n\n"
        + QUESTION.split("\n\n", 1)[1].replace("sum-of-two", "other"),
        engine,
    )
    ids = re.findall(r'\bid="([^"]*)"', content)
    assert sorted(ids) == sorted(set(ids))
