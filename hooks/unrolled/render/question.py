"""The HTML of questions, complete without JavaScript: options, hints, and in `<details>` the answer, every rationale, the solution."""

import copy
import re
from xml.etree import ElementTree as Tree

from markdown.util import AtomicString

from unrolled import proof, sections
from unrolled.page import Question
from unrolled.problem import Problem
from unrolled.question import letters
from unrolled.render.block import Planned

KINDS = {
    "predict-output": "Predict the output",
    "predict-error": "Predict the error",
    "choose-code": "Choose the code",
    "concept": "Concept",
}
CHALLENGES = {
    "predict-output": "Predict the output",
    "model-choice": "Choose the model",
    "hyperparameter": "Turn one knob",
    "debug": "Find the bug",
    "metrics": "Read the numbers",
}
CHECKBOX = re.compile(r"^\s*\[([ xX])\](?:\s+|$)")


class QuestionBlock(Planned):
    """`/// question | title`."""

    NAME = "question"

    def on_markdown(self) -> str:
        """Parse the content as blocks, which pymdownx would not do in an element that it does not know."""
        return "block"

    def on_create(self, parent: Tree.Element) -> Tree.Element:
        """Make the element and its head."""
        item = self._question()
        facts = {"data-kind": item.kind, "data-level": item.level, "data-hash": self.rendering.page.digest(item.block)}
        if item.multiple:
            facts["data-multiple"] = ""
        if item.seconds:
            facts["data-seconds"] = str(item.seconds)
        if item.skill:
            facts["data-skill"] = item.skill
        # A custom element that quiz_js upgrades; what it holds is complete without.
        section = Tree.SubElement(parent, "quiz-question", {"class": "question", "id": item.id, **facts})
        self.titled(section, self.argument or item.title, item.id)
        about = [CHALLENGES.get(item.challenge, KINDS.get(item.kind, item.kind)), item.level]
        if item.seconds:
            about.append(f"about {item.seconds} s" if item.seconds < 60 else f"about {round(item.seconds / 60)} min")
        if item.multiple:
            about.append("several are right")
        Tree.SubElement(section, "p", {"class": "question__facts"}).text = " · ".join(about)
        return section

    def on_end(self, block: Tree.Element) -> None:
        """Take the parsed content apart and put it together again: stem, options, hints, answer."""
        item = self._question()
        options = [li for ul in block.findall("ul") for li in ul if _mark(li) is not None]
        if len(options) != len(item.choices):
            fact = f"question '{item.id}' has {len(item.choices)} options in the plan and {len(options)} on the page"
            self.rendering.problems.append(self._problem(fact, "Put blank lines around each option, and indent rationales by four spaces"))
            return
        for ul in block.findall("ul"):
            if any(_mark(li) is not None for li in ul):
                block.remove(ul)
        tails = [child for child in block if child.get("class", "").startswith("question-part")]
        for child in tails:
            block.remove(child)
        keys = letters(item)
        block.append(_options(options))
        for child in tails:
            if child.get("data-part") == "hint":
                block.append(child)
        answer = Tree.SubElement(block, "details", {"class": "question__answer"})
        Tree.SubElement(answer, "summary").text = "Show the answer"
        line = Tree.SubElement(answer, "p", {"class": "question__key"})
        line.text = f"{'Answer' if len(keys) == 1 else 'Answers'}: "
        Tree.SubElement(line, "strong").text = ", ".join(keys)
        self._runs(answer, item)
        answer.append(_rationales(options, [choice.key for choice in item.choices], self._ran(item)))
        for part in ("solution", "mistakes"):
            answer.extend(child for child in tails if child.get("data-part") == part)
        self._read_again(answer, item)
        if not any(item.block.line <= p.line <= item.block.end for p in self.rendering.problems):
            Tree.SubElement(block, "p", {"class": "question__proof"}).text = proof.sentence(self._proof(item))

    def _read_again(self, answer: Tree.Element, item: Question) -> None:
        """Link the section that tells it; a link that leads nowhere is reported by the check."""
        found = sections.target(self.rendering.page, item.read, self.rendering.site_pages) if item.read else None
        if found:
            line = Tree.SubElement(answer, "p", {"class": "question__read"})
            line.text = "Read again: "
            Tree.SubElement(line, "a", {"href": item.read}).text = found[1]

    def _runs(self, answer: Tree.Element, item: Question) -> None:
        """Add what the cells of the stem gave: shown only here, since it is what the reader is to predict."""
        for index in item.cells:
            cell = self.rendering.page.cells[index]
            panes = "" if cell.options.hidden else self.rendering.panes(cell, "What the run gave")
            if panes:
                holder = Tree.SubElement(answer, "div", {"class": "question__run"})
                holder.text = AtomicString(self.md.htmlStash.store(panes))

    def _proof(self, item: Question) -> proof.Proof:
        return proof.proof(self.rendering.page, item, self.rendering.engine)

    def _ran(self, item: Question) -> list[str]:
        """Return, for each option of a `choose-code` question, what it raised when it was run, "" when nothing."""
        page = self.rendering.page
        number = page.questions.index(item)
        if not any(p.question == number for p in page.probes):
            return [""] * len(item.choices)
        return [proof.outcome(page, number, choice, self.rendering.engine) for choice in range(len(item.choices))]

    def _question(self) -> Question:
        return next(q for q in self.rendering.page.questions if q.block.index == self.options["block"])

    def _problem(self, fact: str, remedy: str) -> Problem:
        return Problem(self.rendering.page.path, self.planned.line, fact, remedy)


