"""Topics: what each mode's page must hold, sections to read again, hubs, home and review, what a page loads, and a built site of them."""

import base64
import hashlib
import html
import posixpath
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from markdown import Markdown

from support.page import cell, form, render
from support.paths import PROJECT
from test_build import build
from test_experiment import experiment
from test_questions import text_of
from test_recap import CARD, EXPLAIN
from unrolled.read import plan
from unrolled.site import site, assets
from unrolled.site.build import Build
from unrolled.run.engine import Engine
from unrolled.model.page import Page
from unrolled.site.policy import with_policy
from unrolled.model.problem import Problem
from unrolled.render.extension import Rendering

Files = dict[str, str]
READ = "    read: learn.md#the-h_n-state\n"
SKILL = "    skill: shapes\n"
LEVELS = ("easy", "medium", "hard")
CHALLENGES = ("predict-output", "model-choice", "hyperparameter", "debug", "metrics")


def question(name: str, options: str = "", level: str = "easy", title: str = "Which **one** is `it`?") -> str:
    """Return a question with the key B; `options` are lines."""
    return (
        f"/// question | {title}\n    id: {name}\n    kind: concept\n    level: {level}\n    reviewed: true\n{options}\n"
        "Stem.\n\n- [ ] One\n\n    No.\n\n- [x] Two\n\n    Yes.\n\n- [ ] Three\n\n    No.\n///\n\n"
    )


def page(title: str, body: str, minutes: object = 5, outcome: str = "do `it`") -> str:
    """Return a mode's page; its body begins at line 10."""
    return f"---\ntitle: {title}\ndescription: x\nminutes: {minutes}\noutcome: {outcome}\n---\n\n# {title}\n\n{body}"


BODY = 10
HUB = "---\ntitle: nn.RNN\ndescription: The layer.\n---\n\n# `nn.RNN`\n\n/// modes\n///\n"
TOPIC: Files = {
    "rnn/index.md": HUB,
    "rnn/learn.md": page("Learn", f"## The `h_n` state\n\nText.\n\n## By hand {{#hand}}\n\n{question('rnn-learn-a')}", 4),
    "rnn/recap.md": page("Recap", f"{CARD}\n{EXPLAIN}", 3, "say it"),
    "rnn/practice.md": page("Practice", question("rnn-practice-a", READ) + question("rnn-practice-b", READ), 7),
    "rnn/challenge.md": page("Challenge", "".join(question(f"rnn-challenge-{c}", f"{READ}    challenge: {c}\n") for c in CHALLENGES)),
    "rnn/test.md": page("Test", "".join(question(f"rnn-test-{lv}-{n}", READ + SKILL, lv) for lv in LEVELS for n in range(4)), 8),
    "rnn/experiment.md": page("Experiment", experiment(), 20),
    "rnn/debug.md": page("Debug clinic", "Text.\n", 9),
    "rnn/cheatsheet.md": page("Cheat sheet", "Text.\n", 2),
}
SITE: Files = {
    **TOPIC,
    "index.md": "---\ntitle: Home\n---\n\n# Home\n\n/// topics | rnn, gru\n///\n",
    "review.md": "# Review\n\n/// review\n///\n\n/// progress\n///\n",
    "plain.md": "# Plain\n\nText.\n\n" + cell("1 + 1"),
    "gru/index.md": "---\ntitle: nn.GRU\ndescription: Another.\noutcome: use `gates`\n---\n\n# GRU\n\n/// modes\n///\n",
    "gru/learn.md": page("Learn GRU", "Text.\n", 6, "know gates"),
    "abc/index.md": "# ABC\n\n/// modes\n///\n",
    "abc/practice.md": page("Practice ABC", question("abc-practice-a", "    read: ../rnn/learn.md#hand\n"), 1),
    "rnn/notes.md": "# Notes\n\n" + question("rnn-notes-a"),
}


def pages(files: Files) -> list[Page]:
    """Return the plans of a site's pages."""
    return [plan.plan(f"docs/{name}", text) for name, text in sorted(files.items())]


def among(files: Files) -> list[Problem]:
    """Return what is wrong with pages among one another."""
    planned = pages(files)
    return site.among(planned, planned)


def edited(name: str, old: str, new: str, files: Files = TOPIC) -> Files:
    """Return a site with the first `old` of a page replaced, which it must hold."""
    assert old in files[name]
    return {**files, name: files[name].replace(old, new, 1)}


