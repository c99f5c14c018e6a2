"""Links.

What leads nowhere is named at its line with what may be meant, by the check, the build and the
served page alike.
"""

import posixpath
import re
from pathlib import Path

import pytest
from markdown import Markdown

from support.built import build
from support.command import said
from support.experiments import experiment
from support.page import Known, cell
from support.paths import PROJECT
from support.recap import CARD, EXPLAIN
from support.sites import WriteSite, settings
from unrolled.blocks import KINDS
from unrolled.model.page import Page
from unrolled.model.problem import Problem
from unrolled.model.runs import PageRuns
from unrolled.read import plan
from unrolled.render.rendering import Rendering
from unrolled.run.engine import Engine
from unrolled.site import place
from unrolled.site.links.linked import linked
from unrolled.site.place import Site

Files = dict[str, str | bytes]
HOME = "# Home\n\n[One](one/learn.md)\n"
LEARN = "# Learn\n\n## By hand\n\nText.\n\n## Steps {#own}\n\nText.\n"
SITE: Files = {
    "index.md": HOME,
    "one/learn.md": LEARN,
    "one/Net.svg": "<svg/>",
    "two/recap.md": "# Recap\n\nText.\n",
}
FACT = "docs/one/page.md:{}: the link '{}' "
NOWHERE = "leads to no page and no file. "
NAME = "Name a file beneath docs, relative to this page."
LACKS = "leads nowhere: docs/one/{}.md has no anchor '#{}'. "
CASE = "leads nowhere: a name's capital letters count. "
BUILT = "is an address on the built site, not the path of a file. "
ABSOLUTE = "is absolute, and leads elsewhere when the site lies beneath a folder. "
WITHHELD = (
    "leads to a file that is not published. Publish it (see exclude_docs and draft_docs in"
    " mkdocs.yml), or link another."
)
GIVE = "Name one of its headings, or give one this id: ## Heading {{#{}}}."
FOOTNOTE = (
    "leads back from a footnote that nothing refers to. Write [^1] where it belongs, or delete it."
)
ON_SITE = NOWHERE + "Give its address on the built site, or write a Markdown link."


