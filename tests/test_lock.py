"""What is installed is what was reviewed: each package by its hash, torch by its exact version."""

import re
import tomllib
from collections.abc import Iterator
from importlib import metadata

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from support.paths import PROJECT

ENTRY = re.compile(
    r"^(?P<what>[A-Za-z0-9][^\\#]*?)\s*(?P<hashes>(?:\\\n\s+--hash=\S+\s*)*)$", re.MULTILINE
)
PYTHONS = ("3.11.0", "3.11.9", "3.12.0", "3.13.0", "3.14.0")
SYSTEMS = ("linux", "darwin")
PYPROJECT = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))


def locked() -> Iterator[tuple[Requirement, list[str]]]:
    """Give each entry of the lock, and its hashes."""
    for entry in ENTRY.finditer((PROJECT / "requirements.txt").read_text("utf-8")):
        yield (
            Requirement(entry["what"]),
            re.findall(r"--hash=sha256:([0-9a-f]{64})", entry["hashes"]),
        )


def asked() -> list[Requirement]:
    """Return all that the project asks for, to run, to work on it and to build it."""
    project = PYPROJECT["project"]
    lines = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    return [Requirement(line) for line in [*lines, *PYPROJECT["build-system"]["requires"]]]


def version_for(name: str, python: str, system: str) -> list[str]:
    """Return the versions that the lock has of a package for a Python on a system."""
    where = {"python_full_version": python, "sys_platform": system}
    return [
        next(iter(entry.specifier)).version
        for entry, _ in locked()
        if canonicalize_name(entry.name) == canonicalize_name(name)
        and (entry.marker is None or entry.marker.evaluate(where))
    ]


def test_each_entry_is_one_version_with_hashes() -> None:
    entries = list(locked())
    assert len(entries) > 100
    for entry, hashes in entries:
        assert hashes, entry
        assert [s.operator for s in entry.specifier] == ["=="], entry


@pytest.mark.parametrize("system", SYSTEMS)
@pytest.mark.parametrize("python", PYTHONS)
def test_what_the_project_asks_for_is_locked(python: str, system: str) -> None:
    """If this fails after a change of pyproject.toml, run `make lock`."""
    for requirement in asked():
        if requirement.name == "torch":
            continue
        versions = version_for(requirement.name, python, system)
        assert len(versions) == 1, f"{requirement}: {versions}"
        assert requirement.specifier.contains(versions[0]), f"{requirement}: {versions}"


def test_torch_is_one_exact_version_and_what_it_needs_is_locked() -> None:
    """Whatever the lock lacked would be taken from torch's index, without a hash."""
    (torch,) = (r for r in asked() if r.name == "torch")
    assert [s.operator for s in torch.specifier] == ["=="]
    assert version_for("torch", PYTHONS[0], "linux") == []
    (told,) = PYPROJECT["tool"]["uv"]["dependency-metadata"]
    for line in [*told["requires-dist"], *(metadata.requires("torch") or [])]:
        needed = Requirement(line)
        from_torch = needed.name.startswith(("nvidia-", "cuda-", "triton"))
        if from_torch or (needed.marker and not needed.marker.evaluate({"extra": ""})):
            continue
        (version,) = version_for(needed.name, PYTHONS[1], "linux")
        assert needed.specifier.contains(version), line


def test_nothing_of_cuda_is_locked() -> None:
    assert [e.name for e, _ in locked() if e.name.startswith(("nvidia-", "cuda-", "triton"))] == []
