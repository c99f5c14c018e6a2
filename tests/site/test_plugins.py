"""Sites with other plugins, themes, extensions and settings.

Each builds, its cells are run, and what it links is there.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
import logging
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

import nbconvert
import pytest
import yaml
from mkdocs.commands import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort, ConfigurationError

from unrolled.cli import main

PROJECT = Path(__file__).resolve().parents[2]
CELL = "```python\nx = 6 * 7\nprint(x)\n```\n"
QUESTION = """\
/// question | Which?
    id: {id}
    kind: concept
    level: easy
    reviewed: true

//// hint
Look closely.
////

- [x] A

    Why.

- [ ] B

    Why.

- [ ] C

    Why.
///
"""
PAGE = f"# Page\n\n{CELL}\nIt is `#!value x`.\n\n{QUESTION.format(id='which')}"
HOME = "# Home\n\n[Page](page.md)\n"
OUTPUT = re.compile(
    r'<div class="cell-output cell-output--text">.*?<code[^>]*>(.*?)</code>', re.DOTALL
)
ADDRESS = re.compile(r'(?:href|src)="([^"]+)"')
SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
Files = Mapping[str, str]


@dataclass
class Built:
    """A site and what building it said."""

    root: Path
    said: list[str]
    """Warnings and errors."""

    def page(self, path: str = "page/index.html") -> str:
        """Return a page as built."""
        return (self.root / "site" / path).read_text("utf-8")

    def outputs(self, path: str = "page/index.html") -> list[str]:
        """Return what a page shows beneath its cells."""
        return [html.unescape(shown).strip() for shown in OUTPUT.findall(self.page(path))]

    def dead(self) -> list[str]:
        """Return the addresses on the site's pages that lead nowhere on it."""
        site = self.root / "site"
        return [
            f"{page.relative_to(site)}: {address}"
            for page in site.rglob("*.html")
            for address in ADDRESS.findall(page.read_text("utf-8"))
            if not urlsplit(address).scheme
            and not self._is_there(page.relative_to(site).as_posix(), address)
        ]

    def _is_there(self, page: str, address: str) -> bool:
        path = unquote(urlsplit(urljoin(f"/{page}", html.unescape(address))).path).lstrip("/")
        file = self.root / "site" / path
        return file.is_file() or (file / "index.html").is_file()


Build = Callable[..., Built]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of all sites, which share one cache: most cells are run once."""
    return tmp_path_factory.mktemp("sites").resolve()


@pytest.fixture
def write(home: Path, request: pytest.FixtureRequest) -> Callable[..., Path]:
    """Return a function that writes a site of files and settings, and returns its folder."""

    def written(files: Files, settings: Mapping[str, Any], plugins: tuple[Any, ...] = ()) -> Path:
        root = home / re.sub(r"\W+", "-", request.node.name)
        for name, text in {"index.md": HOME, "page.md": PAGE, **files}.items():
            file = root / "docs" / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, "utf-8")
        ours = {"unrolled": {"cache": "../runs"}}
        given = {"site_name": "A site", "plugins": ["search", *plugins, ours], **settings}
        (root / "mkdocs.yml").write_text(yaml.safe_dump(given, sort_keys=False), "utf-8")
        return root

    return written


class Heard(logging.Handler):
    """Keeps what MkDocs and its plugins warn of."""

    def __init__(self) -> None:
        """Begin with nothing."""
        super().__init__(logging.WARNING)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a message."""
        self.said.append(record.getMessage())


def built(root: Path, *, serving: bool = False) -> Built:
    """Build a site as `mkdocs build` or, in memory, `mkdocs serve` does."""
    heard = Heard()
    logging.getLogger("mkdocs").addHandler(heard)
    config = load_config(str(root / "mkdocs.yml"))
    try:
        config.plugins.on_startup(command="serve" if serving else "build", dirty=False)
        build.build(config, serve_url="http://127.0.0.1/" if serving else None)
    except Abort as error:
        raise AssertionError("\n".join(heard.said)) from error
    finally:
        config.plugins.on_shutdown()
        logging.getLogger("mkdocs").removeHandler(heard)
    return Built(root, heard.said)


def is_whole(site: Built, path: str = "page/index.html") -> bool:
    """Return whether the page shows what it should, and all that is linked is there."""
    shown = site.page(path)
    assert site.outputs(path) == ["42"]
    assert re.search(r'<quiz-question [^>]*id="which"', shown)
    assert '<details class="question-part question-part--hint"' in shown
    assert '<span class="claim claim--value"><code>42</code>' in shown
    assert "assets/quiz/define/quiz-question.js" in shown
    assert site.dead() == []
    return site.said == []


