"""The decks of flashcards that a site comes with, read back from their packages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from support import anki, fixture
from support.built import build
from support.sites import WriteSite, settings

HUB = "---\noutcome: a topic\n---\n# A topic\n\n/// modes\n///\n"
RECAP = """---
outcome: recall it
---
# Recap

```python
import torch
x = torch.zeros(2, 3)
```

/// card | What is `x < 1`?
    id: one-card

True in `#!shape x: (2, 3)`. See [the hub](index.md). ![A dot](dot.svg)

```{.python continuation}
x.shape
```
///

/// card | What is left?
    id: two-card

The rest.
///
"""
DOT = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><circle r="4"/></svg>'


@pytest.fixture(scope="module")
def of_fixture(built_fixture: Path) -> anki.Package:
    return anki.read(built_fixture / "decks/unrolled-lists.apkg")


def recurring(topic: str) -> set[str]:
    """Return the ids of what can come back in the review of a topic."""
    return {
        item.id
        for page in fixture.plans()
        if page.path.startswith(f"docs/{topic}/")
        for item in page.answerable
        if item.recurs
    }


def test_a_deck_holds_every_card_and_question_of_its_topic(of_fixture: anki.Package) -> None:
    assert len(of_fixture.notes) > 20
    assert set(of_fixture.notes) == recurring("lists")


def test_the_deck_of_all_holds_the_notes_of_each_topic(
    built_fixture: Path, of_fixture: anki.Package
) -> None:
    every = anki.read(built_fixture / "decks/unrolled.apkg")
    assert set(every.notes) == recurring("lists") | recurring("sets")
    for item, note in of_fixture.notes.items():
        assert (every.notes[item].guid, every.notes[item].deck) == (note.guid, note.deck)


def test_the_questions_of_a_test_are_a_deck_of_their_own(of_fixture: anki.Package) -> None:
    pool = {
        item
        for item, note in of_fixture.notes.items()
        if of_fixture.decks[note.deck].endswith("::Test")
    }
    assert pool == {item for item, note in of_fixture.notes.items() if "test" in note.tags}
    assert pool and pool != set(of_fixture.notes)


def test_a_question_asks_in_front_and_gives_key_and_every_reason_on_the_back(
    of_fixture: anki.Package,
) -> None:
    for note in (note for note in of_fixture.notes.values() if "question" in note.tags):
        options = note.front.count('class="question__option"')
        assert options >= 3, note.item
        assert "question__verdict" not in note.front
        assert re.search(r"Answers?: <strong>[A-H]", note.back), note.item
        assert note.back.count('class="question__verdict"') == options


def test_no_note_holds_what_only_its_page_can_use(of_fixture: anki.Package) -> None:
    whole = "".join(note.front + note.back for note in of_fixture.notes.values())
    for useless in ("claim__tick", "headerlink", "hidden cell", "<script", "tabindex", 'href="#'):
        assert useless not in whole
    assert '<code><span class="n">' in whole


def test_links_in_a_note_lead_to_the_site(of_fixture: anki.Package) -> None:
    links = [
        link
        for note in of_fixture.notes.values()
        for link in re.findall(r'href="([^"]*)"', note.back + note.source)
    ]
    assert links and all(link.startswith("http://site.invalid/") for link in links)


def test_pages_that_offer_a_deck_have_it(built_fixture: Path) -> None:
    for page in ("lists", "lists/recap", "review"):
        content = (built_fixture / page / "index.html").read_text("utf-8")
        links = re.findall(r'href="([^"]*\.apkg)"', content)
        assert links, page
        assert all((built_fixture / page / link).resolve().is_file() for link in links)
    assert ".apkg" not in (built_fixture / "lists/practice/index.html").read_text("utf-8")


def test_a_newer_deck_keeps_the_ids_whatever_its_texts_say(write_site: WriteSite) -> None:
    """So that Anki changes the notes that a reader has, and keeps their history."""
    root = write_site({"a/index.md": HUB, "a/recap.md": RECAP, "a/dot.svg": DOT})
    settings(root, "site_url: https://lessons.example/here/\n")
    before = _built(root)
    edited = RECAP.replace("What is left?", "What remains?").replace("The rest.", "Nothing.")
    write_site({"a/recap.md": edited, "a/index.md": HUB.replace("# A topic", "# Another title")})
    after = _built(root)
    assert "What remains?" in after.notes["two-card"].front
    assert "Nothing." in after.notes["two-card"].back
    assert before.notes.keys() == after.notes.keys()
    for item, note in before.notes.items():
        now = after.notes[item]
        assert (now.guid, now.model, now.deck) == (note.guid, note.model, note.deck)
    assert len({note.guid for note in after.notes.values()}) == 2


def test_a_card_brings_its_code_output_links_and_pictures(write_site: WriteSite) -> None:
    root = write_site({"a/index.md": HUB, "a/recap.md": RECAP, "a/dot.svg": DOT})
    settings(root, "site_url: https://lessons.example/here/\n")
    package = _built(root)
    note = package.notes["one-card"]
    assert "<code>x &lt; 1</code>" in note.front
    assert "(2, 3)" in note.back and "torch.Size([2, 3])" in note.back
    assert 'href="https://lessons.example/here/a/"' in note.back
    assert note.source.startswith('<a href="https://lessons.example/here/a/recap/#one-card">')
    (picture,) = package.media
    assert f'src="{picture}"' in note.back


def test_without_a_public_address_a_note_has_no_links(write_site: WriteSite) -> None:
    root = write_site({"a/index.md": HUB, "a/recap.md": RECAP, "a/dot.svg": DOT})
    note = _built(root).notes["one-card"]
    assert "href" not in note.back + note.source and "See the hub." in note.back


def _built(root: Path) -> anki.Package:
    done = build(root)
    assert done.returncode == 0, done.stderr
    return anki.read(root / "site/decks/unrolled-a.apkg")
