"""What a page loads of the widget: nothing where there is nothing to answer.

And the key of its questions, for print.
"""

from __future__ import annotations

import html
from xml.etree.ElementTree import Element

from unrolled.blocks import BY_NAME
from unrolled.model.kind import BlockKind
from unrolled.model.mode import Mode
from unrolled.model.page import Page
from unrolled.model.runs import PageRuns
from unrolled.read import tokens
from unrolled.render.listing import ELEMENT

FOLDER = "assets/quiz"
"""Where the widget's files are on the site."""
ASKING = "assets/asking.css"
"""The theme's stylesheet of pages that ask one question at a time."""
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


def styles(page: Page, root: str, repository: str) -> list[Element]:
    """Return what to put at the start of a page's content: links to the stylesheets of the widget.

    At the start, for a stylesheet that comes last has the whole page styled and laid out again. In
    the content, not in the head, so that instant navigation brings them along, and only to pages
    that need them. What pages that ask are hidden by until they can is loaded by the others too,
    and holds for nothing there: a reader who goes on to such a page has it already.

    Args:
        page: The page.
        root: The way from its address to the site's: `../../`.
        repository: Where problems of a question can be reported; may be empty.
    """
    if not _elements(page):
        return []
    mode = _mode(page)
    names = dict.fromkeys(kind.styles for kind in _kinds(page) if kind.styles)
    if mode == DECK:
        names["deck.css"] = None
    asking, quiz = _link(root + ASKING), _link(f"{root}{FOLDER}/quiz.css")
    if mode not in WITH_QUESTIONS:
        asking.set("media", "not all")
    quiz.set("data-repository", repository)
    return [asking, quiz, *(_link(f"{root}{FOLDER}/{name}") for name in names)]


def markup(ran: PageRuns, root: str, *, has_proofs: bool) -> str:
    """Return what to put at the end of a page's content: the mode's element, and the modules.

    Args:
        ran: The page with its runs.
        root: The way from its address to the site's: `../../`.
        has_proofs: Whether ticks on the page lead to its proofs.
    """
    folder = f"{root}{FOLDER}"
    proofs = _script(folder, ELEMENT) if has_proofs else ""
    page = ran.page
    elements = _elements(page)
    if not elements:
        return proofs
    element = "".join(_element(name, page) for name in _own(page))
    if _mode(page) in WITH_QUESTIONS:
        elements = [name for name in elements if name != QUESTION]
    scripts = (_script(folder, name) for name in elements)
    return "".join((_key(ran), element, *scripts, proofs))


def _elements(page: Page) -> list[str]:
    """Return the elements whose modules a page needs, last the one that takes others in hand."""
    return [*dict.fromkeys((*(k.element for k in _kinds(page) if k.element), *_own(page)))]


def _kinds(page: Page) -> list[BlockKind]:
    return [BY_NAME[block.name] for block in page.blocks if block.name in BY_NAME]


def _own(page: Page) -> list[str]:
    """Return the elements that stand at the end of a page for the page itself."""
    done = [DONE] if page.mode and page.mode.is_read else []
    return [*filter(None, [_mode(page)]), *done]


def _link(address: str) -> Element:
    return Element("link", {"rel": "stylesheet", "href": address})


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