def test_a_good_topic_has_no_problem() -> None:
    assert among(SITE) == []
    assert [p for planned in pages(SITE) for p in planned.problems] == []


MINUTES = "the topic's front page cannot say how long this page takes"
OUTCOME = "the topic's front page cannot say what this page is for"
LACKING: dict[str, tuple[Files, str, int, str]] = {
    **{
        f"minutes: {said}": (edited("rnn/debug.md", "minutes: 9", f"minutes: {said}"), "rnn/debug.md", 1, MINUTES)
        for said in ("0", "-5", "5.5", '"5"', "true", "five", "", "[5]")
    },
    "no minutes": (edited("rnn/debug.md", "minutes: 9\n", ""), "rnn/debug.md", 1, MINUTES),
    "no outcome": (edited("rnn/debug.md", "outcome: do `it`\n", ""), "rnn/debug.md", 1, OUTCOME),
    "a blank outcome": (edited("rnn/debug.md", "outcome: do `it`", 'outcome: "  "'), "rnn/debug.md", 1, OUTCOME),
    "no front matter: minutes": ({**TOPIC, "rnn/debug.md": "# Debug\n"}, "rnn/debug.md", 1, MINUTES),
    "no front matter: outcome": ({**TOPIC, "rnn/debug.md": "# Debug\n"}, "rnn/debug.md", 1, OUTCOME),
    "front matter that is no YAML": (edited("rnn/debug.md", "minutes: 9", "minutes: 9: 9"), "rnn/debug.md", 1, MINUTES),
    "practice without a section to read": (
        edited("rnn/practice.md", READ, ""),
        "rnn/practice.md",
        BODY,
        "question 'rnn-practice-a' does not say what to read again",
    ),
    "a challenge without a section to read": (
        edited("rnn/challenge.md", READ, ""),
        "rnn/challenge.md",
        BODY,
        "question 'rnn-challenge-predict-output' does not say what to read again",
    ),
    "a test without a section to read": (
        edited("rnn/test.md", READ, ""),
        "rnn/test.md",
        BODY,
        "question 'rnn-test-easy-0' does not say what to read again",
    ),
    "a test without a skill": (edited("rnn/test.md", SKILL, ""), "rnn/test.md", BODY, "question 'rnn-test-easy-0' names no skill"),
    "a test with too few hard ones": (
        edited("rnn/test.md", "level: hard", "level: easy"),
        "rnn/test.md",
        1,
        "a test draws up to 4 hard questions, and this page has 3",
    ),
    "a test with none": (
        {**TOPIC, "rnn/test.md": page("T", "")},
        "rnn/test.md",
        1,
        "a test draws up to 4 medium questions, and this page has 0",
    ),
    "a challenge with a kind twice": (
        edited("rnn/challenge.md", "challenge: debug", "challenge: metrics"),
        "rnn/challenge.md",
        1,
        "a challenge holds one problem of each kind, and this one 1 hyperparameter, 2 metrics, 1 model-choice, 1 predict-output",
    ),
    "a challenge with a sixth problem": (
        {**TOPIC, "rnn/challenge.md": TOPIC["rnn/challenge.md"] + question("rnn-challenge-x", f"{READ}    challenge: debug\n")},
        "rnn/challenge.md",
        1,
        "a challenge holds one problem of each kind, and this one 2 debug, ",
    ),
    "a challenge's problem without a kind": (
        edited("rnn/challenge.md", "    challenge: debug\n", ""),
        "rnn/challenge.md",
        1,
        "a challenge holds one problem of each kind, and this one 1 without a kind, ",
    ),
    "a challenge without problems": (
        {**TOPIC, "rnn/challenge.md": page("C", "")},
        "rnn/challenge.md",
        1,
        "a challenge holds one problem of each kind, and this one none",
    ),
}


@pytest.mark.parametrize(("files", "name", "line", "fact"), LACKING.values(), ids=LACKING.keys())
def test_what_a_modes_page_lacks_is_reported(files: Files, name: str, line: int, fact: str) -> None:
    found = among(files)
    assert [p for p in found if (p.path, p.line) == (f"docs/{name}", line) and p.fact.startswith(fact)], found
    assert {p.path for p in found} == {f"docs/{name}"}


def test_an_outcome_that_says_nothing_is_reported() -> None:
    """YAML makes it None, and the hub would say so."""
    assert among(edited("rnn/debug.md", "outcome: do `it`", "outcome:")) != []