DEAD = {
    "a page": ("Text.\n[x](lern.md)", 4, "lern.md", NOWHERE + "Did you mean 'learn.md'?"),
    "a folder's page": (
        "[x](../tow/recap.md#recap)",
        3,
        "../tow/recap.md#recap",
        NOWHERE + "Did you mean '../two/recap.md#recap'?",
    ),
    "a page that was moved": (
        "[x](recap.md)",
        3,
        "recap.md",
        NOWHERE + "Did you mean '../two/recap.md'?",
    ),
    "a page with no name near": ("[x](whatever.md)", 3, "whatever.md", NOWHERE + NAME),
    "an image": ("![A net](Nte.svg)", 3, "Nte.svg", NOWHERE + "Did you mean 'Net.svg'?"),
    "by reference": ("[x][ref] and [ref]\n\n[ref]: gone.md", 5, "gone.md", NOWHERE + NAME),
    "in angle brackets": (
        "<https://pytorch.org> [x](<gone page.md>)",
        3,
        "gone page.md",
        NOWHERE + NAME,
    ),
    "in a list": ("- a\n\n    - [x](gone.md)", 5, "gone.md", NOWHERE + NAME),
    "in a table": ("| a |\n| --- |\n| [x](gone.md) |", 5, "gone.md", NOWHERE + NAME),
    "in a tab": ('=== "Tab"\n\n    [x](gone.md)', 5, "gone.md", NOWHERE + NAME),
    "in a note's title": ('!!! note "Of [x](gone.md)"\n\n    Text.', 3, "gone.md", NOWHERE + NAME),
    "in a heading": ("## Of [x](gone.md)", 3, "gone.md", NOWHERE + NAME),
    "in a footnote": ("Text[^1].\n\n[^1]: [x](gone.md)", 5, "gone.md", NOWHERE + NAME),
    "in a card": (
        CARD.replace("\n///", "\n\n[x](gone.md)\n///"),
        CARD.count("\n") + 3,
        "gone.md",
        NOWHERE + NAME,
    ),
    "beside the same in code": (
        "`[x](gone.md)`\n\n```text\n[x](gone.md)\n```\n\n[x](gone.md)",
        9,
        "gone.md",
        NOWHERE + NAME,
    ),
    "another case": ("[x](Learn.md)", 3, "Learn.md", CASE + "Did you mean 'learn.md'?"),
    "an image in another case": ("![x](net.svg)", 3, "net.svg", CASE + "Did you mean 'Net.svg'?"),
    "an address as built": (
        "[x](../learn/#own)",
        3,
        "../learn/#own",
        BUILT + "Did you mean 'learn.md#own'?",
    ),
    "a name without its ending": ("[x](learn)", 3, "learn", BUILT + "Did you mean 'learn.md'?"),
    "a built file": ("[x](learn.html)", 3, "learn.html", BUILT + "Did you mean 'learn.md'?"),
    "a picture as built": (
        "![A net](../Net.svg)",
        3,
        "../Net.svg",
        BUILT + "Did you mean 'Net.svg'?",
    ),
    "beside what the theme brings": (
        "![A net](../assets/net.svg)",
        3,
        "../assets/net.svg",
        NOWHERE + NAME,
    ),
    "a folder": ("[x](../)", 3, "../", BUILT + "Did you mean '../index.md'?"),
    "out of the pages' folder": (
        "[x](../../README.md)",
        3,
        "../../README.md",
        f"leads out of docs. {NAME}",
    ),
    "an absolute address": ("[x](/one/learn/)", 3, "/one/learn/", ABSOLUTE + "Write 'learn.md'."),
    "an absolute path": (
        "[x](/two/recap.md#recap)",
        3,
        "/two/recap.md#recap",
        ABSOLUTE + "Write '../two/recap.md#recap'.",
    ),
    "an absolute address of nothing": (
        "[x](/none)",
        3,
        "/none",
        ABSOLUTE + "Write it relative to this page.",
    ),
    "a hidden file": ("[x](.hidden.md)", 3, ".hidden.md", WITHHELD),
    "an anchor": (
        "[x](learn.md#by-hnd)",
        3,
        "learn.md#by-hnd",
        LACKS.format("learn", "by-hnd") + "Did you mean 'learn.md#by-hand'?",
    ),
    "an anchor with no name near": (
        "[x](learn.md#zz)",
        3,
        "learn.md#zz",
        LACKS.format("learn", "zz") + GIVE.format("zz"),
    ),
    "a heading's words": (
        "[x](learn.md#steps)",
        3,
        "learn.md#steps",
        LACKS.format("learn", "steps") + GIVE.format("steps"),
    ),
    "another's": (
        "[x](learn.md#recap)",
        3,
        "learn.md#recap",
        LACKS.format("learn", "recap") + "Did you mean '../two/recap.md#recap'?",
    ),
    "an anchor of its own": (
        "[x](#pge)",
        3,
        "#pge",
        LACKS.format("page", "pge") + "Did you mean '#page'?",
    ),
    "an anchor in capitals": (
        "[x](#Page)",
        3,
        "#Page",
        LACKS.format("page", "Page") + "Did you mean '#page'?",
    ),
    "an anchor in code": (
        "```text\n## Deep\n```\n\n[x](#deep)",
        7,
        "#deep",
        LACKS.format("page", "deep") + GIVE.format("deep"),
    ),
    "a footnote of nothing": ("Text.\n\n[^1]: A note.", 5, "#fnref:1", FOOTNOTE),
}


@pytest.mark.parametrize(("body", "line", "address", "what"), DEAD.values(), ids=DEAD.keys())
def test_a_link_that_leads_nowhere_is_named_at_its_line(
    body: str,
    line: int,
    address: str,
    what: str,
    write_site: WriteSite,
    capsys: pytest.CaptureFixture[str],
) -> None:
    root = write_site(
        {**SITE, "one/page.md": f"# Page\n\n{body}\n", "one/.hidden.md": "# Hidden\n"}
    )
    assert said(root, capsys) == [FACT.format(line, address) + what]


def test_every_line_and_every_link_of_a_line_is_named(
    write_site: WriteSite, capsys: pytest.CaptureFixture[str]
) -> None:
    body = "[x](gone.md) [y](none.md)\n\n[z](gone.md), [w](learn.md)"
    root = write_site({**SITE, "one/page.md": f"# Page\n\n{body}\n"})
    places = [(3, "gone.md"), (3, "none.md"), (5, "gone.md")]
    assert said(root, capsys) == [FACT.format(*place) + NOWHERE + NAME for place in places]


