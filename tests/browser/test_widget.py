"""The widget's pure modules in Chromium, as they are shipped.

The cases are those that Node runs under `make check`.
"""

import shutil
from collections.abc import Iterator
from typing import cast

import pytest
from playwright.sync_api import Browser, Page

from support.paths import PROJECT
from support.serving import serving
from unrolled.site import assets

CASES = PROJECT / "tests" / "widget"
NAMES = sorted(path.name for path in CASES.glob("*.test.js"))
RUN = """async name => {
    await import(`../${name}`);
    const { results } = await import('./runner.js');
    return results();
}"""


@pytest.fixture(scope="module")
def harness(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the harness, with the widget beside it as readers load it."""
    folder = tmp_path_factory.mktemp("widget")
    shutil.copytree(CASES, folder / "tests" / "widget")
    for path, text in assets.widget():
        file = folder / "quiz_js" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    with serving(folder) as address:
        yield f"{address}tests/widget/harness/index.html"


@pytest.fixture
def page(running: Browser, harness: str) -> Iterator[Page]:
    """The harness, open in a context of its own."""
    context = running.new_context()
    opened = context.new_page()
    opened.goto(harness)
    yield opened
    context.close()


def results(page: Page, name: str) -> list[dict[str, str]]:
    """Run a file of cases in the page."""
    return cast(list[dict[str, str]], page.evaluate(RUN, name))


@pytest.mark.parametrize("name", NAMES)
def test_the_cases_hold_in_a_browser(page: Page, name: str) -> None:
    found = results(page, name)
    assert found
    assert [case for case in found if case["fault"]] == []


def test_a_case_that_fails_is_told(page: Page) -> None:
    """Else the harness could let all pass."""
    script = """async () => {
        const { test, results } = await import('./runner.js');
        const { default: assert } = await import('./assert.js');
        test('equal', () => assert.equal(1, 2));
        test('deep', () => assert.deepEqual({ a: [1] }, { a: [2] }));
        test('more', () => assert.deepEqual({ a: 1 }, { a: 1, b: undefined }));
        test('true', () => assert.ok(0));
        test('no error', () => assert.throws(() => 1, /wrong/));
        test('well', () => assert.deepEqual([{ a: new Array(1, 2) }], [{ a: [1, 2] }]));
        return results().filter(({ fault }) => fault).map(({ name }) => name) }"""
    assert page.evaluate(script) == ["equal", "deep", "more", "true", "no error"]
