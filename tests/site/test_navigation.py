"""The navigation.

Lines that lead to nothing and pages that no line names, as the check, the build and the served
site tell them.
"""

import pytest

from support.built import build
from support.command import said, said_whole
from support.sites import WriteSite, settings

Files = dict[str, str | bytes]
PAGES: Files = {
    "index.md": "# Home\n",
    "one/learn.md": "# Learn\n",
    "one/deep/more.md": "# More\n",
    "two/recap.md": "# Recap\n",
}
ORPHAN = (
    "docs/{}:1: no navigation names this page. Add '- {}' to {}, or name it under not_in_nav in"
    " mkdocs.yml."
)
NAME = "Name a page or a folder of pages, or delete it."
NO_PLUGIN = "plugins:\n  - search\n  - unrolled\n"


def navs(**own: str) -> Files:
    """Return a site with the navigation of its folders; `top` is that of all."""
    return {
        **PAGES,
        **{f"{name}/.nav.yml".removeprefix("top/"): text for name, text in own.items()},
    }


GOOD = {
    "none": PAGES,
    "every page": navs(
        top="nav:\n  - index.md\n  - one/learn.md\n  - More: one/deep/more.md\n  - two/recap.md\n"
    ),
    "folders": navs(top="nav:\n  - index.md\n  - One: one\n  - two\n"),
    "a folder's own": navs(
        top="nav:\n  - index.md\n  - two\n  - one\n", one="nav:\n  - learn.md\n  - deep\n"
    ),
    "a pattern": navs(top='nav:\n  - "*"\n', one='nav:\n  - "**/*.md"\n'),
    "a pattern with options": navs(
        top='nav:\n  - index.md\n  - glob: "*/**/*.md"\n    sort:\n      direction: desc\n'
    ),
    "what is left": navs(top="nav:\n  - two\nappend_unmatched: true\n"),
    "sections": navs(
        top="nav:\n  - Start:\n      - index.md\n      - Rest:\n          - one\n          - two\n"
    ),
    "links elsewhere": navs(
        top=(
            "nav:\n  - PyTorch: https://pytorch.org/\n  - Mail: mailto:a@b.c\n  - index.md\n  -"
            " one\n  - two\n"
        )
    ),
}


@pytest.mark.parametrize("files", GOOD.values(), ids=GOOD.keys())
def test_a_whole_navigation_is_no_matter(
    files: Files, write_site: WriteSite, capsys: pytest.CaptureFixture[str]
) -> None:
    """The second check knows it from the first."""
    root = write_site(files)
    assert said(root, capsys) == said(root, capsys) == []


def test_a_whole_navigation_is_looked_at_again_when_anything_changes(
    write_site: WriteSite, capsys: pytest.CaptureFixture[str]
) -> None:
    root = write_site(navs(top="nav:\n  - index.md\n  - one\n  - two/recap.md\n"))
    assert said(root, capsys) == []
    write_site({"two/new.md": "# New\n"})
    assert len(said(root, capsys)) == 1
    (root / "docs/two/new.md").unlink()
    assert said(root, capsys) == []
    (root / "docs/two/recap.md").rename(root / "docs/two/other.md")
    assert len(said(root, capsys)) == 2
    write_site({".nav.yml": "nav:\n  - index.md\n  - one\n  - two\n"})
    assert said(root, capsys) == []
    write_site({".nav.yml": "nav:\n  - index.md\n  - one\n"})
    assert len(said(root, capsys)) == 1
    settings(root, "not_in_nav: two/\n")
    assert said(root, capsys) == []


