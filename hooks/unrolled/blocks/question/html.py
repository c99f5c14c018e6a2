"""The HTML of questions, complete without JavaScript.

Options, hints, and in `<details>` the answer, every rationale, the solution.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Sequence
from html import escape
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.util import AtomicString

from unrolled.blocks.parts import parts_of
from unrolled.blocks.planned import Planned
from unrolled.blocks.question import code, proof, shipped
from unrolled.blocks.question.item import Choice, Question, QuestionKind
from unrolled.model.mode import Mode
from unrolled.model.search import OUT_OF_SEARCH
from unrolled.read import checkbox
from unrolled.read.checkbox import CHECKBOX
from unrolled.read.fence import language

CODE = re.compile(r"<code[^>]*>(.*?)\n?</code>", re.DOTALL)
MINUTE = 60
UNSEARCHED = (Mode.TEST, Mode.CHALLENGE)
"""Modes whose questions are asked by themselves: the search leads to none of them."""


class QuestionBlock(Planned):
    """`/// question | title`."""

    NAME = "question"

    def on_markdown(self) -> str:
        """Parse the content as blocks; in an element that it does not know, pymdownx would not."""
        return "block"

    def on_create(self, parent: Element) -> Element:
        """Make the element and its head."""
        question = self._question()
        facts = {
            "data-kind": question.block.option("kind"),
            "data-level": question.block.option("level"),
            "data-hash": self.context.page.digest(question.block),
        }
        if question.multiple:
            facts["data-multiple"] = ""
        if question.seconds:
            facts["data-seconds"] = str(question.seconds)
        if question.skill:
            facts["data-skill"] = question.skill
        if question.typed:
            facts["data-typed"] = question.typed
        if question.varies and self.context.is_proved(question.block):
            carried = shipped.carried(question, self.context.ran)
            facts |= {"data-variants": carried} if carried else {}
        if self.context.page.mode in UNSEARCHED:
            facts[OUT_OF_SEARCH] = ""
        # A custom element that quiz_js upgrades; what it holds is complete without.
        section = SubElement(
            parent, "quiz-question", {"class": "question", "id": question.id, **facts}
        )
        self.titled(section, self.argument or question.title, question.id)
        about = SubElement(section, "p", {"class": "question__facts", OUT_OF_SEARCH: ""})
        about.text = " · ".join(_about(question))
        return section

    def on_end(self, block: Element) -> None:
        """Take the parsed content apart and put it together again: stem, options, hints, answer."""
        question = self._question()
        lists = [child for child in block if child.tag in ("ul", "ol")]
        options = [item for listed in lists for item in listed if _mark(item) is not None]
        if len(options) != len(question.choices):
            fact = (
                f"question '{question.id}' has {len(question.choices)} options in the plan and"
                f" {len(options)} on the page"
            )
            remedy = "Put blank lines around each option, and indent rationales by four spaces"
            self.context.report(fact, remedy, self.planned.line)
            return
        for listed in lists:
            if any(_mark(item) is not None for item in listed):
                block.remove(listed)
        hints, rest = parts_of(block, "hint"), parts_of(block, "solution", "mistakes")
        # What goes into blanks tells the answer.
        told = question.kind is not QuestionKind.COMPLETE_CODE
        block.append(_options(question, options, self.md, told=told))
        for hint in hints:
            hint.set(OUT_OF_SEARCH, "")
        block.extend(hints)
        block.append(self._answer(question, options, rest))
        if self.context.is_proved(question.block):
            proved = proof.proof(question, self.context.ran)
            torch = {"data-torch": proved.torch} if proved.torch else {}
            facts = {"class": "question__proof", OUT_OF_SEARCH: "", **torch}
            line = SubElement(block, "p", facts)
            line.text = proof.sentence(question, proved)

    def _answer(self, question: Question, options: list[Element], parts: list[Element]) -> Element:
        answer = Element("details", {"class": "question__answer", OUT_OF_SEARCH: ""})
        SubElement(answer, "summary").text = "Show the answer"
        line = SubElement(answer, "p", {"class": "question__key"})
        is_one = len(question.keys) == 1 or question.kind is QuestionKind.COMPLETE_CODE
        line.text = f"{'Answer' if is_one else 'Answers'}: "
        SubElement(line, "strong").text = AtomicString(question.printed_key)
        self._runs(answer, question)
        answer.append(_rationales(question, options, self._raised(question), self.md))
        for name in ("solution", "mistakes"):
            answer.extend(part for part in parts if part.get("data-part") == name)
        heading = self.context.heading(question.read) if question.read else None
        if heading is not None:  # A link that leads nowhere is reported by the check.
            line = SubElement(answer, "p", {"class": "question__read"})
            line.text = "Read again: "
            link = SubElement(line, "a", {"href": question.read})
            link.text = AtomicString(self.md.htmlStash.store(heading))
        return answer

    def _runs(self, answer: Element, question: Question) -> None:
        """Add what the cells of the stem gave.

        Shown only here, since it is what the reader is to predict.
        """
        for cell in self.context.page.cells:
            covered = question.covers(cell) and not cell.options.hidden
            panes = self.context.panes(cell, "What the run gave") if covered else ""
            if panes:
                holder = SubElement(answer, "div", {"class": "question__run"})
                holder.text = AtomicString(self.md.htmlStash.store(panes))

    def _raised(self, question: Question) -> list[str]:
        """Return, for each option, what it raised when it was run, "" when nothing."""
        found = {
            choice.line: raised for choice, raised in code.outcomes(question, self.context.ran)
        }
        return [found.get(choice.line, "") for choice in question.choices]

    def _question(self) -> Question:
        question = self.item(Question)
        assert question, "the plan reads every question, however faulty"
        return question


def _about(question: Question) -> list[str]:
    """Return what stands beneath a question's title: its kind, level and time."""
    kind = question.challenge or question.kind
    about = [kind.label if kind else question.block.option("kind"), question.block.option("level")]
    if question.seconds:
        minutes = round(question.seconds / MINUTE)
        about.append(
            f"about {question.seconds} s" if question.seconds < MINUTE else f"about {minutes} min"
        )
    return [*about, "several are right"] if question.multiple else about


