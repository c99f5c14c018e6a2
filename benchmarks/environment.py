"""Environments for other tools, which have this one's packages besides."""

from __future__ import annotations

import subprocess
import sys
import sysconfig
import venv
from pathlib import Path


def lent(cache: Path, requirement: str) -> Path:
    """Return the Python of an environment with a package, made in a folder where there is none.

    Args:
        cache: The folder of what can be made again.
        requirement: The package with its exact version. It is not in the lock: nothing that is
            published is built with it.
    """
    folder = cache / requirement
    python = folder / "bin/python"
    made = folder / "made"
    if not made.exists():
        print(f"installing {requirement} into {folder.parent.name}/{folder.name}", flush=True)
        # With no pip, and so no setuptools, of its own: another version of what cells import would
        # make all that the cache holds stale.
        venv.create(folder, clear=True)
        _lend(folder)
        pip = (sys.executable, "-m", "pip", "--python", str(python))
        subprocess.run(
            [*pip, "install", "--quiet", "--disable-pip-version-check", requirement], check=True
        )
        made.touch()
    return python


def _lend(folder: Path) -> None:
    """Let an environment find the packages of the one that this runs in.

    An entry of `.pth` that is a path would not have the `.pth` files there read, by one of which
    this project is found.
    """
    own = sysconfig.get_path("purelib")
    (its,) = (folder / "lib").glob("python*/site-packages")
    (its / "lent.pth").write_text(f"import site; site.addsitedir({own!r})\n", "utf-8")
