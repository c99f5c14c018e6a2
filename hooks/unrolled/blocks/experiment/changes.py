"""Lies about experiments that the check must notice.

Targets turned round, and targets of another metric.
"""

from __future__ import annotations

from collections.abc import Iterator

from unrolled.blocks.experiment.item import Experiment
from unrolled.model.kind import Change
from unrolled.model.page import Page


def changes(item: Experiment, page: Page) -> Iterator[Change]:
    """Yield each target turned round, and with another metric."""
    for target in item.targets:
        if not target.bound:
            continue
        line, sign, metric = page.lines[target.line - 1], target.bound.sign, target.bound.metric
        turned = {">": "<", "<": ">"}[sign[0]] + sign[1:]
        for kind, before, after in (
            ("target turned round", sign, turned),
            ("another metric", f"{metric}:", f"{metric}x:"),
        ):
            yield Change(
                target.line, kind, before, after, {target.line: line.replace(before, after, 1)}
            )
