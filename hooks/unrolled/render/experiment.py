"""The HTML of experiments: task and baseline, targets with what was measured, hints, and in `<details>` the solution and the bonus."""

import statistics
from xml.etree import ElementTree as Tree

from unrolled import trial
from unrolled.page import Experiment
from unrolled.render.block import Planned


class ExperimentBlock(Planned):
    """`/// experiment | title`."""

    NAME = "experiment"

    def on_markdown(self) -> str:
        """Parse the content as blocks."""
        return "block"

    def on_create(self, parent: Tree.Element) -> Tree.Element:
        """Make the element and its head."""
        page, item = self.rendering.page, self._experiment()
        holder = Tree.SubElement(parent, "quiz-experiment", {"class": "experiment", "id": item.id, "data-hash": page.digest(item.block)})
        self.titled(holder, self.argument, item.id)
        return holder

    def on_end(self, block: Tree.Element) -> None:
        """Order the parts: content, targets, hints, solution with all that was measured, bonus."""
        item = self._experiment()
        parts = {name: [c for c in block if c.get("data-part") == name] for name in ("hint", "solution", "bonus")}
        for part in (p for found in parts.values() for p in found):
            block.remove(part)
        measured = trial.metrics(self.rendering.page, item, self.rendering.engine)
        if measured:
            block.append(_targets(item, measured))
        block.extend(parts["hint"])
        for part in parts["solution"]:
            block.append(part)
            if measured:
                part.append(_measured(measured))
        block.extend(parts["bonus"])

    def _experiment(self) -> Experiment:
        return next(e for e in self.rendering.page.experiments if e.block == self.planned)


def _targets(item: Experiment, measured: trial.Metrics) -> Tree.Element:
    table, body = _table("targets", "Targets, and what the build measured", ("Training", "Metric", "Target", "Measured", "Every seed"))
    for target in item.targets:
        found = trial.values(measured, target)
        if not found or not target.sign:
            continue
        reached = all(trial.holds(target, value) for value in found)
        bound = f"{trial.WORDS[target.sign]} {target.bound:g}"
        row = _row(body, (target.run, target.metric, bound, _spread(found), "✓ met" if reached else "✗ missed"))
        row.set("data-bound", f"{target.sign}{target.bound:g}")
        row.set("data-name", f"{target.run} {target.metric}")
    return table


def _measured(measured: trial.Metrics) -> Tree.Element:
    names = list(dict.fromkeys(name for seeds in measured.values() for seed in seeds for name in seed))
    table, body = _table("metrics", "All trainings: mean [range over the seeds]", ("Training", "Seeds", *names))
    for run, seeds in measured.items():
        cells = [_spread([seed[name] for seed in seeds if name in seed]) for name in names]
        _row(body, (run, str(len(seeds)), *cells))
    return table


def _spread(found: list[float]) -> str:
    if not found:
        return "–"
    form = trial.digits(found)
    return f"{statistics.mean(found):{form}} [{min(found):{form}} to {max(found):{form}}]"


def _table(name: str, caption: str, heads: tuple[str, ...]) -> tuple[Tree.Element, Tree.Element]:
    # No class: the theme styles tables that have none.
    table = Tree.Element("table", {"data-table": name})
    Tree.SubElement(table, "caption").text = caption
    row = Tree.SubElement(Tree.SubElement(table, "thead"), "tr")
    for head in heads:
        Tree.SubElement(row, "th", {"scope": "col"}).text = head
    return table, Tree.SubElement(table, "tbody")


def _row(body: Tree.Element, cells: tuple[str, ...]) -> Tree.Element:
    row = Tree.SubElement(body, "tr")
    Tree.SubElement(row, "th", {"scope": "row"}).text = cells[0]
    for cell in cells[1:]:
        Tree.SubElement(row, "td").text = cell
    return row


BLOCKS = (ExperimentBlock,)
