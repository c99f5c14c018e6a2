"""Cards and free recall.

Each fault of form at its line, and HTML that is complete without JavaScript.
"""

import itertools
import re
import textwrap

import pytest

from support.edits import Edit, put
from support.elements import element, only, text_of
from support.page import cell, convert, form, panes, places, planned, problems, render
from support.questions import QUESTION
from support.recap import CARD, EXPLAIN, SOLUTION
from unrolled.read import plan
from unrolled.run.engine import Engine
from unrolled.site.check import among

EXPERIMENT = f"""\
/// experiment | Reach 85
    id: reach-digits
    targets:
        solution val: ">= 85"

{cell('metrics = {"baseline": [{"val": 50}] * 3, "solution": [{"val": 90}] * 3}')}
///
"""
PAGE = f"# Page\n\n{CARD}\n{EXPLAIN}"


def inside(opening: str, text: str) -> str:
    """Return a block with another around it, which its own slashes must outnumber."""
    return f"{opening}\n\n{text.replace('///', '////')}\n///\n"


FAULTS: dict[str, tuple[Edit, int, str]] = {
    "a card without a title": (
        put(" | What does `h_n` hold, *really*?", ""),
        3,
        "a block 'card' has no title. Write it on the first line",
    ),
    "a prompt without a title": (
        put(" | How does `h_n` **remember**?", ""),
        9,
        "a block 'explain' has no title.",
    ),
    "a card without an id": (
        put("    id: card-h-n\n", ""),
        3,
        "a block 'card' has no id. Give it one, unique on the site",
    ),
    "a prompt without an id": (
        put("    id: explain-state\n", ""),
        9,
        "a block 'explain' has no id.",
    ),
    "an id in capitals": (
        put("card-h-n", "Card_h_n"),
        3,
        "the id 'Card_h_n' is not in kebab case.",
    ),
    "a number for an id": (put("explain-state", "2024"), 9, "the id '2024' is not in kebab case."),
    "a card with nothing on its back": (
        put("\nThe last state.\n", "\n"),
        3,
        "the block 'card' is empty.",
    ),
    "a card that is not closed": (
        put("state.\n///\n", "state.\n"),
        3,
        "the block 'card' is not closed before line 8, where another with 3 slashes begins.",
    ),
    "an option of another block": (
        put("card-h-n", "card-h-n\n    level: easy"),
        5,
        "the block 'card' has no option 'level'.",
    ),
    "an option misspelt": (
        put("    id: expl", "    ids: expl"),
        10,
        "the block 'explain' has no option 'ids'. Did you mean 'id'?",
    ),
    "two concepts": (
        put("- **Input**: one `x`.\n", ""),
        9,
        "the prompt 'explain-state' has 2 concepts. List at least 3, in one list",
    ),
    "a concept beneath another": (
        put("- **Input", "    - **Input"),
        9,
        "the prompt 'explain-state' has 2 concepts.",
    ),
    "a list in the solution alone": (
        lambda text: text.replace("- **", "**").replace(
            "It goes on", "- a\n- b\n- c\n\nIt goes on"
        ),
        9,
        "the prompt 'explain-state' has 0 concepts.",
    ),
    "a list behind the prompt": (
        lambda text: text.replace("- **Input**: one `x`.\n", "") + "\n- a\n- b\n",
        9,
        "the prompt 'explain-state' has 2",
    ),
    "mistakes in a prompt": (
        put("//// solution", "//// mistakes"),
        18,
        "a block 'mistakes' is outside a block 'question'.",
    ),
    "a bonus in a prompt": (
        put("//// solution", "//// bonus"),
        18,
        "a block 'bonus' is outside a block 'experiment'.",
    ),
    "a solution on a card": (
        put("The last state.", "//// solution\nIt.\n////"),
        6,
        "a block 'solution' is outside a block 'question', ",
    ),
    "a solution behind its prompt": (
        lambda text: text.replace("////\n///\n", "////\n").replace(
            "//// solution", "///\n\n//// solution"
        ),
        20,
        "a block 'solution' is outside a block 'question', 'exercise', 'experiment' or 'explain'.",
    ),
}


@pytest.mark.parametrize(("edit", "line", "start"), FAULTS.values(), ids=FAULTS.keys())
def test_a_fault_is_reported_at_its_line(edit: Edit, line: int, start: str) -> None:
    found = form(edit(PAGE))
    assert [p for p in found if p.startswith(f"page.md:{line}: {start}")], found


def test_a_good_page_has_no_problem(engine: Engine) -> None:
    assert problems(PAGE, engine) == []


