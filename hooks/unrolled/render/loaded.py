"""What a page loads of the widget: nothing where there is nothing to answer.

And the key of its questions, for print.
"""

from __future__ import annotations

import html

from unrolled.blocks import BY_NAME
from unrolled.model.mode import Mode
from unrolled.model.page import Page
from unrolled.model.runs import PageRuns
from unrolled.read import tokens
from unrolled.render.listing import ELEMENT

FOLDER = "assets/quiz"
"""Where the widget's files are on the site."""
WITH_ELEMENT = (Mode.LEARN, Mode.PRACTICE, Mode.CHALLENGE, Mode.TEST)
"""Modes with an element of their own, which stands at the end of the page and takes its questions
in hand."""
CARD = "card"
"""Blocks that a recap makes a deck of."""
DECK, QUESTION = f"quiz-{Mode.RECAP}", "quiz-question"
WITH_QUESTIONS = (DECK, *(f"quiz-{mode}" for mode in (Mode.PRACTICE, Mode.CHALLENGE, Mode.TEST)))
"""Elements that load the questions themselves: a deck those beneath it, once it is there."""
DONE = "quiz-done"
"""Asks at the end of a page whether it is done."""


def markup(ran: PageRuns, root: str, repository: str, *, has_proofs: bool) -> str:
    """Return what to put at the end of a page's content.

    The mode's element, and the widget's stylesheet and modules.

    In the content, not in the head, so that instant navigation brings them along, and only to pages
    that need them.

    Args:
        ran: The page with its runs.
        root: The way from its address to the site's: `../../`.
        repository: Where problems of a question can be reported; may be empty.
        has_proofs: Whether ticks on the page lead to its proofs.
    """
    folder = f"{root}{FOLDER}"
    proofs = _script(folder, ELEMENT) if has_proofs else ""
    page = ran.page
    kinds = [BY_NAME[block.name] for block in page.blocks if block.name in BY_NAME]
    mode = _mode(page)
    # The mode's comes last: it takes in hand what the others have made.
    own = [mode] if mode else []
    if page.mode and page.mode.is_read:
        own.append(DONE)
    elements = [*dict.fromkeys(kind.element for kind in kinds if kind.element), *own]
    if not elements:
        return proofs
    element = "".join(_element(name, page) for name in own)
    style = (
        f'<link rel="stylesheet" href="{folder}/quiz.css"'
        f' data-repository="{html.escape(repository)}">'
    )
    names = dict.fromkeys(kind.styles for kind in kinds if kind.styles)
    if mode == DECK:
        names["deck.css"] = None
    if mode in WITH_QUESTIONS:
        elements = [name for name in elements if name != QUESTION]
    styles = (f'<link rel="stylesheet" href="{folder}/{name}">' for name in names)
    scripts = (_script(folder, name) for name in elements)
    return "".join((_key(ran), element, style, *styles, *scripts, proofs))


def _element(name: str, page: Page) -> str:
    mode = f' data-mode="{page.mode}"' if name == DONE else ""
    return f'<{name} data-topic="{html.escape(page.topic)}"{mode}></{name}>'


def _script(folder: str, name: str) -> str:
    return f'<script type="module" src="{folder}/define/{name}.js"></script>'


def _mode(page: Page) -> str:
    """Return the element of the page's mode; empty where it gets none."""
    if page.mode is Mode.RECAP and any(block.name == CARD for block in page.blocks):
        return f"quiz-{page.mode}"
    takes = page.mode in WITH_ELEMENT and any(item.printed_key for item in page.answerable)
    return f"quiz-{page.mode}" if takes else ""


def has_predictions(page: Page) -> bool:
    """Return whether a button beneath the page's title will cover its outputs, to be predicted."""
    return page.mode is Mode.LEARN and bool(_mode(page) and page.chains)


def _key(ran: PageRuns) -> str:
    """Return the key of a page's questions, which only print shows.

    The widget keeps its letters in step with the order shown.
    """
    lines = "".join(
        f"<li>{html.escape(tokens.plain(ran.title(item)))} <strong"
        f' id="{item.id}-key">{html.escape(item.printed_key)}</strong></li>'
        for item in ran.page.items
        if item.printed_key
    )
    return (
        f'<section class="answer-key" data-search-exclude><p>Key</p><ol>{lines}</ol></section>'
        if lines
        else ""
    )
