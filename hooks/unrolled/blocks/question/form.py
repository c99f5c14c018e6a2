"""Whether a question is complete and well formed.

Whether it is *true* is proved by runs, elsewhere.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from unrolled.blocks import names
from unrolled.blocks.question import blanks, fenced
from unrolled.blocks.question.item import ChallengeKind, Level, Question, QuestionKind, Skill
from unrolled.blocks.question.listed import ListItem
from unrolled.model.kind import Source
from unrolled.model.problem import Code, Problem
from unrolled.read import tokens

LEAST_CHOICES = 3
LOOSE = re.compile(
    r"[ ]*(?:[-*+•–—]|\(?\w{1,3}[.):])?[ ]*"
    r"(?:\[[ xX✓✔✗✘*-]?\](?!\()|\([ xX✓✔*]\)\s|[☐☑☒□■○●◯✓✔✗✘]\s)"
)
"""What looks like an option."""
SHORT = 40
"""Characters of an option that a message shows."""


def problems(path: str, question: Question) -> Iterator[Problem]:
    """Yield what is wrong with a question's title and options."""
    block = question.block
    if fault := names.fault(question.id, "a question", "rnn-output-shape"):
        yield Problem(path, block.line, *fault, code=Code.ID)
    for option, fact, remedy in (*_missing(question), *_odd(question)):
        yield Problem(path, block.at(option), fact, remedy, code=Code.QUESTION)


def _missing(question: Question) -> Iterator[tuple[str, str, str]]:
    """Yield what is not there, or none of the words for it: the option, a fact and a remedy."""
    name = _name(question)
    if not question.title:
        remedy = "Write it on the first line: /// question | What is printed?"
        yield "", f"{name} has no title", remedy
    for option, words, needed in (
        ("kind", QuestionKind, True),
        ("level", Level, True),
        ("skill", Skill, False),
        ("challenge", ChallengeKind, False),
    ):
        said = question.block.option(option)
        if (said or needed) and said not in set(words):
            fact = f"{name} has the {option} '{said}'"
            yield option, fact, f"Use one of: {', '.join(words)}"


def _odd(question: Question) -> Iterator[tuple[str, str, str]]:
    """Yield what an option cannot be: the option, a fact and a remedy."""
    options, name = question.block.options, _name(question)
    seconds = options.get("seconds", 60)
    if type(seconds) is not int or seconds <= 0:
        remedy = "Give a whole number of seconds, such as 60"
        yield "seconds", f"{name} has seconds: {seconds}", remedy
    if question.reviewed and question.kind and question.kind is not QuestionKind.CONCEPT:
        fact = f"{name} is {question.kind} and says reviewed: true"
        yield "reviewed", fact, "Drop 'reviewed': a run proves it"
    for flag in ("multiple", "reviewed"):
        if not isinstance(options.get(flag, True), bool):
            fact = f"'{flag}' of {name} is {options[flag]!r}"
            yield flag, fact, f"Write {flag}: true, or leave it out"


def _name(question: Question) -> str:
    return f"question '{question.id}'" if question.id else "a question"


def option_problems(
    source: Source, question: Question, options: Sequence[ListItem], listed: Sequence[ListItem]
) -> Iterator[Problem]:
    """Yield what is wrong with the list of options.

    Args:
        source: The page.
        question: The question.
        options: Its options, as list items.
        listed: All list items in its block.
    """
    strangers = [*_strangers(source, question, options, listed)]
    loose = () if options else [*_loose(source, question)]
    if loose:
        yield from loose
        return
    if not strangers:
        yield from _keys(source.path, question)
    yield from blanks.problems(source, question)
    torn = [*_torn(source, question, options)]
    code = next((fault for item in options for fault in fenced.faults(item)), None)
    if torn:
        yield from torn
    elif code:
        line, what, remedy = code
        fact = f"an option of {_name(question)} {what}"
        yield Problem(source.path, line, fact, remedy, code=Code.QUESTION)
    else:
        yield from _choices(source.path, question)
        yield from strangers
        yield from _layout(source, question, options)


def has_too_many_keys(question: Question) -> bool:
    """Return whether it has several keys without saying so."""
    is_typed = question.kind is QuestionKind.COMPLETE_CODE
    return len(question.keys) > 1 and not question.multiple and not is_typed