def inherited(**settings: Any) -> dict[str, Any]:
    """Return settings that inherit the project's own."""
    return {"INHERIT": str(PROJECT / "mkdocs.yml"), **settings}


EXTENSIONS = {
    "none": [],
    "attr_list alone": ["attr_list"],
    "ours first": ["unrolled", "pymdownx.superfences", "pymdownx.blocks.admonition"],
    "pymdownx's extra": ["pymdownx.extra", "toc"],
    "Markdown's extra, after our own": ["pymdownx.superfences", "unrolled", "extra"],
    "admonitions as they come": ["pymdownx.blocks.admonition"],
}


@pytest.mark.parametrize("extensions", EXTENSIONS.values(), ids=EXTENSIONS.keys())
def test_a_site_with_markdown_extensions_of_its_own(
    extensions: list[str], write: Callable[..., Path]
) -> None:
    """MkDocs replaces the inherited list: what the dialect rests on is there all the same."""
    assert is_whole(built(write({}, inherited(markdown_extensions=extensions))))


@pytest.mark.parametrize("theme", ["material", "mkdocs", "readthedocs"])
def test_a_site_that_names_nothing_but_the_plugin(theme: str, write: Callable[..., Path]) -> None:
    site = built(
        write(
            {"page.md": PAGE + '\n=== "Tab"\n\n    | a | b |\n    | - | - |\n    | c | d |\n'},
            {"theme": theme},
        )
    )
    assert is_whole(site)
    assert 'class="tabbed-set' in site.page() and "<td>d</td>" in site.page()
    assert "fonts.googleapis.com" not in site.page()


def test_what_a_site_sets_up_itself_is_left_alone(write: Callable[..., Path]) -> None:
    settings = {
        "markdown_extensions": [
            {"toc": {"permalink": "§"}},
            {"pymdownx.tabbed": {"alternate_style": False}},
        ]
    }
    site = built(write({"page.md": PAGE + '\n=== "Tab"\n\n    Text\n'}, settings))
    assert ">§</a>" in site.page()
    assert 'class="tabbed-set"' in site.page()


def test_tags(write: Callable[..., Path]) -> None:
    files = {
        "page.md": f"---\ntags: [rnn]\n---\n{PAGE}",
        "tags.md": "# Tags\n\n<!-- material/tags -->\n",
    }
    site = built(write(files, {"theme": "material"}, ("tags",)))
    assert is_whole(site)
    assert "rnn" in site.page("tags/index.html")


POST = (
    "---\ndate: 2026-01-02\n---\n# Post\n\n"
    + CELL
    + "\n<!-- more -->\n\n"
    + QUESTION.format(id="post")
)


def test_a_blog(write: Callable[..., Path]) -> None:
    """A post has an address of its own making; its excerpt shows the output and loads nothing."""
    files = {"blog/index.md": "# Blog\n", "blog/posts/first.md": POST}
    site = built(write(files, {"theme": "material"}, ("blog",)))
    assert is_whole(site)
    post = "blog/2026/01/02/post/index.html"
    assert site.outputs(post) == ["42"]
    assert 'src="../../../../../assets/quiz/define/quiz-question.js"' in site.page(post)
    assert site.outputs("blog/index.html") == ["42"]
    assert "assets/quiz/define/quiz-question.js" not in site.page("blog/index.html")


def test_macros(write: Callable[..., Path]) -> None:
    """What a macro makes of a page is run and proved, also where its source could not run."""
    text = PAGE.replace("x = 6", "x = {{ six }}").replace("# Page", "# {{ title }}")
    site = built(write({"page.md": text}, {"extra": {"six": 6, "title": "Named"}}, ("macros",)))
    assert is_whole(site)
    assert "Named" in site.page()


def test_a_page_that_a_macro_makes_wrong_fails(write: Callable[..., Path]) -> None:
    text = PAGE.replace("x = 6 * 7", "x = {{ six }} / 0")
    with pytest.raises(AssertionError, match=r"docs/page\.md:4: the cell raises ZeroDivisionError"):
        built(write({"page.md": text}, {"extra": {"six": 6}}, ("macros",)))


def test_languages(write: Callable[..., Path]) -> None:
    names = [
        {"locale": "en", "name": "English", "default": True, "build": True},
        {"locale": "de", "name": "Deutsch", "build": True},
    ]
    files = {
        "page.de.md": f"# Seite\n\n{CELL}\n{QUESTION.format(id='welche')}",
        "index.de.md": "# Start\n\n[Seite](page.md)\n",
    }
    site = built(write(files, {"theme": "material"}, ({"i18n": {"languages": names}},)))
    assert is_whole(site)
    assert site.outputs("de/page/index.html") == ["42"]


