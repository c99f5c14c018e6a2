"""The theme `unrolled` and the context of a page: what Zensical, which knows no plugin, goes by."""

from __future__ import annotations

import posixpath
import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from markdown import Markdown
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor
from mkdocs.theme import Theme

from support.fixture import files
from support.paths import SITE
from unrolled.render import loaded
from unrolled.site import assets

LOADED = re.compile(rf'"([^"]*{loaded.FOLDER}/[^"]*)"')


class Context(Extension):
    """Tells other extensions of the page, as Zensical does."""

    def __init__(self, path: str) -> None:
        """Be at a page, given by its path beneath the folder of the pages."""
        super().__init__()
        self._path = path

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the library's name
        """Register what others look for."""
        holder = Preprocessor(md)
        holder.run = lambda lines: lines  # type: ignore[method-assign]
        folder = f"{self._path.removesuffix('.md').removesuffix('index').rstrip('/')}/"
        holder.page = SimpleNamespace(path=self._path, url=folder, meta={})  # type: ignore[attr-defined]
        holder.config = {"root_dir": str(SITE), "docs_dir": "docs"}  # type: ignore[attr-defined]
        md.preprocessors.register(holder, "rendering_context", 0)


def test_the_theme_brings_the_widget_and_the_stylesheet() -> None:
    theme = Path(Theme(name="unrolled").dirs[0])
    brought = (theme / loaded.FOLDER).rglob("[!.]*.*")
    folder = theme / loaded.FOLDER
    texts = {file.relative_to(folder).as_posix(): file.read_text("utf-8") for file in brought}
    assert texts == dict(assets.widget())
    assert (theme / assets.STYLES).is_file()


def test_the_theme_follows_the_widget(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A checkout keeps the widget apart: what was changed or deleted there is so in the theme."""
    for name, text in {"a.js": "1;", "define/b.js": "2;"}.items():
        (tmp_path / "apart" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "apart" / name).write_text(text, "utf-8")
    monkeypatch.setattr(assets, "WIDGET", tmp_path / "apart")
    monkeypatch.setattr(assets, "BROUGHT", tmp_path / "brought")
    assets.complete_theme()
    (tmp_path / "apart/a.js").unlink()
    (tmp_path / "apart/define/b.js").write_text("3;", "utf-8")
    assets.complete_theme()
    left = [file for file in (tmp_path / "brought").rglob("*") if file.is_file()]
    assert [(file.name, file.read_text("utf-8")) for file in left] == [("b.js", "3;")]


@pytest.mark.parametrize("name", ["index.md", "review.md", "lists/index.md", "lists/learn.md"])
def test_what_a_page_loads_is_named_from_its_files_place(name: str) -> None:
    """Zensical makes addresses of it."""
    content = Markdown(extensions=[Context(name), "unrolled"]).convert(files()[name])
    addresses = LOADED.findall(content)
    assert addresses
    for address in addresses:
        path = posixpath.normpath(posixpath.join("/", posixpath.dirname(name), address))
        assert path.removeprefix(f"/{loaded.FOLDER}/") in dict(assets.widget()), address
