"""The course: what each mode's page must hold.

Hubs, the home page's topics and the review, with the items that they count.
"""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

import pytest

from support.elements import parsed, text_of
from support.fixture import Files, edited, files, items, plans, rendered
from support.page import planned
from unrolled.model.mode import SCRIPT, Mode
from unrolled.model.problem import Problem
from unrolled.run.engine import Engine
from unrolled.site.check import among


def found(of: Files | None = None) -> list[Problem]:
    """Return what is wrong with the pages of a site among one another."""
    pages = plans(of)
    return among(pages, pages)


def without(name: str, pattern: str) -> Files:
    """Return the fixture site without the first match of a pattern on a page."""
    text = re.sub(pattern, "", files()[name], count=1, flags=re.MULTILINE | re.DOTALL)
    assert text != files()[name]
    return {**files(), name: text}


def test_nothing_is_wrong_with_the_fixture_site() -> None:
    assert found() == []
    assert [problem for page in plans() for problem in page.problems] == []


MINUTES = "the front matter says how many minutes the page takes"
OUTCOME = "the topic's front page cannot say what this page is for"
DEBUG = "lists/debug.md"
HEAD = {
    "typed minutes": (edited(DEBUG, "outcome:", "minutes: 9\noutcome:"), [MINUTES]),
    "no outcome": (without(DEBUG, "^outcome: .*?\n"), [OUTCOME]),
    "an outcome that says nothing": (
        edited(DEBUG, "outcome: find the cause of a fault", "outcome:"),
        [OUTCOME],
    ),
    "a blank outcome": (
        edited(DEBUG, "outcome: find the cause of a fault", 'outcome: "  "'),
        [OUTCOME],
    ),
    "no front matter": ({**files(), DEBUG: "# Debug\n"}, [OUTCOME]),
    "front matter that is not YAML": (edited(DEBUG, "outcome:", "outcome: a: b:"), [OUTCOME]),
}


@pytest.mark.parametrize(("of", "facts"), HEAD.values(), ids=HEAD.keys())
def test_what_the_front_matter_of_a_modes_page_lacks_is_reported(
    of: Files, facts: list[str]
) -> None:
    assert [(p.path, p.line, p.fact) for p in found(of)] == [
        (f"docs/{DEBUG}", 1, fact) for fact in facts
    ]


NEARLY = {
    "another spelling": ("practise", "practice"),
    "a hyphen": ("cheat-sheet", "cheatsheet"),
    "words with an underscore": ("Deep_Dive", "deepdive"),
    "more than one": ("tests", "test"),
}


@pytest.mark.parametrize(("name", "mode"), NEARLY.values(), ids=NEARLY.keys())
def test_a_page_whose_name_is_nearly_a_modes_is_told_the_mode(name: str, mode: str) -> None:
    of = {path: text for path, text in files().items() if path != f"lists/{mode}.md"}
    fact = f"the topic's front page does not list this page: '{name}' is no mode"
    assert (f"docs/lists/{name}.md", 1, fact, f"Did you mean {mode}.md?") in [
        (p.path, p.line, p.fact, p.remedy) for p in found({**of, f"lists/{name}.md": "# Page\n"})
    ]


@pytest.mark.parametrize("path", ["lists/latest.md", "lists/notes.md", "tests.md"])
def test_another_page_is_told_nothing(path: str) -> None:
    """Neither one with another name nor one that is in no topic."""
    of = {name: text for name, text in files().items() if name != "lists/test.md"}
    assert found({**of, path: "# Page\n"}) == found(of)


def test_a_page_that_is_nearly_a_mode_is_told_nothing_beside_a_page_of_that_mode() -> None:
    assert "lists/test.md" in files()
    assert found({**files(), "lists/tests.md": "# Page\n"}) == []


def lacking(page: str, question: str, option: str) -> tuple[Files, str, int]:
    """Return the fixture site without an option of a question, that page, and its line."""
    before, mark, after = files()[page].partition(f"    id: {question}\n")
    text = before + mark + re.sub(rf"    {option}: .*?\n", "", after, count=1)
    return {**files(), page: text}, page, before.count("\n")


