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
NAME = r"'[^'\n]*'|\"[^\"\n]*\"|`[^`\n]*`|\b\w+\[\d\]"
"""What decides between entries of one wording: `'shape'`, `hidden[0]`."""


def words(message: str) -> list[str]:
    """Return the words of a message that tell what it says, in their order."""
    text = message.lower()
    for noise in NOISE.values():
        text = re.sub(noise, " ", text)
    return re.findall(WORD, text)


def names(message: str) -> list[str]:
    """Return what is named in a message: it only decides where wordings are the same."""
    return [name.strip("'\"`") for name in re.findall(NAME, message.lower())]


def pattern(message: str) -> str:
    """Return what the widget compares: a message's words, and behind a bar what it names."""
    return f"{' '.join(words(message))}|{'|'.join(names(message))}"
