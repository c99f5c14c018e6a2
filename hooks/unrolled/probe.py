"""Probes: what must be run besides the page's chains to prove its `choose-code` questions. Each option, between the stem and the check."""

import dataclasses
import re
from collections.abc import Iterable, Iterator, Sequence

from unrolled.page import Cell, Chain, Claim, Options, Probe, Question

HOLDS = re.compile(r"^holds\s*=", re.MULTILINE)
EVIDENCE = "[bool(h) for h in holds]"
SPAN = re.compile(r"(`+) ?(.*?) ?\1", re.DOTALL)


def literal(label: str) -> str:
    """Return what an option says: the content of its code span when it is nothing but one, else its text without backticks."""
    span = SPAN.fullmatch(label)
    return span[2] if span else SPAN.sub(r"\2", label)


def with_evidence(questions: Sequence[Question], cells: Sequence[Cell]) -> list[Cell]:
    """Return the cells, those that assign `holds` in a `concept` question with the claim that reads it."""
    found = list(cells)
    for item in questions:
        for index in item.cells if item.kind == "concept" else ():
            cell = found[index]
            if cell.runs and HOLDS.search(cell.code):
                claim = Claim(-1, cell.line, "evidence", EVIDENCE, EVIDENCE, EVIDENCE)
                found[index] = dataclasses.replace(cell, claims=(*cell.claims, claim))
    return found


def probes(questions: Sequence[Question], cells: Sequence[Cell], chains: Sequence[Chain], broken: Iterable[int]) -> Iterator[Probe]:
    """Yield a chain for each option of each `choose-code` question whose stem can run; it goes on from where the stem's last cell does."""
    unusable = set(broken)
    for number, item in enumerate(questions):
        checks = [cells[i] for i in item.cells if cells[i].options.check]
        if item.kind != "choose-code" or not checks or unusable & set(item.cells):
            continue
        last = next((cells[i] for i in reversed(item.cells) if cells[i].runs), None)
        chain = next((chain.cells for chain in chains if last in chain.cells), ())
        setup = [dataclasses.replace(c, claims=()) for c in chain[: chain.index(last) + 1]] if last and chain else []
        tried = [dataclasses.replace(check, options=Options(probe=True)) for check in checks]
        for position, choice in enumerate(item.choices):
            option = Cell(-1, choice.line - 1, choice.line, literal(choice.label), Options(probe=True))
            yield Probe(number, position, Chain((*setup, option, *tried)))
