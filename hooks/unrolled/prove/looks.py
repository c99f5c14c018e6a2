"""What a result looks like when somebody types it: the rules, in the order of telling."""

from __future__ import annotations

import re
from dataclasses import dataclass

from unrolled.model import shape
from unrolled.model.problem import Code
from unrolled.model.visible import HOLE
from unrolled.prove.numerals import TENS, WORDS

NUMBER = r"\d[\d,_]*(?:\.\d+)?"
SOME = rf"(?:{NUMBER}|{WORDS})"
"""A number, in digits or in words."""
ALWAYS = "param(?:eter)?s?|seconds?|minutes?|hours?|configurations|points|epochs|updates|runs"
"""Units of what a run or a build counts, after a number or its word."""
MEASURES = (
    "weights|settings|combinations|milliseconds|microseconds|[mµun]s|degrees|[KMG]i?B|s|points|"
    "epochs|bytes|mins?|Hz|numbers|of them"
)
"""Units after digits only: 'two settings' are just two."""
TIMES = "mins?|milliseconds?|microseconds?|(?:kilo|mega|giga)?bytes|percentage points"
"""Units of what only a run can give, in words too."""
KIND = "(?:(?:trainable|learnable|learned|different|distinct|separate|free|extra) )?"
"""What may stand between a number and its unit."""
MORE = (
    "as|slower|faster|larger|smaller|bigger|longer|shorter|more|less|fewer|better|worse|the|wider|"
    "narrower|deeper|cheaper"
)
SIZED_UP = "slow|fast|large|big|small|high|low|wide|deep|heavy|strong|weak|steep|good|bad|often"
"""What runs compare."""
THINGS = (
    "weights?|param(?:eter)?s?|time|memory|operations|runs|seeds|cases|answers|sentences|epochs|"
    "units|tries|accuracy|loss|gradients?|names|reviews|sequences|cost|work|storage|multiplications"
)
"""What runs count and measure."""
ITEMS = (
    "sections?|examples?|cells?|figures?|tables?|problems?|tasks?|traps?|experiments?|prompts?|"
    "entries|items?|parts?|faults?|questions?|cards?|exercises?|hints?|pages?"
)
"""What a page holds."""
PARTS = r"half|thirds?|quarters?|fifths?|sixths?|sevenths?|eighths?|ninths?|tenths?"
VALUES = (
    r"(?:-?\d[\d.e-]*\b|['\"]\w+['\"]"
    r"|(?:True|False|None|relu|tanh|sigmoid|zeros|ones|mean|sum)\b)"
)
"""What arguments have as defaults."""
GIVEN = r"\W?(?:-?\d+(?:\.\d+)?(?:e-?\d+)?\b|\w+)"
"""Any value, whole."""
VERBS = "(?:uses|takes|gives|applies|has|adds)"
"""What a layer does with its default."""
COUNT = f"(?:one|two|{shape.LARGER})"
"""A size in words."""
BEHAVIOUR = (
    r"(?:batch|time)(?: axis)?(?: (?:comes|is|goes|stands))? first|(?:bi|uni)directional|"
    rf"(?:both|one) directions?|(?:one|{WORDS}) layers?|(?:no|without|with)(?: a)? bias(?:es)?"
)
"""What the settings of a layer come to, in words."""
WITHIN = rf"(?:[^.!?{HOLE}]|\.(?=\w))"
"""A sign within a sentence; a point within a name ends none."""
STATED_AS_SUCH = "".join(f"(?<!{word} )" for word in ("if", "when", "where", "unless", "that"))
"""Before what is said to be so, not what would be."""
LEFT = (
    r"(?:leave|leaves|leaving|left|omit|omits|omitted|without|(?:not|never) (?:given|set|passed))"
)
"""What is said of an argument that nobody gives."""


@dataclass(frozen=True)
class Rule:
    """A way in which a result looks when it is typed."""

    pattern: re.Pattern[str]
    noun: str
    remedy: str
    in_code: bool = False
    """Whether code spans are read too."""
    settings: bool = True
    """Whether a number that the page's code holds is let through."""
    beside: bool = False
    """Whether a claim in the same sentence bears it out, and a run an option of a question."""
    tabled: bool = False
    """Whether only cells of tables are read."""
    code: Code = Code.TYPED