NEEDLESS: dict[str, Files] = {
    "a section to read in a lesson": TOPIC,
    "a skill in practice": edited("rnn/practice.md", READ, READ + SKILL),
    "front matter of the front page": edited("rnn/index.md", "title: nn.RNN", "title: x"),
    "front matter of a page that is no mode": {**TOPIC, "rnn/notes.md": "# Notes\n\n" + question("rnn-notes-a")},
    "a page in a folder beneath": {**TOPIC, "rnn/more/practice.md": "# More\n\n" + question("rnn-more-a")},
}


@pytest.mark.parametrize("files", NEEDLESS.values(), ids=NEEDLESS.keys())
def test_nothing_more_is_asked_for(files: Files) -> None:
    assert among(files) == []


@pytest.mark.parametrize(
    ("option", "fact"),
    [
        ("skill: shape", "question 'a-b' has the skill 'shape'. Use one of: shapes, constructor, errors, concepts."),
        (
            "challenge: model",
            "question 'a-b' has the challenge 'model'. Use one of: predict-output, model-choice, hyperparameter, debug, metrics.",
        ),
        ("reads: learn.md", "the block 'question' has no option 'reads'. Did you mean 'read'?"),
    ],
)
def test_a_word_that_an_option_does_not_know_is_reported(option: str, fact: str) -> None:
    (found,) = form(question("a-b", f"    {option}\n"))
    assert found.split(": ", 1)[1] == fact


SECTIONS = {
    "a heading": ("learn.md#by", "## By", "By"),
    "code in a heading": ("learn.md#the-h_n-of-nnrnn", "## The `h_n` of `nn.RNN`", "The `h_n` of `nn.RNN`"),
    "code with brackets": ("learn.md#output-1-vs-h_n-1", "## `output[-1]` vs `h_n[-1]`", "`output[-1]` vs `h_n[-1]`"),
    "code alone": ("learn.md#__init__", "## `__init__`", "`__init__`"),
    "emphasis": ("learn.md#do-not-squeeze", "## Do **not** *squeeze*", "Do **not** *squeeze*"),
    "an anchor of its own": ("learn.md#hand", "## By hand {#hand}", "By hand"),
    "an anchor with a colon": ("learn.md#hand", "## By hand {: #hand }", "By hand"),
    "an anchor and a class": ("learn.md#hand", "## By hand {.wide #hand}", "By hand"),
    "a class alone": ("learn.md#by-hand", "## By hand {.wide}", "By hand"),
    "the second of its words": ("learn.md#again_1", "## Again\n\n### Again", "Again"),
    "accents and signs": ("learn.md#elan-ab-50", "## Élan: a/b? < 50%", None),
    "underlined": ("learn.md#by-hand", "By hand\n-------", "By hand"),
    "in a tab": ("learn.md#by-hand", '=== "Tab"\n\n    ## By hand', "By hand"),
    "in a block": ("learn.md#by-hand", "/// details | More\n\n## By hand\n\n///", "By hand"),
    "the page's title": ("learn.md#learn", "Text.", "Learn"),
    "the page": ("learn.md", "Text.", "Learn"),
    "the questions' own page": ('"#practice"', "Text.", "Practice"),
    "another topic": ("../gru/learn.md#learn-gru", "Text.", "Learn GRU"),
}
UNKNOWN = {
    "another spelling": ("learn.md#the-h-n", "## The `h_n`"),
    "the words of a heading with an anchor": ("learn.md#by-hand", "## By hand {#hand}"),
    "a heading in a fence": ("learn.md#by-hand", "```text\n## By hand\n```"),
    "a heading in a comment": ("learn.md#by-hand", "<!--\n## By hand\n-->"),
    "a third of two": ("learn.md#again_2", "## Again\n\n## Again"),
    "a question": ("learn.md#rnn-learn-a", "Text."),
    "another page": ("lern.md#learn", "Text."),
    "another topic's page without its folder": ("learn-gru.md", "Text."),
    "an address as built": ("learn/#learn", "Text."),
    "an address from the root": ("/rnn/learn.md#learn", "Text."),
    "an address elsewhere": ("https://pytorch.org/", "Text."),
    "out of the site": ("../../learn.md", "Text."),
    "an anchor that YAML takes for a comment": ("#practice", "Text."),
}


