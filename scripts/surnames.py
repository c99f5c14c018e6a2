"""Write the surnames that pages about `nn.RNN` read: real ones, by language.

They come from `faker` (MIT licence), which is needed for this alone:
`pip install faker==40.63.0 && python scripts/surnames.py`.
"""

from __future__ import annotations

import importlib
import random
import re
import unicodedata
from pathlib import Path

LOCALES = {"Dutch": "nl_NL", "Italian": "it_IT", "Croatian": "hr_HR"}
EACH = 240
"""Names of each language."""
FILE = Path(__file__).resolve().parent.parent / "docs" / "rnn" / "surnames.txt"
HEAD = (
    "# Surnames by language, from faker 40.63.0 (MIT licence), folded to a-z;"
    " written by scripts/surnames.py.\n"
)


def folded(name: str) -> str:
    """Return a name in lower case without accents, so that none of them gives it away."""
    plain = unicodedata.normalize("NFKD", name.replace("đ", "d").replace("Đ", "D"))
    return "".join(c for c in plain if not unicodedata.combining(c)).lower()


def names(locale: str) -> set[str]:
    """Return the surnames of a locale that are plain letters."""
    provider = importlib.import_module(f"faker.providers.person.{locale}").Provider
    kinds = ("last_names", "last_names_male", "last_names_female")
    found = {folded(name) for kind in kinds for name in getattr(provider, kind, ())}
    return {name for name in found if re.fullmatch("[a-z]{4,10}", name)}


def main() -> None:
    """Write the file: each name once, and none that two languages share."""
    every = {language: names(locale) for language, locale in LOCALES.items()}
    lines: list[str] = []
    for language, own in every.items():
        others = set().union(*(every[other] for other in every if other != language))
        listed = sorted(own - others)
        random.Random(0).shuffle(listed)  # noqa: S311 - no secret
        lines += [f"{name} {language}" for name in listed[:EACH]]
    FILE.write_text(HEAD + "\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()