FAULTS: dict[str, tuple[Files, list[str]]] = {
    "a page that is not named": (
        navs(top="nav:\n  - index.md\n  - one\n"),
        [ORPHAN.format("two/recap.md", "two/recap.md", "docs/.nav.yml")],
    ),
    "a page that its folder does not name": (
        navs(top="nav:\n  - index.md\n  - one\n  - two\n", one="nav:\n  - learn.md\n"),
        [ORPHAN.format("one/deep/more.md", "one/deep/more.md", "docs/.nav.yml")],
    ),
    "a page beside one that is named": (
        {
            **navs(
                top="nav:\n  - index.md\n  - one\n  - two\n", one="nav:\n  - learn.md\n  - deep\n"
            ),
            "one/new.md": "# New\n",
        },
        [ORPHAN.format("one/new.md", "new.md", "docs/one/.nav.yml")],
    ),
    "a folder that is not named": (
        navs(top="nav:\n  - index.md\n  - two\n", one="nav:\n  - learn.md\n  - deep/more.md\n"),
        [
            ORPHAN.format("one/deep/more.md", "one/deep/more.md", "docs/.nav.yml"),
            ORPHAN.format("one/learn.md", "one", "docs/.nav.yml"),
        ],
    ),
    "a mistyped setting": (
        navs(top="nav:\n  - index.md\n  - one\n  - two\n", two="navi:\n  - recap.md\n"),
        ["docs/two/.nav.yml:1: nothing reads 'navi' of the navigation. Did you mean 'nav'?"],
    ),
    "a hidden folder": (
        navs(top='nav:\n  - index.md\n  - "*"\n', two="hide: true\n"),
        [ORPHAN.format("two/recap.md", "recap.md", "docs/two/.nav.yml")],
    ),
    "a page that is gone": (
        navs(
            top="nav:\n  - index.md\n  - one\n  - two\n",
            one="nav:\n  - learn.md\n  - deep\n  - lern.md\n",
        ),
        [
            "docs/one/.nav.yml:4: the navigation names 'lern.md', which matches nothing. Did you"
            " mean 'learn.md'?"
        ],
    ),
    "a titled page that is gone": (
        navs(
            top="nav:\n  - index.md\n  - one\n  - two\n",
            one="nav:\n  - learn.md\n  - deep\n  - Learn: lern.md\n",
        ),
        [
            "docs/one/.nav.yml:4: the navigation names 'lern.md', which does not exist. Did you"
            " mean 'learn.md'?"
        ],
    ),
    "a result in a title": (
        navs(top="nav:\n  - index.md\n  - Right for 97%: one\n  - two\n"),
        [
            "docs/.nav.yml:3: nothing proves the percentage '97%' in a title. Leave it out of the"
            " title."
        ],
    ),
    "a folder that is gone": (
        navs(top="nav:\n  - index.md\n  - one\n  - tow\n  - two\n"),
        ["docs/.nav.yml:4: the navigation names 'tow', which matches nothing. Did you mean 'two'?"],
    ),
    "a pattern of nothing": (
        navs(top='nav:\n  - index.md\n  - one\n  - two\n  - "three-*"\n'),
        ["docs/.nav.yml:5: the navigation names 'three-*', which matches nothing. " + NAME],
    ),
    "the same in two folders": (
        navs(
            top="nav:\n  - index.md\n  - one\n  - two\n",
            one="nav:\n  - learn.md\n  - deep\n  - X: recap.md\n",
            two="nav:\n  - X: recap.md\n",
        ),
        [
            "docs/one/.nav.yml:4: the navigation names 'recap.md', which does not exist. Did you"
            " mean '../two/recap.md'?"
        ],
    ),
    "an absolute address": (
        navs(top="nav:\n  - index.md\n  - one\n  - two\n  - Top: /one/learn/\n"),
        [
            "docs/.nav.yml:5: the navigation names '/one/learn/', which is an absolute address."
            f" {NAME}"
        ],
    ),
}


@pytest.mark.parametrize(("files", "expected"), FAULTS.values(), ids=FAULTS.keys())
def test_a_fault_of_a_folders_navigation_is_named_at_its_line(
    files: Files, expected: list[str], write_site: WriteSite, capsys: pytest.CaptureFixture[str]
) -> None:
    assert said(write_site(files), capsys) == expected


def test_what_cannot_be_read_is_named_at_its_line(
    write_site: WriteSite, capsys: pytest.CaptureFixture[str]
) -> None:
    root = write_site(navs(top="nav:\n  - index.md\n  - 'one\n"))
    found = said_whole(root, capsys)
    assert "docs/.nav.yml:3: Parsing error. Fix what the navigation says there." in found
    write_site(navs(top="nav:\n  - index.md\nnav_title: x\nsort: 3\n"))
    assert "docs/.nav.yml:1: Validation error." in said_whole(root, capsys)


def test_a_navigation_in_the_sites_settings_is_held_too(
    write_site: WriteSite, capsys: pytest.CaptureFixture[str]
) -> None:
    """With its lines, in the file that holds it."""
    root = settings(
        write_site(PAGES),
        f"{NO_PLUGIN}nav:\n  - index.md\n  - Lessons:\n      - one/learn.md\n      - one/lern.md\n",
    )
    assert said(root, capsys) == [
        ORPHAN.format("one/deep/more.md", "one/deep/more.md", "mkdocs.yml"),
        ORPHAN.format("two/recap.md", "two/recap.md", "mkdocs.yml"),
        (
            "mkdocs.yml:11: the navigation names 'one/lern.md', which does not exist. Did you mean"
            " 'one/learn.md'?"
        ),
    ]
    (root / "base.yml").write_text((root / "mkdocs.yml").read_text("utf-8"), "utf-8")
    (root / "mkdocs.yml").write_text("INHERIT: base.yml\n", "utf-8")
    assert said(root, capsys)[0].startswith("base.yml:11: the navigation names 'one/lern.md'")