def reading(link: str, body: str) -> Files:
    """Return a topic whose one practice question says to read a section of its lesson."""
    asked = page("Practice", question("rnn-practice-a", f"    read: {link}\n"))
    lesson = page("Learn", f"{body}\n\n{question('rnn-learn-a')}")
    return {"rnn/practice.md": asked, "rnn/learn.md": lesson, "gru/learn.md": SITE["gru/learn.md"], "rnn/index.md": HUB}


def rendered(files: Files, name: str, engine: Engine) -> tuple[str, list[Problem]]:
    """Return the HTML of one page among others, links as they are written, and what rendering it found."""
    planned = pages(files)
    own = next(p for p in planned if p.path == f"docs/{name}")
    engine.run([own])
    rendering = Rendering(own, engine, {}, [], planned)
    settings: dict[str, Any] = {"unrolled": {"rendering": rendering}}
    body = re.sub(r"\A---\n.*?\n---\n", "", own.text, flags=re.DOTALL)
    extensions = ["attr_list", "tables", "pymdownx.superfences", "pymdownx.blocks.details", "unrolled"]
    return Markdown(extensions=extensions, extension_configs=settings).convert(body), rendering.problems


@pytest.mark.parametrize(("link", "body", "title"), SECTIONS.values(), ids=SECTIONS.keys())
def test_a_section_that_exists_can_be_read_again(link: str, body: str, title: str | None, engine: Engine) -> None:
    """The question links it by its title; where the lesson is linked, the page as rendered has that anchor."""
    files = reading(link, body)
    assert among(files) == []
    if link.startswith("learn.md#"):
        assert f'id="{link.partition("#")[2]}"' in render(files["rnn/learn.md"], engine)
    content, _ = rendered(files, "rnn/practice.md", engine)
    (again,) = re.findall(r'<p class="question__read">Read again: <a href="([^"]*)">(.*?)</a></p>', content)
    assert again[0] == link.strip('"')
    if title:
        assert again[1] == Markdown().convert(title).removeprefix("<p>").removesuffix("</p>")


@pytest.mark.parametrize(("link", "body"), UNKNOWN.values(), ids=UNKNOWN.keys())
def test_a_section_that_does_not_exist_is_reported_at_its_question(link: str, body: str, engine: Engine) -> None:
    files = reading(link, body)
    (found,) = among(files)
    assert (found.path, found.line) == ("docs/rnn/practice.md", BODY)
    assert re.fullmatch(r"question 'rnn-practice-a' says to read '.*', which does not exist", found.fact)
    assert "Read again" not in rendered(files, "rnn/practice.md", engine)[0]


def test_a_link_in_a_lesson_is_held_too() -> None:
    files = edited("rnn/learn.md", "reviewed: true\n", "reviewed: true\n    read: learn.md#gone\n")
    assert [p.path for p in among(files)] == ["docs/rnn/learn.md"]


WRITTEN_OTHERWISE = {
    "emphasis by underscores": "## An _open_ word",
    "a link": "## See [the recap](recap.md)",
    "an entity": "## This &amp; that",
    "a tag": "## Press <kbd>Tab</kbd>",
    "words that a later heading has for an anchor": "## Steps\n\n## By hand {#steps}",
}


@pytest.mark.parametrize("body", WRITTEN_OTHERWISE.values(), ids=WRITTEN_OTHERWISE.keys())
def test_every_anchor_that_a_page_has_can_be_read_again(body: str, engine: Engine) -> None:
    anchors = re.findall(r'<h2 id="([^"]*)"', render(page("Learn", body), engine))
    assert anchors
    for anchor in anchors:
        assert among(reading(f"learn.md#{anchor}", body)) == []


def test_a_claim_in_a_heading_is_reported() -> None:
    """Its anchor would be another one after another run."""
    (found,) = form("# Page\n\n```python\nx = 3\n```\n\n## With `#!value x` steps\n")
    assert found.startswith("page.md:7: a claim stands in a heading.")


def element(name: str, content: str) -> ElementTree.Element:
    """Return the only element of this name; parsing it shows that it is well-formed."""
    (match,) = re.findall(rf"<{name}\b.*?</{name}>", content, re.DOTALL)
    return ElementTree.fromstring(match)  # noqa: S314 - the page is our own


def items(files: Files, name: str) -> list[str]:
    """Return a page's items in its order, each as id and hash."""
    planned = plan.plan(f"docs/{name}", files[name])
    return [f"{item.id}:{planned.digest(item.block)}" for item in planned.items]


