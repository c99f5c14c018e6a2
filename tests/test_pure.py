"""The widget's pure modules, as a browser loads them; the schedule is held to PyPI's fsrs over thousands of histories."""

import json
import random
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from fsrs import Card, Rating, Scheduler
from playwright.sync_api import Page

from pages import Opener

HISTORIES = 3000
START = datetime(2026, 1, 5, 8, 30, tzinfo=UTC)


@pytest.fixture
def page(show: Opener) -> Page:
    return show("proofs/")


def module(page: Page, name: str, body: str, argument: object = None) -> object:
    """Run the body of a function of `m`, a module of the widget, and `x`, in the page."""
    return json.loads(page.evaluate(f"async x => {{ const m = await import('/assets/quiz/{name}.js'); {body} }}", argument))


def histories() -> list[list[tuple[float, int]]]:
    """Random reviews: minutes to years apart, early and overdue, of all ratings."""
    chance = random.Random(7)  # noqa: S311 - no secret
    found = []
    for _ in range(HISTORIES):
        when, log = START, []
        for _ in range(chance.randint(1, 12)):
            log.append((when.timestamp() * 1000, chance.choices((1, 2, 3, 4), (2, 1, 4, 1))[0]))
            gap = chance.choice(
                (timedelta(minutes=7), timedelta(hours=23), timedelta(days=1), timedelta(days=1) * 10 ** chance.uniform(0, 3))
            )
            when += timedelta(milliseconds=round(gap / timedelta(milliseconds=1)))
        found.append(log)
    return found


def reference(log: list[tuple[float, int]]) -> dict[str, float]:
    """Return what the reference gives, with the parameters that the widget uses: its defaults, no steps within a day, no random fuzz."""
    scheduler = Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)
    card = Card()
    for when, rating in log:
        card, _ = scheduler.review_card(card, Rating(rating), START + timedelta(milliseconds=when - START.timestamp() * 1000))
    return {"stability": card.stability or 0, "difficulty": card.difficulty or 0, "due": card.due.timestamp() * 1000}


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
    """Before the review page plans it exactly, the store gives an item the reference's first date."""
    script = """localStorage.clear(); const day = 86400000;
        for (const r of [1, 2, 3, 4]) m.set('i' + r, 'h', {done: true}, r);
        return JSON.stringify([1, 2, 3, 4].map(r => { const e = m.get('i' + r, 'h'); return Math.round((e.due - e.log[0][0]) / day) }))"""
    expected = [round((reference([(START.timestamp() * 1000, r)])["due"] - START.timestamp() * 1000) / 86400e3) for r in (1, 2, 3, 4)]
    assert module(page, "store", script) == expected


def test_grading_gives_partial_credit_for_several_keys_only(page: Page) -> None:
    cases = [([1], [1], 4), ([0], [1], 4), ([0, 2], [0, 2], 4), ([0], [0, 2], 4), ([0, 1, 2, 3], [0, 2], 4), ([], [0, 2], 5)]
    found = module(page, "grade", "return JSON.stringify(x.map(([c, k, n]) => m.grade(new Set(c), new Set(k), n)))", cases)
    assert found == [
        {"right": True, "credit": 1}, {"right": False, "credit": 0}, {"right": True, "credit": 1},
        {"right": False, "credit": 0.75}, {"right": False, "credit": 0.5}, {"right": False, "credit": 0.6},
    ]  # fmt: skip


def test_options_are_shuffled_evenly(page: Page) -> None:
    orders = module(page, "grade", "return JSON.stringify(Array.from({length: 6000}, () => m.shuffled(3)))")
    assert isinstance(orders, list)
    counts = Counter(map(tuple, orders))
    assert len(counts) == 6
    assert min(counts.values()) > 800


def test_a_draw_is_even_sorted_and_avoids_the_last_one(page: Page) -> None:
    pool = [{"id": f"{level}-{n}", "level": level} for level in ("easy", "medium", "hard") for n in range(8)]
    script = """let before = new Set(); const all = [];
        for (let i = 0; i < 200; i++) { const drawn = m.draw(x, 10, before); before = new Set(drawn); all.push(drawn) }
        return JSON.stringify(all)"""
    draws = module(page, "draw", script, pool)
    assert isinstance(draws, list)
    odd = Counter()
    for before, drawn in zip([[], *draws], draws, strict=False):
        levels = [name.split("-")[0] for name in drawn]
        counts = Counter(levels)
        assert sorted(counts.values()) == [3, 3, 4]
        odd[counts.most_common(1)[0][0]] += 1
        assert levels == sorted(levels, key=["easy", "medium", "hard"].index)
        assert len(set(drawn)) == 10
        assert not set(before) & set(drawn)
    assert len(odd) == 3
    assert {name for drawn in draws for name in drawn} == {item["id"] for item in pool}


def test_a_draw_from_a_small_pool_takes_what_there_is(page: Page) -> None:
    pool = [{"id": f"e{n}", "level": "easy"} for n in range(7)] + [{"id": "h0", "level": "hard"}]
    drawn = module(page, "draw", "return JSON.stringify(m.draw(x, 10, new Set()))", pool)
    assert isinstance(drawn, list)
    assert sorted(drawn) == sorted(item["id"] for item in pool)


def test_a_merge_keeps_the_newer_entry_and_joins_reviews(page: Page) -> None:
    script = """localStorage.clear();
        const a = {hash: 'h', when: 50, done: true, log: [[10, 1], [50, 3]]};
        localStorage.unrolled = JSON.stringify({v: 1, items: {a, b: {hash: 'h', when: 9}}});
        const count = m.imported(JSON.stringify({v: 1, items: {
            a: {hash: 'h', when: 40, done: false, log: [[10, 1], [40, 2]]},
            b: {hash: 'new', when: 10, done: true}, c: {hash: 'h', when: 1}}}));
        return JSON.stringify([count, JSON.parse(localStorage.unrolled).items])"""
    count, items = module(page, "transfer", script)  # type: ignore[misc]
    assert count == 3
    assert items["a"] == {"hash": "h", "when": 50, "done": True, "log": [[10, 1], [40, 2], [50, 3]]}
    assert items["b"] == {"hash": "new", "when": 10, "done": True}
    assert items["c"]["hash"] == "h"