UNPROVED: dict[str, tuple[Edit, int, str]] = {
    "a shape on a card": (
        put("The last state.", "It is (4, 7, 3)."),
        6,
        "nothing proves the shape '(4, 7, 3)'",
    ),
    "a shape in a title": (put("*really*", "(4, 7, 3)"), 3, "nothing proves the shape '(4, 7, 3)'"),
    "a shape in a concept": (
        put("zeros.", "zeros, (4, 7, 3)."),
        14,
        "nothing proves the shape '(4, 7, 3)'",
    ),
    "a shape in a solution": (
        put("It goes on", "It is (4, 7, 3) and goes on"),
        19,
        "nothing proves the shape '(4, 7, 3)'",
    ),
    "a claim with no cell before it": (
        put("The last", "`#!value x`. The last"),
        6,
        "there is no cell before the claim '#!value x'",
    ),
    "a cell on a card that raises": (
        put("The last state.", cell("1 / 0")),
        7,
        "the cell raises ZeroDivisionError",
    ),
}


@pytest.mark.parametrize(("edit", "line", "start"), UNPROVED.values(), ids=UNPROVED.keys())
def test_what_no_run_bears_out_is_reported_at_its_line(
    edit: Edit, line: int, start: str, engine: Engine
) -> None:
    found = problems(edit(PAGE), engine)
    assert [p for p in found if p.startswith(f"page.md:{line}: {start}")], found


def test_a_card_is_details_with_its_front_to_be_seen_and_its_back_to_be_opened(
    engine: Engine,
) -> None:
    card = element("quiz-card", PAGE, engine)
    assert card.get("id") == "card-h-n"
    assert [child.tag for child in card] == ["details"]
    details = card[0]
    assert [child.tag for child in details] == ["summary", "div"]
    assert text_of(details[0]) == "What does h_n hold, really?"
    assert text_of(details[1]) == "The last state."
    assert not [e for e in card.iter() if "open" in e.attrib or "hidden" in e.attrib]


def test_inline_markdown_in_titles_is_rendered(engine: Engine) -> None:
    front = only(element("quiz-card", PAGE, engine), "details/summary/span")
    assert [(e.tag, e.text) for e in front] == [("code", "h_n"), ("em", "really")]
    name = only(element("quiz-explain", PAGE, engine), "h2/span")
    assert [(e.tag, e.text) for e in name] == [("code", "h_n"), ("strong", "remember")]


def test_a_prompt_shows_its_introduction_and_keeps_concepts_and_solution_to_be_opened(
    engine: Engine,
) -> None:
    explain = element("quiz-explain", PAGE, engine)
    assert explain.get("id") == "explain-state"
    assert [child.tag for child in explain] == ["h2", "p", "details"]
    assert text_of(explain[1]) == "Think of one step."
    answer = explain[2]
    assert [child.tag for child in answer] == ["summary", "ul", "details"]
    assert text_of(answer[0]) == "Compare with 3 concepts"
    assert [text_of(li) for li in answer[1]] == [
        "Start: zeros.",
        "Input: one x.",
        "Output: the state.",
    ]
    assert [text_of(child) for child in answer[2]] == [
        "One way to say it",
        "It goes on, step by step.",
    ]
    assert not [e for e in explain.iter() if "open" in e.attrib or "hidden" in e.attrib]


def test_a_prompt_is_named_by_its_title(engine: Engine) -> None:
    explain = element("quiz-explain", PAGE, engine)
    names = {e.get("id"): text_of(e) for e in explain.iter() if e.get("id")}
    assert names[explain.get("aria-labelledby")] == "How does h_n remember?"


def test_a_solution_that_stands_first_is_no_spoiler(engine: Engine) -> None:
    """Wherever it is written, it lies beneath the concepts."""
    moved = EXPLAIN.replace(SOLUTION, "").replace("Think", f"{SOLUTION}\nThink")
    explain = element("quiz-explain", f"# Page\n\n{moved}", engine)
    assert [child.tag for child in explain] == ["h2", "p", "details"]
    assert text_of(explain[2]).endswith("It goes on, step by step.")


