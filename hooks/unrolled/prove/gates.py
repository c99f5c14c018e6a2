"""What is said of the layers in words that their weights refute: order of gates, who has more.

What the layers are is known here, and a test holds it to torch, so that reading imports no torch.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from unrolled.model.page import Page
from unrolled.model.problem import Code, Problem
from unrolled.model.visible import HOLE, Visible
from unrolled.prove.sentences import Sentences

BLOCKS = {"RNN": 1, "GRU": 3, "LSTM": 4}
"""How many matrices of a state's size each layer stacks in a weight, at equal sizes."""
ORDERS = {
    "LSTM": ("input", "forget", "cell", "output"),
    "GRU": ("reset", "update", "new"),
}
"""In which order: weights of torch hold them so from the first row to the last."""
LETTERS = {
    "input": "i", "forget": "f", "cell": "g", "output": "o", "reset": "r", "update": "z", "new": "n"
}  # fmt: skip
NAMED = {
    **{name: name for name in LETTERS},
    **{letter: name for name, letter in LETTERS.items()},
    "candidate": "cell",
}
ANY = r"(?:\ban? (?:nn\.)?(?P<{0}>RNN|GRU|LSTM)|\b(?P<{0}s>RNN|GRU|LSTM)s)"
"""A layer in general: "a GRU", "GRUs". One of a page, "the GRU", may be of any size."""
MORE = re.compile(
    rf"{ANY.format('first')} (?:has|have|needs?|holds?|takes?) (?P<turn>more|fewer|less) "
    rf"(?:parameters|weights|matrices|gates) than {ANY.format('second')}\b",
    re.IGNORECASE,
)
NAME = rf"(?:{'|'.join(NAMED)})"
ROW = re.compile(rf"\b{NAME}(?:(?: gate)?(?:, (?:and )?|, then | and | then ){NAME})+\b")
"""Gates one after another."""
ORDERED = re.compile(r"\border\b|\bstack", re.IGNORECASE)
"""What makes of a row of gates a statement about their order."""
ELSEWHERE = re.compile(
    r"\b(?:Keras|TensorFlow|ONNX|JAX|Flax|cuDNN|papers?|librar(?:y|ies)|not|never|no|instead|if|"
    r"would|should|other|wrong)\b"
    r"|n't\b|\?",
    re.IGNORECASE,
)
"""What makes a sentence say something of another library, or of another case."""


def problems(page: Page) -> Iterator[Problem]:
    """Yield a problem for each such statement; options of questions are refuted by a run."""
    for piece in page.visible:
        sentences = Sentences(piece.text)
        for place, said, fact in _refuted(piece):
            start, end = sentences.around(place)
            sentence = piece.text[start:end]
            line = piece.line(place)
            if HOLE in sentence or ELSEWHERE.search(sentence) or line in page.judged_lines:
                continue
            remedy = "Fix it, or let a run say it: `#!value rnn.weight_ih_l0.size(0)`"
            yield Problem(page.path, line, f"'{said}' is false: {fact}", remedy, code=Code.CLAIM)


def _refuted(piece: Visible) -> Iterator[tuple[int, str, str]]:
    """Yield where something false stands, its words, and what is true."""
    for found in MORE.finditer(piece.text):
        first = BLOCKS[_layer(found, "first", "firsts")]
        second = BLOCKS[_layer(found, "second", "seconds")]
        if first <= second if found["turn"].lower() == "more" else first >= second:
            yield (
                found.start(), found[0],
                f"at equal sizes its weights have {first} blocks, the other's {second}",
            )  # fmt: skip
    for found in ROW.finditer(piece.text):
        named = tuple(NAMED[name] for name in re.findall(rf"\b{NAME}\b", found[0]))
        for layer, order in ORDERS.items():
            about = ORDERED.search(piece.text) and set(named) == set(order)
            if about and named != order:
                shown = ", ".join(LETTERS[name] for name in order)
                yield found.start(), found[0], f"torch stacks {layer}'s in the order {shown}"


def _layer(found: re.Match[str], *groups: str) -> str:
    return next(found[name] for name in groups if found[name]).upper()
