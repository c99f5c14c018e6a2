"""Sections.

What a question says to read again exists, by the anchors that the page as rendered has.
"""

from __future__ import annotations

import re

import pytest
from markdown import Markdown

from support.fixture import Files, plans, rendered
from support.page import render
from unrolled.model.problem import Problem
from unrolled.run.engine import Engine
from unrolled.site.check import among

QUESTION = """\
# Practice

/// question | Which?
    id: a-b
    kind: concept
    level: easy
    reviewed: true
    read: LINK

Stem.

- [x] One

    Yes.

- [ ] Two

    No.

- [ ] Three

    No.

///
"""
"""At line 3."""


def site(link: str, body: str) -> Files:
    """Return a site whose one question says to read a section.

    `body` is that of the lesson, behind its title.
    """
    return {
        "one/practice.md": QUESTION.replace("LINK", link),
        "one/learn.md": f"# Learn\n\n{body}\n",
        "two/learn.md": "# Learn GRU\n",
    }


def found(of: Files) -> list[Problem]:
    pages = plans(of)
    return among(pages, pages)


SECTIONS = {
    "a heading": ("learn.md#by", "## By", "By"),
    "code in a heading": (
        "learn.md#the-h_n-of-nnrnn",
        "## The `h_n` of `nn.RNN`",
        "The `h_n` of `nn.RNN`",
    ),
    "code with brackets": (
        "learn.md#output-1-vs-h_n-1",
        "## `output[-1]` vs `h_n[-1]`",
        "`output[-1]` vs `h_n[-1]`",
    ),
    "code alone": ("learn.md#__init__", "## `__init__`", "`__init__`"),
    "emphasis": ("learn.md#do-not-squeeze", "## Do **not** *squeeze*", "Do **not** *squeeze*"),
    "an anchor of its own": ("learn.md#hand", "## By hand {#hand}", "By hand"),
    "an anchor with a colon": ("learn.md#hand", "## By hand {: #hand }", "By hand"),
    "an anchor and a class": ("learn.md#hand", "## By hand {.wide #hand}", "By hand"),
    "a class alone": ("learn.md#by-hand", "## By hand {.wide}", "By hand"),
    "the second of its words": ("learn.md#again_1", "## Again\n\n### Again", "Again"),
    "accents and signs": ("learn.md#elan-ab-50", "## Élan: a/b? < 50%", "Élan: a/b? < 50%"),
    "underlined": ("learn.md#by-hand", "By hand\n-------", "By hand"),
    "in a tab": ("learn.md#by-hand", '=== "Tab"\n\n    ## By hand', "By hand"),
    "in a block": ("learn.md#by-hand", "/// details | More\n\n## By hand\n\n///", "By hand"),
    "the page's title": ("learn.md#learn", "Text.", "Learn"),
    "the page": ("learn.md", "Text.", "Learn"),
    "the question's own page": ('"#practice"', "Text.", "Practice"),
    "another topic": ("../two/learn.md#learn-gru", "Text.", "Learn GRU"),
}


@pytest.mark.parametrize(("link", "body", "title"), SECTIONS.values(), ids=SECTIONS.keys())
def test_a_section_that_exists_can_be_read_again(
    link: str, body: str, title: str, engine: Engine
) -> None:
    """The question links it by its title.

    Where the lesson is linked, the page as rendered has that anchor.
    """
    of = site(link, body)
    assert found(of) == []
    if link.startswith("learn.md#"):
        assert f'id="{link.partition("#")[2]}"' in render(of["one/learn.md"], engine)
    content, _ = rendered("one/practice.md", engine, of)
    (again,) = re.findall(
        r'<p class="question__read">Read again: <a href="([^"]*)">(.*?)</a></p>', content
    )
    assert again[0] == link.strip('"')
    assert again[1] == Markdown().convert(title).removeprefix("<p>").removesuffix("</p>")


UNKNOWN = {
    "another spelling": ("learn.md#the-h-n", "## The `h_n`"),
    "the words of a heading with an anchor": ("learn.md#by-hand", "## By hand {#hand}"),
    "a heading in a fence": ("learn.md#by-hand", "```text\n## By hand\n```"),
    "a heading in a comment": ("learn.md#by-hand", "<!--\n## By hand\n-->"),
    "a third of two": ("learn.md#again_2", "## Again\n\n## Again"),
    "another page": ("lern.md#learn", "Text."),
    "another topic's page without its folder": ("learn-gru.md", "Text."),
    "an address as built": ("learn/#learn", "Text."),
    "an address from the root": ("/one/learn.md#learn", "Text."),
    "an address elsewhere": ("https://pytorch.org/", "Text."),
    "out of the site": ("../../learn.md", "Text."),
}


WRITTEN_OTHERWISE = {
    "emphasis by underscores": "## An _open_ word",
    "a link": "## See [the recap](recap.md)",
    "an entity": "## This &amp; that",
    "a tag": "## Press <kbd>Tab</kbd>",
    "words that a later heading has for an anchor": "## Steps\n\n## By hand {#steps}",
}


@pytest.mark.parametrize("body", WRITTEN_OTHERWISE.values(), ids=WRITTEN_OTHERWISE.keys())
def test_every_anchor_that_a_page_has_can_be_read_again(body: str, engine: Engine) -> None:
    anchors = re.findall(r'<h2 id="([^"]*)"', render(f"# Learn\n\n{body}\n", engine))
    assert anchors
    for anchor in anchors:
        assert found(site(f"learn.md#{anchor}", body)) == []
