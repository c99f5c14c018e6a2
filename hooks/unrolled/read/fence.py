"""A fence's info string: which language, which options, and what is wrong with them."""

import builtins
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import cast

from markdown.extensions.attr_list import get_attrs_and_remainder

from unrolled.model.cell import Options, Role
from unrolled.read.near import near, near_word

LANGUAGES = {"python", "py", "python3"}
"""Languages whose fences are cells: the ones that pytest-markdown-docs runs."""
FLAGS = ("continuation", "hidden", "notest")
VALUES = ("raises", "reason", "alt", "timeout")
STYLE = ("title", "linenums", "hl_lines")
TOLD = ("title", "reason")
"""Options whose values readers see."""
QUOTED = re.compile(r"\b(title|reason)=[\"']([^\"']*)[\"']")
NUMBERED = {
    "hl_lines": (r"\d{1,4}(?:-\d{1,4})?(?:[ ]+\d{1,4}(?:-\d{1,4})?)*", "lines", '"2" or "1-3 5"'),
    "linenums": (r"\d{1,6}(?:[ ]+\d{1,6}){0,2}", "the number of the first line", '"1"'),
}
"""Options that take numbers: their form, what they name, and examples of it."""
LONGEST = 600
"""Seconds that a cell may be allowed at most."""

Complaint = tuple[str, str]
"""A fact and a remedy."""
EXCEPTIONS = [name for name in dir(builtins) if name.endswith(("Error", "Exception", "Warning"))]
ALIKE = 0.9
"""How alike the name of an exception must be to one of Python's own, to be that one, mistyped."""


def language(info: str) -> str:
    """Return the language of an info string, plain (`python`) or in braces (`{.python hidden}`)."""
    info = info.strip()
    if info.startswith("{"):
        return next((value for key, value in _attributes(info) if key == "."), "")
    return info.split(maxsplit=1)[0] if info else ""


def told(info: str) -> list[str]:
    """Return what readers see of a fence's info string: its title, and why it does not run."""
    if not info.strip().startswith("{"):
        return [value for _, value in QUOTED.findall(info)]
    return [value for key, value in _attributes(info) if key in TOLD]


def remedy(info: str) -> str:
    """Return how to write the info string of a fence that is to be a cell, and is none."""
    if "," in info:
        return "Write no commas: options stand behind .python with a space between them"
    words = info.strip().strip("{}").split()
    name = words[0] if words else ""
    if name.lstrip(".") != name.lstrip(".").lower():
        return "Write python in lower case"
    if name in LANGUAGES:
        return f"Write .{name} with its dot: {_braced(' '.join(words[1:]), name)}"
    return "Write ```python, or, for code of another kind, its own name"


def _outside(rest: str) -> str:
    """Return what is wrong with options that stand behind a language."""
    if rest.startswith("{"):
        return f"the language stands before the braces of the options '{rest}'"
    return f"the options '{rest}' are without braces"


def _braced(rest: str, name: str = "python") -> str:
    """Return how a cell begins that has these options."""
    plain = rest.strip("{} ")
    if not re.search(r"[\"']", plain):
        plain = " ".join(word.lstrip(".") for word in plain.replace(",", " ").split())
    return f"```{{.{name} {plain}}}" if plain else f"```{{.{name}}}"


def options(info: str, parts: Mapping[str, Role]) -> tuple[Options, list[Complaint]]:
    """Read the options of a cell's info string.

    Args:
        info: What follows the backticks of the opening fence.
        parts: The words by which blocks mark cells, each with how such a cell runs.

    Returns:
        The options, defaults in place of what could not be read, and what is wrong, as facts and
        remedies.
    """
    info = info.strip()
    if not info.startswith("{"):
        return Options(), [
            (_outside(rest), f"Write {_braced(rest)}") for rest in info.split(maxsplit=1)[1:]
        ]
    pairs = [(key, value) for key, value in _attributes(info) if key != "."]
    found = {key.rstrip(","): value.rstrip(",") if value == key else value for key, value in pairs}
    torn = _torn(info, found, (*FLAGS, *parts, *VALUES, *STYLE))
    if torn:
        return Options(), [torn]
    complaints = [*_complaints(info, found, parts), *_miswritten(info)]
    seconds = _seconds(found.get("timeout", ""))
    if "timeout" in found and not seconds:
        fact = f"timeout is '{found['timeout'][:40]}'"
        remedy = f"Give a positive number of seconds, at most {LONGEST}, such as timeout=60"
        complaints.append((fact, remedy))
    odd = dict(_misnumbered(found))
    complaints += odd.values()
    marks = [word for word in parts if word in found]
    read = Options(
        part=marks[0] if marks else "",
        role=parts[marks[0]] if marks else Role.PLAIN,
        **{flag: flag in found for flag in FLAGS},
        raises=found.get("raises", ""),
        reason=found.get("reason", ""),
        alt=found.get("alt", ""),
        timeout=seconds or Options.timeout,
        style=tuple((key, found[key]) for key in STYLE if key in found and key not in odd),
    )
    return read, complaints


