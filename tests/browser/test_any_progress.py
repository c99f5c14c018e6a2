"""Files of progress, and what storage holds, made by hypothesis: pages take them or say why not."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import expect

from support.learner import KEY
from support.pages import Opener

ANSWERS = ("This file is no JSON.", "This file is from a newer version of the site.",
           "This file holds no progress of this site.")  # fmt: skip
"""What readers are told of a file that is not taken."""
BRING = """async ([kept, text]) => {
  const { restore } = await import("/assets/quiz/store.js");
  const { imported } = await import("/assets/quiz/transfer.js");
  if (kept === null) localStorage.removeItem("unrolled:/"); else restore(kept);
  try { return [imported(text), "", localStorage.getItem("unrolled:/")]; }
  catch (error) { return [null, error.message, localStorage.getItem("unrolled:/")]; }
}"""
"""Bring in a file where this was kept; how many items came, or what is said; what is kept then."""

numbers = st.one_of(
    st.integers(-3, 9),
    st.integers(10**12, 2 * 10**12),
    st.floats(allow_nan=False, allow_infinity=False),
)
values: st.SearchStrategy[Any] = st.recursive(
    st.one_of(st.none(), st.booleans(), numbers, st.text(max_size=9)),
    lambda inside: st.one_of(
        st.lists(inside, max_size=4), st.dictionaries(st.text(max_size=9), inside, max_size=4)
    ),
    max_leaves=6,
)
reviews = st.lists(st.tuples(numbers, st.integers(0, 5)), max_size=4)
names = st.one_of(
    st.sampled_from(
        (
            "skills",
            "settings",
            "badge/lists",
            "read/lists/learn",
            "lists/quiz-test",
            "lists/quiz-practice",
        )
    ),
    st.sampled_from(("__proto__", "constructor", "toString", "", "gone")),
    st.text(max_size=12),
)
FIELDS: dict[str, st.SearchStrategy[Any]] = {
    "hash": st.sampled_from(("", "0123456789ab")),
    "when": numbers,
    "chosen": st.lists(st.integers(-1, 5), max_size=3),
    "tries": st.integers(0, 4),
    "done": st.booleans(),
    "right": st.booleans(),
    "text": st.text(max_size=20),
    "log": reviews,
    "due": numbers,
    "seen": st.dictionaries(st.text(max_size=3), numbers, max_size=3),
    "more": values,
}
entries = st.one_of(
    st.fixed_dictionaries(
        {name: FIELDS[name] for name in ("hash", "when")},
        optional={name: kind for name, kind in FIELDS.items() if name not in ("hash", "when")},
    ),
    st.fixed_dictionaries({}, optional={name: st.one_of(k, values) for name, k in FIELDS.items()}),
    values,
)
states = st.one_of(
    st.fixed_dictionaries(
        {"v": st.just(1), "items": st.dictionaries(names, entries, max_size=5)},
        optional={"asks": st.booleans(), "more": values},
    ),
    st.fixed_dictionaries({"v": values, "items": values}),
    values,
)
texts = st.one_of(
    states.map(json.dumps),
    states.map(lambda state: json.dumps(state)[:-1]),
    st.text(max_size=40),
)
few = {
    "derandomize": True,
    "database": None,
    "deadline": None,
    "suppress_health_check": [HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
}


def readable(kept: str | None) -> bool:
    """Return whether pages take what is kept for progress."""
    state = json.loads(kept) if kept is not None else {"v": 1, "items": {}}
    return isinstance(state, dict) and state.get("v") == 1 and isinstance(state.get("items"), dict)


def test_any_file_is_brought_in_or_refused_and_twice_is_as_once(show_fixture: Opener) -> None:
    page = show_fixture("review/")

    @settings(max_examples=80, **few)
    @given(st.none() | states.map(json.dumps), texts)
    def bring(kept: str | None, text: str) -> None:
        count, said, after = page.evaluate(BRING, [kept, text])
        if count is None:
            assert said in ANSWERS
            assert after == kept
            return
        if not readable(kept):
            assert after == kept  # It is left alone, and the page remembers by itself.
            return
        again, said, last = page.evaluate(BRING, [after, text])
        assert (again, said, last) == (0, "", after)
        state = json.loads(text)
        assert state["v"] == 1 and count <= len(state["items"])

    bring()


def test_pages_are_whole_whatever_is_kept(show_fixture: Opener) -> None:
    page = show_fixture("lists/practice/")
    questions = page.locator("quiz-question").count()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    places = [
        page.url.replace("lists/practice/", at) for at in ("lists/", "lists/practice/", "review/")
    ]

    @settings(max_examples=12, **few)
    @given(states.map(json.dumps), st.sampled_from(places))
    def open_with(kept: str, place: str) -> None:
        page.evaluate("([key, kept]) => localStorage.setItem(key, kept)", [KEY, kept])
        page.goto(place)
        if place.endswith("practice/"):
            buttons = "quiz-question button:text-matches('^(Check|Try again)$')"
            expect(page.locator(buttons)).to_have_count(2 * questions)
        else:
            expect(page.get_by_role("heading", level=1)).to_be_visible()
        assert wrong == []

    open_with()
