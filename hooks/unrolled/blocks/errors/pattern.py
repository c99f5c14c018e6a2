"""What of an error's message is its wording: neither numbers nor names, paths and sizes.

The widget reduces what a reader pastes by the same expressions, so they are written in what Python
and JavaScript both know.
"""

import re

NOISE = {
    "PATH": r"(?:[a-z]:)?[\\/][^\s:,'\"]+",
    "QUOTED": r"'[^'\n]*'|\"[^\"\n]*\"|`[^`\n]*`",
    "TYPE": r"\btorch\.\w+",
    "LIST": r"\[[^\]\n]*\]|\([^a-z()\n]*\)",
    "NUMBER": r"[-+]?\b\d[\d.x]*\b",
}
"""What differs between two readers with one mistake, in lower case."""
WORD = r"[a-z_]\w*"
"""What is compared."""


def words(message: str) -> list[str]:
    """Return the words of a message that tell what it says, in their order."""
    text = message.lower()
    for noise in NOISE.values():
        text = re.sub(noise, " ", text)
    return re.findall(WORD, text)
