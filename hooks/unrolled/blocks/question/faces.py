"""A question as a flashcard of a deck.

In front, the stem and the options; on the back, the key, what the run gave and every reason.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from unrolled.model.kind import Faces

if TYPE_CHECKING:
    from bs4 import Tag

NOT_ASKED = (
    "question__title",
    "question__options",
    "question__answer",
    "question__proof",
    "question-part--hint",
)
"""Parts of the element that are not its stem."""


def faces(question: Tag) -> Faces:
    """Return the two sides of a question's element."""
    # Here, since only decks need it, and it takes long to import.
    from bs4 import Tag

    title = question.select_one(".question__title")
    options = question.select_one(".question__options")
    answer = question.select_one(".question__answer")
    assert title and options and answer, "every question has a title, options and an answer"
    stem = "".join(
        str(child)
        for child in question.children
        if not (isinstance(child, Tag) and set(child.get_attribute_list("class")) & {*NOT_ASKED})
    )
    front = f"<p><strong>{title.decode_contents()}</strong></p>{stem}{options}"
    if summary := answer.find("summary", recursive=False):
        summary.extract()
    return Faces(front, answer.decode_contents())