NEEDED = {
    "practice": (
        *lacking("lists/practice.md", "lists-practice-raises", "read"),
        "does not say what to read again",
    ),
    "a challenge": (
        *lacking("lists/challenge.md", "lists-challenge-bug", "read"),
        "does not say what to read again",
    ),
    "a test": (
        *lacking("lists/test.md", "lists-test-sum", "read"),
        "does not say what to read again",
    ),
    "a test's skill": (
        *lacking("lists/test.md", "lists-test-sum", "skill"),
        "names no skill for the verdict",
    ),
}


@pytest.mark.parametrize(("of", "page", "number", "fact"), NEEDED.values(), ids=NEEDED.keys())
def test_what_a_question_of_a_mode_lacks_is_reported_at_its_line(
    of: Files, page: str, number: int, fact: str
) -> None:
    (problem,) = found(of)
    assert (problem.path, problem.line) == (f"docs/{page}", number)
    assert problem.fact.endswith(fact)


CHALLENGE, TEST = "lists/challenge.md", "lists/test.md"
ONE_OF_EACH = "a challenge holds one problem of each kind, and this one "
MIXED = {
    "a test with few hard ones": (
        {**files(), TEST: files()[TEST].replace("level: hard", "level: easy", 5)},
        TEST,
        ["a test draws up to 4 hard questions, and this page has 3"],
    ),
    "a test without questions": (
        {**files(), TEST: files()[TEST].partition("///")[0]},
        TEST,
        [
            f"a test draws up to 4 {level} questions, and this page has 0"
            for level in ("easy", "medium", "hard")
        ],
    ),
    "a challenge with a kind twice": (
        edited(CHALLENGE, "challenge: debug", "challenge: metrics"),
        CHALLENGE,
        [f"{ONE_OF_EACH}1 hyperparameter, 2 metrics, 1 model-choice, 1 predict-output"],
    ),
    "a challenge's problem without a kind": (
        edited(CHALLENGE, "    challenge: debug\n", ""),
        CHALLENGE,
        [
            f"{ONE_OF_EACH}1 without a kind, 1 hyperparameter, 1 metrics, 1 model-choice, 1"
            " predict-output"
        ],
    ),
    "a challenge without problems": (
        {**files(), CHALLENGE: files()[CHALLENGE].partition("///")[0]},
        CHALLENGE,
        [f"{ONE_OF_EACH}none"],
    ),
}


@pytest.mark.parametrize(("of", "page", "facts"), MIXED.values(), ids=MIXED.keys())
def test_a_mode_that_lacks_questions_is_reported(of: Files, page: str, facts: list[str]) -> None:
    assert [(p.path, p.line, p.fact) for p in found(of)] == [
        (f"docs/{page}", 1, fact) for fact in facts
    ]


NEEDLESS = {
    "a skill in practice": edited(
        "lists/practice.md", "level: easy", "level: easy\n    skill: shapes"
    ),
    "front matter of the front page": {**files(), "lists/index.md": "# Lists\n\n/// modes\n///\n"},
    "front matter of a page that is no mode": {**files(), "lists/notes.md": "# Notes\n"},
    "a page in a folder beneath": {**files(), "lists/more/practice.md": "# More\n"},
}


@pytest.mark.parametrize("of", NEEDLESS.values(), ids=NEEDLESS.keys())
def test_nothing_more_is_asked_for(of: Files) -> None:
    assert found(of) == []


def body_rows(table: Element) -> list[Element]:
    return table.findall(".//tbody/tr")


