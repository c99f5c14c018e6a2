"""Fixtures that all tests share: one engine a worker, and sites in temporary folders."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from support import built, sites
from support.lent import LentEngine
from support.once import once
from support.sites import Project, WriteSite
from unrolled.run.engine import Engine
from unrolled.site.place import Site


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add what the golden cases need, and what takes minutes."""
    parser.addoption(
        "--all-notebooks", action="store_true", help="run the notebook of every page of the site"
    )
    parser.addoption(
        "--update-golden", action="store_true", help="write what is found into tests/cases/"
    )


@pytest.fixture(scope="session")
def engine_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The cache folder of the shared engine."""
    return tmp_path_factory.mktemp("root").resolve() / ".cache"


@pytest.fixture(scope="session")
def engine(engine_cache: Path) -> Iterator[Engine]:
    """An engine that all tests share, since its fork server takes seconds to start."""
    shared = LentEngine(engine_cache.parent, engine_cache)
    yield shared
    shared.end()


@pytest.fixture
def lent(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let each site that asks for an engine have the shared one."""
    monkeypatch.setattr(Site, "engine", lambda *_, **__: engine)


@pytest.fixture
def write_site(tmp_path: Path) -> WriteSite:
    """Return a function that writes a site with these files beneath docs/ and returns its folder.

    Called again, it adds to them.
    """
    root = tmp_path.resolve() / "site"

    def write(files: Mapping[str, str | bytes]) -> Path:
        return sites.write(root, files)

    return write


@pytest.fixture
def project(write_site: WriteSite, engine: Engine) -> Project:
    """A site with its records, empty at first."""
    return Project(write_site, engine)


@pytest.fixture(scope="session")
def built_fixture(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The fixture site as MkDocs builds it, once for all workers."""
    return once(tmp_path_factory, "built-fixture", built.build_fixture)