RAW = (
    "is in HTML, where it is left as it is, and leads nowhere on the built site. Write '{}', or a"
    " Markdown link to '{}'."
)
PICTURES = '<img alt="A" src="../Net.svg" srcset="../Net.svg 1x, ../Nte.svg 2x">'
DEAD_RAW = {
    "a page's file": (
        'Go <a href="learn.md#own">there</a>.',
        3,
        "learn.md#own",
        RAW.format("../learn/#own", "learn.md"),
    ),
    "a picture beside the page": (
        '<img alt="A net" src="Net.svg">',
        3,
        "Net.svg",
        RAW.format("../Net.svg", "Net.svg"),
    ),
    "in a block": ("<p>\n<a href='../lern/'>there</a>\n</p>", 4, "../lern/", ON_SITE),
    "an anchor": (
        '<a href="../learn/#hnd">x</a>',
        3,
        "../learn/#hnd",
        LACKS.format("learn", "hnd") + "Did you mean 'learn.md#by-hand'?",
    ),
    "one of several pictures": (PICTURES, 3, "../Nte.svg", ON_SITE),
    "absolute": (
        '<a href="/one/learn/">there</a>',
        3,
        "/one/learn/",
        ABSOLUTE + "Write 'learn.md'.",
    ),
    "beside a link": (
        '[x](learn.md) <a href="learn.md">y</a>\n\n[z](learn.md)',
        3,
        "learn.md",
        RAW.format("../learn/", "learn.md"),
    ),
}


@pytest.mark.parametrize(
    ("body", "line", "address", "what"), DEAD_RAW.values(), ids=DEAD_RAW.keys()
)
def test_an_address_in_html_must_be_one_of_the_built_site(
    body: str,
    line: int,
    address: str,
    what: str,
    write_site: WriteSite,
    capsys: pytest.CaptureFixture[str],
) -> None:
    root = write_site({**SITE, "one/page.md": f"# Page\n\n{body}\n"})
    assert said(root, capsys) == [f"docs/one/page.md:{line}: the address '{address}' {what}"]


ALIVE = {
    "a page": "[x](learn.md), [y](../index.md), [z](./../one/learn.md), [here](page.md)",
    "a file": "![A net](Net.svg) [its file](Net.svg)",
    "a name with a blank": "[x](<a b.md>) [y](a%20b.md#a-b)",
    "a query": "[x](learn.md?x=1#own) [y](?x=1)",
    "by reference": (
        "[x][ref], [ref] and [the Ref][]\n\n[ref]: learn.md#own\n[the ref]: ../two/recap.md 'Title'"
    ),
    "anchors": "[x](learn.md#by-hand) [y](learn.md#own) [z](#page) [w](page.md#page)",
    "elsewhere": (
        "<https://pytorch.org/docs> [x](http://a.b/c#d) [y](mailto:a@b.c) <a@b.c> [p](//a.b/c)"
    ),
    "not a link": (
        "`[x](gone.md)`, x[1][2] and \\[y\\]\\[z\\]\n\n```text\n[x](gone.md) <a"
        " href='gone.md'>\n```\n\n<!-- [x](gone.md) -->"
    ),
    "in HTML": (
        '<a href="../learn/#own">x</a> <a href="#page">y</a> <a href="#top">z</a> <a'
        ' href="../../">home</a>'
    ),
    "a picture in HTML": '<img alt="A net" src="../Net.svg">',
    "in Markdown in HTML": '<div markdown="1">\n\n[x](learn.md)\n\n</div>',
    "what the theme brings": (
        "[x](../assets/images/favicon.png) <img alt='' src='../../assets/images/favicon.png'>"
    ),
    "a footnote": "Text[^1].\n\n[^1]: A note, [back](#fnref:1).",
}


@pytest.mark.parametrize("body", ALIVE.values(), ids=ALIVE.keys())
def test_what_leads_somewhere_is_no_matter(
    body: str, write_site: WriteSite, capsys: pytest.CaptureFixture[str]
) -> None:
    assert (
        said(
            write_site({**SITE, "one/a b.md": "# A b\n", "one/page.md": f"# Page\n\n{body}\n"}),
            capsys,
        )
        == []
    )