def test_a_hub_lists_its_modes_in_order_with_minutes_and_outcomes(engine: Engine) -> None:
    content, wrong = rendered("lists/index.md", engine)
    assert wrong == []
    hub = parsed("quiz-hub", content)
    assert hub.get("data-topic") == "lists"
    assert [text_of(th) for th in hub.findall(".//thead/tr/th")] == [
        "Mode",
        "Minutes",
        "You leave able to",
    ]
    assert [[text_of(entry) for entry in row] for row in body_rows(hub)] == [
        ["Learn", "4", "say what [1:3] gives"],
        ["Visualize", "3", "see a list grow"],
        ["Recap", "5", "recall it"],
        ["Practice", "7", "predict what lists give"],
        ["Challenge", "11", "solve five problems against the clock"],
        ["Test", "14", "know whether you know it"],
        ["Experiment", "21", "make a search faster, and measure it"],
        ["Walkthrough", "1", "follow a list through a program"],
        ["Debug clinic", "1", "find the cause of a fault"],
        ["Cheat sheet", "1", "look it up"],
    ]
    files = [_file(row) for row in body_rows(hub)]
    assert [a.get("href") for a in hub.findall(".//tbody//a")] == files


def _file(row: Element) -> str:
    """Return the file of the mode in a row."""
    mode = row.get("data-mode")
    return SCRIPT if mode == Mode.WALKTHROUGH else f"{mode}.md"


def test_an_outcomes_markdown_is_rendered(engine: Engine) -> None:
    assert "say what <code>[1:3]</code> gives" in rendered("lists/index.md", engine)[0]


def test_a_hub_lists_each_modes_items_with_their_hashes(engine: Engine) -> None:
    """By these its progress counts."""
    hub = parsed("quiz-hub", rendered("lists/index.md", engine)[0])
    listed = {
        f"lists/{_file(row)}": (row.get("data-items") or "").split() for row in body_rows(hub)
    }
    assert listed == {name: items(name) for name in listed}
    assert [len(entries) for entries in listed.values()] == [2, 0, 8, 5, 5, 24, 1, 0, 0, 0]
    other = edited("lists/practice.md", "Count from 0.", "Count from nought.")
    renewed = parsed("quiz-hub", rendered("lists/index.md", engine, other)[0])
    changed = [
        a.get("data-mode")
        for a, b in zip(body_rows(hub), body_rows(renewed), strict=True)
        if a.attrib != b.attrib
    ]
    assert changed == ["practice"]


@pytest.mark.parametrize("name", ["lists/recap.md", "lists/practice.md", "lists/experiment.md"])
def test_the_hashes_are_those_of_the_items_on_their_page(name: str, engine: Engine) -> None:
    content, _ = rendered(name, engine)
    tags = (tag for tag in re.findall(r"<quiz-[^>]*>", content) if "data-hash" in tag)
    own = [
        (re.findall(r'\bid="([^"]*)"', tag), re.findall(r'data-hash="([^"]*)"', tag))
        for tag in tags
    ]
    assert [f"{ids[0]}:{digest[0]}" for ids, digest in own] == items(name)


def test_a_hub_says_where_to_begin(engine: Engine) -> None:
    hub = parsed("quiz-hub", rendered("lists/index.md", engine)[0])
    assert [text_of(p) for p in hub.findall("p")] == [
        "New here? Start with Learn, about 4 min.",
        "Know it already? Take the Test: about 14 min, and a plain verdict on what to read.",
    ]
    assert [a.get("href") for a in hub.findall("p/a")] == ["learn.md", "test.md"]


def test_a_hub_of_few_modes_offers_no_more(engine: Engine) -> None:
    of = {
        name: text
        for name, text in files().items()
        if name not in ("sets/practice.md", "sets/test.md")
    }
    hub = parsed("quiz-hub", rendered("sets/index.md", engine, of)[0])
    assert [text_of(p) for p in hub.findall("p")] == ["New here? Start with Learn, about 1 min."]
    assert [row.get("data-mode") for row in body_rows(hub)] == ["learn"]


def topics(engine: Engine, of: Files | None = None, name: str = "index.md") -> list[Element]:
    return body_rows(parsed("quiz-topics", rendered(name, engine, of)[0]))


