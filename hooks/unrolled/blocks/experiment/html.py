"""The HTML of experiments.

Task and baseline, targets with what was measured, hints, and in `<details>` the solution and the
bonus.
"""

from __future__ import annotations

import statistics
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN
from xml.etree.ElementTree import Element, SubElement

from unrolled.blocks import markup
from unrolled.blocks.experiment import proof
from unrolled.blocks.experiment.item import WORDS, Experiment, Metrics, holds, rounded, values
from unrolled.blocks.parts import parts_of
from unrolled.blocks.planned import Planned


class ExperimentBlock(Planned):
    """`/// experiment | title`."""

    NAME = "experiment"

    def on_markdown(self) -> str:
        """Parse the content as blocks."""
        return "block"

    def on_create(self, parent: Element) -> Element:
        """Make the element and its head."""
        item = self._experiment()
        facts = {
            "class": "experiment",
            "id": item.id,
            "data-hash": self.context.page.digest(item.block),
        }
        holder = SubElement(parent, "quiz-experiment", facts)
        self.titled(holder, self.argument, item.id)
        return holder

    def on_end(self, block: Element) -> None:
        """Order the parts: content, targets, hints, solution with all that was measured, bonus."""
        item = self._experiment()
        hints, solutions, bonus = (parts_of(block, name) for name in ("hint", "solution", "bonus"))
        measured = proof.metrics(item, self.context.ran)
        if measured:
            _targets(block, item, measured)
        block.extend(hints)
        for part in solutions:
            block.append(part)
            if measured:
                _measured(part, measured)
        block.extend(bonus)

    def _experiment(self) -> Experiment:
        item = self.item(Experiment)
        assert item, "the plan reads every experiment, however faulty"
        return item


def _targets(parent: Element, item: Experiment, measured: Metrics) -> None:
    heads = ("Training", "Metric", "Target", "Measured", "Every seed")
    body = markup.table(
        parent, heads, name="targets", caption="Targets, and what the build measured"
    )
    for bound in (target.bound for target in item.targets if target.bound):
        found = values(measured, bound)
        if found:
            reached = "✓ met" if all(holds(bound, value) for value in found) else "✗ missed"
            cells = (
                bound.run,
                bound.metric,
                f"{WORDS[bound.sign]} {bound.value:g}",
                _spread(found),
                reached,
            )
            facts = {
                "data-bound": f"{bound.sign}{bound.value:g}",
                "data-name": f"{bound.run} {bound.metric}",
            }
            markup.row(body, cells, heads=True, attributes=facts)


def _measured(parent: Element, measured: Metrics) -> None:
    names = list(
        dict.fromkeys(name for seeds in measured.values() for seed in seeds for name in seed)
    )
    caption = "All trainings: mean [range over the seeds]"
    body = markup.table(parent, ("Training", "Seeds", *names), name="metrics", caption=caption)
    for run, seeds in measured.items():
        cells = [_spread([seed[name] for seed in seeds if name in seed]) for name in names]
        markup.row(body, (run, str(len(seeds)), *cells), heads=True)


def _spread(found: list[float]) -> str:
    """Return the mean and the range, which holds every seed as it is rounded."""
    if not found:
        return "–"
    low, high = rounded(min(found), ROUND_FLOOR), rounded(max(found), ROUND_CEILING)
    return f"{rounded(statistics.mean(found), ROUND_HALF_EVEN)} [{low} to {high}]"