def body_rows(table: ElementTree.Element) -> list[ElementTree.Element]:
    return table.findall(".//tbody/tr")


def test_a_hub_lists_its_modes_in_order_with_minutes_and_outcomes(engine: Engine) -> None:
    content, found = rendered(SITE, "rnn/index.md", engine)
    assert found == []
    hub = element("quiz-hub", content)
    assert hub.get("data-topic") == "rnn"
    assert [text_of(th) for th in hub.findall(".//thead/tr/th")] == ["Mode", "Minutes", "You leave able to"]
    assert [[text_of(entry) for entry in row] for row in body_rows(hub)] == [
        ["Learn", "4", "do it"],
        ["Recap", "3", "say it"],
        ["Practice", "7", "do it"],
        ["Challenge", "5", "do it"],
        ["Test", "8", "do it"],
        ["Experiment", "20", "do it"],
        ["Debug clinic", "9", "do it"],
        ["Cheat sheet", "2", "do it"],
    ]
    assert "<code>it</code>" in content
    names = [row.get("data-mode") for row in body_rows(hub)]
    assert [a.get("href") for a in hub.findall(".//tbody//a")] == [f"{name}.md" for name in names]


def test_a_hub_lists_each_modes_items_with_their_hashes(engine: Engine) -> None:
    """By these its progress counts."""
    hub = element("quiz-hub", rendered(SITE, "rnn/index.md", engine)[0])
    listed = {f"rnn/{row.get('data-mode')}.md": (row.get("data-items") or "").split() for row in body_rows(hub)}
    assert listed == {name: items(SITE, name) for name in listed}
    assert [len(found) for found in listed.values()] == [1, 2, 2, 5, 12, 1, 0, 0]
    assert listed["rnn/recap.md"][0].startswith("card-h-n:")
    other = edited("rnn/practice.md", "Stem.", "Another stem.", SITE)
    renewed = element("quiz-hub", rendered(other, "rnn/index.md", engine)[0])
    changed = [a.get("data-mode") for a, b in zip(body_rows(hub), body_rows(renewed), strict=True) if a.attrib != b.attrib]
    assert changed == ["practice"]


def test_the_hashes_are_those_of_the_items_on_their_pages(engine: Engine) -> None:
    for name in ("rnn/recap.md", "rnn/practice.md", "rnn/experiment.md"):
        content, _ = rendered(SITE, name, engine)
        own = [(re.search(r'\bid="([^"]*)"', tag), re.search(r'data-hash="([^"]*)"', tag)) for tag in re.findall(r"<quiz-[^>]*>", content)]
        assert [f"{name[1]}:{digest[1]}" for name, digest in own if name and digest] == items(SITE, name)


def test_a_hub_says_where_to_begin(engine: Engine) -> None:
    hub = element("quiz-hub", rendered(SITE, "rnn/index.md", engine)[0])
    lines = [text_of(p) for p in hub.findall("p")]
    assert lines == [
        "New here? Start with Learn, 4 minutes.",
        "Know it already? Take the Test: 8 minutes, and a plain verdict on what to read.",
    ]
    assert [a.get("href") for a in hub.findall("p/a")] == ["learn.md", "test.md"]


def test_a_hub_of_few_modes_offers_no_more(engine: Engine) -> None:
    hub = element("quiz-hub", rendered(SITE, "gru/index.md", engine)[0])
    assert [text_of(p) for p in hub.findall("p")] == ["New here? Start with Learn, 6 minutes."]
    assert [row.get("data-mode") for row in body_rows(hub)] == ["learn"]


def topics(files: Files, engine: Engine, name: str = "index.md") -> list[ElementTree.Element]:
    return body_rows(element("quiz-topics", rendered(files, name, engine)[0]))


def test_home_lists_the_topics_in_the_order_named_then_the_others(engine: Engine) -> None:
    """With what they are for, or else about, and the minutes of all their modes."""
    assert [[text_of(entry) for entry in row] for row in topics(SITE, engine)] == [
        ["nn.RNN", "The layer.", "58"],
        ["nn.GRU", "use gates", "6"],
        ["abc", "", "1"],
    ]
    turned = topics(edited("index.md", "rnn, gru", "gru,rnn", SITE), engine)
    assert [row.get("data-topic") for row in turned] == ["gru", "rnn", "abc"]


