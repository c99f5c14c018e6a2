"""Finding a Chromium.

One that is installed, else Playwright's own, else one that this machine's package manager has.

As a command (`make test` runs it): see to it that there is one, and say what to do where that
cannot be done.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
)
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
MAC = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")


def find() -> str | None:
    """Return the path of an installed Chromium, Playwright's own included.

    None when there is none. `CHROMIUM` names another.

    The headless shell comes first: the tests take a third less time with it than with the whole.
    """
    named = os.environ.get("CHROMIUM")
    found = [named] if named else [path for path in map(shutil.which, NAMES) if path]
    if found:
        return found[0]
    if MAC.exists():
        return str(MAC)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
    return own if Path(own).exists() else None


def install() -> None:
    """Try Playwright's download, then Debian's package."""
    tries = [[sys.executable, "-m", "playwright", "install", "chromium"]]
    if shutil.which("apt-get") and os.geteuid() == 0:
        tries += [["apt-get", "update", "-qq"]]
        tries += [
            ["apt-get", "install", "-y", "-qq", "--no-install-recommends", name]
            for name in ("chromium-headless-shell", "chromium")
        ]
    print("browser: no Chromium was found; installing one, about 300 MB to download", flush=True)
    for command in tries:
        print(
            "browser:",
            " ".join(command[1:] if command[0] == sys.executable else command),
            flush=True,
        )
        subprocess.run(command, check=False, stdout=subprocess.DEVNULL, timeout=600)
        if find():
            return


if __name__ == "__main__":
    if not find():
        install()
    path = find()
    if path is None:
        sys.exit(
            "No Chromium was found, and none could be installed. Install Chromium or Chrome, or"
            " name one: CHROMIUM=/path make test"
        )
    print(f"browser: {path}")
