"""A learner, for tests: answers questions rightly or wrongly, by mouse or by keyboard alone."""

import json
import re
from collections.abc import Callable, Sequence
from typing import Any

from playwright.sync_api import Locator, Page, expect

FIELDS = ".question__typed input:visible, [data-part=blank] input:visible"
TYPED = """e => {
  const { typed, setting, level } = e.dataset;
  const asks = setting === "review" || (setting === "test" && level === "hard");
  return [typed === "code" || Boolean(typed && asks), Boolean(e.typing)];
}"""
"""Whether a question is to be typed, and whether it can be by now."""
KEYS = "e => [[...e.keys], e.options.flatMap((o, i) => o.key ? [] : [i])]"
"""The positions of the keys, and of what is none."""
SAID = """(e, at) => {
  const said = e.options[at].item.querySelector(".question__option");
  const codes = [...said.querySelectorAll("code")];
  return (e.dataset.typed === "code" ? codes : [said]).map(one => one.textContent.trim());
}"""
KEY = "unrolled:/"
"""Under what the widget keeps progress, of a site at the top of its origin."""
STEPPED = "(e, tries) => e.attempt.tries !== tries || e.ended"
"""Whether what was submitted is graded: the buttons are others then."""
GRADED = re.compile("right|wrong")
NEXT = re.compile("^(Next|Skip|See your result|Finish the test)$")


def visible(page: Page) -> Locator:
    """Return the question that is shown."""
    return page.locator("quiz-question:visible")


def turn_to_several_keys(page: Page) -> Locator:
    """Show the practice question of which several options are right, and return it."""
    place = page.locator("quiz-question").evaluate_all(
        "all => all.findIndex(e => 'multiple' in e.dataset) + 1"
    )
    page.get_by_role("button", name=re.compile(rf"^Question {place}\b")).click()
    item = page.locator("quiz-question[data-multiple]")
    expect(item).to_be_visible()
    return item


def until(item: Locator, holds: Callable[[], bool]) -> None:
    """Wait for at most two seconds, in the time of the test: that of the page may stand still."""
    for _ in range(100):
        if holds():
            return
        item.page.wait_for_timeout(20)


def is_typed(item: Locator) -> bool:
    """Return whether a question is typed, once that is loaded."""

    def is_settled() -> bool:
        asked, typing = item.evaluate(TYPED)
        return typing or not asked

    until(item, is_settled)
    return item.evaluate(TYPED)[1]


def choose(item: Locator, *, right: bool) -> None:
    """Choose all keys of a question, or one option that is no key or not all of them."""
    keys, wrong = item.evaluate(KEYS)
    enter(item, keys if right else [*wrong, *keys][:1])


def enter(item: Locator, positions: Sequence[int]) -> None:
    """Choose options, or type what the first of them says where the question is typed."""
    if not is_typed(item):
        for position in positions:
            item.locator(f'fieldset input[value="{position}"]').check()
        return
    said = item.evaluate(SAID, positions[0])
    fields = item.locator(FIELDS)
    for number, words in enumerate(said if fields.count() > 1 else [" ".join(said)]):
        fields.nth(number).fill(words)
        fields.nth(number).dispatch_event("change")


def answer(item: Locator, *, right: bool) -> None:
    """Choose and submit."""
    choose(item, right=right)
    tries = item.evaluate("e => e.attempt.tries")
    item.get_by_role("button", name="Check").click()
    until(item, lambda: item.evaluate(STEPPED, tries))
    expect(item.locator(".question__panel")).to_have_attribute("data-phase", GRADED)


def go_on(page: Page) -> None:
    """Go to the next question, or to the end."""
    page.get_by_role("button", name=NEXT).click()


def tab_to(page: Page, target: Locator, most: int = 300) -> None:
    """Reach an element with Tab alone; where it has the focus, it shows."""
    element = target.element_handle()  # Looked up once: names of roles take long to compute.
    for _ in range(most):
        if element.evaluate("e => e === document.activeElement"):
            break
        page.keyboard.press("Tab")
    expect(target).to_be_focused()
    shown = target.evaluate(
        "e => { const s = getComputedStyle(e); return s.outlineStyle !== 'none' || s.boxShadow !=="
        " 'none' }"
    )
    assert shown, "the focus cannot be seen"


def press(page: Page, name: str | re.Pattern[str], key: str = "Enter") -> None:
    """Reach the first button of that name with Tab alone and press it."""
    tab_to(page, page.get_by_role("button", name=name, exact=isinstance(name, str)).first)
    page.keyboard.press(key)


def answer_by_keyboard(page: Page, *, right: bool, submit: bool = True) -> None:
    """Choose an option of the question that is shown by its letter, and submit with Enter."""
    item = visible(page)
    expect(item).to_have_count(1)
    if is_typed(item):
        keys, wrong = item.evaluate(KEYS)
        for number, words in enumerate(item.evaluate(SAID, keys[0] if right else wrong[0])):
            tab_to(page, item.locator(FIELDS).nth(number))
            page.keyboard.type(words)
        if submit:
            page.keyboard.press("Enter")
            page.wait_for_timeout(350)
        return
    key = item.evaluate(
        "e => [...e.querySelectorAll('input')].findIndex(i => e.keys.has(Number(i.value)))"
    )
    # Tab leads to the option that is chosen, or to the first.
    chosen = item.locator("input:checked")
    tab_to(page, chosen if chosen.count() else item.locator("input").first)
    page.keyboard.press("abcdef"[key if right else int(key == 0)])
    if submit:
        page.keyboard.press("Enter")
        # A second Enter at once is taken for part of the first.
        page.wait_for_timeout(350)


def kept(page: Page) -> dict[str, Any]:
    """Return what the browser keeps, by id."""
    items: dict[str, Any] = json.loads(page.evaluate("key => localStorage[key]", KEY))["items"]
    return items


def age(page: Page, days: float) -> None:
    """Let all reviews have happened so many days earlier."""
    script = """ms => { const s = JSON.parse(localStorage['unrolled:/']);
      for (const e of Object.values(s.items)) {
        if (e.log) e.log = e.log.map(([w, r]) => [w - ms, r]);
        if (e.due) e.due -= ms;
        for (const at in e.seen ?? {}) e.seen[at] -= ms; }
      localStorage['unrolled:/'] = JSON.stringify(s) }"""
    page.evaluate(script, days * 86400e3)


def swipe(page: Page, by: int, down: int = 0) -> None:
    """Drag a finger over the card that is shown, as a touch screen tells of it."""
    box = page.locator("quiz-card:visible").bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + 30
    session = page.context.new_cdp_session(page)

    def touch(kind: str, x: float, y: float) -> None:
        points = [] if kind == "touchEnd" else [{"x": x, "y": y}]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    touch("touchStart", x, y)
    for step in range(1, 9):
        touch("touchMove", x + by * step / 8, y + down * step / 8)
    touch("touchEnd", x, y)