def test_home_links_topics_from_wherever_it_stands(engine: Engine) -> None:
    assert [row.findall("th/a")[0].get("href") for row in topics(SITE, engine)] == ["rnn/index.md", "gru/index.md", "abc/index.md"]
    deeper = {**SITE, "about/all.md": SITE["index.md"]}
    assert topics(deeper, engine, "about/all.md")[0].findall("th/a")[0].get("href") == "../rnn/index.md"


def test_home_counts_all_items_but_a_tests_which_it_lists_apart(engine: Engine) -> None:
    """Nobody has to do the whole pool that a test draws from."""
    row = topics(SITE, engine)[0]
    names = [f"rnn/{name}.md" for name in ("learn", "recap", "practice", "challenge", "experiment")]
    assert (row.get("data-items") or "").split() == [item for name in names for item in items(SITE, name)]
    assert (row.get("data-drawn") or "").split() == items(SITE, "rnn/test.md")


@pytest.mark.parametrize("minutes", ["five", "[5]"])
def test_home_can_be_shown_while_a_page_has_minutes_that_are_no_number(minutes: str, engine: Engine) -> None:
    """The problem stands on that page while serving."""
    assert len(topics(edited("rnn/debug.md", "minutes: 9", f"minutes: {minutes}", SITE), engine)) == 3


def test_the_review_lists_all_questions_and_cards_with_links_and_hashes(engine: Engine) -> None:
    """By topic; prompts and experiments do not come back, and what is in no topic cannot."""
    review = element("quiz-review", rendered(SITE, "review.md", engine)[0])
    listed = {text_of(details.find("summary")): details.findall("ul/li") for details in review}
    assert sorted(listed) == ["abc: 1 questions and cards", "nn.GRU: 0 questions and cards", "nn.RNN: 21 questions and cards"]
    entries = listed["nn.RNN: 21 questions and cards"]
    found = [f"{a.get('data-id')}:{a.get('data-hash')}" for li in entries for a in li]
    names = [f"rnn/{name}.md" for name in ("learn", "recap", "practice", "challenge", "test")]
    assert found == [i for name in names for i in items(SITE, name) if not i.startswith("explain-state")]
    assert [text_of(li) for li in entries[:3]] == [
        "Which one is it? (Learn)",
        "What does h_n hold, really? (Recap)",
        "Which one is it? (Practice)",
    ]
    assert [a.get("href") for a in entries[1]] == ["rnn/recap.md#card-h-n"]


def test_the_review_goes_in_the_order_named_then_the_others(engine: Engine) -> None:
    review = element("quiz-review", rendered(edited("review.md", "/// review", "/// review | rnn, gru", SITE), "review.md", engine)[0])
    assert [text_of(details.find("summary")).split(":")[0] for details in review] == ["nn.RNN", "nn.GRU", "abc"]


def test_without_javascript_it_is_said_that_no_progress_is_kept(engine: Engine) -> None:
    progress = element("quiz-progress", rendered(SITE, "review.md", engine)[0])
    assert text_of(progress).startswith("Progress is kept by JavaScript, which is off here.")


def markup(text: str, name: str = "page.md", repository: str = "") -> str:
    """Return what stands at the end of a page's content, on a site's page one folder deep."""
    return widget.markup(plan.plan(f"docs/{name}", text), "page/", repository)


def modules(content: str) -> list[str]:
    """Return the modules that a page loads, by their names."""
    return [Path(source).stem for source in re.findall(r'<script type="module" src="([^"]*)">', content)]


LOADED = {
    "a plain page": ("plain.md", []),
    "a page with a question": ("rnn/notes.md", ["question"]),
    "a lesson with a question": ("rnn/learn.md", ["question", "learn"]),
    "a lesson without": ("gru/learn.md", []),
    "recap": ("rnn/recap.md", ["card", "explain"]),
    "practice": ("rnn/practice.md", ["question", "practice"]),
    "a challenge": ("rnn/challenge.md", ["question", "challenge"]),
    "a test": ("rnn/test.md", ["question", "test"]),
    "an experiment": ("rnn/experiment.md", ["experiment"]),
    "a cheat sheet": ("rnn/cheatsheet.md", []),
    "a hub": ("rnn/index.md", ["hub"]),
    "home": ("index.md", ["hub"]),
    "review": ("review.md", ["review", "progress"]),
}


