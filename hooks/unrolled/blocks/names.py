"""The ids of items: by them pages link, readers' progress is kept, and records are found."""

import re

KEBAB = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


def fault(name: str, what: str, example: str) -> tuple[str, str] | None:
    """Return what is wrong with an id, as fact and remedy; None when nothing is.

    Args:
        name: The id, empty when there is none.
        what: What has it: `a question`.
        example: An id as it could be.
    """
    if not name:
        return f"{what} has no id", f"Give it one, unique on the site: id: {example}"
    if not KEBAB.fullmatch(name):
        return (
            f"the id '{name}' is not in kebab case",
            "Use lower-case letters, digits and single hyphens",
        )
    return None
