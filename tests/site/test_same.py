"""The check and the build say the same of a page, whichever pages are checked."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from mkdocs.config import load_config

from support import cases, damages
from support.cases import Case
from support.paths import CASES
from support.sites import WriteSite
from unrolled.run.engine import Engine
from unrolled.site.check import check
from unrolled.site.place import load

SIZE = 40
"""Cases that make up a site."""


def every() -> list[Case]:
    files = itertools.chain(cases.files(CASES / "form"), cases.files(CASES / "run"))
    return [case for file in files for case in cases.read(file)]


def batches() -> Iterator[list[Case]]:
    found = every()
    for first in range(0, len(found), SIZE):
        yield found[first : first + SIZE]


@pytest.mark.parametrize("batch", list(batches()), ids=lambda batch: batch[0].name)
def test_check_and_build_say_the_same(
    batch: list[Case], write_site: WriteSite, engine: Engine, lent: None
) -> None:
    pages = {f"case-{number}.md": case.page for number, case in enumerate(batch)}
    assert_same(write_site({"index.md": "# Home\n", **pages}), engine)


@settings(
    max_examples=8,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(damages.pages(), damages.pages())
def test_check_and_build_say_the_same_of_damaged_pages(
    write_site: WriteSite, engine: Engine, lent: None, one: str, other: str
) -> None:
    files = {"one.md": one.encode("utf-8", "replace"), "other.md": other.encode("utf-8", "replace")}
    assert_same(write_site({"index.md": b"# Home\n", **files}), engine)


def assert_same(root: Path, engine: Engine) -> None:
    """Check a site whole and page by page, and build it: all must say the same, word for word."""
    (root / "tests/recorded").mkdir(parents=True, exist_ok=True)
    site = load(root / "mkdocs.yml")
    planned = site.read()
    whole = check(site, planned, planned, engine)
    for page in planned:
        alone = [p for p in check(site, planned, [page], engine) if p.path == page.path]
        assert sorted(alone) == sorted(p for p in whole if p.path == page.path)
    config = load_config(str(root / "mkdocs.yml"))
    config.plugins.on_startup(command="build", dirty=False)
    config.plugins.on_config(config)
    said = config.plugins["unrolled"]._build.prove(config)
    assert [str(p) for p in sorted(set(whole)) if str(p) not in said] == []
    count = len(set(whole))
    assert said.rpartition("\n")[2] == (f"{count} problem{'s'[: count > 1]}." if count else "")
