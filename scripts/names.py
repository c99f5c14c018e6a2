"""Write the surnames that two walkthroughs read, from faker's lists of people's names by locale.

    pip install faker && python scripts/names.py

Names are folded to a-z, so that no accent gives a language away; those of two languages are left
out. The files stand beside the pages, and say where they come from.
"""

from __future__ import annotations

import importlib
import importlib.metadata
import random
import re
import unicodedata
from pathlib import Path

LOCALES = {
    "Italian": ["it_IT"],
    "Spanish": ["es_ES", "es_MX"],
    "Croatian": ["hr_HR"],
    "Dutch": ["nl_NL"],
    "Zulu": ["zu_ZA"],
}
LISTS = ("last_names", "last_names_male", "last_names_female")
EACH = 690
"""Names a language."""
GENERATED = "Italian"
"""The language whose names the letter model writes."""
LETTERS = str.maketrans({"đ": "d", "Đ": "D", "ß": "ss"})


def folded(name: str) -> str:
    """Return a name in lower case, without accents."""
    plain = unicodedata.normalize("NFKD", name.translate(LETTERS))
    return "".join(c for c in plain if not unicodedata.combining(c)).lower()


def surnames(language: str) -> set[str]:
    """Return all surnames of a language."""
    found: set[str] = set()
    for locale in LOCALES[language]:
        provider = importlib.import_module(f"faker.providers.person.{locale}").Provider
        for name in LISTS:
            found |= {folded(each) for each in getattr(provider, name, ())}
    return {name for name in found if re.fullmatch("[a-z]{3,14}", name)}


def main() -> None:
    """Write both files."""
    version = importlib.metadata.version("faker")
    head = (
        f"# Surnames from faker {version} (https://github.com/joke2k/faker, MIT licence), written"
        " by scripts/names.py\n"
    )
    every = {language: surnames(language) for language in LOCALES}
    rows: list[str] = []
    for language in LOCALES:
        others = set().union(*(every[other] for other in LOCALES if other != language))
        names = sorted(every[language] - others)
        random.Random(0).shuffle(names)  # noqa: S311 - no secret
        rows += [f"{name},{language}" for name in names[:EACH]]
    Path("docs/rnn/names.csv").write_text(head + "\n".join(rows) + "\n", "utf-8")
    names = sorted(every[GENERATED])
    Path("docs/lstm/names.txt").write_text(head + "\n".join(names) + "\n", "utf-8")
    print(f"{len(rows)} names of {len(LOCALES)} languages; {len(names)} {GENERATED} ones")


if __name__ == "__main__":
    main()