QUESTION = (
    "/// question | Which?\n    id: {}\n    kind: concept\n    level: easy\n    reviewed:"
    " true\n{}\nStem.\n\n- [ ] One\n\n    No.\n\n- [x] Two\n\n    Yes.\n\n- [ ] Three\n\n   "
    " No.\n///\n"
)
ANCHORS = {
    "a heading": ("## By hand", "by-hand"),
    "code in a heading": ("## The `h_n` of `nn.RNN`", "the-h_n-of-nnrnn"),
    "code with brackets": ("## `output[-1]` vs `h_n[-1]`", "output-1-vs-h_n-1"),
    "code alone": ("## `__init__`", "__init__"),
    "emphasis": ("## Do **not** *squeeze*, _please_", "do-not-squeeze-please"),
    "an entity": ("## This &amp; that", "this-that"),
    "a tag": ("## Press <kbd>Tab</kbd>", "press-tab"),
    "a link": ("## See [the lesson](learn.md)", "see-the-lesson"),
    "accents and signs": ("## Élan: a/b? < 50", "elan-ab-50"),
    "an id of its own": ("## By hand {#hand}", "hand"),
    "an id with a colon": ("## By hand {: #hand }", "hand"),
    "an id and a class": ("## By hand {.wide #hand}", "hand"),
    "a class alone": ("## By hand {.wide}", "by-hand"),
    "an id of a paragraph": ("Text.\n{#text}", "text"),
    "an id of an image": ("![A net](Net.svg){#net}", "net"),
    "the second of its words": ("## Again\n\n### Again", "again_1"),
    "words that a later heading has for its id": ("## Steps\n\n## By hand {#steps}", "steps_1"),
    "underlined": ("By hand\n-------", "by-hand"),
    "no blank after its mark": ("##Tight", "tight"),
    "in a tab": ('=== "Tab"\n\n    ## By hand', "by-hand"),
    "in a block": ("/// details | More\n\n## By hand\n\n///", "by-hand"),
    "in a quote": ("> ## By hand", "by-hand"),
    "raw HTML": ('<h2 id="Raw">Raw</h2>', "Raw"),
    "a name in raw HTML": ('Text <a name="raw"></a>.', "raw"),
    "a footnote": ("Text[^note].\n\n[^note]: A note.", "fn:note"),
    "a question": (QUESTION.format("one-q", ""), "one-q"),
    "a question's title": (QUESTION.format("one-q", ""), "one-q-title"),
    "a card": (CARD, re.findall(r"id: (\S+)", CARD)[0]),
    "a prompt": (EXPLAIN, re.findall(r"id: (\S+)", EXPLAIN)[0]),
    "the list of proofs": ("/// proofs\n///", "proofs-claims"),
}


@pytest.mark.parametrize(("body", "anchor"), ANCHORS.values(), ids=ANCHORS.keys())
def test_every_anchor_of_a_page_can_be_linked(
    body: str, anchor: str, write_site: WriteSite, capsys: pytest.CaptureFixture[str]
) -> None:
    """And one letter more is a dead link."""
    files: Files = {
        **SITE,
        "one/page.md": f"# Page\n\n{body}\n",
        "index.md": f"# Home\n\n[x](one/page.md#{anchor})\n",
    }
    assert said(write_site(files), capsys) == []
    (found,) = said(
        write_site({**files, "index.md": f"# Home\n\n[x](one/page.md#{anchor}x)\n"}), capsys
    )
    assert found.startswith(
        f"docs/index.md:3: the link 'one/page.md#{anchor}x' leads nowhere: docs/one/page.md has no"
        " anchor"
    )


def test_an_experiment_can_be_linked(write_site: WriteSite) -> None:
    (name,) = re.findall(r"id: (\S+)", experiment())
    root = write_site(
        {
            "index.md": f"# Home\n\n[x](page.md#{name}) [y](page.md#{name}s)\n",
            "page.md": f"# Page\n\n{experiment()}",
        }
    )
    assert [problem.line for problem in faults(root)] == [3]


