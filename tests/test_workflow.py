"""The workflow: actions by commit, code that may only read, and nothing published from a cache."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from support.paths import PROJECT

WORKFLOWS = sorted((PROJECT / ".github/workflows").glob("*.yml"))
PINNED = re.compile(r"[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+")
each = pytest.mark.parametrize("file", WORKFLOWS, ids=lambda file: file.name)


def jobs(file: Path) -> dict[str, dict[str, Any]]:
    """Return the jobs of a workflow."""
    return yaml.safe_load(file.read_text("utf-8"))["jobs"]


def uses(job: dict[str, Any], action: str) -> list[dict[str, Any]]:
    """Return the steps of a job that use an action, or one beneath it."""
    return [step for step in job["steps"] if step.get("uses", "").startswith(action)]


def test_there_are_workflows() -> None:
    assert WORKFLOWS


@each
def test_actions_are_pinned_by_commit_and_say_their_version(file: Path) -> None:
    used = re.findall(r"uses: *(.*)", file.read_text("utf-8"))
    assert used
    assert [line for line in used if not PINNED.fullmatch(line)] == []


@each
def test_what_runs_the_projects_code_may_only_read_and_knows_no_secret(file: Path) -> None:
    text = file.read_text("utf-8")
    assert yaml.safe_load(text)["permissions"] == {"contents": "read"}
    assert not re.search(r"^\s*pull_request_target", text, re.MULTILINE)
    assert "secrets." not in text
    for name, job in jobs(file).items():
        runs = any("run" in step for step in job["steps"]) or uses(job, "actions/checkout@")
        assert not (runs and "permissions" in job), f"{name} runs code, with rights of its own"
        for step in uses(job, "actions/checkout@"):
            assert step["with"]["persist-credentials"] is False


@each
def test_pull_requests_read_the_cache_and_main_writes_it(file: Path) -> None:
    for job in jobs(file).values():
        restores, saves = uses(job, "actions/cache/restore@"), uses(job, "actions/cache/save@")
        assert len(uses(job, "actions/cache")) == len(restores) + len(saves)
        assert [s["if"] for s in restores] == ["github.event_name == 'pull_request'"] * len(
            restores
        )
        assert [s["if"] for s in saves] == ["github.event_name == 'push'"] * len(saves)
        if uses(job, "actions/upload-pages-artifact@"):
            assert not restores and not saves, "what is published comes from no cache"


def test_the_pythons_that_are_promised_are_tested() -> None:
    matrix = jobs(PROJECT / ".github/workflows/site.yml")["check"]["strategy"]["matrix"]
    tested = {*matrix["python"], *(job["python"] for job in matrix["include"])}
    assert tested == {"3.11", "3.12", "3.13", "3.14"}
    assert any(job["os"].startswith("macos") for job in matrix["include"])
