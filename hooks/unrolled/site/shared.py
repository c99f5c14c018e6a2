"""What Python and the widget both know, as data: two modules of the widget are written from it.

`python -m unrolled.site.shared` writes them anew; a test fails when the files are not as this says.
"""

from __future__ import annotations

import json
import textwrap
from collections.abc import Mapping, Sequence

from unrolled.blocks.errors.pattern import NAME, NOISE, WORD
from unrolled.blocks.experiment.item import OPERATORS
from unrolled.blocks.experiment.proof import NEEDED
from unrolled.blocks.question.form import LEAST_CHOICES
from unrolled.blocks.question.item import LETTERS, ChallengeKind, Level
from unrolled.model.mode import DRAWN, Mode
from unrolled.site.assets import WIDGET

HEAD = (
    "// Written by `python -m unrolled.site.shared` from hooks/unrolled/site/shared.py: edit that,"
    " not this."
)
WIDTH = 100
"""Columns of a line, as the widget's formatter has them."""
NUMBERS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")

CLASSES = (
    "question__title",
    "question__options",
    "question__option",
    "question__rationales",
    "question__verdict",
    "question__answer",
    "question__key",
    "question__proof",
    "question__read",
    "question__facts",
    "question-part--hint",
    "question-part--solution",
    "is-key",
    "is-distractor",
    "card__back",
    "explain__concepts",
    "hub__learn",
    "cell",
    "cell-output",
    "cell-output--error",
    "cell-figure",
    "predict",
    "example",
    "claim__tick",
    "proofs__line",
    "errors__entry",
    "errors__cause",
    "errors__message",
    "errors__count",
    "trace__figures",
    "trace__all",
    "trace__svg",
    "trace__column",
    "trace__row",
    "trace__zero",
    "trace__end",
    "trace__bar",
)
"""Classes that the pages' HTML bears and that the widget looks for."""

FACTS = (
    "bound",
    "cell",
    "claim",
    "drawn",
    "hash",
    "id",
    "items",
    "kind",
    "level",
    "mode",
    "multiple",
    "name",
    "part",
    "patterns",
    "read",
    "refusals",
    "repository",
    "seconds",
    "skill",
    "table",
    "topic",
    "torch",
    "trace",
    "typed",
    "variants",
)
"""What the pages' HTML says of its elements in attributes `data-…`, and the widget reads there."""

TYPES: Mapping[str, Sequence[str]] = {"Mode": tuple(Mode), "ClassName": CLASSES, "Fact": FACTS}
"""Words that the widget writes as they are: its types let no other pass."""
ALWAYS: Mapping[str, object] = {
    # Under what progress is kept in a reader's browser, a site's path following, and the version of
    # its form.
    "KEY": "unrolled",
    "VERSION": 1,
    "LETTERS": LETTERS,
    "DRAWN": DRAWN,
    # How many attempts a question allows: one guess among few options tells too much for another.
    "ATTEMPTS": {"few": 1, "many": 2, "fewOptions": LEAST_CHOICES},
}
"""What every page with questions loads."""
RULES: Mapping[str, object] = {
    "LEVELS": tuple(Level),
    # How many misses a test's verdict allows: for knowing the topic, and for a good part of it.
    "PASS": {"known": 1, "partly": 4},
    # How many problems a challenge holds, in words.
    "PROBLEMS": NUMBERS[len(ChallengeKind)],
    # How targets compare, and the training whose targets are the reader's too.
    "SIGNS": tuple(OPERATORS),
    "SOLUTION": NEEDED[-1],
    # What of an error's message differs between two readers with one mistake, and what is compared.
    "NOISE": NOISE,
    "WORD": WORD,
    "NAME": NAME,
}
"""What is loaded where a mode needs it."""


def modules() -> dict[str, str]:
    """Return each module's text by the name of its file, as the widget's formatter leaves it."""
    types = (_type(name, words) for name, words in TYPES.items())
    return {
        "shared.js": "\n\n".join((HEAD, *types, _values(ALWAYS))),
        "rules.js": "\n\n".join((HEAD, _values(RULES))),
    }


def _type(name: str, words: Sequence[str]) -> str:
    union = " | ".join(json.dumps(word) for word in words)
    width = WIDTH - len(" * ")
    lines = textwrap.wrap(f"@typedef {{{union}}} {name}", width, break_on_hyphens=False)
    return "\n".join(("/**", *(f" * {line}" for line in lines), " */"))


def _values(values: Mapping[str, object]) -> str:
    return "".join(f"export const {name} = {_literal(value)};\n" for name, value in values.items())


def _literal(value: object) -> str:
    if isinstance(value, Mapping):
        entries = (f"  {key}: {json.dumps(entry)}" for key, entry in value.items())
        return "{\n" + ",\n".join(entries) + "\n}"
    text = json.dumps(value)
    # As a constant list, so that the widget's types know its words.
    return f"/** @type {{const}} */ ({text})" if isinstance(value, tuple) else text


def main() -> None:
    """Write the modules."""
    for name, text in modules().items():
        (WIDGET / name).write_text(text, "utf-8")


if __name__ == "__main__":
    main()
