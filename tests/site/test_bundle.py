"""The widget's modules, some of them joined: fewer requests, and the same modules for all."""

import re

import pytest

from unrolled.site import bundle
from unrolled.site.assets import widget

NAMED = re.compile(r"\b(?:from|import|import\()\"([^\"]+\.js)\"")
"""A module that a module without blanks imports, at once or when it is asked for."""
BASE = {
    "store.js": "let kept = 0;\nexport const keep = () => ++kept;\n",
    "element.js": (
        'import * as store from "./store.js";\n'
        "export class Base {\n  keep() {\n    return store.keep();\n  }\n}\n"
    ),
    "question.js": (
        'import { Base } from "./element.js";\n'
        'import { keep } from "./store.js";\n'
        "export class Question extends Base {\n  twice = () => keep() + keep();\n}\n"
    ),
    "define/quiz-question.js": 'import { Question } from "../question.js";\nnew Question();\n',
    "apart.js": 'import { keep } from "./store.js";\nexport const apart = keep;\n',
    "own.js": 'export const own = () => import("./apart.js");\n',
    "define/quiz-own.js": (
        'import { own } from "../own.js";\nimport "./quiz-question.js";\nown();\n'
    ),
}


def test_a_module_is_in_one_script_only_and_all_others_take_it_from_there() -> None:
    made = bundle.joined(BASE)
    bodies = [text for text in made.values() if "let kept" in text]
    assert bodies == [made["base.js"]]
    assert 'from "./base.js"' in made["core.js"] and "class Question" in made["core.js"]
    assert made["apart.js"] == BASE["apart.js"].replace("store.js", "base.js")
    assert "new Question();" in made["core.js"]
    assert made["define/quiz-question.js"] == 'export {  } from "../core.js";\n'


def test_what_one_element_alone_imports_is_in_its_script() -> None:
    made = bundle.joined(BASE)
    assert made["define/quiz-own.js"] == (
        'import {  } from "../core.js";\n'
        'const own = () => import("../apart.js");\n\n\nown();\nexport { own };\n'
    )
    assert made["own.js"] == 'export { own } from "./define/quiz-own.js";\n'


def test_the_path_of_a_joined_module_leads_on() -> None:
    """What is loaded when a reader asks for it names it by its own path."""
    made = bundle.joined(BASE)
    assert made["store.js"] == 'export { keep } from "./base.js";\n'
    assert made["question.js"] == 'export { Question } from "./core.js";\n'


@pytest.mark.parametrize(
    ("path", "text", "said"),
    [
        ("element.js", "export const keep = 1;\n", "both name something 'keep'"),
        ("question.js", "export default 1;\n", "cannot be joined: export default 1;"),
        (
            "element.js",
            'import { keep as hold } from "./store.js";\nexport class Base {}\n',
            "cannot be joined: import { keep as hold }",
        ),
    ],
)
def test_what_cannot_be_joined_is_said(path: str, text: str, said: str) -> None:
    start = 'import * as store from "./store.js";\n' if path == "element.js" else ""
    with pytest.raises(ValueError, match=said.replace("{", r"\{").replace("}", r"\}")):
        bundle.joined(BASE | {path: start + text})


def test_what_is_shipped_names_nothing_that_is_not_there() -> None:
    shipped = {path: text for path, text in widget() if path.endswith(".js")}
    named = {
        bundle.resolved(path, found)
        for path, text in shipped.items()
        for found in NAMED.findall(text)
    }
    assert {*bundle.JOINED, "typed.js"} <= named <= shipped.keys()