def _rule(pattern: str, noun: str, remedy: str, **options: bool | Code) -> Rule:
    return Rule(re.compile(pattern, re.IGNORECASE), noun, remedy, **options)  # pyright: ignore


VALUE = "Let a run say it: `#!value …`"
CHECKED = "Let a run say it: `#!value …`, or put a `#!check` in the same sentence"
SHAPE = "Let a run prove it: `#!shape out: {}`, or print it with `#!value out.shape`"
SIZED = "Let a run prove it: `#!shape out: (4, 7, 3)`"
SWEPT = "State it in a `/// shapes` block, which sweeps a layer's settings, and link there"
STATED = "Let a run say it: `#!default nn.RNN.batch_first`"
HELD = "Let the build count it: `#!count questions`; or leave the number out"
COUNTED = ("percentage", "count", "comparison", "measure", "share", "ratio")
"""The nouns of results that count or compare."""
MESSAGE = re.compile(r"\b[A-Z]\w*(?:Error|Exception|Warning): [^\s\ufffc][^.\ufffc]{0,60}")
"""A message behind its type."""
SHAPES = (
    Rule(shape.TYPED, "shape", SHAPE, in_code=True, settings=False, code=Code.SHAPE),
    Rule(shape.SYMBOLIC, "symbolic shape", SWEPT, in_code=True, settings=False, code=Code.SHAPE),
    Rule(
        re.compile(
            r"\b\w+(?:\.\w+)*(?:\([\w, .-]*\)|\[-?\d+\]|\.(?:ndim|dtype|device|shape))"
            r"\W{0,3}(?:\b(?:is|gives|returns|equals|comes to|yields|prints)\b|=|==|→|->|=>)\W{1,3}"
            rf"(?:-?\d[\d.]*\b|True\b|False\b|torch\.\w+|cuda\b(?::\d+)?|[(\[]\d|{WORDS}\b)"
        ),
        "result", "Let a run say it: `#!value out.size(0)`", in_code=True, settings=False,
    ),
    _rule(
        r"\b(?:shape|sizes?|dims|dimensions)(?: of \w+)?(?: is| are|:)? "
        r"\d+(?:(?:\s?[,;/*-]\s?|\s)\d+)+(?:,? and \d+)?"
        r"|\b(?:sizes|dimensions) (?:are )?\d+(?:, \d+)* and \d+"
        r"|\b(?:outputs?|states?|tensors?|results?|batch) (?:of|with) \d+(?:, \d+)+,? and \d+\b"
        rf"|(?<!\w){COUNT}(?:\s?[x×]\s?{COUNT})+\b|[(\[]{COUNT}(?:, {COUNT})+[)\]]"
        r"|\bfrom \d+(?:, \d+)+ to \d+(?:, \d+)+|\bout(?:put)?: \d+(?:, ?\d+){2,}(?!\w|\.\d)",
        "shape", SIZED, in_code=True, settings=False, code=Code.SHAPE,
    ),
    _rule(
        r"(?<![\w.*/+=-])\d+\s?([*·⋅∙•/])\s?\d+(?:\s?\1\s?\d+)+(?![\w*/+=-]|\.\d|\s?[=+])"
        r"|(?<![\w.])\d+ times \d+(?: times \d+)+\b",
        "shape", SIZED, settings=False, beside=True, code=Code.SHAPE,
    ),
    _rule(
        rf"\b(?:axis|dimension|dim)(?: of \w+)? (?:is|has|holds|=) {SOME}(?: (?:entries|numbers|"
        r"values|sizes?|features))?\b",
        "size", "Let a run say it: `#!value out.size(-1)`", in_code=True, beside=True,
        code=Code.SHAPE,
    ),
    _rule(
        rf"\b\w+ (?:is|are|stays|becomes) (?:a |an )?{SOME}(?:[- ]?D\b|-dimensional)",
        "number of axes", "Let a run say it: `#!value out.ndim`", in_code=True, settings=False,
        beside=True, code=Code.SHAPE,
    ),
    _rule(
        r"\b(?:dtype|data type)(?: of \w+)?(?: is|:)? ?\W?(?:torch\.)?"
        r"(?:b?float|u?int|double|half)\d*\b"
        r"|\bis an? \W?(?:torch\.)?(?:b?float|u?int)\d+\W? tensor"
        r"|\b(?:is|are|stays?) (?:in|of(?: type| dtype)?) (?:torch\.)?(?:b?float|u?int)\d+\b"
        r"|\b(?:lives?|lies?|is|are|stays?|sits?) on (?:the )?\W?(?:cuda|mps|xpu)\b",
        "result", "Let a run say it: `#!value out.dtype`, `#!value out.device`", in_code=True,
        settings=False, beside=True,
    ),
    _rule(
        r"\bthe (?:(?:last|final|hidden|new) )?(?:outputs?|states?|tensors?|results?|loss) "
        r"(?:is|are|stays?|becomes?) (?:of type )?\W?(?:torch\.)?(?:b?float|u?int)\d+\b",
        "result", "Let a run say it: `#!value out.dtype`", in_code=True, settings=False,
        beside=True,
    ),
    Rule(
        re.compile(
            rf"{STATED_AS_SUCH}\b(?:[a-z]\w*\.[a-z]\w*|[a-z]+_\w+) is (?:True|False|None)\b"
        ),
        "result", "Let a run say it: `#!value rnn.batch_first`", in_code=True, settings=False,
        beside=True,
    ),
    Rule(
        re.compile(
            rf"{STATED_AS_SUCH}\b[a-z]\w*(?:\.[a-z_]+)*\.[a-z_]+ (?:is|equals|gives|comes to|==)"
            rf" (?:-?\d[\d.]*\b(?!-)|{WORDS}\b(?! [a-z]))"
        ),
        "result", "Let a run say it: `#!value rnn.hidden_size`", in_code=True, beside=True,
    ),
    Rule(
        re.compile(
            rf"{STATED_AS_SUCH}\btype\([\w.]+\) (?:is|gives|returns|equals|==) (?:an? |the )?[\w.]+"
        ),
        "result", "Let a run say it: `#!value type(out).__name__`", in_code=True, settings=False,
        beside=True,
    ),
    _rule(
        rf"\bnumber of (?:parameters|weights) (?:is|comes to) {SOME}\b"
        rf"|\b(?:parameters|weights) (?:number|are|come to) {NUMBER}(?!\w)",
        "count", CHECKED, settings=False, beside=True,
    ),
)  # fmt: skip
STATEMENTS = (
    Rule(
        re.compile(
            rf"\b[a-z]+_?\w*=\w+ is the default|\b\w+ defaults to {GIVEN}"
            rf"|\b[Bb]y default,? \w+ is {GIVEN}"
            rf"|\bdefault (?:value )?(?:of|for) [\w.]+(?: (?:of|in|for) [\w.]+)? is {GIVEN}"
            r"|\b[\w.()]+ is (?:true|false|on|off) (?:by default|unless)\b"
            r"|\b[Bb]y default,? (?:the )?\w+ is (?:true|false|on|off)\b"
            rf"|\b\w+(?:=| is \W?){VALUES}\W{{0,2}} (?:by default|unless)\b"
            rf"|\b[Tt]he default (?:\w+ )?is \W?{VALUES}|\(default:? \W?{VALUES}"
            rf"|\b(?:its|the|a) default,? (?:of )?{VALUES}|\bdefault={VALUES}"
            rf"|\b{VERBS} \W?{VALUES}\W{{0,2}} by default\b"
            rf"|\b[Bb]y default,? (?:\w+ ){{1,3}}{VERBS} \W?{VALUES}"
            rf"|\b(?i:{LEFT})\b{WITHIN}{{0,40}}?, (?:it|that) (?:is|stays|becomes) \W?{VALUES}"
        ),
        "default", STATED, in_code=True, settings=False,
    ),
    _rule(
        rf"\bby default\b{WITHIN}{{0,60}}?\b(?:{BEHAVIOUR})\b"
        rf"|\b(?:{BEHAVIOUR})\b{WITHIN}{{0,30}}?"
        r" (?:by default|unless (?:told|said|asked|set|you (?:say|ask|tell)))\b",
        "default", STATED, in_code=True, settings=False, beside=True,
    ),
    Rule(
        re.compile(r"\btensor\(\[[-\d., \[\]e]*\]"),
        "output", "Let a run say it: `#!value out`", in_code=True, settings=False,
    ),
    Rule(
        MESSAGE, "message", "Let a run say it: `#!error`, after the cell that raises it",
        in_code=True, settings=False,
    ),
    Rule(
        re.compile(
            r"\b(?:torch|PyTorch|NumPy|CUDA|[Vv]ersion)\s+\d+(?:\.\d+)*\b"
            r"|\bv\d+\.\d+(?:\.\d+)*"
        ),
        "version", "Let a run say it: `#!value torch.__version__`", settings=False,
    ),
)  # fmt: skip
NUMBERS = (
    _rule(
        rf"(?:{NUMBER}\s?|\b{WORDS}\s)(?:[%‰]|per ?(?:cent|mille?)\b|pct\b)", "percentage", VALUE,
    ),
    _rule(
        rf"\b{SOME} (?:seeds|runs|tries) (?:of|out of|in) {SOME}\b"
        rf"|\b(?:{SOME}|most|all|none|half|many) (?:of|out of|in) (?:the )?{SOME}"
        r" (?:seeds|runs|tries)\b",
        "count", VALUE, settings=False, beside=True,
    ),
    _rule(
        rf"\b(?:one|{WORDS}) (?:in|out of) (?:every )?{WORDS}\b(?! (?:places?|ways?|steps?|parts?|"
        r"directions?|dimensions?|layers?|lines?|cells?|pages?|blocks?)\b)",
        "share", CHECKED, settings=False, beside=True,
    ),
    _rule(
        rf"\b(?:{SOME}|one) out of {SOME}\b|\b{SOME} (?:in|of) {SOME}\b|\bone in {SOME}\b",
        "share", CHECKED, beside=True,
    ),
    _rule(
        rf"\b(?:(?:a|one|{WORDS}) )?(?:{PARTS}|hundredths?|thousandths?) (?:of |as |the )"
        rf"(?:the |its |all |many |much |an? (?:LSTM|GRU|RNN)'s )*(?:\w+'s? )?(?:{THINGS})\b"
        rf"|(?:\b\d\s?/\s?\d|[¼½¾⅓⅔⅛])\s(?:of|as|times)\b|[¼½¾⅓⅔⅛]"
        rf"|\b(?:{WORDS}|two) (?:{PARTS}) as (?:many|much|large|long|fast)\b",
        "share", CHECKED, settings=False, beside=True,
    ),
    _rule(
        rf"\bratio (?:is |of )?(?:about )?{SOME}(?: (?:to|by) (?:one|{SOME})|:\d+)"
        r"|(?<![\w:.\[])\d+:\d+(?![\w:\]])",
        "ratio", CHECKED, settings=False, beside=True,
    ),
    Rule(
        re.compile(
            r"(?<![\w.])\d+(?:\.\d+)?e[-−+]?\d+\b|\b10(?:\s?(?:\^|\*\*)\s?\{?[-−]?\d+|⁻?[⁰¹²³⁴-⁹]+)"
            r"|\b10 to the (?:power of )?(?:minus )?\w+"
        ),
        "number", VALUE,
    ),
    _rule(
        rf"\b{SOME}(?:-|\s+){KIND}(?:{ALWAYS})\b"
        rf"|\b(?:{'|'.join(TENS)})(?:-\w+)? {KIND}weights\b", "count",
        "Let a run or the build say it: `#!value …`, `#!count questions`, `#!minutes`",
    ),
    _rule(
        rf"\b(?:in total|altogether|all in all|the total (?:is|comes to))\b:? {NUMBER}(?!\w)"
        rf"|\b{NUMBER} (?:in total|altogether|all in all)\b",
        "count", CHECKED, settings=False, beside=True,
    ),
    _rule(rf"\b{SOME}(?:-|\s+)(?:{TIMES})\b", "measure", VALUE, settings=False),
    _rule(
        r"\b(?:half|quarter of|takes|in|about) an hour\b"
        r"|\bhalf a (?:second|minute)\b|\b\d+′",
        "measure", VALUE, settings=False,
    ),
    Rule(re.compile(rf"(?<![\w.]){NUMBER}[kKMB]?\s?{KIND}(?:{MEASURES})\b"), "measure", VALUE),
    Rule(re.compile(rf"(?<![\w.]){NUMBER}[kKMB] (?:{ALWAYS}|{MEASURES})\b"), "measure", VALUE),
    _rule(
        r"\b(?:accuracy of|(?:accuracy|loss|error|score) (?:is|was|ends at|falls to|rises to|"
        r"reaches|gets to))"
        rf" (?:about |only |nearly )?{NUMBER}|{NUMBER} (?:accuracy|right|correct|wrong)\b"
        rf"|\b(?:accuracy|loss|error|score)(?:: ?| ?= ?| ){NUMBER}(?=\s*(?:[,.;!)|]|\Z))"
        r"|\b(?:accuracy|loss|error|score) (?:falls|drops|sinks|decreases|rises|grows|climbs|goes)"
        rf" (?:from {NUMBER} )?(?:to|by) {NUMBER}",
        "result", VALUE, settings=False, beside=True,
    ),
    _rule(
        rf"\b(?:{SOME} times|{NUMBER}\s?[x×]) (?:{MORE})\b"
        rf"|\bN times\b|\b(?:{SOME}[- ]?fold)\b|\bfactor of {NUMBER}"
        rf"|\b(?:twice|thrice|half) as (?:{SIZED_UP})\b",
        "comparison", CHECKED, settings=False, beside=True,
    ),
    _rule(
        rf"\b(?:twice|thrice|half|double|triple) (?:as (?:many|much)|the|its|their) (?:{THINGS})\b"
        rf"|\b(?:doubles|triples|quadruples|halves) (?:\w+ )?(?:\w+'s )?(?:{THINGS})\b"
        r"|\borders? of magnitude\b|\bone and a half times\b|½ times"
        rf"|(?<!are )\b(?:dozens|hundreds|thousands|millions) of (?:{THINGS})\b",
        "comparison", CHECKED, settings=False, beside=True,
    ),
    _rule(
        rf"(?<!of the )\b{SOME}(?:-| +)(?:questions|cards|exercises)\b", "count", HELD,
        settings=False,
    ),
    _rule(
        rf"\b(?:page|lesson|sheet) (?:has|holds|asks|contains) (?:{SOME}|one) (?:\w+ )?"
        rf"(?:{ITEMS})\b|\b(?:the )?(?:{SOME}|one|both) (?:\w+ )?(?:{ITEMS}) (?:below|follows?|"
        rf"above|on this page|await|here)\b|\b(?:here|below) (?:are|is|comes?|follow)"
        rf" (?:{SOME}|one) (?:\w+ )?(?:{ITEMS})\b(?! of)",
        "count", HELD, settings=False,
    ),
    Rule(
        re.compile(
            r"(?<![\w.])[-−]?\d*[.·]\d+(?!\w|\.\w|,\d)|(?<![\w.,])[-−]\d+,\d+\b"
        ),
        "number", VALUE,
    ),
    Rule(
        re.compile(r"\A\s*[-−+]?(?:[2-9]|\d[\d,]+)\s*\Z"), "number", VALUE, beside=True, tabled=True
    ),
)  # fmt: skip
RULES = (*SHAPES, *STATEMENTS, *NUMBERS)
"""In the order of telling: the first that finds a place in the text is the one that is reported."""
CITABLE = tuple(
    rule for rule in RULES if rule.noun == "version" or (rule in NUMBERS and rule.remedy != HELD)
)
"""What may also be a fact from elsewhere, that its words link to: all but shapes and outputs."""
