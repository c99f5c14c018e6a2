"""The Content-Security-Policy of built pages.

The site's own files, the theme's inline scripts by their hashes, and nothing else.
"""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

import material
import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import PluginError

from support.sites import WriteSite, settings
from unrolled.cli import main
from unrolled.site import scripts
from unrolled.site.policy import named, with_policy

PAGES = (
    "",
    "lists",
    "lists/learn",
    "lists/recap",
    "lists/test",
    "lists/experiment",
    "lists/cheatsheet",
    "review",
    "everything",
    "proofs",
)


def read(built: Path, name: str) -> str:
    """Return the HTML of a page at an address."""
    return (built / name / "index.html").read_text("utf-8")


def policy(content: str) -> dict[str, list[str]]:
    """Return a page's policy: each directive's sources."""
    (said,) = re.findall(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">', content)
    return {words[0]: words[1:] for words in (directive.split() for directive in said.split(";"))}


def inline(content: str) -> list[str]:
    """Return a page's inline scripts: what has no source and is no data."""
    found = re.findall(r"<script([^>]*)>(.*?)</script>", content, re.DOTALL)
    return [
        code
        for attributes, code in found
        if "src=" not in attributes and "application/json" not in attributes
    ]


def digest(code: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()}'"


@pytest.mark.parametrize("name", PAGES)
def test_a_built_page_states_a_policy_that_lets_in_the_site_and_the_themes_scripts_alone(
    name: str, built_fixture: Path
) -> None:
    content = read(built_fixture, name)
    stated = policy(content)
    assert stated["default-src"] == stated["style-src"] == ["'self'"]
    assert stated["img-src"] == ["'self'", "data:"]
    assert stated["object-src"] == stated["base-uri"] == stated["form-action"] == ["'none'"]
    scripts = inline(content)
    assert scripts
    assert stated["script-src"] == ["'self'", *sorted({digest(code) for code in scripts})]


@pytest.mark.parametrize("name", PAGES)
def test_a_built_page_holds_nothing_that_its_policy_would_block(
    name: str, built_fixture: Path
) -> None:
    content = read(built_fixture, name)
    assert not re.findall(r"<style\b|<base\b|<(?:iframe|object|embed)\b", content)
    tags = re.findall(
        r"<[a-z][^<>]*>", re.sub(r"<script\b.*?</script>", "", content, flags=re.DOTALL)
    )
    assert not [tag for tag in tags if re.search(r'\s(?:style|on\w+)\s*=\s*"', tag)]
    assert not re.findall(
        r'<(?:script|img|link rel="(?:stylesheet|icon)")[^>]*(?:src|href)="(?:https?:)?//', content
    )


def test_a_policy_stands_before_all_that_it_governs(built_fixture: Path) -> None:
    content = read(built_fixture, "lists/test")
    head = content[content.index("<head>") :]
    assert head.startswith('<head><meta http-equiv="Content-Security-Policy"')


def test_the_page_for_addresses_that_do_not_exist_states_a_policy(built_fixture: Path) -> None:
    assert policy((built_fixture / "404.html").read_text("utf-8"))["default-src"] == ["'self'"]


THEME = scripts.Scripts((re.compile(r"theme\(\)"),))


def whole(head: str = "", body: str = "") -> str:
    return f"<html><head>{head}</head><body>{body}</body></html>"


def test_a_served_page_states_the_same_but_for_the_script_that_mkdocs_adds() -> None:
    served, built = (
        policy(with_policy(whole("<script>theme()</script>"), THEME, serving=serving))
        for serving in (True, False)
    )
    assert served.pop("script-src") == ["'self'", "'unsafe-inline'"]
    assert built.pop("script-src") == ["'self'", digest("theme()")]
    assert served == built


def test_a_page_without_a_head_is_an_error() -> None:
    with pytest.raises(PluginError, match="no <head>"):
        with_policy("<html><body></body></html>", THEME)


def test_a_part_of_the_theme_that_looks_otherwise_is_an_error() -> None:
    with pytest.raises(PluginError, match="cannot be given a name"):
        named(whole(body='<div role="dialog" data-md-component="search"></div><main></main>'))


@pytest.mark.parametrize(
    "script",
    [
        "document.title = 1",
        'window.location.replace(["//elsewhere",window.location.search].join(""))',
        '__md_scope=new URL("x");alert(1);("",location)',
    ],
)
def test_no_other_script_is_let_in_wherever_it_stands(script: str) -> None:
    own = scripts.of_theme((str(Path(material.__file__).parent / "templates"),))
    assert own.forms
    for page in (whole(f"<script>{script}</script>"), whole(body=f"<script>{script}</script>")):
        assert policy(with_policy(page, own))["script-src"] == ["'self'"]


INJECTED = "T<script>document.title = 1</script>"
PAGE = f"""---
title: {INJECTED}
description: '"><script>document.title = 2</script>'
author: '<img src=x onerror="document.title = 3">'
---
# Page

~~~html foo bar
<div data-md-component="progress" role="progressbar"></div><script>document.title = 4</script>
~~~

| left | right |
| :--- | ----: |
| a | 1 |
"""
SETTINGS = f"""\
site_name: "N{INJECTED}"
extra: {{scope: '");document.title = 5;("'}}
nav: [{{"{INJECTED}": index.md}}, {{"{INJECTED}": [other.md]}}]
plugins: [search, unrolled]
"""


def test_what_a_page_and_its_settings_say_adds_no_script(write_site: WriteSite, lent: None) -> None:
    root = settings(write_site({"index.md": PAGE, "other.md": "# Other\n"}), SETTINGS)
    config = load_config(str(root / "mkdocs.yml"))
    config.plugins.on_startup(command="build", dirty=False)
    build(config)
    for name in ("index.html", "other/index.html", "404.html"):
        content = (root / "site" / name).read_text("utf-8")
        known = [digest(code) for code in inline(content) if "document.title" not in code]
        assert set(policy(content)["script-src"]) <= {"'self'", *known}
    content = (root / "site/index.html").read_text("utf-8")
    assert '<meta name="description" content="&quot;&gt;&lt;script&gt;' in content
    assert "<title>T&lt;script&gt;" in content
    assert '<td align="right">1</td>' in content
    assert "onerror=" not in re.sub(r'content="[^"]*"', "", content)


def test_what_the_policy_refuses_of_the_settings_is_said_by_the_check(
    write_site: WriteSite, capsys: pytest.CaptureFixture[str]
) -> None:
    script = "https://unpkg.com/mathjax@3/es5/tex-mml-chtml.js"
    root = settings(write_site({"index.md": "# Home\n"}), f"extra_javascript: [{script}]\n")
    assert main(["-f", str(root / "mkdocs.yml"), "check"]) == 1
    assert f"mkdocs.yml:4: extra_javascript names {script}" in capsys.readouterr().err