def test_a_navigation_that_the_plugin_replaces_is_reported(
    write_site: WriteSite, capsys: pytest.CaptureFixture[str]
) -> None:
    (found,) = said(settings(write_site(PAGES), "nav:\n  - index.md\n"), capsys)
    assert found.startswith(
        "mkdocs.yml:1: 'nav' config from mkdocs.yml is being replaced with one generated by"
        " awesome-nav."
    )


def test_a_site_without_any_navigation_has_no_orphans(
    write_site: WriteSite, capsys: pytest.CaptureFixture[str]
) -> None:
    assert said(settings(write_site(PAGES), NO_PLUGIN), capsys) == []


@pytest.mark.parametrize("setting", ["exclude_docs", "draft_docs", "not_in_nav"])
def test_what_needs_no_navigation_is_no_orphan(
    setting: str, write_site: WriteSite, capsys: pytest.CaptureFixture[str]
) -> None:
    root = write_site(navs(top="nav:\n  - index.md\n  - one\n"))
    assert len(said(root, capsys)) == 1
    assert said(settings(root, f"{setting}: |\n  two/\n"), capsys) == []


def test_a_file_that_another_plugin_makes_a_page_of_may_be_named(
    write_site: WriteSite, capsys: pytest.CaptureFixture[str]
) -> None:
    """Such as a notebook."""
    root = write_site(
        {**navs(top="nav:\n  - index.md\n  - one\n  - two\n  - book.ipynb\n"), "book.ipynb": "{}"}
    )
    assert said(root, capsys) == []


def test_a_site_can_say_that_orphans_are_no_fault(
    write_site: WriteSite, capsys: pytest.CaptureFixture[str]
) -> None:
    root = write_site(navs(top="nav:\n  - index.md\n  - one\n"))
    assert said(settings(root, "validation:\n  nav:\n    omitted_files: ignore\n"), capsys) == []


def test_an_orphan_is_reported_when_it_is_checked_alone(
    write_site: WriteSite, capsys: pytest.CaptureFixture[str]
) -> None:
    """What is wrong with other pages is not."""
    root = write_site(navs(top="nav:\n  - index.md\n  - one/learn.md\n"))
    assert len(said(root, capsys)) == 2
    assert said(root, capsys, "two/recap.md") == [
        ORPHAN.format("two/recap.md", "two/recap.md", "docs/.nav.yml")
    ]
    assert said(root, capsys, "index.md") == []


def test_what_is_wrong_with_a_navigation_is_said_of_each_page_that_stands_in_it(
    write_site: WriteSite, capsys: pytest.CaptureFixture[str]
) -> None:
    top = "nav:\n  - index.md\n  - one\n  - two\n  - gone.md\n"
    root = write_site(navs(top=top, one="nav:\n  - '*'\n  - deep\n  - lost.md\n"))
    every = said(root, capsys)
    assert [line.split(": ")[0] for line in every] == ["docs/.nav.yml:5", "docs/one/.nav.yml:4"]
    assert said(root, capsys, "one/learn.md") == every
    assert said(root, capsys, "index.md") == said(root, capsys, "two/recap.md") == every[:1]


def test_a_page_that_a_file_names_twice_is_a_problem(
    write_site: WriteSite, capsys: pytest.CaptureFixture[str]
) -> None:
    top = "nav:\n  - index.md\n  - one\n  - two\n  - The same again: index.md\n"
    (found,) = said(write_site(navs(top=top)), capsys)
    assert found.startswith("docs/.nav.yml:5: the navigation names 'index.md' already, at line 2.")


def test_a_build_says_what_the_check_says_and_nothing_of_it_twice(
    write_site: WriteSite, capsys: pytest.CaptureFixture[str]
) -> None:
    root = write_site(navs(top="nav:\n  - index.md\n  - one\n  - gone.md\n"))
    told = said(root, capsys)
    assert len(told) == 2
    done = build(root)
    assert done.returncode != 0
    assert [
        line for line in done.stderr.splitlines() if "nav" in line.lower() and "WARNING" not in line
    ] == told
    assert "not included in the" not in done.stderr and "doesn't match" not in done.stderr


def test_what_settings_show_on_each_page_is_looked_at(
    write_site: WriteSite, capsys: pytest.CaptureFixture[str]
) -> None:
    root = settings(write_site({"index.md": "# Home\n"}), "copyright: Right for 97 % of them\n")
    (found,) = said(root, capsys)
    assert "nothing proves the percentage '97 %' in 'copyright'" in found