def test_redirects(write: Callable[..., Path]) -> None:
    assert is_whole(
        built(write({}, {}, ({"redirects": {"redirect_maps": {"old.md": "page.md"}}},)))
    )


# What plugins that are not installed do, at the same events: mkdocs-minify-plugin,
# git-revision-date-localized and mike.
MINIFY = """
import re

def on_post_page(output, page, config):
    output = re.sub(r"<!--(?!\\[).*?-->", "", output, flags=re.DOTALL)
    return re.sub(r">\\s+<(?!/?(?:code|span))", "> <", output)
"""
REVISED = """
def on_page_markdown(markdown, page, config, files):
    page.meta["git_revision_date_localized"] = "2 January 2026"
    return markdown.replace("{{ git_revision_date }}", "2 January 2026")

def on_page_content(html, page, config, files):
    return html + "<p>Last update: 2 January 2026</p>"
"""
VERSIONED = """
def on_config(config):
    config.site_url = config.site_url + "1.0/"
    config.extra["version"] = {"provider": "mike"}
    return config
"""


def hashed(page: str) -> bool:
    """Return whether the policy of a page names each of its inline scripts."""
    digests = (hashlib.sha256(code.encode()).digest() for code in SCRIPT.findall(page))
    return all(base64.b64encode(digest).decode() in page for digest in digests)


def test_a_site_that_is_minified(write: Callable[..., Path]) -> None:
    """Its scripts are let in, and what cells show keeps its lines."""
    text = PAGE.replace("print(x)", "print(x)\nprint(f'  {x}')")
    root = write({"page.md": text}, {"theme": "material", "hooks": ["minify.py"]})
    (root / "minify.py").write_text(MINIFY)
    site = built(root)
    assert site.outputs() == ["42\n  42"] and site.dead() == [] and site.said == []
    assert "<!--" not in site.page() and SCRIPT.search(site.page()) and hashed(site.page())


def test_a_site_that_says_when_a_page_was_changed(write: Callable[..., Path]) -> None:
    text = f"{PAGE}\nChanged {{{{ git_revision_date }}}}.\n"
    root = write({"page.md": text}, {"hooks": ["revised.py"]})
    (root / "revised.py").write_text(REVISED)
    site = built(root)
    assert is_whole(site)
    assert "Changed 2 January 2026." in site.page()
    assert "<p>Last update: 2 January 2026</p>" in site.page()


def test_a_site_that_is_read_from_files(write: Callable[..., Path]) -> None:
    site = built(write({}, {"theme": "material"}, ("offline",)))
    assert is_whole(site, "page.html")
    assert not (site.root / "site/page/index.html").exists()
    # A server has nothing above the site's own folder; a file has.
    addresses = ADDRESS.findall(site.page("page.html"))
    assert [each for each in addresses if each.startswith(("../", "/"))] == []


@pytest.mark.parametrize("hooks", [[], ["versioned.py"]], ids=["a sub-path", "a version of it"])
def test_a_site_beneath(hooks: list[str], write: Callable[..., Path]) -> None:
    """All addresses are relative, but for what asks for the site's own."""
    settings = {"theme": "material", "site_url": "https://example.org/docs/deep/", "hooks": hooks}
    root = write({"sub/below.md": f"# Below\n\n{QUESTION.format(id='below')}"}, settings)
    (root / "versioned.py").write_text(VERSIONED)
    site = built(root)
    base = f"/docs/deep/{'1.0/' if hooks else ''}"
    for dead in site.dead():  # It is shown at any address, so its own begin with the base.
        assert (
            dead.startswith(f"404.html: {base}")
            and (root / "site" / urlsplit(dead.removeprefix(f"404.html: {base}")).path).exists()
        )
    assert site.outputs() == ["42"] and site.said == []
    for path in ("page/index.html", "sub/below/index.html"):
        rooted = [a for a in ADDRESS.findall(site.page(path)) if a.startswith("/")]
        assert rooted == [] and hashed(site.page(path))
    assert f'<link rel="canonical" href="https://example.org{base}page/"' in site.page()


