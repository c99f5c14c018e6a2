"""The package as others install it.

What the wheel holds, and a site built with it far from the checkout.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from unrolled.site import assets

PROJECT = Path(__file__).resolve().parents[2]
FILES = {
    "index.md": "# Sums\n\n/// topics\n///\n",
    "adding/index.md": "---\ntitle: Adding\noutcome: add\n---\n# Adding\n\n/// modes\n///\n",
    "adding/learn.md": (
        """\
---
outcome: add two numbers
---
# Learn to add

```python
import torch

torch.tensor([2, 3]).sum()
```

/// question | What is 2 + 3?
    id: two-and-three
    kind: concept
    level: easy
    reviewed: true

- [x] 5

    Right.

- [ ] 6

    That is 2 * 3.

- [ ] 23

    That is their digits.
///
"""
    ),
}
OWN = "site_name: Sums\nsite_description: Adding, seen\n"
PLUGIN = "plugins:\n  - search\n  - unrolled:\n      records: reviewed\n"
WAYS = {
    "INHERIT": f"INHERIT: ../elsewhere/mkdocs.yml\n{OWN}{PLUGIN}",
    "the plugin alone": f"{OWN}theme: material\n{PLUGIN}",
}


def run(*command: str | Path, cwd: Path) -> str:
    """Run a command without what the tests' own environment would lend it.

    Return what it prints.
    """
    lent = ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV")
    environment = {name: value for name, value in os.environ.items() if name not in lent}
    done = subprocess.run(
        list(map(str, command)),
        cwd=cwd,
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the wheel and the sdist, built from the checkout."""
    folder = tmp_path_factory.mktemp("built")
    for kind in ("wheel", "sdist"):
        run(sys.executable, "-m", "hatchling", "build", "-t", kind, "-d", folder, cwd=PROJECT)
    return folder


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """Return a function that installs wheels into a fresh environment and returns its `bin`.

    It borrows what we depend on from the environment of the tests, so that no torch is fetched.
    """

    def made(*wheels: Path) -> Path:
        folder = tmp_path_factory.mktemp("environment")
        run(sys.executable, "-m", "venv", "--without-pip", folder, cwd=folder)
        python = folder / "bin/python"
        installer = (
            sys.executable,
            "-m",
            "pip",
            "--python",
            python,
            "install",
            "--quiet",
            "--disable-pip-version-check",
        )
        run(*installer, "--no-deps", *wheels, cwd=folder)
        packages = [path for path in sys.path if path.endswith("site-packages")]
        (own,) = folder.glob("lib/*/site-packages")
        (own / "borrowed.pth").write_text("\n".join(packages), "utf-8")
        return folder / "bin"

    return made


@pytest.fixture(scope="module")
def commands(built: Path, environment: Callable[..., Path]) -> Path:
    """The commands of a fresh environment with the wheel."""
    return environment(*built.glob("*.whl"))