@pytest.mark.parametrize(("name", "loaded"), LOADED.values(), ids=LOADED.keys())
def test_a_page_loads_the_modules_of_what_it_holds_each_once(name: str, loaded: list[str]) -> None:
    content = markup(SITE[name], name)
    assert modules(content) == loaded
    assert bool(content) == bool(loaded)
    assert content.count('<link rel="stylesheet" href="../assets/quiz/quiz.css"') == bool(loaded)
    assert all((PROJECT / "quiz_js" / f"{module}.js").is_file() for module in loaded)


@pytest.mark.parametrize("mode", ["learn", "practice", "challenge", "test"])
def test_a_mode_with_an_element_of_its_own_has_it_at_the_end(mode: str) -> None:
    assert markup(SITE[f"rnn/{mode}.md"], f"rnn/{mode}.md").count(f'<quiz-{mode} data-topic="rnn"></quiz-{mode}>') == 1


@pytest.mark.parametrize("name", ["rnn/recap.md", "rnn/experiment.md", "rnn/index.md"])
def test_other_pages_get_no_element_beside_their_items(name: str) -> None:
    assert "<quiz-" not in markup(SITE[name], name)


def test_the_stylesheet_names_the_repository_where_problems_go() -> None:
    assert 'data-repository=""' in markup(SITE["rnn/learn.md"])
    assert 'data-repository="https://host/a?b&amp;c"' in markup(SITE["rnn/learn.md"], repository="https://host/a?b&c")


def test_the_key_for_print_names_each_questions_letters() -> None:
    two = question("a-c", "    multiple: true\n").replace("[ ] Three", "[x] Three")
    content = markup(f"# Page\n\n{question('a-b')}{two}")
    assert content.startswith('<section class="answer-key" data-search-exclude>')
    key = element("section", content.replace(" data-search-exclude", ""))
    assert [(s.get("id"), s.text) for s in key.iter("strong") if s.get("id")] == [("a-b-key", "B"), ("a-c-key", "B, C")]
    assert len(key.findall("ol/li")) == 2


def test_the_key_for_print_is_text() -> None:
    assert "a &lt; b &amp; c" in markup(f"# Page\n\n{question('a-b', title='Is a < b & c?')}")


@pytest.mark.parametrize("name", ["rnn/recap.md", "rnn/experiment.md", "rnn/index.md", "plain.md"])
def test_a_page_without_questions_has_no_key(name: str) -> None:
    assert "answer-key" not in markup(SITE[name], name)


def test_the_key_for_print_shows_titles_without_markdown() -> None:
    entry = markup(f"# Page\n\n{question('a-b')}").split("<li>")[1]
    assert "**" not in entry and "`" not in entry


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built strictly: links from tables and lists lead somewhere."""
    root = tmp_path_factory.mktemp("topics").resolve()
    for name, text in SITE.items():
        file = root / "docs" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    (root / "mkdocs.yml").write_text(f"INHERIT: {PROJECT / 'mkdocs.yml'}\ndocs_dir: docs\nsite_dir: site\n", "utf-8")
    done = build(root)
    assert done.returncode == 0, done.stderr
    return root / "site"


def read(built: Path, name: str) -> str:
    return (built / name / "index.html").read_text("utf-8")


def hrefs(content: str) -> Iterable[str]:
    return (html.unescape(href) for href in re.findall(r'<a [^>]*?href="([^"]*)"', content))


PLACES = {"a hub": ("rnn", "quiz-hub"), "home": ("", "quiz-topics"), "the review": ("review", "quiz-review")}


@pytest.mark.parametrize(("name", "tag"), PLACES.values(), ids=PLACES.keys())
def test_what_a_built_table_or_list_links_is_there(name: str, tag: str, built: Path) -> None:
    """Pages, and on them the items."""
    (part,) = re.findall(rf"<{tag}\b.*?</{tag}>", read(built, name), re.DOTALL)
    links = list(hrefs(part))
    assert len(links) >= 3
    for link in links:
        target, _, anchor = link.partition("#")
        content = read(built, posixpath.normpath(posixpath.join(name, target)))
        assert not anchor or f' id="{anchor}"' in content


def test_what_a_built_question_says_to_read_is_there(built: Path) -> None:
    (link,) = set(re.findall(r'class="question__read">Read again: <a href="([^"]*)">', read(built, "rnn/test")))
    assert link == "../learn/#the-h_n-state"
    assert ' id="the-h_n-state"' in read(built, "rnn/learn")


def test_what_a_built_page_loads_is_there(built: Path) -> None:
    for name in ("", "rnn", "rnn/recap", "rnn/test", "rnn/experiment", "review"):
        content = read(built, name)
        assert modules(content)
        for source in re.findall(r'src="([^"]*assets/quiz/[^"]*)"', content):
            assert (built / posixpath.normpath(posixpath.join(name, source))).is_file()


def policy(content: str) -> dict[str, list[str]]:
    """Return a page's Content-Security-Policy: each directive's sources."""
    (said,) = re.findall(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">', content)
    return {words[0]: words[1:] for words in (directive.split() for directive in said.split(";"))}


def inline(content: str) -> list[str]:
    """Return a page's inline scripts: what has no source and is no data."""
    found = re.findall(r"<script([^>]*)>(.*?)</script>", content, re.DOTALL)
    return [code for attributes, code in found if "src=" not in attributes and "application/json" not in attributes]


