"""The Content-Security-Policy of built pages.

The site's own files, the theme's inline scripts by their hashes, and nothing else.
"""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

import pytest

from unrolled.site.build import Build
from unrolled.site.policy import with_policy

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


def test_a_served_page_states_none() -> None:
    """MkDocs adds a script of its own to it."""
    whole = "<html><head></head><body></body></html>"
    assert "Content-Security-Policy" in Build(serving=False).complete(whole)
    assert "Content-Security-Policy" not in Build(serving=True).complete(whole)


def test_a_script_in_a_pages_markdown_is_not_let_in() -> None:
    """The theme's own are, by their hashes.

    One that a plugin brings into the content is nobody's.
    """
    content = "<p>Text</p><script>document.title = 1</script>"
    stated = policy(
        with_policy(
            f"<html><head><script>theme()</script></head><body>{content}</body></html>", content
        )
    )
    assert stated["script-src"] == ["'self'", digest("theme()")]
