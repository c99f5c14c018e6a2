"""Fixtures that all tests share: one engine a worker, and sites in temporary folders."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from support import sites
from support.sites import Project, WriteSite
from unrolled.run.engine import Engine


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add what the golden cases need."""
    parser.addoption("--update-golden", action="store_true", help="write what is found into tests/cases/")


@pytest.fixture(scope="session")
def engine_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The cache folder of the shared engine."""
    return tmp_path_factory.mktemp("root").resolve() / ".cache"


@pytest.fixture(scope="session")
def engine(engine_cache: Path) -> Iterator[Engine]:
    """An engine that all tests share, since its fork server takes seconds to start."""
    shared = Engine(engine_cache.parent, engine_cache)
    yield shared
    shared.close()


@pytest.fixture
def write_site(tmp_path: Path) -> WriteSite:
    """Return a function that writes a site with these files beneath docs/ and returns its folder; called again, it adds to them."""
    root = tmp_path.resolve() / "site"

    def write(files: Mapping[str, str | bytes]) -> Path:
        return sites.write(root, files)

    return write


@pytest.fixture
def project(write_site: WriteSite, engine: Engine) -> Project:
    """A site with its records, empty at first."""
    return Project(write_site, engine)
