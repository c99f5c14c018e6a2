"""What a page loads of the widget.

The modules of what it holds, its mode's element, and the key of its questions for print.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from support.elements import parsed
from support.fixture import files
from support.page import planned
from unrolled.model.runs import PageRuns
from unrolled.render import loaded
from unrolled.site import assets


def markup(text: str, name: str = "page.md") -> str:
    """Return what stands at the end of a page's content, on a page one folder deep."""
    ran = PageRuns.idle(planned(text, f"docs/{name}"))
    return loaded.markup(ran, "../", has_proofs=False)


def styles(text: str, name: str = "page.md") -> list[str]:
    """Return the stylesheets at the start of a page's content, by their addresses."""
    links = loaded.styles(planned(text, f"docs/{name}"), "../", "")
    assert all(link.get("rel") == "stylesheet" for link in links)
    held = [link for link in links if link.get("media") != "not all"]
    assert {"../assets/asking.css"} >= {link.attrib["href"] for link in links if link not in held}
    return [link.attrib["href"].removeprefix("../assets/") for link in held]


def modules(content: str) -> list[str]:
    """Return the modules that a page loads, by their names."""
    return [
        Path(source).stem for source in re.findall(r'<script type="module" src="([^"]*)">', content)
    ]


LOADED = {
    "lists/visualize.md": ["quiz-trace"],
    "lists/walkthrough.py": ["quiz-done"],
    "lists/cheatsheet.md": ["quiz-done"],
    "sets/learn.md": ["quiz-done"],
    "lists/learn.md": ["quiz-question", "quiz-learn", "quiz-done"],
    # What asks questions loads them itself.
    "lists/recap.md": ["quiz-card", "quiz-explain", "quiz-recap"],
    "lists/practice.md": ["quiz-practice"],
    "lists/challenge.md": ["quiz-challenge"],
    "lists/test.md": ["quiz-test"],
    "lists/experiment.md": ["quiz-experiment"],
    "lists/index.md": ["quiz-hub"],
    "index.md": ["quiz-topics"],
    "explore.md": ["quiz-explorer"],
    "review.md": ["quiz-review", "quiz-progress"],
    "everything.md": ["quiz-card", "quiz-explain", "quiz-errors"],
}


@pytest.mark.parametrize("name", LOADED)
def test_a_page_loads_the_modules_of_what_it_holds_each_once(name: str) -> None:
    content = markup(files()[name], name)
    assert modules(content) == LOADED[name]
    assert bool(content) == bool(LOADED[name])
    assert {f"define/{module}.js" for module in LOADED[name]} <= {
        path for path, _ in assets.widget()
    }


STYLED = {
    "sets/learn.md": [],
    "lists/learn.md": [],
    "lists/visualize.md": ["quiz/trace.css"],
    "lists/recap.md": ["asking.css", "quiz/deck.css", "quiz/explain.css"],
    "lists/practice.md": ["asking.css"],
    "lists/challenge.md": ["asking.css"],
    "lists/test.md": ["asking.css"],
    "lists/index.md": ["quiz/hub.css"],
    "review.md": [],
}


@pytest.mark.parametrize("name", STYLED)
def test_a_page_is_styled_before_it_is_read(name: str) -> None:
    """Only pages that ask one question at a time wait for what asks them."""
    assert sorted(styles(files()[name], name)) == sorted(["quiz/quiz.css", *STYLED[name]])
    assert "stylesheet" not in markup(files()[name], name)


def test_a_page_that_does_not_ask_brings_what_hides_one_that_does() -> None:
    links = loaded.styles(planned(files()["lists/learn.md"]), "../", "")
    brought = [link.attrib["href"] for link in links if link.get("media") == "not all"]
    assert brought == ["../assets/asking.css"]


def test_a_page_with_nothing_of_the_widget_loads_no_style() -> None:
    assert styles("# A page\n\nProse.\n") == []


@pytest.mark.parametrize("mode", ["learn", "practice", "challenge", "test"])
def test_a_mode_with_an_element_of_its_own_has_it_at_the_end(mode: str) -> None:
    content = markup(files()[f"lists/{mode}.md"], f"lists/{mode}.md")
    assert content.count(f'<quiz-{mode} data-topic="lists"></quiz-{mode}>') == 1


@pytest.mark.parametrize("name", ["lists/visualize.md", "lists/experiment.md", "lists/index.md"])
def test_other_pages_get_no_element_beside_their_items(name: str) -> None:
    assert "<quiz-" not in markup(files()[name], name)


def test_a_page_that_is_no_mode_gets_none() -> None:
    assert "<quiz-" not in markup(files()["lists/practice.md"], "lists/notes.md")


@pytest.mark.parametrize("repository", ["", "https://host/a?b&c"])
def test_a_stylesheet_names_the_repository_where_problems_go(repository: str) -> None:
    links = loaded.styles(planned(files()["lists/learn.md"]), "../", repository)
    assert [link.get("data-repository") for link in links] == [None, repository]


def test_the_key_for_print_names_each_questions_letters() -> None:
    content = markup(files()["lists/practice.md"])
    assert content.startswith('<section class="answer-key" data-search-exclude>')
    key = parsed("section", content.replace(" data-search-exclude", ""))
    assert [(strong.get("id"), strong.text) for strong in key.iter("strong")] == [
        ("lists-practice-slice-key", "B"),
        ("lists-practice-raises-key", "A"),
        ("lists-practice-double-key", "C"),
        ("lists-practice-change-key", "A, C"),
        ("lists-practice-queue-key", "B"),
    ]


def test_the_key_for_print_shows_titles_as_text_without_markdown() -> None:
    text = files()["lists/practice.md"]
    assert "What does this **slice** print?" in text
    assert "<li>What does this slice print? <strong" in markup(text)
    assert "Is a &lt; b &amp; c? <strong" in markup(
        text.replace("What does this **slice** print?", "Is a < `b` & c?")
    )


@pytest.mark.parametrize("name", ["lists/experiment.md", "lists/index.md", "everything.md"])
def test_a_page_without_questions_has_no_key(name: str) -> None:
    assert "answer-key" not in markup(files()[name], name)