def test_claims_on_a_back_are_filled_in_and_proved(engine: Engine) -> None:
    """They see the nearest cell before them, hidden or on another card."""
    first = CARD.replace(
        "The last state.", f"`#!value x + 1`\n\n{cell('y = x * 10', 'continuation hidden')}"
    )
    second = CARD.replace("card-h-n", "card-two").replace("The last", "`#!check y == 30`")
    text = f"# Page\n\n{cell('x = 3', 'hidden')}\n{first}\n{second}"
    content, found = convert(text, engine)
    assert found == []
    assert '<span class="claim claim--value"><code>4</code>' in content
    assert '<span class="claim claim--check">' in content
    wrong = problems(text.replace("y == 30", "y == 31"), engine)
    assert places(wrong) == [text.split("\n").index("`#!check y == 30` state.") + 1]
    assert "'y == 31' is False" in wrong[0]


def test_a_claim_in_a_title_is_filled_in(engine: Engine) -> None:
    text = f"# Page\n\n{cell('x = 3', 'hidden')}\n{CARD.replace('*really*', '`#!value x + 1`')}"
    front = only(element("quiz-card", text, engine), "details/summary/span")
    assert text_of(front) == "What does h_n hold, 4?"


def test_a_cell_on_a_card_has_its_output_on_the_back(engine: Engine) -> None:
    text = f"# Page\n\n{CARD.replace('The last state.', cell('print(20 + 3)'))}"
    back = only(element("quiz-card", text, engine), "details/div")
    assert [text_of(pre) for pre in back.iter("pre")] == ["print(20 + 3)", "23"]
    assert panes(text, engine) == [("text", "23")]


AROUND = {
    "a list": f"1. One\n\n{textwrap.indent(CARD, '    ')}",
    "a tab": inside("/// tab | Tab", CARD),
    "an example": inside("/// example", CARD),
    "a note": f'!!! note "Note"\n\n{textwrap.indent(CARD, "    ")}',
}


@pytest.mark.parametrize("text", AROUND.values(), ids=AROUND.keys())
def test_a_card_can_stand_in_other_things(text: str, engine: Engine) -> None:
    card = element("quiz-card", f"# Page\n\n{text}", engine)
    assert text_of(only(card, "details/div")) == "The last state."


def test_a_prompt_can_stand_in_a_tab(engine: Engine) -> None:
    explain = element("quiz-explain", f"# Page\n\n{inside('/// tab | Tab', EXPLAIN)}", engine)
    assert text_of(only(explain, "details/summary")) == "Compare with 3 concepts"


def test_an_items_hash_changes_with_it_and_with_nothing_else(engine: Engine) -> None:
    """Progress that a reader made with another version of an item is not counted for this one."""

    def hashes(text: str) -> list[str]:
        return re.findall(r'data-hash="(\w+)"', render(text, engine))

    card, explain = hashes(PAGE)
    assert card != explain
    assert hashes(PAGE.replace("# Page", "# Another page\n\nText.")) == [card, explain]
    assert hashes(f"# Page\n\n{EXPLAIN}\n{CARD}") == [explain, card]
    edited = hashes(PAGE.replace("The last state", "The last states"))
    assert edited[0] != card and edited[1] == explain
    # What it asks is the same: a better answer costs nobody their history.
    assert hashes(PAGE.replace("step by step", "by steps"))[1] == explain


KINDS = {
    "question": (QUESTION.removeprefix("# Page\n\n"), "sum-of-two"),
    "card": (CARD, "card-h-n"),
    "explain": (EXPLAIN, "explain-state"),
    "experiment": (EXPERIMENT, "reach-digits"),
}


@pytest.mark.parametrize(("first", "second"), list(itertools.product(KINDS, repeat=2)))
def test_an_id_is_taken_whatever_kind_of_item_has_it(first: str, second: str) -> None:
    """On another page and on the same one; items with ids of their own are no problem."""
    (one, name), (two, other) = KINDS[first], KINDS[second]
    a = planned(f"# A\n\n{one}", "docs/a.md")
    b = planned(f"# B\n\n{two.replace(other, name)}", "docs/b.md")
    (found,) = among([a, b], [a, b])
    assert (found.path, found.line) == ("docs/b.md", 3)
    assert f"the id '{name}' is taken by" in found.fact and "docs/a.md:3" in found.fact
    both = planned(f"# A\n\n{one}\n{two.replace(other, name)}", "docs/a.md")
    assert [(p.path, p.line) for p in among([both], [both])] == [("docs/a.md", 4 + one.count("\n"))]
    free = planned(f"# A\n\n{one}\n{two.replace(other, 'free')}", "docs/a.md")
    assert among([free], [free]) == []


def test_the_problem_says_what_kind_of_item_has_the_id() -> None:
    page = planned(f"# Page\n\n{CARD}\n{EXPLAIN.replace('explain-state', 'card-h-n')}")
    (found,) = plan.shared_ids([page])
    assert "question" not in found.fact
