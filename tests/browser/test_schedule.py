"""The schedule in the browser is that of PyPI's fsrs, over thousands of histories."""

import json
import random
from datetime import UTC, datetime, timedelta

import pytest
from fsrs import Card, Rating, Scheduler
from playwright.sync_api import Page

from support.pages import Opener

HISTORIES = 3000
START = datetime(2026, 1, 5, 8, 30, tzinfo=UTC)


@pytest.fixture
def page(show_fixture: Opener) -> Page:
    return show_fixture("proofs/")


def module(page: Page, name: str, body: str, argument: object = None) -> object:
    """Run the body of a function of `m`, a module of the widget, and `x`, in the page."""
    return json.loads(
        page.evaluate(
            f"async x => {{ const m = await import('/assets/quiz/{name}.js'); {body} }}", argument
        )
    )


def histories() -> list[list[tuple[float, int]]]:
    """Random reviews: minutes to years apart, early and overdue, of all ratings."""
    chance = random.Random(7)  # noqa: S311 - no secret
    found = []
    for _ in range(HISTORIES):
        when, log = START, []
        for _ in range(chance.randint(1, 12)):
            log.append((when.timestamp() * 1000, chance.choices((1, 2, 3, 4), (2, 1, 4, 1))[0]))
            gap = chance.choice(
                (
                    timedelta(minutes=7),
                    timedelta(hours=23),
                    timedelta(days=1),
                    timedelta(days=1) * 10 ** chance.uniform(0, 3),
                )
            )
            when += timedelta(milliseconds=round(gap / timedelta(milliseconds=1)))
        found.append(log)
    return found


def reference(log: list[tuple[float, int]]) -> dict[str, float]:
    """Return what the reference gives, with the parameters that the widget uses.

    Its defaults, no steps within a day, no random fuzz.
    """
    scheduler = Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)
    card = Card()
    for when, rating in log:
        card, _ = scheduler.review_card(
            card, Rating(rating), START + timedelta(milliseconds=when - START.timestamp() * 1000)
        )
    return {
        "stability": card.stability or 0,
        "difficulty": card.difficulty or 0,
        "due": card.due.timestamp() * 1000,
    }


def test_the_schedule_is_that_of_the_reference(page: Page) -> None:
    logs = histories()
    ours = module(page, "fsrs", "return JSON.stringify(x.map(m.plan))", logs)
    assert isinstance(ours, list)
    for log, mine in zip(logs, ours, strict=True):
        theirs = reference(log)
        assert mine["stability"] == pytest.approx(theirs["stability"], rel=1e-9), log
        assert mine["difficulty"] == pytest.approx(theirs["difficulty"], rel=1e-9), log
        assert abs(mine["due"] - theirs["due"]) < 1, log
    assert len({round(m["stability"], 3) for m in ours}) > HISTORIES / 2


def test_a_first_review_is_due_when_the_reference_says(page: Page) -> None:
    """The store gives an item the reference's first date, before the review page plans it."""
    script = """localStorage.clear(); const day = 86400000;
        for (const r of [1, 2, 3, 4]) m.set('i' + r, 'h', {done: true}, r);
        return JSON.stringify([1, 2, 3, 4].map(r => { const e = m.get('i' + r, 'h');
            return Math.round((e.due - e.log[0][0]) / day) }))"""
    expected = [
        round(
            (reference([(START.timestamp() * 1000, r)])["due"] - START.timestamp() * 1000) / 86400e3
        )
        for r in (1, 2, 3, 4)
    ]
    assert module(page, "store", script) == expected
