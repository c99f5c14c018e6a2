"""Whatever a browser has kept, pages stay whole, and what a reset takes comes back as it was."""

import json
import random
import re
from collections.abc import Iterator

from playwright.sync_api import expect

from support.pages import Opener

ODD = (
    None, True, 0, -1, 1e308, "", "abc", "<b>x</b>", "\x00\u2028\ud800", [], [[]], {}, {"a": {}},
    {"v": 1}, {"toString": 5, "__proto__": {"hash": ""}}, [None] * 50, "x" * 5000,
)  # fmt: skip
FIELDS = ("hash", "when", "chosen", "tries", "done", "right", "text", "log", "due", "more")
NAMES = ("lists/quiz-practice", "lists/quiz-test", "badge/lists", "settings", "__proto__", "")
COUNT = 40


def states() -> Iterator[str]:
    """Yield what storage may hold: broken, foreign, newer and odd."""
    draw = random.Random(11)  # noqa: S311 - a fixed list of odd values
    yield from ("", "null", "{", "[" * 5000, '{"v": 2, "items": {}}', '{"v": 99, "more": [1]}')
    for number in range(COUNT):
        entry = {name: draw.choice(ODD) for name in draw.sample(FIELDS, draw.randint(0, 10))}
        items = {name: draw.choice((entry, draw.choice(ODD))) for name in NAMES}
        text = json.dumps({"v": draw.choice((1, 1, 1, 2, "1", None)), "items": items})
        yield text[: draw.randrange(len(text))] if number % 4 == 0 else text


def test_what_a_reset_takes_comes_back_byte_for_byte(show_fixture: Opener) -> None:
    page = show_fixture("review/")
    reset = page.get_by_role("button", name="Reset", exact=True)
    undo = page.get_by_role("button", name="Undo the reset")
    for state in states():
        page.evaluate("state => localStorage.setItem('unrolled:/', state)", state)
        before = page.evaluate("localStorage.getItem('unrolled:/')")
        page.reload()
        reset.click()
        assert json.loads(page.evaluate("localStorage.getItem('unrolled:/')"))["items"] == {}
        undo.click()
        assert page.evaluate("localStorage.getItem('unrolled:/')") == before


def test_odd_progress_leaves_questions_whole_and_what_is_kept_as_it_is(
    show_fixture: Opener,
) -> None:
    page = show_fixture("lists/practice/")
    questions = page.locator("quiz-question")
    buttons = questions.get_by_role(
        "button", name=re.compile("Check|Try again"), include_hidden=True
    )
    for state in states():
        page.evaluate("state => localStorage.setItem('unrolled:/', state)", state)
        before = page.evaluate("localStorage.getItem('unrolled:/')")
        page.reload()
        expect(buttons).to_have_count(2 * questions.count())
        assert page.evaluate("localStorage.getItem('unrolled:/')") == before