def faults(root: Path) -> tuple[Problem, ...]:
    """Return what is wrong with a site's links; nothing is run."""
    site = place.load(root / "mkdocs.yml")
    pages = site.read()
    return linked(site, pages, pages).problems


def test_a_reference_without_its_definition_is_reported(
    write_site: WriteSite, capsys: pytest.CaptureFixture[str]
) -> None:
    """The page would show its brackets."""
    root = write_site(
        {"index.md": "# Home\n\nText\n\n- [the lesson][less] and [less][]\n\n[lesson]: index.md\n"}
    )
    remedy = (
        "has no definition. Add a line of its own, `[less]: learn.md`, or write [text](learn.md)."
    )
    assert said(root, capsys) == [
        f"docs/index.md:5: the reference '{which}' {remedy}"
        for which in ("[less][]", "[the lesson][less]")
    ]


def test_a_path_in_angle_brackets_is_no_link(
    write_site: WriteSite, capsys: pytest.CaptureFixture[str]
) -> None:
    """The renderer takes it for a tag, and nothing is seen of it, or for text."""
    body = (
        "# Page\n\nSee <learn.md>.\n\n- <../index.md#home>\n\n`<a.md>`"
        " <b@c.md>\n\n```text\n<c.md>\n```\n"
    )
    fact = (
        "docs/one/page.md:{}: '<{}>' is not a link: only whole addresses can be written so. Write"
        " [text]({})."
    )
    assert said(write_site({**SITE, "one/page.md": body}), capsys) == [
        fact.format(line, path, path) for line, path in ((3, "learn.md"), (5, "../index.md#home"))
    ]


def test_what_only_rendering_finds_is_reported_by_the_check_too(
    write_site: WriteSite, capsys: pytest.CaptureFixture[str]
) -> None:
    """As the build would: here, that two elements have one id."""
    root = write_site({"index.md": "# Home\n\n## One {#same}\n\n## Two {#same}\n"})
    assert said(root, capsys) == [
        "docs/index.md:3: two elements of the page have the id 'same'. Give one of them another."
    ]


def test_an_id_that_two_items_have_is_reported_once(
    write_site: WriteSite, capsys: pytest.CaptureFixture[str]
) -> None:
    (found,) = said(
        write_site(
            {"index.md": f"# Home\n\n{QUESTION.format('q', '')}\n{QUESTION.format('q', '')}"}
        ),
        capsys,
    )
    assert "the id 'q' is taken by the question at docs/index.md:3" in found


LEVELS = {
    "anchors": "[x](learn.md#none)",
    "absolute_links": "[x](/one/learn/)",
    "unrecognized_links": "[x](lern)",
    "not_found": "[x](lern.md)",
}


@pytest.mark.parametrize("rule", LEVELS)
def test_a_site_can_say_that_a_kind_of_link_is_no_fault(
    rule: str, write_site: WriteSite, capsys: pytest.CaptureFixture[str]
) -> None:
    root = write_site({**SITE, "one/page.md": "# Page\n\n" + "\n\n".join(LEVELS.values()) + "\n"})
    assert len(said(root, capsys)) == 4
    settings(root, f"validation:\n  links:\n    {rule}: info\n")
    assert [f"'{LEVELS[rule][4:-1]}'" in line for line in said(root, capsys)] == [False] * 3


def test_a_site_can_have_its_absolute_links_begin_at_the_pages_folder(
    write_site: WriteSite, capsys: pytest.CaptureFixture[str]
) -> None:
    root = write_site({**SITE, "one/page.md": "# Page\n\n[x](/one/learn.md#own) [y](/lern.md)\n"})
    settings(root, "validation:\n  absolute_links: relative_to_docs\n")
    (found,) = said(root, capsys)
    assert found.startswith("docs/one/page.md:3: the link '/lern.md' leads to no page and no file.")


def test_addresses_without_directories_are_understood(
    write_site: WriteSite, capsys: pytest.CaptureFixture[str]
) -> None:
    body = (
        '# Page\n\n[x](learn.md) <a href="learn.html#own">y</a> <img alt="A net" src="Net.svg"> <a'
        ' href="../learn/">z</a>\n'
    )
    root = settings(write_site({**SITE, "one/page.md": body}), "use_directory_urls: false\n")
    (found,) = said(root, capsys)
    assert found.startswith("docs/one/page.md:3: the address '../learn/' ")


