"""Sentences that say something in general and that nothing on the page proves, for reviewers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from unrolled.model.page import Page
from unrolled.model.visible import HOLE
from unrolled.prove.sentences import Sentences

GENERAL = re.compile(
    r"\b(?:always|never|every|each|all|any|no|none|only|must|cannot|most|usually|often|rarely|"
    r"faster|slower|better|worse|fewer|more|less|larger|smaller|longer|shorter|as long as)\b",
    re.IGNORECASE,
)
ABOUT = re.compile(
    r"\b(?:train\w*|learn(?:s|ed|t|ing)?|gradient\w*|loss\w*|accurac\w+|converg\w+|overfit\w*|"
    r"generali[sz]\w+|learning rates?|seeds?|forget\w*|remember\w*|vanish\w*|explod\w*|memory|"
    r"faster|slower|time|parameters?|weights?|LSTMs?|GRUs?|RNNs?|networks?|layers?)\b",
    re.IGNORECASE,
)


def sentences(page: Page) -> Iterator[tuple[int, str]]:
    """Yield the line and the words of each such sentence."""
    for piece in page.visible:
        for start, end in Sentences(piece.text).spans():
            sentence = piece.text[start:end].strip()
            general = GENERAL.search(sentence) and ABOUT.search(sentence)
            if general and HOLE not in sentence and len(sentence.split()) > 4:
                begin = piece.text.find(sentence, start)
                yield piece.line(begin), " ".join(sentence.split())