def _mark(item: Element) -> re.Match[str] | None:
    """Return the checkbox at the start of a list item, tight or loose."""
    holder = (
        item if (item.text or "").strip() else item[0] if len(item) and item[0].tag == "p" else item
    )
    return CHECKBOX.match(holder.text or "")


def _parts(item: Element, choice: Choice) -> tuple[str, list[Element]]:
    """Return the Markdown of an option's label and the elements of its rationale."""
    if (item.text or "").strip():
        text, rest = item.text, list(item)
    else:
        text, rest = item[0].text, list(item)[1:]
    # A block of code stands first, and the option shows it itself.
    return checkbox.without(text or ""), rest[choice.fence is not None :]


def _options(question: Question, items: Sequence[Element], md: Markdown, *, told: bool) -> Element:
    hidden = {} if told else {"hidden": ""}
    facts = {"class": "question__options", "type": "A", OUT_OF_SEARCH: "", **hidden}
    listed = Element("ol", facts)
    for item, choice in zip(items, question.choices, strict=True):
        _say(SubElement(listed, "li"), _parts(item, choice)[0], choice, md)
    return listed


def _say(holder: Element, text: str, choice: Choice, md: Markdown) -> None:
    """Add what an option says: its label, and beneath it its block of code.

    That is inline to HTML, since the widget puts it into a label.
    """
    option = SubElement(holder, "span", {"class": "question__option"})
    option.text = f"{text} " if text and choice.fence else text
    if choice.fence:
        fences = md.preprocessors["fenced_code_block"]
        block = fences.highlight(  # type: ignore[attr-defined]
            choice.code,
            language(choice.fence.info),
            {},
            md,
            classes=[],
            id_value="",
            attrs={},
        )
        shown = CODE.search(block)
        code = SubElement(option, "code", {"class": "question__code highlight"})
        code.text = md.htmlStash.store(shown[1] if shown else escape(choice.code))


def _rationales(
    question: Question, items: Sequence[Element], raised: Sequence[str], md: Markdown
) -> Element:
    listed = Element("ol", {"class": "question__rationales", "type": "A"})
    for item, choice, message in zip(items, question.choices, raised, strict=True):
        text, rationale = _parts(item, choice)
        entry = SubElement(listed, "li", {"class": "is-key" if choice.key else "is-distractor"})
        head = SubElement(entry, "p")
        verdict = SubElement(head, "strong", {"class": "question__verdict"})
        verdict.text, verdict.tail = ("Right" if choice.key else "Wrong"), " "
        _say(head, text, choice, md)
        if message:
            line = SubElement(entry, "p", {"class": "question__ran"})
            fails = message.partition(": ")[0] == "AssertionError"
            gave = message.partition(": ")[2] if fails else message
            how = "fails the check" + (": it gives " if gave else ".") if fails else "raises "
            line.text = f"When run, it {how}"
            if gave:
                SubElement(line, "code").text = AtomicString(gave)
        entry.extend(copy.deepcopy(rationale))
    return listed