def test_anchors_are_made_as_the_site_says(
    write_site: WriteSite, capsys: pytest.CaptureFixture[str]
) -> None:
    root = write_site({"index.md": "# The Page\n\n[x](#the_page) [y](#the-page)\n"})
    (found,) = said(root, capsys)
    assert "'#the_page'" in found
    names = ["attr_list", "md_in_html", "pymdownx.superfences", "unrolled"]
    settings(
        root,
        "markdown_extensions:\n"
        + "".join(f"  - {n}\n" for n in names)
        + "  - toc:\n      separator: _\n",
    )
    (found,) = said(root, capsys)
    assert "'#the-page'" in found


def test_a_page_that_is_not_published_may_link_anything_and_none_may_link_it(
    write_site: WriteSite, capsys: pytest.CaptureFixture[str]
) -> None:
    draft = "# Draft\n\n[x](gone.md)\n"
    root = write_site(
        {"index.md": "# Home\n\n[x](drafts/a.md) [y](b.md)\n", "drafts/a.md": draft, "b.md": draft}
    )
    settings(root, "exclude_docs: drafts/\ndraft_docs: b.md\n")
    assert [re.split(r" of | that ", line)[0] for line in said(root, capsys)] == [
        f"docs/index.md:3: the link '{name}' leads to a file" for name in ("b.md", "drafts/a.md")
    ]


SECTIONS = {
    "a heading": ("learn.md#by-hand", "By hand"),
    "code in a heading": ("learn.md#the-h_n", "The <code>h_n</code>"),
    "emphasis": ("learn.md#do-not-squeeze", "Do <strong>not</strong> <em>squeeze</em>"),
    "a link": ("learn.md#see-it", "See it"),
    "a tag": ("learn.md#press-tab", "Press <kbd>Tab</kbd>"),
    "an id of its own": ("learn.md#own", "Steps"),
    "the page's title": ("learn.md#learn", "Learn"),
    "the page": ("learn.md", "Learn"),
    "the questions' own page": ('"#practice"', "Practice"),
    "another topic": ("../two/recap.md#recap", "Recap"),
}
HEADINGS = (
    "## The `h_n`\n\n## Do **not** *squeeze*\n\n## See [it](../index.md)\n\n## Press"
    " <kbd>Tab</kbd>\n"
)
LESSON = f"{LEARN}\n{HEADINGS}\n{QUESTION.format('one-a', '')}"


def reading(link: str) -> Files:
    """Return a site with a question that says to read a section."""
    asked = f"# Practice\n\n{QUESTION.format('one-b', f'    read: {link}' + chr(10))}"
    return {**SITE, "one/learn.md": LESSON, "one/practice.md": asked}


@pytest.mark.parametrize(("link", "title"), SECTIONS.values(), ids=SECTIONS.keys())
def test_a_section_that_exists_can_be_read_again(
    link: str, title: str, write_site: WriteSite, engine: Engine
) -> None:
    """The question links it by its title."""
    site = place.load(write_site(reading(link)) / "mkdocs.yml")
    pages = site.read()
    found = linked(site, pages, pages)
    assert found.problems == ()
    page = next(page for page in pages if page.path == "docs/one/practice.md")
    (ran,) = engine.run([page])
    rendering = Rendering(
        ran=ran, site=tuple(map(PageRuns.idle, pages)), headings=found.headings[page.path]
    )
    configs = {**site.mkdocs.mdx_configs, "unrolled": {"provider": Known(rendering)}}
    content = Markdown(
        extensions=site.mkdocs.markdown_extensions, extension_configs=configs
    ).convert(page.text)
    assert (
        f'<p class="question__read">Read again: <a href="{link.strip(chr(34))}">{title}</a></p>'
        in content
    )


