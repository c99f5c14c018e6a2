"""Five pages with a fault each, of different stages."""

from support.page import cell

GOOD = "# Good\n\nNo cells.\n"
BAD = "# Bad\n\n" + cell("x = = 1")
QUESTION = """\
# Question

/// question | Which?
    id: same
    kind: concept
    level: easy
    reviewed: true

- [x] A

    Why.

- [ ] B

    Why.

- [ ] C

    Why.

///
"""
FIVE = {
    "a-syntax.md": "# A\n\n" + cell("x = = 1"),
    "b-name.md": "# B\n\n" + cell("x = 1\nundefined"),
    "c-raises.md": "# C\n\n" + cell("1 + 1", "raises=ValueError"),
    "d-key.md": QUESTION.replace("[x]", "[ ]").replace("id: same", "id: other"),
    "e-first.md": QUESTION,
    "f-second.md": QUESTION,
    "good.md": GOOD,
}
FIVE_PLACES = [
    "docs/a-syntax.md:4:",
    "docs/b-name.md:5:",
    "docs/c-raises.md:3:",
    "docs/d-key.md:3:",
    "docs/f-second.md:3:",
]
