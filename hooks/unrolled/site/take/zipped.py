"""The site as a zip that works from the file system, without a server."""

from __future__ import annotations

import argparse
import json
import re
import tempfile
import zipfile
from pathlib import Path

from mkdocs.commands.build import build as build_site
from mkdocs.config import load_config

from unrolled.render import loaded
from unrolled.site import assets
from unrolled.site.take import classic, offline
from unrolled.site.take.text import of_package

MODULE = re.compile(r'<script type="module" src="([^"]*?)(define/[\w-]+\.js)"></script>')
BUNDLE = re.compile(r'(<script src="([^"]*?)assets/javascripts/bundle\.)')
ITEM = re.compile(r"<quiz-(?:question|card)\b")
"""What the review may ask another page for."""
ALONE = "assets/alone.js"
INDEX = "search/search_index.json"


def write(settings: str, to: Path) -> int:
    """Build a site for the file system, and put it into a zip; return how many pages it has.

    Args:
        settings: Its `mkdocs.yml`.
        to: The zip.

    Raises:
        mkdocs.exceptions.Abort: The site cannot be built.
    """
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary).resolve() / to.stem
        # Links name files: a folder has no front page where there is no server.
        config = load_config(settings, site_dir=str(folder), use_directory_urls=False)
        config.plugins.on_startup(command="build", dirty=False)
        try:
            build_site(config)
        finally:
            config.plugins.on_shutdown()
        pages = adapt(folder)
        _pack(folder, to)
    return pages


def adapt(folder: Path) -> int:
    """Change a built site so that it works from the file system; return how many pages it has."""
    pages = sorted(folder.rglob("*.html"))
    for page in pages:
        text = _page(page.read_text("utf-8"))
        page.write_text(text, "utf-8")
        if ITEM.search(text):
            handed = f"unrolledPages.last = {json.dumps(text)};"
            page.with_name(f"{page.name}.js").write_text(handed, "utf-8")
    widget = folder / loaded.FOLDER
    modules = {
        file.relative_to(assets.WIDGET).as_posix(): file.read_text("utf-8")
        for file in assets.WIDGET.rglob("*.js")
    }
    (widget / classic.ALL).write_text(classic.script(modules), "utf-8")
    for path in (path for path in modules if path.startswith("define/")):
        (widget / path).write_text(classic.running(path), "utf-8")
    (folder / ALONE).write_text(of_package("alone.js"), "utf-8")
    index = folder / INDEX
    if index.is_file():
        index.with_suffix(".js").write_text(f"var __index = {index.read_text('utf-8')}", "utf-8")
    for useless in (offline.WORKER, offline.MANIFEST, offline.SCRIPT):
        (folder / useless).unlink(missing_ok=True)
    return len(pages)


def _page(text: str) -> str:
    """Return a page whose scripts are classic ones."""
    loads: set[str] = set()

    def plain(found: re.Match[str]) -> str:
        first = f'<script src="{found[1]}{classic.ALL}"></script>' if not loads else ""
        loads.add(found[1])
        return f'{first}<script src="{found[1]}{found[2]}" defer></script>'

    text = offline.without_head(text)
    text = BUNDLE.sub(rf'<script src="\g<2>{ALONE}"></script>\1', text)
    return MODULE.sub(plain, text)


def _pack(folder: Path, to: Path) -> None:
    to.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as packed:
        for file in sorted(path for path in folder.rglob("*") if path.is_file()):
            if file.suffix not in offline.UNSEEN:
                packed.write(file, f"{folder.name}/{file.relative_to(folder).as_posix()}")


def main() -> None:
    """Write the zip of a site."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-f", "--config", default="mkdocs.yml", help="the site's mkdocs.yml")
    parser.add_argument("to", type=Path, help="the zip")
    options = parser.parse_args()
    pages = write(options.config, options.to)
    size = options.to.stat().st_size / 1_000_000
    print(f"{options.to}: {pages} pages, {size:.1f} MB. Unpack it and open index.html.")


if __name__ == "__main__":
    main()