UNREAD = {
    "another spelling": ("learn.md#by-hnd", "Did you mean 'learn.md#by-hand'?"),
    "the words of a heading with an id": (
        "learn.md#stepps",
        "Name a page and one of its headings: read: learn.md#by-hand.",
    ),
    "a question": ("learn.md#one-a", None),
    "a question's title": ("learn.md#one-a-title", None),
    "another page": ("lern.md#by-hand", "Did you mean 'learn.md#by-hand'?"),
    "a page of another topic": ("recap.md#recap", "Did you mean '../two/recap.md#recap'?"),
    "a section of another page": ("learn.md#recap", "Did you mean '../two/recap.md#recap'?"),
    "an address as built": ("learn/#by-hand", "Did you mean 'learn.md#by-hand'?"),
    "an address from the root": ("/one/learn.md#by-hand", None),
    "an address elsewhere": ("https://pytorch.org/", None),
    "out of the site": ("../../learn.md", None),
}


@pytest.mark.parametrize(("link", "remedy"), UNREAD.values(), ids=UNREAD.keys())
def test_a_section_that_does_not_exist_is_reported_at_its_question(
    link: str, remedy: str | None, write_site: WriteSite, capsys: pytest.CaptureFixture[str]
) -> None:
    (found,) = said(write_site(reading(link)), capsys)
    assert re.match(
        r"docs/one/practice\.md:3: question 'one-b' says to read '.*', which does not exist\. ",
        found,
    )
    assert remedy is None or found.endswith(remedy)


def test_links_of_other_pages_to_the_page_that_is_checked_are_reported(
    write_site: WriteSite, capsys: pytest.CaptureFixture[str]
) -> None:
    """Who moves a heading learns it from the page that was edited, and nothing of other faults."""
    other = (
        "# Other\n\n[x](learn.md#own)"
        f" [y](gone.md)\n\n{QUESTION.format('one-b', '    read: learn.md#own' + chr(10))}"
    )
    root = write_site({**SITE, "one/other.md": other})
    assert said(root, capsys, "one/learn.md") == []
    write_site({"one/learn.md": LEARN.replace("{#own}", "{#owns}")})
    assert said(root, capsys, "one/learn.md") == [
        "docs/one/other.md:3: the link 'learn.md#own' "
        + LACKS.format("learn", "own")
        + "Did you mean 'learn.md#owns'?",
        (
            "docs/one/other.md:5: question 'one-b' says to read 'learn.md#own', which does not"
            " exist. Did you mean 'learn.md#owns'?"
        ),
    ]
    assert said(root, capsys, "two/recap.md") == []


