"""Where things are."""

from pathlib import Path

TESTS = Path(__file__).resolve().parent.parent
PROJECT = TESTS.parent
PACKAGE = PROJECT / "hooks" / "unrolled"
SITE = TESTS / "site"
"""The fixture site: a topic in all modes, of short pages that only tests read."""
CASES = TESTS / "cases"
"""Pages, each with what is expected of it."""