def _mark(item: Tree.Element) -> re.Match[str] | None:
    """Return the checkbox at the start of a list item, tight or loose."""
    holder = item if (item.text or "").strip() else item[0] if len(item) and item[0].tag == "p" else item
    return CHECKBOX.match(holder.text or "")


def _parts(item: Tree.Element) -> tuple[str, list[Tree.Element]]:
    """Return the Markdown of an option and the elements of its rationale."""
    if (item.text or "").strip():
        return CHECKBOX.sub("", item.text or "", count=1), list(item)
    return CHECKBOX.sub("", item[0].text or "", count=1), list(item)[1:]


def _options(items: list[Tree.Element]) -> Tree.Element:
    listed = Tree.Element("ol", {"class": "question__options", "type": "A"})
    for item in items:
        entry = Tree.SubElement(listed, "li")
        Tree.SubElement(entry, "span", {"class": "question__option"}).text = _parts(item)[0]
    return listed


def _rationales(items: list[Tree.Element], keys: list[bool], ran: list[str]) -> Tree.Element:
    listed = Tree.Element("ol", {"class": "question__rationales", "type": "A"})
    for item, key, raised in zip(items, keys, ran, strict=True):
        text, rationale = _parts(item)
        entry = Tree.SubElement(listed, "li", {"class": "is-key" if key else "is-distractor"})
        head = Tree.SubElement(entry, "p")
        verdict = Tree.SubElement(head, "strong", {"class": "question__verdict"})
        verdict.text, verdict.tail = ("Right" if key else "Wrong"), " "
        Tree.SubElement(head, "span", {"class": "question__option"}).text = text
        if raised:
            line = Tree.SubElement(entry, "p", {"class": "question__ran"})
            line.text = "When run, " + ("it fails the check." if raised == "AssertionError" else "it raises ")
            if raised != "AssertionError":
                Tree.SubElement(line, "code").text = AtomicString(raised)
        entry.extend(copy.deepcopy(rationale))
    return listed


class _Part(Planned):
    """A hint, solution or list of mistakes: a `<details>` of its own."""

    SUMMARY = ""

    def on_create(self, parent: Tree.Element) -> Tree.Element:
        """Make the details, closed."""
        part = Tree.SubElement(parent, "details", {"class": f"question-part question-part--{self.NAME}", "data-part": self.NAME})
        Tree.SubElement(part, "summary").text = self._summary()
        return part

    def _summary(self) -> str:
        return self.SUMMARY


class HintBlock(_Part):
    """`//// hint`, numbered when there are several."""

    NAME = "hint"

    def _summary(self) -> str:
        blocks = self.rendering.page.blocks
        around = next((b for b in blocks if b.name in ("question", "experiment") and b.line < self.planned.line < b.end), None)
        hints = [b for b in blocks if around and b.name == "hint" and around.line < b.line < around.end]
        return f"Hint {hints.index(self.planned) + 1}" if len(hints) > 1 else "Hint"


class SolutionBlock(_Part):
    """`//// solution`."""

    NAME = "solution"
    SUMMARY = "Solution, step by step"


class BonusBlock(_Part):
    """`//// bonus`."""

    NAME = "bonus"
    SUMMARY = "Bonus"


class MistakesBlock(_Part):
    """`//// mistakes`."""

    NAME = "mistakes"
    SUMMARY = "Common mistakes"


class ExampleBlock(Planned):
    """`/// example`: shows the Markdown of its content, then what it becomes."""

    NAME = "example"

    def on_create(self, parent: Tree.Element) -> Tree.Element:
        """Put the source first."""
        around = Tree.SubElement(parent, "div", {"class": "example"})
        lines = self.rendering.page.text.split("\n")[self.planned.body - 1 : self.planned.end - 1]
        Tree.SubElement(around, "p", {"class": "example__label"}).text = "You write"
        fences = self.md.preprocessors["fenced_code_block"]
        code = fences.highlight(  # type: ignore[attr-defined]
            "\n".join(lines).strip("\n"), "markdown", {}, self.md, classes=[], id_value="", attrs={}
        )
        holder = Tree.SubElement(around, "div")
        holder.text = AtomicString(self.md.htmlStash.store(code))
        Tree.SubElement(around, "p", {"class": "example__label"}).text = "Readers see"
        return around


BLOCKS = (QuestionBlock, HintBlock, SolutionBlock, MistakesBlock, BonusBlock, ExampleBlock)
