"""Fresh numbers as a page carries them: only what the widget cannot tell from the numbers.

It puts the numbers into all text by the rule of `numbers.renumbered`; what runs gave otherwise is
written out, by the cell or the claim that gave it.
"""

from __future__ import annotations

import json
from typing import Any

from unrolled.blocks.question import code, variant, varied
from unrolled.blocks.question.item import Question
from unrolled.blocks.question.numbers import renumbered
from unrolled.blocks.question.variant import Variant
from unrolled.model.cell import Claim
from unrolled.model.runs import PageRuns


def carried(question: Question, ran: PageRuns) -> str:
    """Return the variants of a question as JSON; empty where it has none."""
    kept = varied.kept(question, ran)
    if question.vary is None or not kept:
        return ""
    numbers = ran.page.numbers
    lines = [variant.source(question, ran.page, choice) for choice in question.choices]
    told = {
        "from": question.vary.base,
        "options": [None if line is None else numbers[line] for line in lines],
        "sets": [_set(question, ran, variant) for variant in kept],
    }
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def _set(question: Question, ran: PageRuns, variant: Variant) -> dict[str, Any]:
    assert question.vary
    to = question.vary.to(variant.numbers)
    found: dict[str, Any] = {"to": variant.numbers}
    page = ran.page
    cells = {
        str(page.numbers[line]): text
        for line, text in variant.outputs.items()
        if (cell := page.cell_at(line))
        and (output := ran.output(cell))
        and renumbered(output.exception.text if output.exception else output.text, to) != text
    }
    claims = {
        str(number): variant.claims[claim]
        for number, claim in enumerate(page.claims)
        if claim in variant.claims and renumbered(_text(ran, claim), to) != variant.claims[claim]
    }
    tried = [raised for _, raised in code.outcomes(question, ran)]
    raised = {
        str(place): new
        for place, (old, new) in enumerate(zip(tried, variant.raised, strict=False))
        if renumbered(old, to) != new
    }
    for name, texts in (("cells", cells), ("claims", claims), ("raised", raised)):
        if texts:
            found[name] = texts
    return found


def _text(ran: PageRuns, claim: Claim) -> str:
    """Return what a claim says on the page; of a message, nothing that could be compared."""
    verdict = ran.verdict(claim)
    return verdict.text if verdict else ""
