"""The fixture site as MkDocs builds it, once a session, and served."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from support.paths import PROJECT, SITE

STRICT = (sys.executable, "-m", "mkdocs", "build", "--strict")
"""A build that fails at the first warning of anybody."""
ORIGIN = "http://site.invalid/"
"""Where the built site is told to stand; whoever serves it puts its own address in its place."""


def mkdocs(config: Path, folder: Path) -> None:
    """Build a site strictly.

    Args:
        config: Its `mkdocs.yml`.
        folder: Where it goes.

    Raises:
        RuntimeError: The build fails; with what it says.
    """
    command = [*STRICT, "--config-file", str(config), "--site-dir", str(folder)]
    # Instant navigation takes over the links that the sitemap lists, so the site must know where it
    # stands.
    environment = {**os.environ, "SITE_URL": ORIGIN, "NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(
        command, capture_output=True, text=True, timeout=600, env=environment, check=False
    )
    if done.returncode:
        raise RuntimeError(f"{config} cannot be built:\n{done.stderr}")


def build(root: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """Build a site in a process of its own, as nothing but a terminal sees it.

    Strictly where no options are given.
    """
    command = [*STRICT[:-1], *options] if options else [*STRICT]
    return subprocess.run(
        command, cwd=root, capture_output=True, text=True, timeout=300, check=False
    )


def build_fixture(folder: Path) -> None:
    """Build the fixture site."""
    mkdocs(SITE / "mkdocs.yml", folder)


def build_project(folder: Path) -> None:
    """Build the project's own site."""
    mkdocs(PROJECT / "mkdocs.yml", folder)
