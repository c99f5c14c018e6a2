"""The site on the reader's device: what installs it, and what serves it without a network.

The list of files is fixed when the site is built, each with its hash. What serves them is a script
of the site's own, and every page keeps the policy that it states itself.
"""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from unrolled.site.take.text import of_package

SCRIPT = "assets/offline.js"
WORKER = "worker.js"
MANIFEST = "app.webmanifest"
HEAD_END = "</head>"
SAID = re.compile(r'<link rel="manifest" href="[^"]*">(<script src="[^"]*" defer></script>)')
LANGUAGES = "assets/javascripts/lunr/"
"""What the search loads for languages other than English."""
UNSEEN = (".map", ".gz")
"""Ends of files that no page loads."""
NOT_KEPT = ("sitemap.xml", WORKER)
DIGITS = 24
"""Of a hash, in hexadecimal."""
ICONS = (
    ("assets/icon.svg", "any", "image/svg+xml"),
    ("assets/icon-192.png", "192x192", "image/png"),
    ("assets/icon-512.png", "512x512", "image/png"),
)


def head(root: str) -> str:
    """Return what a page's head says of it; `root` is the way from the page to the site's top."""
    return (
        f'<link rel="manifest" href="{root}{MANIFEST}"><script src="{root}{SCRIPT}" defer></script>'
    )


def with_head(page: str, root: str) -> str:
    """Return a whole page that says it in its head."""
    before, end, after = page.partition(HEAD_END)
    return f"{before}{head(root)}{end}{after}" if end else page


def without_head(page: str) -> str:
    """Return a page without it."""
    return SAID.sub("", page)


def add(files: Files, config: MkDocsConfig, *, serving: bool) -> None:
    """Add the manifest to the site's files; while serving, what makes browsers forget the site."""
    files.append(File.generated(config, MANIFEST, content=_manifest(config)))
    if serving:
        files.append(File.generated(config, WORKER, content=of_package("forget.js")))


def finish(config: MkDocsConfig) -> None:
    """Write the script that serves the site, once all its files are there."""
    write(Path(config.site_dir), str(config.theme.get("language") or "en"))


def write(folder: Path, language: str = "en") -> None:
    """Write the script that serves a built site in a language."""
    listed = json.dumps(_listed(folder, language), indent=1, sort_keys=True)
    text = of_package("worker.js").replace("const FILES = {};", f"const FILES = {listed};", 1)
    (folder / WORKER).write_text(text, "utf-8")


def _listed(folder: Path, language: str) -> dict[str, str]:
    """Return the hash of each file that is kept, by its address below the site's."""
    found: dict[str, str] = {}
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        path = file.relative_to(folder).as_posix()
        useless = path in NOT_KEPT or file.suffix in UNSEEN or file.name.startswith(".")
        if useless or (language == "en" and path.startswith(LANGUAGES)):
            continue
        address = path[: -len("index.html")] if file.name == "index.html" else path
        found[address] = hashlib.sha256(file.read_bytes()).hexdigest()[:DIGITS]
    return found


def _manifest(config: MkDocsConfig) -> str:
    """Return what a browser needs to install the site."""
    icons = [{"src": src, "sizes": sizes, "type": kind} for src, sizes, kind in ICONS]
    said = {
        "name": config.site_name,
        "short_name": config.site_name[:12],
        "description": config.site_description or config.site_name,
        "start_url": "./",
        "scope": "./",
        "display": "standalone",
        "background_color": "#ffffff",
        "theme_color": "#4051b5",
        "icons": icons,
    }
    return json.dumps(said, indent=1)