def test_links_of_other_pages_to_a_page_that_was_renamed_are_reported(
    write_site: WriteSite, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where the new name is near the old one, or the name is kept and the folder changed."""
    other = (
        "# Other\n\n[x](learn.md)"
        f" [y](gone.md)\n\n{QUESTION.format('one-b', '    read: learn.md#own' + chr(10))}"
    )
    root = write_site({**SITE, "one/other.md": other})
    for new in ("one/learned.md", "three/learn.md"):
        (root / "docs" / new).parent.mkdir(exist_ok=True)
        (root / "docs/one/learn.md").rename(root / "docs" / new)
        name = posixpath.relpath(new, "one")
        assert said(root, capsys, new) == [
            f"docs/index.md:3: the link 'one/learn.md' {NOWHERE}Did you mean '{new}'?",
            f"docs/one/other.md:3: the link 'learn.md' {NOWHERE}Did you mean '{name}'?",
            (
                "docs/one/other.md:5: question 'one-b' says to read 'learn.md#own', which does not"
                f" exist. Did you mean '{name}#own'?"
            ),
        ]
        (root / "docs" / new).rename(root / "docs/one/learn.md")


def test_a_page_that_cannot_be_read_makes_no_links_dead(
    write_site: WriteSite, capsys: pytest.CaptureFixture[str]
) -> None:
    """They would only follow from it."""
    root = write_site(
        {"index.md": "# Home\n\n[x](page.md#a)\n", "page.md": b"# Page\n\n\xff\n\n## A\n"}
    )
    assert said(root, capsys) == ["docs/page.md:3: the page is not UTF-8. Save it as UTF-8."]


def test_a_build_names_dead_links_with_all_other_problems_once_and_publishes_nothing(
    write_site: WriteSite,
) -> None:
    root = write_site(
        {
            "index.md": "# Home\n\n[x](gone.md) [y](#none)\n",
            "bad.md": f"# Bad\n\n{cell('x = (')}",
            ".nav.yml": "nav:\n  - index.md\n",
        }
    )
    for options in ((), ("--clean",)):
        done = build(root, *options)
        assert done.returncode != 0
        told = [line.split(" ")[0] for line in done.stderr.splitlines() if line.startswith("docs/")]
        assert told == ["docs/bad.md:1:", "docs/bad.md:4:", "docs/index.md:3:", "docs/index.md:3:"]
        assert "Doc file" not in done.stderr and "WARNING  -" not in done.stderr
        assert not list((root / "site").rglob("*.html"))


def test_what_is_known_of_pages_is_kept_and_a_damaged_cache_is_no_matter(
    write_site: WriteSite, capsys: pytest.CaptureFixture[str]
) -> None:
    root = write_site({**SITE, "index.md": "# Home\n\n[x](one/learn.md#none)\n"})
    first = said(root, capsys)
    made = root / ".cache/unrolled/made"
    kept = {file: file.read_text("utf-8") for file in made.rglob("*.json")}
    assert kept
    assert said(root, capsys) == first
    assert {file: file.read_text("utf-8") for file in made.rglob("*.json")} == kept
    for damage in (
        lambda _: "",
        lambda _: "[]",
        lambda text: text.replace("anchors", "other"),
        lambda text: text.replace("[", "{", 1),
    ):
        for file, text in kept.items():
            file.write_text(damage(text), "utf-8")
        assert said(root, capsys) == first
    for file in kept:
        file.unlink()
        file.mkdir()
    assert said(root, capsys) == first


def test_a_link_out_of_what_the_cache_knows_is_found_when_the_other_page_changes(
    write_site: WriteSite, capsys: pytest.CaptureFixture[str]
) -> None:
    root = write_site({**SITE, "index.md": "# Home\n\n[x](one/learn.md#own)\n"})
    assert said(root, capsys) == []
    write_site({"one/learn.md": "# Learn\n"})
    assert len(said(root, capsys)) == 1
    write_site({"one/learn.md": LEARN})
    assert said(root, capsys) == []


def test_what_a_page_takes_from_another_file_is_read_each_time(
    write_site: WriteSite, capsys: pytest.CaptureFixture[str]
) -> None:
    """An extension that reads files makes something else of the same text."""
    root = write_site({"index.md": '# Home\n\n--8<-- "part.md"\n\n[x](#part)\n'})
    part = root / "part.md"
    part.write_text("## Part\n", "utf-8")
    names = [
        "attr_list",
        "pymdownx.superfences",
        "unrolled",
        f"pymdownx.snippets:\n      base_path: {root}",
    ]
    settings(root, "markdown_extensions:\n" + "".join(f"  - {name}\n" for name in names))
    assert said(root, capsys) == []
    part.write_text("## Another\n", "utf-8")
    assert len(said(root, capsys)) == 1


Own = tuple[Site, list[Page]]


@pytest.fixture(scope="module")
def own() -> Own:
    """The project's own site and its pages."""
    site = place.load(PROJECT / "mkdocs.yml")
    return site, site.read()


def test_every_link_of_the_project_leads_somewhere(own: Own) -> None:
    site, pages = own
    assert linked(site, pages, pages).problems == ()


SAMPLE = (
    "index",
    "review",
    "rnn/index",
    "rnn/learn",
    "lstm/test",
    "gru/recap",
    "why-rnns/debug",
    "contribute/write-a-lesson",
)


@pytest.mark.parametrize("name", SAMPLE)
def test_a_dead_anchor_on_any_page_of_the_project_is_noticed(name: str, own: Own) -> None:
    site, pages = own
    target = "learn" if name.endswith("lesson") else "index"
    link = posixpath.relpath(f"docs/rnn/{target}.md", posixpath.dirname(f"docs/{name}.md"))
    file = PROJECT / f"docs/{name}.md"
    text = file.read_text("utf-8")
    edited = plan.plan(
        f"docs/{name}.md", f"{text}\n[x]({link}#no-such-place)\n", KINDS, str(file.parent)
    )
    now = [edited if page.path == edited.path else page for page in pages]
    (found,) = linked(site, now, [edited]).problems
    assert (found.path, found.line) == (edited.path, text.count("\n") + 2)
    assert f"docs/rnn/{target}.md has no anchor '#no-such-place'" in found.fact