def digest(code: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()}'"


@pytest.mark.parametrize("name", ["", "rnn", "rnn/recap", "rnn/test", "rnn/experiment", "plain"])
def test_a_built_page_states_a_policy_that_lets_in_the_site_and_the_themes_scripts_alone(name: str, built: Path) -> None:
    content = read(built, name)
    stated = policy(content)
    assert stated["default-src"] == stated["style-src"] == ["'self'"]
    assert stated["img-src"] == ["'self'", "data:"]
    assert stated["object-src"] == stated["base-uri"] == stated["form-action"] == ["'none'"]
    scripts = inline(content)
    assert scripts
    assert stated["script-src"] == ["'self'", *sorted({digest(code) for code in scripts})]


@pytest.mark.parametrize("name", ["", "rnn", "rnn/recap", "rnn/test", "rnn/experiment", "review", "plain"])
def test_a_built_page_holds_nothing_that_its_policy_would_block(name: str, built: Path) -> None:
    content = read(built, name)
    assert not re.findall(r"<style\b|<base\b|<(?:iframe|object|embed)\b", content)
    tags = re.findall(r"<[a-z][^<>]*>", re.sub(r"<script\b.*?</script>", "", content, flags=re.DOTALL))
    assert not [tag for tag in tags if re.search(r'\s(?:style|on\w+)\s*=\s*"', tag)]
    assert not re.findall(r'<(?:script|img|link rel="(?:stylesheet|icon)")[^>]*(?:src|href)="(?:https?:)?//', content)


def test_a_policy_stands_before_all_that_it_governs(built: Path) -> None:
    content = read(built, "rnn/test")
    head = content[content.index("<head>") :]
    assert head.startswith('<head><meta http-equiv="Content-Security-Policy"')


def test_a_served_page_states_none() -> None:
    """MkDocs adds a script of its own to it."""
    whole = "<html><head></head><body></body></html>"
    assert "Content-Security-Policy" in Build(serving=False).complete(whole)
    assert "Content-Security-Policy" not in Build(serving=True).complete(whole)


def test_the_page_for_addresses_that_do_not_exist_states_a_policy(built: Path) -> None:
    assert policy((built / "404.html").read_text("utf-8"))["default-src"] == ["'self'"]


BLOCKED = {
    "a script": ("Text.\n\n<script>document.title = 1</script>\n", 5, "<script"),
    "a style": ("Text, <b style='color: red'>red</b>.\n", 3, "style="),
    "a handler": ("Text.\n\n<p>\n<b onclick='f()'>b</b>\n</p>\n", 6, "onclick="),
}


@pytest.mark.parametrize(("body", "line", "named"), BLOCKED.values(), ids=BLOCKED.keys())
def test_what_the_policy_would_block_is_reported(body: str, line: int, named: str) -> None:
    (found,) = form(f"# Page\n\n{body}")
    assert found.startswith(f"page.md:{line}: the page's policy keeps '{named}' from working.")


def test_the_same_words_in_code_are_no_matter() -> None:
    assert form("# Page\n\nSay `<script>`, or `style=1`.\n\n```html\n<script>1</script>\n```\n") == []


def test_a_script_in_a_pages_markdown_is_not_let_in() -> None:
    """The theme's own are, by their hashes; one that a plugin brings into the content is nobody's."""
    content = "<p>Text</p><script>document.title = 1</script>"
    stated = policy(with_policy(f"<html><head><script>theme()</script></head><body>{content}</body></html>", content))
    assert stated["script-src"] == ["'self'", digest("theme()")]
