"""What a build adds so that readers can take the site along: the files, and the links to them."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from unrolled.blocks import topics
from unrolled.blocks.topics import FRONT
from unrolled.model.mode import Mode
from unrolled.model.page import Page
from unrolled.render.fences import unmarked
from unrolled.site.made import Made
from unrolled.site.take import beside, decks
from unrolled.site.take.shown import Shown

TOPICS = "topics"
"""The block that lists the topics; its page is where readers begin, and nothing to work through."""
TITLE_ENDS = "</h1>"
REVIEW = "review"
"""The block that lists what comes back; its page offers the deck of all topics."""


GITHUB = re.compile(r"https://github\.com/([\w.-]+/[\w.-]+?)(?:\.git)?/?")
COLAB = "https://colab.research.google.com/github/{}/blob/{}/{}"
NOTEBOOKS = "notebooks"
"""Where the notebooks are on the site."""
BRANCH = "notebooks"
"""The branch to which the site's workflow puts the notebooks, where Colab finds them."""


class Along:
    """Collects the pages of one build, and makes what readers can take along."""

    def __init__(self, pages: Sequence[Page], made: Made) -> None:
        """Begin a build.

        Args:
            pages: All, in the order of the navigation.
            made: What earlier builds made.
        """
        self._pages = pages
        self._made = made
        self._files: dict[str, str] = {}
        self._decks = decks.of_topics(pages)
        self._shown: dict[str, Shown] = {}

    def page(self, page: Page, content: str, url: str, config: MkDocsConfig) -> str:
        """Take in a page as the site shows it; return it with links to what there is of it.

        Args:
            page: Its plan.
            content: Its HTML, with marks before its cells.
            url: Its address within the site.
            config: The site's.
        """
        root = "../" * url.count("/")
        is_home = any(block.name == TOPICS for block in page.blocks)
        shown = Shown(page, content, url)
        notebook = None if is_home else self._notebook(shown, config.site_url or "")
        button = ""
        if notebook:
            name = _notebook_name(url)
            self._files[f"{NOTEBOOKS}/{name}"] = notebook
            button = _buttons(name, root, config.repo_url or "")
        content = unmarked(content)
        self._shown[page.path] = Shown(page, content, url)
        # Beneath the title: a mode folds what stands between that and its questions.
        title, end, rest = content.partition(TITLE_ENDS)
        content = f"{title}{end}{button}{rest}" if end else button + content
        return content + self._deck_links(page, root)

    def _notebook(self, shown: Shown, site: str) -> str | None:
        """Return a page's notebook, made once for the same content."""

        def build() -> str | None:
            # Its libraries take a quarter of what an unchanged site's import takes.
            from unrolled.site.take import notebooks

            return notebooks.build(shown, site)

        of = (*shown.texts, site, *beside.digests(shown.page))
        made: str | None = self._made.value("notebook", of, build)
        return made

    def add(self, files: Files, config: MkDocsConfig) -> None:
        """Add what was made to the site's files, once all pages are taken in."""

        def read(path: str) -> bytes | None:
            file = next((file for file in files if file.dest_uri == path), None)
            return file.content_bytes if file else None

        for path, text in self._files.items():
            files.append(File.generated(config, path, content=text))
        site = config.site_url or ""
        for path, content in decks.build(self._shown, self._pages, site, read, self._made):
            files.append(File.generated(config, path, content=content))

    def _deck_links(self, page: Page, root: str) -> str:
        """Return the links to decks for the pages where one looks for them."""
        offered = [*self._offered(page)]
        if not offered:
            return ""
        links = " · ".join(
            f'<a href="{root}{decks.FOLDER}/{name}.apkg" download>{html.escape(words)}</a>'
            for name, words in offered
        )
        return (
            '<p class="take-along" data-search-exclude>Flashcards for'
            ' <a href="https://apps.ankiweb.net/">Anki</a>, to take along: '
            f"{links}. A newer deck, imported, keeps your history.</p>"
        )

    def _offered(self, page: Page) -> Iterator[tuple[str, str]]:
        """Yield the decks that a page offers, each with the words of its link."""
        own = self._decks.get(page.path.rpartition("/")[0])
        names = {block.name for block in page.blocks}
        if own and (FRONT in names or page.mode is Mode.RECAP):
            front = next(
                each
                for each in topics.fronts(self._pages)
                if each.path.rpartition("/")[0] == page.path.rpartition("/")[0]
            )
            number = decks.count(topics.of_topic(front, self._pages))
            yield own, f"{topics.title(front)} ({number} notes)"
        elif not (self._decks and REVIEW in names):
            return
        number = decks.count(topics.topic_pages(self._pages))
        yield decks.ALL, f"all topics ({number} notes)"


def _notebook_name(url: str) -> str:
    """Return the name of the notebook of the page at an address within the site.

    `rnn/learn/` has `rnn-learn.ipynb`.
    """
    stem = url.removesuffix(".html").removesuffix("index").strip("/")
    return f"{stem.replace('/', '-') or 'index'}.ipynb"


def _buttons(name: str, root: str, repository: str) -> str:
    """Return the links to a page's notebook, for the top of the page."""
    links = (
        f'<a class="take-notebook" href="{root}{NOTEBOOKS}/{name}"'
        f' download="unrolled-{name}">Download as notebook</a>'
    )
    on_github = GITHUB.fullmatch(repository)
    if on_github:
        address = html.escape(COLAB.format(on_github[1], BRANCH, name))
        links += f'<a class="take-notebook" href="{address}">Open in Colab</a>'
    return f'<p class="take-buttons" data-search-exclude>{links}</p>\n'
