"""The site's face in a real Chromium: home, hub and 404, equations, figures, previews of links."""

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from support.pages import Opener, settle, violations

PAGES = ("", "rnn/", "gru/learn/", "lstm/cheatsheet/", "404.html")
PLOTS = {"rnn": "why-rnns/learn/", "lstm": "lstm/deepdive/", "gru": "gru/learn/"}
LAYERS = {"rnn": "why-rnns/learn/", "lstm": "lstm/learn/", "gru": "gru/learn/"}
CHARACTERS = """() => {
  const pen = document.createElement("canvas").getContext("2d");
  return Math.max(...[...document.querySelectorAll("article > p")]
    .filter((p) => p.textContent.trim().length > 40).map((p) => {
    const style = getComputedStyle(p);
    pen.font = `${style.fontSize} ${style.fontFamily}`;
    return p.clientWidth / (pen.measureText(p.textContent).width / p.textContent.length);
  }));
}"""
"""How many characters a line of prose takes at most."""
KEEP = """([id, hash]) => {
  const items = { [id]: { hash, when: Date.now(), done: true } };
  localStorage['unrolled:/'] = JSON.stringify({ v: 1, items }); }"""
SHIFTS = """window.shifted = 0;
new PerformanceObserver((list) => {
  for (const { value } of list.getEntries()) window.shifted += value;
}).observe({ type: "layout-shift", buffered: true });"""
SLOW = {"offline": False, "latency": 150, "downloadThroughput": 2e5, "uploadThroughput": 1e5}
"""Milliseconds, and bytes a second."""
STILL = """() => document.getAnimations().filter(
  (a) => a.effect.target?.closest?.(".hero__network")).length"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_fits_and_axe_finds_nothing(
    show: Opener, path: str, width: int, scheme: str
) -> None:
    page = show(path, width, scheme)
    settle(page)
    page.evaluate("document.getAnimations().forEach((each) => each.finish())")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert violations(page) == []


def test_home_says_what_one_gains_and_has_one_filled_button(show: Opener) -> None:
    page = show("", 1280, "light")
    hero = page.locator(".hero")
    expect(hero.get_by_role("heading", level=1)).to_contain_text("RNNs, LSTMs and GRUs")
    expect(hero.get_by_role("img")).to_be_visible()
    expect(page.locator("article .md-button--primary")).to_have_count(1)
    button = hero.get_by_role("link", name="Start: why RNNs")
    assert (button.bounding_box() or {})["y"] < 700
    expect(page.locator(".md-sidebar--primary")).to_be_hidden()
    button.click()
    expect(page).to_have_url(re.compile("/why-rnns/learn/$"))


def test_home_goes_on_where_the_reader_is(show: Opener) -> None:
    page = show("", 1280, "light")
    row = page.locator("quiz-topics tbody tr").nth(1)
    item, given = ((row.get_attribute("data-items") or "").split(" ")[0]).split(":")
    page.evaluate(KEEP, [item, given])
    page.reload()
    expect(page.locator(".hero .md-button--primary")).to_have_text("Continue: nn.RNN")


@pytest.mark.parametrize(("motion", "moves"), [("no-preference", True), ("reduce", False)])
def test_the_network_unrolls_unless_one_asks_for_stillness(
    running: Browser, address: str, motion: str, moves: bool
) -> None:
    context = running.new_context(reduced_motion=motion)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(address)
    assert bool(page.evaluate(STILL)) == moves
    longest = page.evaluate(
        "Math.max(0, ...document.getAnimations().map((a) => a.effect.getComputedTiming().endTime))"
    )
    assert longest < 5000, "what moves for longer needs a way to stop it"
    context.close()


@pytest.mark.parametrize("width", [390, 1280])
def test_a_hub_is_cards_with_icon_minutes_ring_and_what_comes_next(
    show: Opener, width: int
) -> None:
    page = show("rnn/", width, "light")
    cards = page.locator("quiz-hub tbody tr")
    icons = cards.locator("th").evaluate_all(
        "all => all.map((th) => getComputedStyle(th, '::before').maskImage)"
    )
    assert len(set(icons)) == cards.count()
    assert all("svg" in icon for icon in icons)
    expect(cards.locator(".hub__ring")).to_have_count(
        page.locator("quiz-hub tr[data-items]:not([data-items=''])").count()
        - page.locator("quiz-hub tr[data-mode=test]").count()
    )
    expect(page.locator(".hub__next")).to_have_count(1)
    first = cards.first.bounding_box() or {}
    page.mouse.click(first["x"] + first["width"] - 12, first["y"] + first["height"] - 8)
    expect(page).to_have_url(re.compile("/rnn/learn/$"))


def test_a_card_keeps_the_roles_of_a_table(show: Opener) -> None:
    page = show("rnn/", 390, "light")
    expect(page.get_by_role("row").nth(1).get_by_role("rowheader")).to_have_text("Learn")
    expect(page.get_by_role("columnheader").first).to_have_text("Mode")


def test_what_is_not_there_leads_to_search_topics_and_tools(show: Opener) -> None:
    page = show("404.html", 1280, "light")
    for name in ("nn.RNN", "nn.LSTM", "nn.GRU", "Shapes", "Errors"):
        expect(page.locator("article").get_by_role("link", name=name, exact=True)).to_be_visible()
    expect(page.locator(".md-sidebar--primary")).to_be_hidden()
    page.get_by_role("link", name="Search the site").click()
    expect(page.get_by_role("textbox", name="Search")).to_be_focused()


@pytest.mark.parametrize("path", ["rnn/", "rnn/practice/", "gru/learn/", "review/"])
def test_a_line_of_prose_has_fewer_than_80_characters(show: Opener, path: str) -> None:
    assert show(path, 1920, "light").evaluate(CHARACTERS) < 80


def test_hint_answer_solution_and_mistakes_have_icons_of_their_own(show: Opener) -> None:
    page = show("gru/learn/", 1280, "light")
    names = (".question-part--hint", ".question__answer", ".question-part--solution")
    names = (*names, ".question-part--mistakes")
    icons = {
        page.locator(f"{name} > summary").first.evaluate(
            "each => getComputedStyle(each, '::before').maskImage"
        )
        for name in names
    }
    assert len(icons) == len(names)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_equations_have_the_colour_of_the_text_and_scroll_inside_themselves(
    show: Opener, scheme: str
) -> None:
    page = show("gru/learn/", 390, scheme)
    alone = page.locator(".equation--alone:has(mtr)").first
    colour = "each => getComputedStyle(each).color"
    assert alone.locator("math").evaluate(colour) == page.locator(
        "article > p:not([class])"
    ).first.evaluate(colour)
    box = alone.bounding_box() or {}
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    assert alone.locator("mtr").count() == 4
    assert page.locator("article").get_by_role("math").count() > 10


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_layer_has_one_colour_in_diagrams_and_plots(show: Opener, scheme: str) -> None:
    seen: dict[str, set[str]] = {}
    for layer, path in LAYERS.items():
        page = show(path, 1280, scheme)
        seen[layer] = {
            page.locator(
                f".layer-{layer} .accent-stroke, .layer-{layer} .accent-stroke path"
            ).first.evaluate("each => getComputedStyle(each).stroke"),
        }
        plot = show(PLOTS[layer], 1280, scheme).locator(
            f".cell-figure__svg [stroke^='var(--unrolled-{layer},']"
        )
        seen[layer].add(plot.first.evaluate("each => getComputedStyle(each).stroke"))
    assert all(len(colours) == 1 for colours in seen.values()), seen
    assert len(set.union(*seen.values())) == len(LAYERS)


def test_a_link_to_a_page_shows_title_description_and_a_picture(
    show: Opener, built_project: Path
) -> None:
    page = show("gru/learn/")

    def said(name: str) -> str:
        return page.locator(f"meta[property='og:{name}']").get_attribute("content") or ""

    assert said("title") == "Learn nn.GRU"
    assert len(said("description")) > 40
    picture = said("image")
    assert picture.startswith("http")
    file = built_project / "assets/previews" / picture.rpartition("/")[2]
    data = file.read_bytes()
    assert data.startswith(b"\x89PNG")
    assert (int.from_bytes(data[16:20]), int.from_bytes(data[20:24])) == (1200, 630)
    assert len(data) < 60_000


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize(
    "path",
    ["", "rnn/", "errors/", "explore/", *(f"rnn/{m}/" for m in ("learn", "practice", "test"))],
)
def test_nothing_moves_while_a_page_is_made(show: Opener, path: str, width: int) -> None:
    page = show("404.html", width)
    page.add_init_script(SHIFTS)
    # As on a slow phone, where a page is seen before its scripts have run.
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", SLOW)
    page.goto(page.url.replace("404.html", path))
    page.wait_for_function("!document.querySelector('article :not(:defined)')")
    page.wait_for_timeout(500)
    assert page.evaluate("shifted") < 0.02


@pytest.mark.parametrize(
    ("path", "times"), [("errors/", 0.4), ("rnn/learn/", 2), ("lstm/visualize/", 3)]
)
def test_what_arrives_of_a_page_leaves_the_rest_as_it_was(
    show: Opener, path: str, times: float, tmp_path: Path
) -> None:
    """On a slow phone a page comes piece by piece: each had the style of all before made anew.

    So many times the page's elements are styled at most: few where most are closed, more where a
    trace takes the place of its steps. The theme's own script, which changes much of a page, is
    left out.
    """
    page = show("404.html", 412)
    page.route("**/javascripts/bundle*", lambda route: route.fulfill(body=""))
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": 4})
    browser = page.context.browser
    assert browser
    browser.start_tracing(page=page, path=tmp_path / "trace", categories=["devtools.timeline"])
    page.goto(page.url.replace("404.html", path))
    page.wait_for_function("!document.querySelector('article :not(:defined)')")
    browser.stop_tracing()
    events = json.loads((tmp_path / "trace").read_text("utf-8"))["traceEvents"]
    styled = [
        each["args"].get("elementCount", 0)
        for each in events
        if each["name"] == "UpdateLayoutTree" and "dur" in each
    ]
    assert len(styled) > 3
    assert sum(styled) < times * page.locator("*").count(), styled
