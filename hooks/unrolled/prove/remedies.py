"""How a run is to say what a sentence types: the claim, with the names that the sentence gives."""

from __future__ import annotations

import re

from unrolled.model import shape
from unrolled.model.name import FIRST
from unrolled.prove import numerals

OWNER = re.compile(rf"\b(?:{FIRST})(?:\.\w+)+")
"""What has a default, by the names that PyTorch's pages use."""
LAYER = re.compile(r"\b(?:RNN|LSTM|GRU)\b")
"""A layer by its name alone."""
ARGUMENTS = re.compile(
    r"\b(?:batch_first|num_layers|nonlinearity|bias|dropout|bidirectional|proj_size|device|dtype)\b"
)
"""Arguments of the layers."""
OF = re.compile(
    r"\b(?P<before>\w+)`? (?:of|in|for) (?:an? |the )?`?(?:nn|F|optim|torch)\."
    r"|\b(?P<alone>[a-z]+_\w+)\b"
)
"""An argument before what has it, or by its underscores."""
MEANT = (
    (re.compile(r"batch (?:\w+ )*first|time (?:\w+ )*first", re.IGNORECASE), "batch_first"),
    (re.compile(r"directions?\b|directional\b", re.IGNORECASE), "bidirectional"),
    (re.compile(r"\blayers?\b", re.IGNORECASE), "num_layers"),
    (re.compile(r"\bbias(?:es)?\b", re.IGNORECASE), "bias"),
    (re.compile(r"\b(?:relu|tanh)\b", re.IGNORECASE), "nonlinearity"),
)
"""Arguments by what they come to in words."""


def default(sentence: str, found: str) -> str:
    """Return the remedy for a default that is typed.

    Args:
        sentence: The sentence that says it.
        found: The words that say it.
    """
    owner = OWNER.search(sentence)
    layer = LAYER.search(sentence)
    path = owner[0] if owner else f"nn.{layer[0] if layer else 'RNN'}"
    return f"Let a run say it: `#!default {path}.{_argument(found) or _argument(sentence) or '…'}`"


def _argument(text: str) -> str:
    """Return the argument that a text names or means, or nothing."""
    named = ARGUMENTS.search(OWNER.sub("nn.", text)) or OF.search(text)
    if named:
        return next((each for each in named.groups() if each), named[0])
    return next((name for words, name in MEANT if words.search(text)), "")


def sizes(found: str) -> str:
    """Return a shape that is typed as Python writes it; sizes in words too."""
    if any(sign.isdigit() for sign in found):
        found = re.sub(r"\w+(?==)", "", found)
    words = re.split(r"[ -]by[ -]", found)
    read = [next(numerals.read(word), None) if word.isalpha() else None for word in words]
    pairs = zip(words, read, strict=True)
    return shape.standard(" ".join(word if n is None else str(n) for word, n in pairs))
