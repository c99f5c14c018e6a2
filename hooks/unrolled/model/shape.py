"""Concrete shapes as people write them: a tuple of sizes, or what torch prints for one."""

import re

SIZE = r"torch\.Size\(\[[\d,\s]*\]\)"
TUPLE = r"\(\s*\d+\s*,\s*\)|\(\s*\d+(?:\s*,\s*\d+)+\s*,?\s*\)"
PATTERN = rf"{SIZE}|{TUPLE}"
"""A shape within text. `(3)` and `()` are none there: they mean other things too often."""
ALONE = re.compile(rf"{SIZE}|\([\d,\s]*\)")
"""A shape where only a shape can be."""
BARE = re.compile(rf"(?<![\w\])])(?:{PATTERN})")
"""A shape within text that is not the arguments of a call."""
WRITTEN = re.compile(rf"{SIZE}|\(\s*\d+(?:\s*,\s*\d+)*\s*,?\s*\)")
"""A shape in any writing that torch or Python prints; a list is none."""
LIST = re.compile(r"\[[\d\s,.eE+-]*\]")
"""A list of numbers, in which blanks mean nothing."""
COMMA = re.compile(r"\s*,\s*")
NUMBER = re.compile(
    r"(?<![\w.])(?:\d[\d_]*(?:\.\d+|\.(?=[,\])eE]|\s+[-\d]))?|\.\d+)(?:[eE][-+]?\d+)?(?!\w|\.\d)"
)
"""A number as Python reads or prints it; the point at the end of a sentence is none of its own."""
DIGITS = 18
"""More digits than any size has; Python refuses to read thousands of them."""


def sizes(text: str) -> tuple[int, ...]:
    """Return the sizes in a shape, however it is written."""
    return tuple(int(number[:DIGITS]) for number in re.findall(r"\d+", text))


def meaning(text: str) -> str:
    """Return what a text means.

    Two that differ only in how a shape or a number is written, or in blanks, mean the same. A list
    is no tuple, and a whole number is none with a point.
    """
    text = WRITTEN.sub(lambda match: standard(match[0]), text.replace("`", ""))
    text = LIST.sub(lambda match: COMMA.sub(", ", match[0]), text)
    text = NUMBER.sub(lambda match: _number(match[0]), text)
    return " ".join(text.split())


def _number(text: str) -> str:
    """Return a number in the one way in which Python prints it."""
    digits = text.replace("_", "")
    return digits if digits.isdecimal() else repr(float(digits))


LARGER = "three|four|five|six|seven|eight|nine|ten|eleven|twelve"
"""Sizes in words; 'two by two' means pairs."""
TYPED = re.compile(
    rf"(?<![\w\])])(?:{SIZE}|{TUPLE}|[(\[{{⟨<|]\s*\d+(?:\s*[,;]\s*\d+)+\s*,?\s*[)\]}}⟩>|])"
    r"|(?<![\w.])\d+(?:\s?[xX×]\s?\d+)+(?!\w|\.\d)"
    r"|(?<!\w)(?:\[\d+\]){3,}"
    rf"|(?<![\w.])(?:\d+|{LARGER})(?:[ -]by[ -](?:\d+|{LARGER}))+\b"
    r"|(?<![\w\])])\((?:\w+=\d+, )+\w+=\d+\)"
    r"|(?<![\w\])])\((?=[^()]*\b[A-Z]\w?=)(?:(?:\w+=)?\d+, )+(?:\w+=)?\d+\)"
)
"""A shape in any writing that people type: with brackets, with ×, with 'by'."""
AXIS = (
    r"(?:[A-Z]|[A-Z]_\w+|batch(?:_size)?|seq(?:_len|uence_length)?|time(?:_steps)?|steps|"
    r"hidden(?:_size|_dim)?|input(?:_size|_dim)?|embed(?:ding)?(?:_dim)?|features|num_layers|"
    r"num_directions|classes|vocab(?:_size)?|units|hidden_units|d_model|dim|length|channels|tokens|"
    r"feats?|feature|sequences?|seqs|frames|samples|words)"
)
FACTOR = rf"(?:\d+\s*\*\s*)?{AXIS}(?:\s*[*+]\s*(?:{AXIS}|\d+))*"
SYMBOLIC = re.compile(
    rf"(?<![\w\])])[(\[]\s*(?:(?:{FACTOR}|\d+)\s*,\s*)*{FACTOR}\s*,"
    rf"(?:\s*(?:{FACTOR}|\d+|…|\.\.\.|\*)\s*,?)*\s*[)\]]"
    rf"|(?<![\w\])])[(\[]\s*(?:\d+\s*,\s*)+{FACTOR}\s*[)\]]"
    rf"|\b{AXIS}(?:\s?×\s?{AXIS})+(?!\w)|(?<![\w.]){AXIS}(?: x {AXIS})+(?!\w)"
    rf"|\b{AXIS}(?:[ -]by[ -]{AXIS}){{2,}}\b|[{{⟨]{AXIS}(?:, {AXIS})+[}}⟩]"
    r"|(?<![\w.,])N, L, \w+\b|(?<![\w.,])L, N, \w+\b"
    r"|(?<![\w\])])\((?=[^)]*\b[bn]\b)(?=[^)]*\b[tls]\b)[a-z](?:, [a-z]){2}\)"
)
"""A tuple whose members are names of axes or single capitals."""


def standard(text: str) -> str:
    """Return a shape as Python writes it."""
    found = sizes(text)
    return f"({', '.join(map(str, found))}{',' if len(found) == 1 else ''})"
