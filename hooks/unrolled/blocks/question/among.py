"""What only many questions show.

Whether a mode has those it needs, and whether keys can be guessed by their place or length.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from unrolled.blocks.question.item import ChallengeKind, Level, Question, QuestionKind
from unrolled.blocks.topics import topic_pages
from unrolled.model.mode import DRAWN, Mode
from unrolled.model.page import Page
from unrolled.model.problem import Code, Problem

FEWEST_A_LEVEL = -(-DRAWN // len(Level))
FEWEST = 12
"""Questions from which on the spread of keys over the site says something."""
MOST = 0.4
"""Share of the questions whose key may have the same letter, or be the longest option."""


def problems(pages: Sequence[Page]) -> Iterator[Problem]:
    """Yield what the questions of all pages show together."""
    for page in topic_pages(pages):
        questions = page.of(Question)
        if page.mode in (Mode.PRACTICE, Mode.CHALLENGE, Mode.TEST):
            yield from _unread(page, questions)
        if page.mode is Mode.CHALLENGE:
            yield from _challenge(page, questions)
        if page.mode is Mode.TEST:
            yield from _test(page, questions)
    yield from _spread(pages)


def _unread(page: Page, questions: Sequence[Question]) -> Iterator[Problem]:
    for question in questions:
        if not question.read:
            fact = f"question '{question.id}' does not say what to read again"
            yield Problem(
                page.path,
                question.block.line,
                fact,
                "Name the section that tells it: read: learn.md#by-hand",
                code=Code.QUESTION,
            )


def _challenge(page: Page, questions: Sequence[Question]) -> Iterator[Problem]:
    kinds = Counter(question.block.option("challenge") for question in questions)
    if kinds != Counter(ChallengeKind):
        said = (
            ", ".join(
                f"{count} {kind or 'without a kind'}" for kind, count in sorted(kinds.items())
            )
            or "none"
        )
        fact = f"a challenge holds one problem of each kind, and this one {said}"
        yield Problem(page.path, 1, fact, f"Write: {', '.join(ChallengeKind)}", code=Code.QUESTION)


def _test(page: Page, questions: Sequence[Question]) -> Iterator[Problem]:
    for level in Level:
        count = sum(question.level is level for question in questions)
        if count < FEWEST_A_LEVEL:
            fact = (
                f"a test draws up to {FEWEST_A_LEVEL} {level} questions, and this page has {count}"
            )
            yield Problem(page.path, 1, fact, "Write more of them", code=Code.QUESTION)
    for question in questions:
        if not question.block.option("skill"):
            fact = f"question '{question.id}' names no skill for the verdict"
            remedy = "Say skill: shapes, constructor, errors or concepts"
            yield Problem(page.path, question.block.line, fact, remedy, code=Code.QUESTION)


def _spread(pages: Sequence[Page]) -> Iterator[Problem]:
    """Yield whether the keys of the site can be guessed from their letters or lengths."""
    items = [
        (page, question)
        for page in pages
        for question in page.of(Question)
        if not question.multiple
        and len(question.keys) == 1
        and question.kind is not QuestionKind.COMPLETE_CODE
    ]
    if len(items) < FEWEST:
        return
    letters = Counter(question.choices.index(question.keys[0]) for _, question in items)
    place, most = letters.most_common(1)[0]
    if most > MOST * len(items):
        page, question = next((p, q) for p, q in items if q.choices[place].key)
        fact = f"the key is {chr(ord('A') + place)} in {most} of the site's {len(items)} questions"
        yield Problem(
            page.path,
            question.block.line,
            fact,
            "Move the key of some, beginning with this one",
            code=Code.QUESTION,
        )
    longest = [(page, question) for page, question in items if _key_is_longest(question)]
    if len(longest) > MOST * len(items):
        page, question = longest[0]
        fact = (
            f"the key is the longest option in {len(longest)} of the site's {len(items)} questions"
        )
        remedy = "Shorten some keys, or say more in a distractor, beginning with this one"
        yield Problem(page.path, question.block.line, fact, remedy, code=Code.QUESTION)


def _key_is_longest(question: Question) -> bool:
    lengths = [len(choice.said) for choice in question.choices]
    key = len(question.keys[0].said)
    return key == max(lengths) and lengths.count(key) == 1