def test_a_notebook(write: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """It is built, and no page of ours."""
    monkeypatch.setenv("JUPYTER_PATH", str(Path(nbconvert.__file__).parents[4] / "share/jupyter"))
    cell = {"cell_type": "markdown", "id": "a", "metadata": {}, "source": ["# From a notebook"]}
    book = {"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    site = built(write({"book.ipynb": json.dumps(book)}, {}, ("mkdocs-jupyter",)))
    assert is_whole(site)
    assert "From a notebook" in site.page("book/index.html")


GENERATOR = """
from mkdocs.structure.files import File

def on_files(files, config):
    files.append(File.generated(config, "made/up.md", content={text!r}))
"""


def test_a_generated_page_is_run_and_proved(write: Callable[..., Path]) -> None:
    text = f"# Made\n\n{CELL}\n{QUESTION.format(id='made')}"
    root = write({}, {"hooks": ["good.py"]})
    (root / "good.py").write_text(GENERATOR.format(text=text))
    site = built(root)
    assert site.outputs("made/up/index.html") == ["42"]
    assert is_whole(site)
    root = write({}, {"hooks": ["bad.py"]})
    (root / "bad.py").write_text(GENERATOR.format(text=text.replace("6 * 7", "6 / 0")))
    with pytest.raises(
        AssertionError, match=r"docs/made/up\.md:4: the cell raises ZeroDivisionError"
    ):
        built(root)


def test_pages_as_files_instead_of_folders(write: Callable[..., Path]) -> None:
    text = f"# Deep\n\n{QUESTION.format(id='deep')}"
    site = built(write({"deep/er.md": text}, {"use_directory_urls": False}))
    assert is_whole(site, "page.html")
    assert 'src="../assets/quiz/define/quiz-question.js"' in site.page("deep/er.html")


@pytest.mark.parametrize("suffix", [".markdown", ".mdown", ".mkdn", ".mkd"])
def test_pages_with_another_suffix(suffix: str, write: Callable[..., Path]) -> None:
    root = write({"index.md": "# Home\n"}, {})
    (root / "docs/page.md").rename(root / f"docs/page{suffix}")
    assert is_whole(built(root))
    (root / f"docs/page{suffix}").write_text(PAGE.replace("6 * 7", "6 / 0"))
    with pytest.raises(AssertionError, match="ZeroDivisionError"):
        built(root)


BAD = "# Bad\n\n```python\n1 / 0\n```\n"


def test_what_is_excluded_is_not_run(
    write: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    root = write({"aside/bad.md": BAD, ".hidden/bad.md": BAD}, {"exclude_docs": "aside/\n"})
    assert is_whole(built(root))
    assert is_whole(built(root, serving=True))
    assert main(["-f", str(root / "mkdocs.yml"), "check", str(root / "docs/aside/bad.md")]) == 2
    assert "this is not a page" in capsys.readouterr().err


def test_a_draft_is_run_while_serving_and_when_it_is_named(
    write: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    root = write({"drafts/bad.md": BAD}, {"draft_docs": "drafts/\n"})
    assert is_whole(built(root))
    served = built(root, serving=True)
    assert "docs/drafts/bad.md:4: the cell raises ZeroDivisionError" in served.said[0]
    assert '<div class="page-problems" role="alert">' in served.page("drafts/bad/index.html")
    assert main(["-f", str(root / "mkdocs.yml"), "check", str(root / "docs/drafts/bad.md")]) == 1
    assert "docs/drafts/bad.md:4: the cell raises" in capsys.readouterr().err


def test_a_link_out_of_the_folder_is_not_published(write: Callable[..., Path], home: Path) -> None:
    """Neither a page nor another file nor what is in a folder.

    A link to a file within the folder is.
    """
    secret = home / "secret"
    secret.mkdir()
    (secret / "page.md").write_text("# A secret\n")
    (secret / "data.txt").write_text("A secret")
    root = write({"note.txt": "A note"}, {})
    for name, target in {"a.md": "page.md", "b.txt": "data.txt", "c": "."}.items():
        (root / "docs" / name).symlink_to(secret / target)
    (root / "docs/d.txt").symlink_to("note.txt")
    site = built(root)
    assert "A secret" not in "".join(
        f.read_text() for f in (root / "site").rglob("*") if f.suffix in (".html", ".txt", ".json")
    )
    assert (root / "site/d.txt").read_text() == "A note"
    assert [said.partition(":")[0] for said in site.said] == [
        "docs/a.md",
        "docs/b.txt",
        "docs/c/data.txt",
        "docs/c/page.md",
    ]


def test_what_the_policy_would_block_is_an_error(write: Callable[..., Path]) -> None:
    """All of it at once."""
    settings = {
        "theme": {"name": "material", "font": {"text": "Roboto"}},
        "extra_javascript": ["own.js", "https://example.org/a.js"],
        "extra_css": ["//example.org/b.css"],
    }
    root = write({"own.js": ""}, settings)
    with pytest.raises(ConfigurationError) as refused:
        built(root)
    said = str(refused.value)
    lines = (root / "mkdocs.yml").read_text().split("\n")
    for word, name in {
        "https://example.org/a.js": "extra_javascript",
        "//example.org/b.css": "extra_css",
        "font:": "font",
    }.items():
        line = next(number for number, line in enumerate(lines, 1) if word in line)
        assert re.search(rf"^mkdocs.yml:{line}: .*{name}", said, re.MULTILINE)
    assert "own.js" not in said and "3 problems." in said


def test_a_block_that_the_site_leaves_out_is_a_problem(write: Callable[..., Path]) -> None:
    """Else pymdownx would print it as text, without a word."""
    settings = {"markdown_extensions": [{"pymdownx.blocks.admonition": {"types": ["note"]}}]}
    text = "# Page\n\n/// note\nSeen\n///\n\n/// tip\nUnseen\n///\n"
    with pytest.raises(
        AssertionError, match=r"docs/page\.md:7: the site's Markdown has no block 'tip'"
    ):
        built(write({"page.md": text}, settings))


def test_the_wrong_settings_of_the_plugin_are_named_together(write: Callable[..., Path]) -> None:
    given = {"record": "here", "cache": "", "warm": ["no_such_library", ".."]}
    root = write({}, {"plugins": [{"unrolled": given}]})
    with pytest.raises(ConfigurationError) as refused:
        built(root)
    said = str(refused.value)
    for part in ("'record'. Did you mean 'records'?", "'cache' is ''", "'no_such_library'", "'..'"):
        assert part in said


def test_a_record_that_is_deleted_is_not_called_recorded(
    write: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    root = write({}, {})
    command = ["-f", str(root / "mkdocs.yml"), "accept"]
    assert main(command) == 0
    assert "recorded tests/recorded/page.txt" in capsys.readouterr().out
    for page in (root / "docs").glob("*.md"):
        page.write_text("# Prose\n\nNothing runs here.\n", "utf-8")
    assert main(command) == 0
    assert "deleted tests/recorded/page.txt" in capsys.readouterr().out


def test_the_folders_of_records_and_cache_are_the_sites_own(
    write: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    settings = {
        "plugins": [
            {"unrolled": {"records": "reviewed/outputs", "cache": "kept", "warm": ["json"]}}
        ]
    }
    root = write({}, settings)
    command = ["-f", str(root / "mkdocs.yml")]
    assert main([*command, "accept"]) == 0
    assert "recorded reviewed/outputs/page.txt" in capsys.readouterr().out
    assert "42" in (root / "reviewed/outputs/page.txt").read_text()
    assert list((root / "kept/runs").glob("*/*.json"))
    assert main([*command, "check"]) == 0
    assert "0 chains run" in capsys.readouterr().out
    assert is_whole(built(root))


@pytest.mark.parametrize("mark", [":   B", "Text.[^1]\n\n[^1]: B"], ids=["definition", "footnote"])
def test_a_cell_in_what_the_sites_markdown_does_not_know(
    mark: str, write: Callable[..., Path]
) -> None:
    text = f"# Page\n\nA\n{mark}\n\n    ```python\n    x = 1\n    ```\n"
    line = text.split("\n").index("    ```python") + 1
    with pytest.raises(
        AssertionError, match=rf"docs/page\.md:{line}: the renderer takes this cell for indented"
    ):
        built(write({"page.md": text}, inherited(markdown_extensions=["toc"])))
    extensions = ["def_list", "footnotes"]
    site = built(write({"page.md": text}, inherited(markdown_extensions=extensions)))
    assert 'class="cell"' in site.page()


@pytest.mark.parametrize("theme", ["material", "mkdocs"])
def test_a_template_that_the_theme_does_not_have(
    theme: str, write: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    # MkDocs' log says the same words once in a process, so each theme gets a page of its own name.
    pages = {f"{theme}.md": "---\ntitle: A\ntemplate: own.html\n---\n\n# Page\n\nText.\n"}
    settings = {"theme": {"name": theme, "custom_dir": "own"}}
    root = write(pages, inherited(**settings))
    (root / "own").mkdir()
    said = f"docs/{theme}.md:3: the theme has no template 'own.html'. Name a file"
    assert main(["-f", str(root / "mkdocs.yml"), "check", str(root / f"docs/{theme}.md")]) == 1
    assert said in capsys.readouterr().err
    with pytest.raises(AssertionError, match=said):
        built(root)
    (root / "own/own.html").write_text('{% extends "main.html" %}')
    assert main(["-f", str(root / "mkdocs.yml"), "check", str(root / f"docs/{theme}.md")]) == 0
    assert "Text." in built(root).page(f"{theme}/index.html")
