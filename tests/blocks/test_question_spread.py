"""Keys of a whole site: neither their letters nor their lengths may tell them."""

from support.page import planned
from support.questions import question
from unrolled.model.page import Page
from unrolled.site.check import among


def facts(keys: str, long: int = 0) -> list[str]:
    """Return what is wrong with a site of one question a page, its keys at the given letters.

    The first `long` are the longest.
    """
    pages: list[Page] = []
    for number, letter in enumerate(keys):
        options: list[tuple[str, str]] = []
        for name in "ABC":
            more = "longer" if (name == letter) == (number < long) else ""
            options.append((f"{'*' if name == letter else ''}{name.lower()}{more}", "Why."))
        text = question("concept", "Stem.", options, "reviewed: true").replace("a-b", f"a-{number}")
        pages.append(planned(text, f"p{number:02}.md"))
    return [problem.fact for problem in among(pages, pages)]


def test_the_letter_of_the_key_is_spread_over_the_site() -> None:
    assert facts("ABC" * 5) == []
    assert facts("A" * 9 + "BC" * 3) == ["the key is A in 9 of the site's 15 questions"]


def test_a_few_questions_say_nothing_of_the_letters() -> None:
    assert facts("A" * 6) == []


def test_the_key_is_not_usually_the_longest() -> None:
    assert facts("ABC" * 5, long=8) == [
        "the key is the longest option in 8 of the site's 15 questions"
    ]