def test_the_wheel_holds_one_package_with_the_widget_and_the_theme(built: Path) -> None:
    (wheel,) = built.glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    tops = {name.partition("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"unrolled"}
    assert len(tops) == 2
    sources = {
        f"unrolled/{file.relative_to(PROJECT / 'hooks/unrolled').as_posix()}": file
        for file in (PROJECT / "hooks/unrolled").rglob("*")
    }
    expected = {
        name
        for name, file in sources.items()
        if file.is_file() and "__pycache__" not in file.parts and assets.BROUGHT not in file.parents
    }
    widget = {
        f"unrolled/theme/assets/quiz/{file.relative_to(PROJECT / 'quiz_js').as_posix()}"
        for file in (PROJECT / "quiz_js").rglob("*.*")
    }
    assert (
        "unrolled/theme/assets/quiz/question.js" in widget
        and "unrolled/theme/assets/unrolled.css" in expected
    )
    assert {name for name in names if ".dist-info/" not in name} == expected | widget


def test_the_sdist_is_complete(built: Path, tmp_path: Path) -> None:
    """The same wheel comes out of it, and what the tests need is in it."""
    (archive,) = built.glob("*.tar.gz")
    with tarfile.open(archive) as stream:
        if hasattr(tarfile, "data_filter"):
            stream.extractall(tmp_path, filter="data")
        else:  # Python 3.11 before 3.11.4; the archive is our own
            stream.extractall(tmp_path)  # noqa: S202
    (root,) = tmp_path.iterdir()
    for name in (
        "tests/site/test_install.py",
        "docs/index.md",
        "docs/.nav.yml",
        "mkdocs.yml",
        "requirements.txt",
        "Makefile",
        "LICENSE",
    ):
        assert (root / name).is_file(), name
    run(
        sys.executable,
        "-m",
        "hatchling",
        "build",
        "-t",
        "wheel",
        "-d",
        tmp_path / "again",
        cwd=root,
    )
    (wheel,), (again,) = built.glob("*.whl"), (tmp_path / "again").glob("*.whl")
    assert zipfile.ZipFile(again).namelist() == zipfile.ZipFile(wheel).namelist()


def test_the_installed_package_is_on_its_own(commands: Path, tmp_path: Path) -> None:
    """It is not the checkout, and brings no module of another name."""
    where = run(
        commands / "python", "-c", "import unrolled; print(unrolled.__file__)", cwd=tmp_path
    )
    assert where.startswith(str(commands.parent))
    code = (
        "import importlib.util as u; print([n for n in ('entry', 'quiz_js', 'hooks', 'theme') if"
        " u.find_spec(n)])"
    )
    assert run(commands / "python", "-c", code, cwd=tmp_path).strip() == "[]"


@pytest.mark.parametrize("settings", WAYS.values(), ids=WAYS.keys())
def test_a_site_elsewhere_is_built_with_its_own_name_topics_and_records(
    settings: str, commands: Path, tmp_path: Path
) -> None:
    root = tmp_path / "site"
    for name, text in FILES.items():
        file = root / "docs" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    (root / "mkdocs.yml").write_text(settings, "utf-8")
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere/mkdocs.yml").write_text(
        (PROJECT / "mkdocs.yml").read_text("utf-8"), "utf-8"
    )
    assert "recorded reviewed/adding/learn.txt" in run(commands / "unrolled", "accept", cwd=root)
    assert "3 pages, 1 cell: all as stated" in run(commands / "unrolled", "check", cwd=root)
    run(commands / "python", "-m", "mkdocs", "build", "--strict", cwd=root)
    home, learn = (
        (root / "site" / name).read_text("utf-8")
        for name in ("index.html", "adding/learn/index.html")
    )
    assert "<title>Sums</title>" in home and 'content="Adding, seen"' in home
    assert '<a href="adding/">Adding</a>' in home and "two-and-three:" in home
    assert "tensor(5)" in learn and 'src="../../assets/quiz/define/quiz-question.js"' in learn
    assert "PyTorch" not in home + learn
    for file in ("assets/quiz/core.js", "assets/quiz/quiz.css", "assets/unrolled.css"):
        assert (root / "site" / file).stat().st_size > 500
    assert not (root / "tests").exists()


def test_an_editable_install_is_the_checkout(
    environment: Callable[..., Path], tmp_path: Path
) -> None:
    """What `pip install --editable` installs: a wheel of this kind."""
    run(
        sys.executable,
        "-m",
        "hatchling",
        "build",
        "-t",
        "wheel:editable",
        "-d",
        tmp_path,
        cwd=PROJECT,
    )
    commands = environment(*tmp_path.glob("*.whl"))
    where = run(
        commands / "python", "-c", "import unrolled; print(unrolled.__file__)", cwd=tmp_path
    )
    assert where.strip() == str(PROJECT / "hooks/unrolled/__init__.py")
    (own,) = commands.parent.glob("lib/*/site-packages")
    assert not (own / "unrolled").exists()
    assert "usage: unrolled" in run(commands / "unrolled", "--help", cwd=tmp_path)
