"""Changes to a text, for cases that differ from a good page in one thing."""

from collections.abc import Callable

Edit = Callable[[str], str]


def put(old: str, new: str) -> Edit:
    """Return an edit of a text; what it replaces must be there."""

    def edit(text: str) -> str:
        assert old in text
        return text.replace(old, new, 1)

    return edit
