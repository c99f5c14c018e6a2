"""Sentences that runs refuted once: they do not come back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from unrolled.model.page import Page
from unrolled.model.problem import Code, Problem

FILE = "refuted.yml"
"""The file beside the recorded outputs that lists them."""

LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The one in C, where there is one: it is ten times as fast."""
QUOTES = ('"', "“", "'", "‘")


@dataclass(frozen=True)
class Refuted:
    """A statement that is false, and what runs say instead."""

    said: re.Pattern[str]
    """How it is worded: a pattern, whatever the capitals."""
    but: str
    """What runs give, as a sentence without its full stop."""


def read(text: str) -> tuple[Refuted, ...]:
    """Read the list: entries with `said`, a pattern, and `but`, a sentence."""
    entries: list[dict[str, str]] = yaml.load(text, LOADER) or []  # noqa: S506 - a safe one
    return tuple(
        Refuted(re.compile(entry["said"], re.IGNORECASE), entry["but"].rstrip("."))
        for entry in entries
    )


def problems(pages: Iterable[Page], known: Iterable[Refuted]) -> Iterator[Problem]:
    """Yield a problem for each sentence of a page that is known to be false.

    What stands in quotation marks is spoken of, and options of questions are refuted by a run.
    """
    listed = tuple(known)
    for page in pages:
        for piece in page.visible:
            for each in listed:
                found = each.said.search(piece.text)
                line = piece.line(found.start()) if found else 0
                quoted = found and piece.text[: found.start()].endswith(QUOTES)
                if found and not quoted and line not in page.judged_lines:
                    fact = f"'{' '.join(found[0].split())}' was refuted: {each.but}"
                    remedy = "Say what runs bear out, and the range in which it holds"
                    yield Problem(page.path, line, fact, remedy, code=Code.CLAIM)
