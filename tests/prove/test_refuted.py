"""Sentences that runs refuted: each is a problem wherever it comes back."""

import pytest

from support.page import planned
from support.paths import PROJECT
from support.sites import WriteSite
from unrolled.prove import refuted
from unrolled.site.links.linked import linked
from unrolled.site.place import load

KNOWN = refuted.read((PROJECT / "tests" / "recorded" / refuted.FILE).read_text("utf-8"))
"""Those of the project's own lessons."""
FALSE = (
    "With next to no gradient left, 100 updates end in guessing.",
    "So what failed was teaching it.",
    "A default `nn.RNN(8, 32)` does not learn the far input.",
    "More units or more updates do not shorten the way.",
    "For more than ten or twenty steps, take an LSTM or a GRU.",
    "One look at either settles the label.",
    "The key is strongest.",
    "By then every recurrent weight has a gradient.",
    "An untrained layer shows that order carries meaning.",
    "The gradient is a product of forget gates.",
    "With `proj_size` a wide memory needs fewer weights.",
    "Here `nn.GRU` takes more than twice as long as `nn.LSTM`.",
    "On a CPU oneDNN takes the whole sequence.",
    "All gates start near a half.",
    "A fresh GRU forgets almost as fast as an `nn.RNN`.",
    "So the best epoch costs nothing.",
    "In two directions `out[:, -1]` is no final state.",
    "A GRU always has three quarters of them.",
    "Only packing tells where a sequence ends.",
    "What a plain `nn.RNN` cannot do is hold a value.",
    "Along the line the gradient arrives unshrunk.",
    "The layer has three weights.",
    "A mean z near 1 shows that a value is kept.",
)
TRUE = (
    "Along the cell state, what is left is a product of forget gates.",
    "Each unit has three weights, and a layer has more.",
    "Packing tells where a sequence ends, and so do lengths.",
)


@pytest.mark.parametrize("sentence", FALSE)
def test_a_refuted_sentence_is_one_problem_at_its_line(sentence: str) -> None:
    found = list(refuted.problems([planned(f"# Page\n\nText.\n\n{sentence}\n")], KNOWN))
    assert [problem.line for problem in found] == [5]


@pytest.mark.parametrize("sentence", TRUE)
def test_what_is_right_is_let_through(sentence: str) -> None:
    assert not list(refuted.problems([planned(f"# Page\n\n{sentence}\n")], KNOWN))


def test_a_site_names_its_own(write_site: WriteSite) -> None:
    root = write_site({"index.md": "# Page\n\nAll birds fly.\n"})
    site = load(root / "mkdocs.yml")
    site.records.mkdir(parents=True)
    (site.records / refuted.FILE).write_text("- {said: birds fly, but: some}\n", "utf-8")
    pages = site.read()
    (found,) = linked(site, pages, pages).problems
    assert str(found).startswith("docs/index.md:3: 'birds fly' was refuted: some.")


UNREAD = {
    "another encoding": (b"- said: a\n  but: caf\xe9\n", 2, "this list is not UTF-8"),
    "a bracket that is not closed": (b"- {said: a\n", 2, "this list cannot be read: "),
    "a merge that is not finished": (b"<<<<<<< HEAD\n- said: a\n", 2, "this list "),
    "a control character": (b"- said: a\x00b\n", 1, "this list cannot be read: "),
    "one entry without a list": (b"said: a\nbut: b\n", 1, "this list is no list"),
    "an entry without its fact": (b"- {said: a, but: b}\n- said: c\n", 2, "this entry of the list"),
    "a text for an entry": (b"- birds fly\n", 1, "this entry of the list has not just 'said'"),
    "a list for a text": (b"- said: [a]\n  but: b\n", 1, "this entry of the list has not just"),
    "no pattern": (b"- but: b\n  said: (a\n", 2, "'said' is no pattern: missing ), unterminated"),
}


@pytest.mark.parametrize(("content", "line", "fact"), UNREAD.values(), ids=UNREAD.keys())
def test_a_list_that_cannot_be_read_is_one_problem(
    content: bytes, line: int, fact: str, write_site: WriteSite
) -> None:
    root = write_site({"index.md": "# Page\n\nAll birds fly.\n"})
    site = load(root / "mkdocs.yml")
    site.records.mkdir(parents=True)
    (site.records / refuted.FILE).write_bytes(content)
    pages = site.read()
    (found,) = linked(site, pages, pages).problems
    assert str(found).startswith(f"tests/recorded/refuted.yml:{line}: {fact}")
    assert found.remedy