def _misnumbered(found: Mapping[str, str]) -> Iterator[tuple[str, Complaint]]:
    """Yield each option that takes numbers and has others, which the renderer would not take."""
    for name, (form, what, examples) in NUMBERED.items():
        if name in found and not re.fullmatch(form, found[name]):
            fact = f"{name} is '{found[name][:40]}'"
            yield name, (fact, f"Give {what}, such as {name}={examples}")


def _attributes(info: str) -> list[tuple[str, str]]:
    pairs = cast(list[tuple[str, str | None]], get_attrs_and_remainder(info.strip("{}"))[0])
    return [(key, key if value is None else value) for key, value in pairs]


def _torn(info: str, found: Mapping[str, str], known: Sequence[str]) -> Complaint | None:
    """Return what is wrong where a value is not closed, or a quotation mark inside it ends it."""
    for name, value in found.items():
        if value[:1] in ("'", '"') and value != name:
            return f"the value of '{name}' is not closed", f"Write a second {value[0]} behind it"
    for mark, other in (('"', "'"), ("'", '"')):
        if not any(mark in name for name in found if name not in known):
            continue
        begun = re.search(rf"([a-z_]+)={mark}", info)
        name = begun[1] if begun else ""
        what = "the alternative text" if name == "alt" else f"the value of '{name}'"
        if not name:
            return f"a quotation mark {mark} stands by itself", "Put values in quotes whole"
        return f"{what} ends at its second {mark}", f"Use {other} inside"
    return None


def _seconds(text: str) -> float:
    """Return how many seconds an option allows; 0 where that is no number, or too many."""
    seconds = float(text) if re.fullmatch(r"\d+(\.\d+)?", text) else 0.0
    return seconds if seconds <= LONGEST else 0.0


def _miswritten(info: str) -> Iterator[Complaint]:
    """Yield what is wrong with how the options are set beside each other."""
    attributes = _attributes(info)
    if any(key.endswith(",") for key, _ in attributes):
        yield "commas stand between the options", "Write none: spaces do"
    names = [key.rstrip(",") for key, _ in attributes if key != "."]
    for name in {name: None for name in names if names.count(name) > 1}:
        yield f"the option '{name}' is said twice", "Delete one of the two"
    for word in [value for key, value in attributes if key == "."][1:]:
        yield f"the option '.{word}' begins with a dot", f"Write {word}"


def _complaints(info: str, found: dict[str, str], parts: Mapping[str, Role]) -> Iterator[Complaint]:
    flags = (*FLAGS, *parts)
    known = (*flags, *VALUES, *STYLE)
    for name, value in found.items():
        if name not in known:
            yield f"a cell has no option '{name}'", near(name, known)
        elif name in flags and value != name:
            yield f"'{name}' takes no value", f"Write just {name}"
    if "notest" in found and not found.get("reason"):
        yield "a 'notest' cell gives no reason", 'Say why it cannot run here: notest reason="…"'
    if "reason" in found and "notest" not in found:
        yield "'reason' is there without 'notest'", "Add notest, or delete the reason"
    raises = found.get("raises", "")
    if "raises" in found and not re.fullmatch(r"[A-Za-z_]\w*", raises):
        yield (
            f"raises is '{raises}', not the name of an exception",
            "Write for example raises=RuntimeError",
        )
    elif raises[:1].islower() and not hasattr(builtins, raises):
        yield (
            f"raises is '{raises}', not the name of an exception type",
            "Write for example raises=RuntimeError",
        )
    elif not hasattr(builtins, raises) and (meant := near_word(raises, EXCEPTIONS, ALIKE)):
        yield f"there is no exception '{raises}'", f"Did you mean '{meant}'?"
    quoted = " ".join(re.findall(r'"([^"]*)"', info)).split()
    for word in {"notest", "continuation"} & set(quoted):
        yield (
            (
                f"the word '{word}' is in a quoted option, where pytest-markdown-docs takes it for"
                " an option"
            ),
            "Use another word",
        )