def test_home_lists_the_topics_with_what_they_are_for_and_the_minutes_of_all_their_modes(
    engine: Engine,
) -> None:
    """Where nothing says what a topic is for, what it is about.

    Where nothing says even that, the name of its folder alone.
    """
    of = {**files(), "abc/index.md": "# ABC\n\n/// modes\n///\n"}
    assert [[text_of(entry) for entry in row] for row in topics(engine, of)] == [
        ["Lists", "slice, sort and copy lists", "68"],
        ["Sets", "Sets keep each entry once.", "18"],
        ["abc", "", "0"],
    ]


def test_home_lists_the_topics_in_the_order_of_the_pages(engine: Engine) -> None:
    turned = dict(sorted(files().items(), reverse=True))
    assert [row.get("data-topic") for row in topics(engine, turned)] == ["sets", "lists"]


def test_home_links_topics_from_wherever_it_stands(engine: Engine) -> None:
    assert [row.findall("th/a")[0].get("href") for row in topics(engine)] == [
        "lists/index.md",
        "sets/index.md",
    ]
    deeper = {**files(), "about/all.md": files()["index.md"]}
    assert (
        topics(engine, deeper, "about/all.md")[0].findall("th/a")[0].get("href")
        == "../lists/index.md"
    )


def test_home_counts_all_items_but_a_tests_which_it_lists_apart(engine: Engine) -> None:
    """Nobody has to do the whole pool that a test draws from."""
    row = topics(engine)[0]
    names = [
        f"lists/{name}.md" for name in ("learn", "recap", "practice", "challenge", "experiment")
    ]
    assert (row.get("data-items") or "").split() == [item for name in names for item in items(name)]
    assert (row.get("data-drawn") or "").split() == items("lists/test.md")


def test_minutes_grow_with_words_code_and_what_there_is_to_do(engine: Engine) -> None:
    def minutes(of: Files | None = None) -> list[int]:
        hub = parsed("quiz-hub", rendered("lists/index.md", engine, of)[0])
        return [int(text_of(row[1])) for row in body_rows(hub)]

    words = edited(DEBUG, "# ", "One word after another. " * 100 + "\n\n# ")
    assert [b - a for a, b in zip(minutes(), minutes(words), strict=True)] == [0] * 8 + [2, 0]
    test = minutes()[4]
    assert 10 * 40 / 60 < test < 24 * 40 / 60  # It draws ten questions from its pool.


def test_the_review_lists_all_questions_and_cards_with_links_and_hashes(engine: Engine) -> None:
    """By topic, cards first.

    Prompts and experiments do not come back, and what is in no topic cannot.
    """
    review = parsed("quiz-review", rendered("review.md", engine)[0])
    listed = {text_of(details.find("summary")): details.findall("ul/li") for details in review}
    assert list(listed) == ["Lists: 43 questions and cards", "Sets: 14 questions and cards"]
    entries = listed["Lists: 43 questions and cards"]
    shown = [f"{a.get('data-id')}:{a.get('data-hash')}" for entry in entries for a in entry]
    names = [f"lists/{name}.md" for name in ("learn", "recap", "practice", "challenge", "test")]
    assert shown == [
        item for name in names for item in items(name) if not item.startswith("lists-explain")
    ]
    assert [text_of(entry) for entry in entries[:3]] == [
        "What does a slice leave out? (Learn)",
        "Which of these makes a copy? (Learn)",
        "What does letters[-1] give, exactly? (Recap)",
    ]
    assert [a.get("href") for a in entries[2]] == ["lists/recap.md#lists-card-last"]


def test_without_javascript_it_is_said_that_no_progress_is_kept(engine: Engine) -> None:
    progress = parsed("quiz-progress", rendered("review.md", engine)[0])
    assert text_of(progress).startswith("Progress is kept by JavaScript, which is off here.")


def test_an_item_of_no_topic_is_in_no_list_of_the_review(engine: Engine) -> None:
    assert [item.id for item in planned(files()["everything.md"]).answerable] == [
        "everything-card",
        "everything-explain",
    ]
    assert "everything-card" not in rendered("review.md", engine)[0]
