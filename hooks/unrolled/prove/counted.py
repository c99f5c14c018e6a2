"""How many gates, states, biases, matrices and parameters a layer has, in words that are false.

What the layers have is known here, and a test holds it to torch. A sentence that speaks of a part
of them, of several layers or of another library passes: this finds what is false, and not what is
unproved.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from unrolled.model.page import Page
from unrolled.model.problem import Code, Problem
from unrolled.model.visible import HOLE, Visible
from unrolled.prove import numerals
from unrolled.prove.gates import BLOCKS, ELSEWHERE
from unrolled.prove.sentences import Sentences

KINDS = {
    "gate": r"gates",
    "state": r"(?:hidden |recurrent |final )?states",
    "bias vector": r"bias(?:es| vectors| terms)",
    "matrix": r"(?:weight |recurrent )?matrices",
    "parameter": r"(?:parameter|weight) tensors|parameters",
}
"""What is counted, each with how it is written."""
HAS: dict[str, dict[str, tuple[int, ...]]] = {
    "gate": {"RNN": (0,), "GRU": (2, 3), "LSTM": (3, 4)},
    "state": {"RNN": (1,), "GRU": (1,), "LSTM": (2,)},
    "bias vector": {layer: tuple({2, n, 2 * n} - {1}) for layer, n in BLOCKS.items()},
    "matrix": {layer: tuple({2, n, 2 * n} - {1}) for layer, n in BLOCKS.items()},
    "parameter": dict.fromkeys(BLOCKS, (4,)),
}
"""How many of each one layer in one direction has; some count a stack as one, some its blocks.

The candidate is a gate to some, and none to others.
"""
LAYER = r"(?:nn\.)?(?:RNN|GRU|LSTM)s?"
VERBS = (
    "has|have|having|holds?|keeps?|carr(?:y|ies)|returns?|contains?|comes? with|with|needs?|uses?|"
    "consists? of|(?:is )?made of|there are|its|stacks?|trains?|learns?"
)
KIND = "|".join(f"(?P<{name.replace(' ', '_')}>{words})" for name, words in KINDS.items())
COUNT = re.compile(
    rf"(?:\b(?:{VERBS}) |\b{LAYER}['’]s? )(?:only |exactly |all |just |the |in all )*"
    rf"(?P<count>{numerals.WORDS}|\d+) (?:{KIND})"
    r"(?=[.,;:)!]|\s*$|\s+(?:and|each|in all|in total|in one layer|inside|per layer|a layer)\b"
    rf"|\s+(?:of|in) (?:an?|the|each|every) {LAYER}\b)",
    re.IGNORECASE,
)
"""A number of them, behind a verb that says that these are all, and before an end."""
NAMED = re.compile(r"\b(?:nn\.)?(?P<layer>RNN|GRU|LSTM)(?P<cell>Cell)?s?\b", re.IGNORECASE)
MADE = re.compile(r"\bnn\.(RNN|GRU|LSTM)\(")
MANY = re.compile(
    r"\b(?:layers|directions?|(?:bi|uni)directional|stacked|deep|encoder|decoder|proj_size|"
    r"projection|steps?|sequences?|words?|letters?|blocks?)\b",
    re.IGNORECASE,
)
"""What makes a sentence speak of more than one layer, or of more than one step."""
OF_ONE = ("gate",)
"""What does not depend on how many layers, directions and steps there are."""


def problems(page: Page) -> Iterator[Problem]:
    """Yield a problem for each false number; options of questions are refuted by a run."""
    about = _about(page)
    for piece in page.visible:
        sentences = Sentences(piece.text)
        for found in COUNT.finditer(piece.text):
            line = piece.line(found.start("count"))
            start, end = sentences.around(found.start())
            sentence = piece.text[start:end]
            layer = _layer(piece, start, end, found) or about
            if not layer or HOLE in sentence or line in page.judged_lines:
                continue
            fact = None if ELSEWHERE.search(sentence) else _false(found, sentence, layer)
            if fact:
                said = found[0].strip()
                remedy = "Fix it, or let a run count: `#!value len(list(rnn.parameters()))`"
                yield Problem(
                    page.path, line, f"'{said}' is false: {fact}", remedy, code=Code.CLAIM
                )


def _about(page: Page) -> str:
    """Return the layer that a page is about: its topic's, else the only one that its code makes."""
    if page.topic.upper() in BLOCKS:
        return page.topic.upper()
    made = {layer for cell in page.cells for layer in MADE.findall(cell.code)}
    return min(made) if len(made) == 1 else ""


def without(problems: Iterable[Problem], false: Sequence[Problem]) -> Iterator[Problem]:
    """Yield problems but for those with a number that is false: one of both is enough."""
    for each in problems:
        _, *said = each.fact.split("'")
        if not any(each.line == one.line and said and said[0] in one.fact for one in false):
            yield each


def _layer(piece: Visible, start: int, end: int, found: re.Match[str]) -> str:
    """Return the layer that a sentence speaks of: the last one named before, else the next."""
    named = [*NAMED.finditer(piece.text, start, end)]
    before = [each for each in named if each.start() <= found.start("count")]
    nearest = before[-1:] or named[:1]
    return nearest[0]["layer"].upper() if nearest else ""


def _false(found: re.Match[str], sentence: str, layer: str) -> str | None:
    """Return what is the case, None where a number may be right."""
    kind = next(name for name in KINDS if found[name.replace(" ", "_")])
    word = found["count"]
    count = int(word) if word.isdigit() else next(numerals.read(word), 0)
    true = HAS[kind][layer]
    if count in true or (kind not in OF_ONE and MANY.search(sentence)):
        return None
    if kind == "parameter" and count > 2 * max(BLOCKS.values()):
        return None  # The numbers in them, which are counted elsewhere.
    of = "an" if layer != "GRU" else "a"
    numbers = " or ".join(map(str, sorted(true)))
    if kind == "gate" and layer != "RNN":
        return f"{of} {layer} has {true[0]}, {true[1]} with the candidate"
    noun = {"matrix": "matrices"}.get(kind, f"{kind}s") if true != (1,) else kind
    return f"one {layer} layer has {numbers if true != (0,) else 'no'} {noun}"