def _keys(path: str, question: Question) -> Iterator[Problem]:
    line, name, keys = question.block.line, _name(question), question.keys
    is_typed = question.kind is QuestionKind.COMPLETE_CODE
    if not question.choices and not is_typed:
        remedy = f"Write {LEAST_CHOICES} or more, each as `- [ ] …`, the key as `- [x] …`"
        yield Problem(path, line, f"{name} has no options", remedy, code=Code.QUESTION)
        return
    if len(question.choices) < LEAST_CHOICES and not is_typed:
        yield Problem(
            path,
            line,
            f"{name} has {len(question.choices)} options",
            f"Offer at least {LEAST_CHOICES}",
            code=Code.QUESTION,
        )
    if not keys:
        yield Problem(
            path, line, f"{name} has no key", "Mark the right option with [x]", code=Code.QUESTION
        )
    if has_too_many_keys(question):
        where = ", ".join(str(key.line) for key in keys)
        remedy = "Leave one [x], or say multiple: true"
        yield Problem(
            path,
            keys[1].line,
            f"{name} has {len(keys)} keys (lines {where})",
            remedy,
            code=Code.QUESTION,
        )


def _choices(path: str, question: Question) -> Iterator[Problem]:
    name = _name(question)
    for choice in question.choices:
        if not choice.has_rationale and "\n" not in choice.label:  # Else it is the next line.
            fact = f"option '{_short(choice.name)}' of {name} has no rationale"
            remedy = (
                "Say beneath it, after a blank line and indented by four spaces, why it is right or"
                " wrong"
            )
            yield Problem(path, choice.line, fact, remedy, code=Code.QUESTION)
    labels = [(choice.label, choice.code) for choice in question.choices]
    for index, choice in enumerate(question.choices):
        if any(labels[index]) and labels[index] in labels[:index]:
            fact = f"option '{_short(choice.name)}' of {name} appears twice"
            yield Problem(path, choice.line, fact, "Change or delete one", code=Code.QUESTION)
        if not choice.label and not choice.fence:
            yield Problem(
                path,
                choice.line,
                f"an option of {name} is empty",
                "Write it behind the checkbox",
                code=Code.QUESTION,
            )


def _torn(source: Source, question: Question, options: Sequence[ListItem]) -> Iterator[Problem]:
    for first, second in itertools.pairwise(options):
        if first.list_number != second.list_number:
            between = range(first.end + 1, second.line)
            line = next((n for n in between if source.lines[n - 1].strip()), None)
            if line is None:
                continue  # The page makes one list of both, whatever their marks.
            fact = f"the option list of {_name(question)} is interrupted before line {second.line}"
            yield Problem(
                source.path,
                line,
                fact,
                "Indent what belongs to an option by four spaces",
                code=Code.QUESTION,
            )


def _strangers(
    source: Source, question: Question, options: Sequence[ListItem], listed: Sequence[ListItem]
) -> Iterator[Problem]:
    lists = {item.list_number for item in options}
    lines = {item.line for item in options}
    for item in listed:
        if item.list_number in lists and item.line not in lines:
            fact = f"this item among the options of {_name(question)} has no checkbox"
            yield Problem(
                source.path,
                item.line,
                fact,
                "Write it as `- [ ] …`, or put a paragraph between the lists",
                code=Code.QUESTION,
            )


def _loose(source: Source, question: Question) -> Iterator[Problem]:
    """Yield the first line that looks like an option and stands in no list of options."""
    block, code = question.block, tokens.literal_lines(list(source.tokens))
    for number in range(block.body, block.end):
        if number not in code and LOOSE.match(source.lines[number - 1]):
            fact = f"this option of {_name(question)} is in no list"
            remedy = "Write each as `- [ ] …`, the key as `- [x] …`"
            yield Problem(source.path, number, fact, remedy, code=Code.QUESTION)
            return


def _layout(source: Source, question: Question, options: Sequence[ListItem]) -> Iterator[Problem]:
    name, lines = _name(question), source.lines
    if options and lines[options[0].line - 2].strip():
        fact = f"the options of {name} follow a line of text"
        yield Problem(
            source.path,
            options[0].line,
            fact,
            "Put a blank line before the first option",
            code=Code.QUESTION,
        )
    for item in options:
        if "\n" in item.text:
            remedy = (
                "Put a blank line between the option and its rationale, and keep the option on one"
                " line"
            )
            yield Problem(
                source.path,
                item.line,
                f"an option of {name} runs on in the next line",
                remedy,
                code=Code.QUESTION,
            )


def _short(label: str) -> str:
    return label if len(label) <= SHORT else label[: SHORT - 1] + "…"
