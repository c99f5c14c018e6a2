"""Modes: what the pages of a topic are, by the names of their files, and what each must hold."""

import functools
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, cast

import yaml

from unrolled import source
from unrolled.page import MODES, Page
from unrolled.problem import Problem
from unrolled.question import CHALLENGES, LEVELS

LABELS = {
    "learn": "Learn",
    "recap": "Recap",
    "practice": "Practice",
    "challenge": "Challenge",
    "test": "Test",
    "experiment": "Experiment",
    "visualize": "Visualize",
    "walkthrough": "Walkthrough",
    "debug": "Debug clinic",
    "cheatsheet": "Cheat sheet",
}
DRAWN = 10
"""How many questions a test draws, evenly from the three levels; the widget draws them."""
FEWEST_A_LEVEL = -(-DRAWN // len(LEVELS))


def facts(page: Page) -> dict[str, Any]:
    """Return a page's front matter; empty where it has none or it cannot be read."""
    return _facts(page.text)


@functools.lru_cache(maxsize=256)
def _facts(text: str) -> dict[str, Any]:
    match = source.FRONT_MATTER.match(text)
    try:
        read = yaml.safe_load(re.sub(r"\A---|(---|\.\.\.)\s*\Z", "", match.group(0))) if match else None
    except (yaml.YAMLError, ValueError):
        return {}
    return cast(dict[str, Any], read) if isinstance(read, dict) else {}


def minutes(page: Page) -> int:
    """Return how long a page takes, as its front matter says; 0 when it says nothing of use."""
    said = facts(page).get("minutes")
    return said if type(said) is int and said > 0 else 0


def hubs(pages: Iterable[Page]) -> list[Page]:
    """Return the front pages of topics: those that hold a block `modes`."""
    return [page for page in pages if any(block.name == "modes" for block in page.blocks)]


def of_topic(hub: Page, pages: Iterable[Page]) -> list[Page]:
    """Return a topic's pages in the order of their modes."""
    folder = hub.path.rpartition("/")[0]
    own = [page for page in pages if page.mode and page.path.rpartition("/")[0] == folder]
    return sorted(own, key=lambda page: MODES.index(page.mode))


def problems(pages: Sequence[Page]) -> list[Problem]:
    """Return what is missing from the pages of topics."""
    return [p for hub in hubs(pages) for page in of_topic(hub, pages) for p in (*_lacking(page), *_questions(page))]


def _lacking(page: Page) -> Iterator[Problem]:
    known = facts(page)
    if not minutes(page):
        yield Problem(page.path, 1, "the topic's front page cannot say how long this page takes", "Say it in the front matter: minutes: 5")
    if not str(known.get("outcome") or "").strip():
        yield Problem(
            page.path, 1, "the topic's front page cannot say what this page is for",
            "Say in the front matter what readers leave able to do: outcome: predict its shapes",
        )  # fmt: skip


def _questions(page: Page) -> Iterator[Problem]:
    if page.mode in ("practice", "challenge", "test"):
        for item in page.questions:
            if not item.read:
                remedy = "Name the section that tells it: read: learn.md#by-hand"
                yield Problem(page.path, item.block.line, f"question '{item.id}' does not say what to read again", remedy)
    if page.mode == "challenge":
        kinds = Counter(item.challenge for item in page.questions)
        if kinds != Counter(CHALLENGES):
            said = ", ".join(f"{count} {kind or 'without a kind'}" for kind, count in sorted(kinds.items())) or "none"
            yield Problem(
                page.path, 1, f"a challenge holds one problem of each kind, and this one {said}", f"Write: {', '.join(CHALLENGES)}"
            )
    if page.mode == "test":
        for level in LEVELS:
            count = sum(item.level == level for item in page.questions)
            if count < FEWEST_A_LEVEL:
                fact = f"a test draws up to {FEWEST_A_LEVEL} {level} questions, and this page has {count}"
                yield Problem(page.path, 1, fact, "Write more of them")
        for item in page.questions:
            if not item.skill:
                remedy = "Say skill: shapes, constructor, errors or concepts"
                yield Problem(page.path, item.block.line, f"question '{item.id}' names no skill for the verdict", remedy)
